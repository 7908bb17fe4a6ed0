import { readCommandConfig } from './config.ts';

/** `oneshelf health`: asks the process on this machine's PORT whether it is ready; throws when it is not. For containers. */
export async function askHealth(port: number | undefined): Promise<void> {
  const url = `http://127.0.0.1:${port ?? readCommandConfig().port ?? 4000}/health/ready`;
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}.`);
  console.log('ready');
}
