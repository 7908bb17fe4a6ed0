/** One answer of HTTP/1.1. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface TakenAnswer {
  readonly answer: HttpAnswer;
  /** False for a body that goes on. */
  readonly isWhole: boolean;
  /** Bytes it took. */
  readonly size: number;
}

/** Reads the first answer in some bytes; undefined when its head is not here whole. Throws for what is not HTTP, or only nearly. */
export function readHttpAnswer(bytes: Buffer): TakenAnswer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) {
    if (bytes.length >= 9 && !bytes.toString('latin1', 0, 9).startsWith('HTTP/1.1 '))
      throw new Error(`No HTTP: ${bytes.toString('latin1', 0, 80)}`);
    return undefined;
  }
  const [first = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})( [\x20-\x7e]*)?$/.exec(first)?.[1];
  if (status === undefined) throw new Error(`No status line: ${first}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+): ?([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`No header: ${line}`);
    headers.set(name.toLowerCase(), value);
  }
  const body = readBody(bytes.subarray(headEnd + 4), Number(status), headers);
  const answer = { status: Number(status), headers, body: body.text };
  return { answer, isWhole: body.isWhole, size: headEnd + 4 + body.size };
}

interface ReadBody {
  readonly text: string;
  readonly isWhole: boolean;
  readonly size: number;
}

function readBody(bytes: Buffer, status: number, headers: ReadonlyMap<string, string>): ReadBody {
  if (status < 200 || status === 204 || status === 304) return { text: '', isWhole: true, size: 0 };
  const length = headers.get('content-length');
  const isChunked = headers.get('transfer-encoding') === 'chunked';
  if (length !== undefined && isChunked) throw new Error('An answer has a length and chunks.');
  if (isChunked) return readChunks(bytes);
  if (length === undefined)
    return { text: bytes.toString(), isWhole: headers.get('connection') === 'close', size: bytes.length };
  const size = Number(length);
  return { text: bytes.toString('utf8', 0, size), isWhole: bytes.length >= size, size: Math.min(size, bytes.length) };
}

function readChunks(bytes: Buffer): ReadBody {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) break;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (!Number.isSafeInteger(size)) throw new Error('A chunk has no size.');
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) break;
    if (size === 0) return { text: Buffer.concat(parts).toString(), isWhole: true, size: end };
    parts.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
  return { text: Buffer.concat(parts).toString(), isWhole: false, size: bytes.length };
}
