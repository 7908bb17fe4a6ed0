import { randomBytes } from 'node:crypto';
import { readCommandConfig } from './config.ts';
import { readMachineFile } from './machine-file.ts';

/**
 * A secret that the processes of one machine share: what the environment says, else a file of the data folder. In production there is
 * no file: a secret that was not given would be a different one on each machine.
 * @throws Error that names the variable to set
 */
export async function readMachineSecret(
  name: 'subgraph-secret' | 'credential-key',
  given: string | undefined,
  variable: string,
): Promise<string> {
  if (given !== undefined) return given;
  if (readCommandConfig().isProduction) throw new Error(`Set ${variable}: in production no secret is made up.`);
  return readMachineFile(name, () => randomBytes(32).toString('base64url'));
}
