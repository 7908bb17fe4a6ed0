import type { IncomingHttpHeaders } from 'node:http';
import { shownError } from '../errors.ts';

/**
 * What a GraphQL request over HTTP must look like before its body is read. Throws METHOD_NOT_ALLOWED,
 * UNSUPPORTED_MEDIA_TYPE, NOT_ACCEPTABLE or BAD_REQUEST.
 */
export function checkHttpRequest(method: string, headers: IncomingHttpHeaders): void {
  const { 'content-type': contentType, 'content-encoding': encoding, accept, host } = headers;
  const values = `${contentType ?? absent}\n${encoding ?? absent}\n${accept ?? absent}\n${host ?? absent}`;
  const head = `${method}\n${values}`;
  if (goodHeads.has(head)) return;
  checkHead(method, headers);
  if (goodHeads.size >= headsRemembered) goodHeads.clear();
  if (head.length <= longestHead) goodHeads.add(head);
}

/** What was found to be good: clients send a handful of different heads, and reading one takes 5 µs. */
const goodHeads = new Set<string>();
/** Stands in no header. */
const absent = '\r';
const headsRemembered = 256;
const longestHead = 500;

function checkHead(method: string, headers: IncomingHttpHeaders): void {
  const contentType = headers['content-type'];
  if (method === 'POST' || contentType !== undefined) checkContentType(contentType);
  // Decompressing is how 10 KB become 100 MB; clients of an API do not compress requests.
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw shownError('UNSUPPORTED_MEDIA_TYPE', 'A compressed request body is not taken.');
  }
  if (!acceptsJson(headers.accept)) {
    throw shownError('NOT_ACCEPTABLE', 'The answer is application/graphql-response+json or application/json.');
  }
  if (headers.host !== undefined && !URL.canParse(`http://${headers.host}/`)) {
    throw shownError('BAD_REQUEST', 'The Host header is not a host.');
  }
}

function checkContentType(contentType: string | undefined): void {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (type.trim() !== 'application/json' || !isUtf8) {
    throw shownError('UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json in UTF-8.');
  }
}

const served: ReadonlySet<string> = new Set([
  'application/json',
  'application/graphql-response+json',
  'application/*',
  '*/*',
]);

/** Checked before execution: a mutation must not be carried out for somebody who cannot read its answer. */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.toLowerCase().split(';');
    return served.has(type.trim()) && !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter));
  });
}

/**
 * Whether a request that failed before execution is answered 200: what the specification asks for `application/json`
 * (https://graphql.github.io/graphql-over-http/draft/#sec-application-json), and only when the client names that type; with the
 * newer type, with any type and with none, the status says what happened.
 */
export function wantsStatus200(accept: string | undefined): boolean {
  const types = (accept ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';')[0]?.trim());
  return types.includes('application/json') && !types.includes('application/graphql-response+json');
}
