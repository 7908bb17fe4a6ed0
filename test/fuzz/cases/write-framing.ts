import type { Choices } from '../choices.ts';
import { someText } from '../documents/nasty-texts.ts';
import type { FuzzCase } from './fuzz-case.ts';

const body = '{"query":"{__typename}"}';

/** Bytes that are nearly HTTP: methods, targets, versions, lengths, chunks and line ends as they must not be. */
export function writeFraming(choices: Choices): FuzzCase {
  const requests = [oneRequest(choices), ...choices.some(3, () => oneRequest(choices))];
  let bytes = Buffer.concat(requests);
  if (choices.oneIn(6)) bytes = bytes.subarray(0, choices.below(bytes.length + 1));
  for (let left = choices.oneIn(6) ? choices.below(6) : 0; left > 0 && bytes.length > 0; left--) {
    bytes[choices.below(bytes.length)] = choices.below(256);
  }
  return { road: 'framing', bytes };
}

function oneRequest(choices: Choices): Buffer {
  const end = choices.oneIn(16) ? choices.pick(['\n', '\r', '\r\r\n', '\n\r']) : '\r\n';
  const method = choices.pick([
    'POST',
    'POST',
    'POST',
    'GET',
    'PUT',
    'DELETE',
    'TRACE',
    'OPTIONS',
    'CONNECT',
    'PATCH',
    'post',
    'PRI',
    '',
    'M-SEARCH',
    'é',
  ]);
  const target = choices.pick([
    '/graphql',
    '/graphql',
    '/graphql',
    '/graphql?query=%7B__typename%7D',
    '/graphql/',
    '//graphql',
    '/graphql%00',
    '/GraphQL',
    '*',
    'http://x/graphql',
    '/..%2f..%2fetc',
    '/health',
    '/metrics',
    '/admin/supergraph',
    '/graphql/stream',
    `/${'a'.repeat(9_000)}`,
    '/%',
    '/\u00e9',
  ]);
  const version = choices.oneIn(12)
    ? choices.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.1 ', 'http/1.1', ''])
    : 'HTTP/1.1';
  const isChunked = choices.oneIn(3);
  const headers = ['host: x', 'content-type: application/json'];
  if (isChunked) headers.push('transfer-encoding: chunked');
  else headers.push(`content-length: ${Buffer.byteLength(body)}`);
  headers.push(...choices.some(choices.oneIn(3) ? 4 : 0, () => oddLine(choices)));
  if (choices.oneIn(20)) headers.push(...Array.from({ length: choices.below(200) }, (_, at) => `x-${at}: y`));
  const head = `${method} ${target} ${version}${end}${headers.join(end)}${end}${end}`;
  return Buffer.concat([Buffer.from(head, 'latin1'), isChunked ? chunks(choices) : Buffer.from(body)]);
}

function oddLine(choices: Choices): string {
  return choices.pick([
    'content-length: 5',
    'content-length: -1',
    'content-length: 0x10',
    'content-length: 99999999999999999999',
    'content-length: 10485760',
    'content-length: 24, 24',
    'transfer-encoding: chunked',
    'transfer-encoding: chunked, identity',
    'transfer-encoding: xchunked',
    'Transfer-Encoding : chunked',
    'transfer-encoding: gzip, chunked',
    ' folded: line',
    'x: a\n b',
    'host: y',
    'host: a b/c',
    'expect: 100-continue',
    'expect: x',
    'connection: close',
    'connection: upgrade, host, content-length',
    'upgrade: h2c',
    'upgrade: websocket',
    'http2-settings: x',
    'accept: text/event-stream',
    '__proto__: x',
    ': empty',
    'no colon',
    'x\u0000y: z',
    'x: \u0000',
    `x: ${'y'.repeat(20_000)}`,
    'sec-websocket-key: x',
    'sec-websocket-version: 99',
    'content-encoding: gzip',
  ]);
}

function chunks(choices: Choices): Buffer {
  const parts = [body.slice(0, 7), body.slice(7)].map((part) => {
    const size = choices.oneIn(10)
      ? choices.pick(['-1', '0x2', 'fffffffffffffffff', 'g', '', '1;ext=y', ' 7'])
      : part.length.toString(16);
    return `${size}${choices.oneIn(20) ? '\n' : '\r\n'}${part}\r\n`;
  });
  const last = choices.oneIn(10)
    ? choices.pick(['', '0\r\n', '0\r\ncontent-length: 1\r\n\r\n', '00000\r\n\r\n', `0;${someText(choices)}\r\n\r\n`])
    : '0\r\n\r\n';
  return Buffer.from(`${parts.join('')}${last}`, 'latin1');
}
