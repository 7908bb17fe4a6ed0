/** What is sent to a gateway in one go. */
export type FuzzCase =
  /** Well-formed HTTP, so that the next request can follow on the same connection. */
  | { readonly road: 'POST' | 'GET' | 'stream by POST' | 'stream by GET'; readonly bytes: Buffer }
  /** HTTP that may be anything, on a connection of its own, which the client ends behind it. */
  | { readonly road: 'framing'; readonly bytes: Buffer }
  /**
   * Messages of the WebSocket protocol of GraphQL, `bytes` after `greeting` has been acknowledged; `awaited` are the operations that must be
   * answered, unless the socket is closed.
   */
  | {
      readonly road: 'messages';
      readonly greeting: Buffer | undefined;
      readonly bytes: Buffer;
      readonly awaited: ReadonlySet<string>;
    }
  /** WebSocket frames that may be anything. */
  | { readonly road: 'frames'; readonly bytes: Buffer };

export const fuzzRoads = ['POST', 'GET', 'stream by POST', 'stream by GET', 'framing', 'messages', 'frames'] as const;

/** As a person reads it: not more than a screen. */
export function printCase({ road, bytes }: FuzzCase): string {
  const text = bytes.toString('latin1');
  const shown = text.length > 3_000 ? `${text.slice(0, 3_000)}… (${bytes.length} bytes)` : text;
  return `${road}: ${JSON.stringify(shown)}`;
}
