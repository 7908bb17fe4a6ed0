import type { GraphQLSchema } from 'graphql';
import type { Choices } from '../choices.ts';
import { nastyNames, someText } from '../documents/nasty-texts.ts';
import { writeDocument } from '../documents/write-document.ts';
import type { WrittenDocument } from '../documents/write-operation.ts';
import type { FuzzCase } from './fuzz-case.ts';

type Header = readonly [name: string, value: string];

/** What a request can be for. */
export interface FuzzTarget {
  readonly schema: GraphQLSchema;
  /** Values of `authorization`; the empty one is nobody's. */
  readonly proofs: readonly string[];
  /** Stands before each document, so that nobody has seen it yet. */
  readonly salt?: string;
}

/** A request that is well-formed HTTP, by POST, GET or for an event stream. */
export function writeRequest({ schema, proofs, salt }: FuzzTarget, choices: Choices): FuzzCase {
  const road = choices.pick(['POST', 'POST', 'POST', 'GET', 'stream by POST', 'stream by GET'] as const);
  const isStream = road.startsWith('stream');
  const sent = writeDocument(schema, choices, salt);
  const headers: Header[] = [['host', 'x']];
  const proof = choices.pick(proofs);
  if (proof !== '') headers.push(['authorization', proof]);
  headers.push(['accept', isStream ? 'text/event-stream' : someAccept(choices)]);
  if (choices.oneIn(4)) headers.push(...choices.some(4, () => oddHeader(choices)));
  if (road.endsWith('GET')) {
    const search = toSearch(sent, choices);
    // What does not fit into an address goes by POST.
    if (search.length < 12_000) {
      if (!choices.oneIn(8)) headers.push(['apollo-require-preflight', '1']);
      return { road, bytes: toBytes('GET', `/graphql?${search}`, headers, undefined) };
    }
  }
  headers.push(...bodyHeaders(choices));
  return {
    road: isStream ? 'stream by POST' : 'POST',
    bytes: toBytes('POST', '/graphql', headers, toBody(sent, choices)),
  };
}

/** One HTTP request as bytes. */
export function toBytes(method: string, target: string, headers: readonly Header[], body: Buffer | undefined): Buffer {
  const size: Header[] = body === undefined ? [] : [['content-length', String(body.length)]];
  const lines = [...headers, ...size].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1'),
    body ?? Buffer.alloc(0),
  ]);
}

function someAccept(choices: Choices): string {
  if (!choices.oneIn(4)) return '*/*';
  return choices.pick([
    '*/*',
    'application/json',
    'application/graphql-response+json',
    'application/graphql-response+json, application/json;q=0.9',
    'application/json;charset=utf-8',
    'text/html',
    '*/*;q=0',
    'multipart/mixed;deferSpec=20220824',
    'application/graphql-response+json;q=0.0001,*/*;q=1',
    ',;q=,=;',
    'text/event-stream, */*',
  ]);
}

function bodyHeaders(choices: Choices): Header[] {
  if (!choices.oneIn(10)) return [['content-type', 'application/json']];
  const type = choices.pick([
    'application/json; charset=utf-8',
    'application/json;charset=utf-7',
    'application/json; charset=ibm037',
    'application/json; charset="utf-8"; x=y',
    'APPLICATION/JSON',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/graphql',
    'application/json,application/json',
    ';',
  ]);
  const encoding = choices.pick(['', '', 'gzip', 'br', 'identity', 'gzip, gzip', 'deflate', 'x']);
  return [['content-type', type], ...(encoding === '' ? [] : [['content-encoding', encoding] as const])];
}

function oddHeader(choices: Choices): Header {
  const name = choices.pick([
    'x-user-id',
    'x_user_id',
    'x-internal-role',
    'x-forwarded-for',
    'x-forwarded-proto',
    'forwarded',
    'apollo-federation-include-trace',
    'traceparent',
    'tracestate',
    'last-event-id',
    'origin',
    'cookie',
    'apollographql-client-name',
    'x-apollo-operation-name',
    'accept-encoding',
    'accept-language',
    'authorization',
    'expect',
    'range',
    'if-none-match',
    '__proto__',
    'constructor',
    'keep-alive',
    'te',
  ]);
  const value = choices.pick([
    'ftv1',
    '1',
    '127.0.0.1',
    '203.0.113.7, 10.0.0.1',
    'https://evil.example',
    'null',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'Bearer a.b.c',
    `Bearer eyJhbGciOiJub25lIn0.e30.`,
    'osk_aaaaaaaaaaaa_x',
    'x'.repeat(3_000),
    'a\u00e9\u00ff',
    '{"a":1}',
    '',
  ]);
  // An expectation is answered before the request is; that is the framing's subject.
  return [name, name === 'expect' ? 'x' : value];
}

function toSearch({ query, variables, operationName }: WrittenDocument, choices: Choices): string {
  const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
  const parts = [`query=${encode(query)}`];
  if (variables !== undefined) parts.push(`variables=${encode(variables)}`);
  if (operationName !== undefined) parts.push(`operationName=${encode(operationName)}`);
  if (choices.oneIn(12)) {
    parts.push(
      choices.pick([
        'query=%00',
        'query=%ff%fe',
        '%',
        'extensions={',
        'extensions=%7B%7D',
        'variables=',
        'api_key=x',
        '__proto__=1',
        '&&&',
        'documentId=x',
      ]),
    );
  }
  return parts.join('&');
}

function toBody({ query, variables, operationName }: WrittenDocument, choices: Choices): Buffer {
  const parts = [`"query":${JSON.stringify(query)}`];
  if (variables !== undefined) parts.push(`"variables":${variables}`);
  if (operationName !== undefined) parts.push(`"operationName":${JSON.stringify(operationName)}`);
  if (choices.oneIn(12)) {
    const key = choices.pick([...nastyNames, 'query', 'variables', 'extensions', 'documentId', 'id', 'batch']);
    const value = choices.pick([
      '1',
      'null',
      '[]',
      '{}',
      '"x"',
      '{"persistedQuery":{"version":1,"sha256Hash":"x"}}',
      '{"persistedQuery":null}',
      'true',
    ]);
    parts.splice(choices.below(parts.length + 1), 0, `${JSON.stringify(key)}:${value}`);
  }
  const text = `{${parts.join(',')}}`;
  if (!choices.oneIn(14)) return Buffer.from(text);
  switch (choices.below(8)) {
    case 0:
      return Buffer.from(text.slice(0, choices.below(text.length + 1)));
    case 1:
      return Buffer.from(`[${text},${text}]`);
    case 2:
      return Buffer.from(
        choices.pick(['', '1', 'null', 'NaN', '"x"', '[]', '{"query":1}', '{"query":{}}', '{}', '\ufeff{}']),
      );
    case 3:
      return Buffer.from(`${text}${someText(choices)}`);
    case 4:
      return Buffer.from(text, 'utf16le');
    case 5:
      return Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xc0, 0xaf, 0x7d])]);
    case 6:
      return Buffer.from(`${text.slice(0, -1)}${' '.repeat(choices.below(65_536) * 5)}}`);
    default:
      return Buffer.from(`${'[{"a":'.repeat(choices.below(3_000))}${text}`);
  }
}
