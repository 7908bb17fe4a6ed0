/**
 * Why the embedded server could not be had. The message says what to do; `problem` is for code and tests.
 *
 * - `DATA_FOLDER_FULL`     no room left where the data lies
 * - `DATA_FOLDER_REFUSED`  we, or the account the server runs as, may not use the folder
 * - `NO_ACCOUNT`           we are root, Postgres refuses root, and no other account could be found or made
 * - `BINARIES_UNUSABLE`    no build for this platform, or it does not run here
 * - `WRONG_VERSION`        the data was written by another major version of Postgres
 * - `SERVER_REFUSED`       Postgres ended with an error of its own; the message carries its last lines
 * - `TIMED_OUT`            it neither came up nor ended
 */
export type DatabaseStartProblem =
  | 'DATA_FOLDER_FULL'
  | 'DATA_FOLDER_REFUSED'
  | 'NO_ACCOUNT'
  | 'BINARIES_UNUSABLE'
  | 'WRONG_VERSION'
  | 'SERVER_REFUSED'
  | 'TIMED_OUT';

/** The embedded server could not be started; see {@link DatabaseStartProblem}. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
  readonly problem: DatabaseStartProblem;

  constructor(problem: DatabaseStartProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

/** Turns a file system error about `folder` into a DatabaseStartError where it is one we know; anything else unchanged. */
export function toStartError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseStartError) return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return dataFolderFull(folder, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return dataFolderRefused(folder, error);
  return error;
}

/** Turns what a Postgres program wrote before it ended into a DatabaseStartError. */
export function fromServerOutput(program: string, output: string, folder: string): DatabaseStartError {
  if (/No space left on device|Check free disk space|Disk quota exceeded/.test(output))
    return dataFolderFull(folder, output);
  if (/Permission denied|wrong ownership|Read-only file system/.test(output)) return dataFolderRefused(folder, output);
  if (/database files are incompatible with server/.test(output)) {
    return new DatabaseStartError(
      'WRONG_VERSION',
      `The data in ${folder} was written by another major version of Postgres. Dump it with that version and restore it, or set DATA_DIR to a new folder.\n${lastLines(output)}`,
    );
  }
  return new DatabaseStartError('SERVER_REFUSED', `${program} ended: ${lastLines(output) || '(it wrote nothing)'}`);
}

function dataFolderFull(folder: string, cause: unknown): DatabaseStartError {
  return new DatabaseStartError(
    'DATA_FOLDER_FULL',
    `No room left for the database in ${folder}: make room, or set DATA_DIR to a folder on another disk.`,
    { cause },
  );
}

function dataFolderRefused(folder: string, cause: unknown): DatabaseStartError {
  return new DatabaseStartError(
    'DATA_FOLDER_REFUSED',
    `The database may not use ${folder}: give this user (and, for root, the postgres account) the right to write there, or set DATA_DIR to another folder.\n${typeof cause === 'string' ? lastLines(cause) : ''}`.trimEnd(),
    { cause },
  );
}

/** The end of a log, short enough for a terminal. */
export function lastLines(output: string): string {
  return output.trim().split('\n').slice(-8).join('\n');
}
