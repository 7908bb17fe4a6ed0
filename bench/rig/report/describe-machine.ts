import { cpus } from 'node:os';

/** The day and the machine, as every table names them. */
export function describeMachine(): string {
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}`;
}
