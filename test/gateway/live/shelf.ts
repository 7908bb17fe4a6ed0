import { EventEmitter } from 'node:events';

/** One change of the shelf: the version of a key rises by one with each. */
export interface Change {
  readonly key: string;
  readonly version: number;
}

/**
 * A feed from memory with positions 1, 2, 3 …: the truth that the tests check clients against. Changes that come in one turn of the
 * event loop travel in one event. A cursor of before `forget` gets a snapshot.
 */
export class Shelf {
  readonly #changes: Change[] = [];
  readonly #versions = new Map<string, number>();
  readonly #bell = new EventEmitter().setMaxListeners(0);
  readonly #heartbeatMs: number;
  #oldest = 0;
  running = 0;
  opened = 0;

  constructor(heartbeatMs = 100) {
    this.#heartbeatMs = heartbeatMs;
  }

  get position(): number {
    return this.#changes.length;
  }

  get versions(): ReadonlyMap<string, number> {
    return this.#versions;
  }

  change(key: string): void {
    const version = (this.#versions.get(key) ?? 0) + 1;
    this.#versions.set(key, version);
    this.#changes.push({ key, version });
    this.#bell.emit('ring');
  }

  /** Cursors older than now cannot be resumed from any more. */
  forget(): void {
    this.#oldest = this.position;
  }

  /** Breaks every stream that runs, as a crash would. */
  break(): void {
    this.#bell.emit('break');
  }

  async *watch(after: string | undefined | null, signal: AbortSignal): AsyncGenerator<object> {
    this.running++;
    this.opened++;
    let isBroken = false;
    let wake = Promise.withResolvers<void>();
    const ring = (): void => wake.resolve();
    const snap = (): void => {
      isBroken = true;
      wake.resolve();
    };
    this.#bell.on('ring', ring).on('break', snap);
    signal.addEventListener('abort', ring, { once: true });
    try {
      let position = after === undefined || after === null ? Number.NaN : Number(/^c(\d+)$/.exec(after)?.[1]);
      if (!(position >= this.#oldest && position <= this.position)) {
        position = this.position;
        yield this.#event(
          position,
          'SNAPSHOT',
          [...this.#versions].map(([key, version]) => ({ key, version })),
        );
      }
      while (!signal.aborted) {
        if (isBroken) throw new Error('broken: postgres://secret');
        if (position < this.position) {
          const changes = this.#changes.slice(position, position + 50);
          position += changes.length;
          yield this.#event(position, 'CHANGES', changes);
          continue;
        }
        const timer = setTimeout(ring, this.#heartbeatMs);
        const before = this.position;
        await wake.promise;
        clearTimeout(timer);
        wake = Promise.withResolvers();
        if (!isBroken && !signal.aborted && this.position === before) yield this.#event(position, 'HEARTBEAT', []);
      }
    } finally {
      this.running--;
      this.#bell.off('ring', ring).off('break', snap);
      signal.removeEventListener('abort', ring);
    }
  }

  #event(position: number, kind: string, changes: readonly Change[]): object {
    const levels = changes.map(({ key, version }) => ({ version, item: { __typename: 'Item', id: key } }));
    return { cursor: `c${position}`, kind, levels };
  }
}
