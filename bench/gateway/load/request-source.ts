import { pagesDocument, pageVariables } from '../workloads/documents.ts';
import { strangerDocument } from '../workloads/stranger-documents.ts';
import type { PlainRequest, SourceSpec } from './load-spec.ts';

/** The requests of one operation, sent one after the other, as bytes. */
export type NextOperation = () => readonly Buffer[];

/** Makes what is sent; numbered sources go on counting from `first`, so that no operation comes twice. */
export function createRequestSource(spec: SourceSpec): NextOperation {
  if (spec.kind === 'fixed') {
    const requests = spec.requests.map(toBytes);
    return () => requests;
  }
  const { kind, path, first } = spec;
  const different = kind === 'strangers' ? (spec.different ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const write = kind === 'pages' ? pageBody : strangerBody;
  let count = 0;
  return () => [toBytes({ path, body: write(first + (count++ % different)) })];
}

function pageBody(number: number): string {
  return JSON.stringify({ query: pagesDocument, variables: pageVariables(number) });
}

function strangerBody(number: number): string {
  return JSON.stringify({ query: strangerDocument(number) });
}

function toBytes({ path, body }: PlainRequest): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\ncontent-type: application/json\r\n`;
  return Buffer.from(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
