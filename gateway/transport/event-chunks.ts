/** Results as events of an event stream (`event: next`): `cursor` becomes the event's id. */
export type EventChunks = (body: Buffer, cursor: string | undefined) => Buffer;

const beforeBody = Buffer.from('data: ');
const afterBody = Buffer.from('\n\n');

/** Writes an event once for all streams that are sent it: the newest body is kept. */
export function createEventChunks(): EventChunks {
  let newest: { readonly body: Buffer; readonly cursor: string | undefined; readonly chunk: Buffer } | undefined;
  return (body, cursor) => {
    if (newest?.body !== body || newest.cursor !== cursor) {
      const head = Buffer.from(`event: next\n${idOf(cursor)}`);
      newest = { body, cursor, chunk: Buffer.concat([head, beforeBody, body, afterBody]) };
    }
    return newest.chunk;
  };
}

/** A cursor with a line break would end the event's head: such a one is not sent, and the client keeps its last. */
function idOf(cursor: string | undefined): string {
  return cursor === undefined || /[\r\n\0]/.test(cursor) ? '' : `id: ${cursor}\n`;
}
