import { errorCatalogue } from '../../gateway/errors.ts';
import type { HttpAnswer } from './send/read-http-answer.ts';
import type { SocketAnswer } from './send/send-messages.ts';

/** What an answer must never hold: stacks, paths, hosts, ports, SQL, engines' own words, suggestions, traces. */
const leaks =
  /node_modules|\.ts:\d|\bat \w+ \(|127\.0\.0\.1|localhost|\bselect .{1,200}\bfrom\b|insert into|relation "|at or near|postgres|serviceName|Did you mean (?!to use a double quote)|ftv1|ECONN(?:RESET|REFUSED|ABORTED)|call stack|Cannot (read|set|convert)|\w is not (a function|iterable|defined)|Unexpected token/i;

const knownStatuses = new Set<number>([
  ...Object.values(errorCatalogue).map(({ status }) => status),
  100,
  200,
  204,
  417,
]);
/** Requests to change to another protocol are refused by `ws`, in its own words. */
const upgradeStatuses = new Set([400, 405, 426]);
const closeCodes = new Set([1000, 1002, 1003, 1005, 1007, 1008, 1009, 4400, 4401, 4403, 4408, 4409, 4429]);

/** Counts what was answered, by code. */
export type Tally = (what: string) => void;

export function judgeHttp({ status, headers, body }: HttpAnswer, tally: Tally): void {
  if (!knownStatuses.has(status)) throw new Error(`Status ${status}`);
  if (leaks.test(body)) throw new Error(`The answer leaks: ${leaks.exec(body)?.[0]}\n${body.slice(0, 500)}`);
  for (const [name, value] of headers) {
    if (/^(server|x-powered-by|via)$/.test(name))
      throw new Error(`The answer says what it was made by: ${name}: ${value}`);
  }
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) judgeStream(body, tally);
  else if (/^application\/(graphql-response\+)?json/.test(type)) judgeJson(body, status, tally);
  else if (body !== '' && !upgradeStatuses.has(status) && !type.startsWith('text/plain; version='))
    throw new Error(`Type ${type}: ${body.slice(0, 200)}`);
}

function judgeJson(body: string, status: number, tally: Tally): void {
  const value = JSON.parse(body) as object;
  // What health says.
  if (!('data' in value || 'errors' in value)) {
    if (status >= 400 && status !== 503) throw new Error(`Not GraphQL: ${body.slice(0, 200)}`);
    return;
  }
  judgeResult(value, tally);
}

function judgeStream(body: string, tally: Tally): void {
  for (const event of body.split('\n\n')) {
    if (event === '' || event === ':') continue;
    const match = /^event: (next|complete)\n(?:id: [^\n]*\n)?data: ?([^\n]*)$/.exec(event);
    if (match === null) throw new Error(`No event: ${event.slice(0, 200)}`);
    if (match[1] === 'next') judgeResult(JSON.parse(match[2] ?? ''), tally);
  }
}

export function judgeSocket({ texts, closeCode }: SocketAnswer, tally: Tally): void {
  // A client's own close code comes back (RFC 6455, 5.5.1); 4500 is graphql-ws' for a fault of the server.
  const isEcho = closeCode !== undefined && closeCode >= 3_000 && closeCode < 5_000 && closeCode !== 4500;
  if (closeCode !== undefined && !closeCodes.has(closeCode) && !isEcho) throw new Error(`Closed with ${closeCode}`);
  if (closeCode !== undefined && closeCode !== 1000) tally(`closed ${closeCode}`);
  for (const text of texts) {
    if (leaks.test(text)) throw new Error(`A message leaks: ${leaks.exec(text)?.[0]}\n${text.slice(0, 500)}`);
    const { type, payload } = JSON.parse(text) as { readonly type: string; readonly payload?: unknown };
    switch (type) {
      case 'connection_ack':
      case 'ping':
      case 'pong':
      case 'complete':
        break;
      case 'next':
        judgeResult(payload, tally);
        break;
      case 'error':
        judgeErrors(payload, true, tally);
        break;
      default:
        throw new Error(`A message of no type: ${text.slice(0, 200)}`);
    }
  }
}

/** A response as the specification has it. */
function judgeResult(value: unknown, tally: Tally): void {
  const { data, errors } = value as { readonly data?: unknown; readonly errors?: unknown };
  for (const key of Object.keys(value as object)) {
    if (!['data', 'errors', 'extensions'].includes(key)) throw new Error(`A response with ${key}`);
  }
  const hasData = data !== undefined && data !== null;
  if (hasData) tally('data');
  if (errors !== undefined) judgeErrors(errors, !hasData && data === undefined, tally);
  else if (!hasData && data !== null)
    throw new Error(`Neither data nor errors: ${JSON.stringify(value).slice(0, 200)}`);
}

function judgeErrors(errors: unknown, isRefusal: boolean, tally: Tally): void {
  if (!Array.isArray(errors) || errors.length === 0)
    throw new Error(`Errors that are no list: ${JSON.stringify(errors)}`);
  if (isRefusal && errors.length > 5) throw new Error(`${errors.length} errors in a refusal`);
  for (const error of errors as readonly {
    readonly message?: unknown;
    readonly extensions?: { readonly code?: unknown };
  }[]) {
    const code = error.extensions?.code;
    if (typeof error.message !== 'string' || error.message === '')
      throw new Error(`An error without a message: ${JSON.stringify(error)}`);
    if (typeof code !== 'string' || !(code in errorCatalogue))
      throw new Error(`An error with the code ${String(code)}: ${error.message}`);
    if (code === 'INTERNAL_SERVER_ERROR') throw new Error(`A fault of ours: ${JSON.stringify(error)}`);
    tally(code);
  }
}
