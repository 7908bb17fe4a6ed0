import type { GraphQLSchema } from 'graphql';
import { invariant, shownError } from '../errors.ts';
import type { LifeLogger } from './apollo-life.ts';
import { createLifeThread, type SupergraphLife } from './life-thread.ts';
import { readSupergraphInTurns, type Supergraph } from './supergraph.ts';

/** What serves one supergraph: planner, clients, and whatever else is made for it. */
export interface Engine {
  /** Called once, when no operation can need it any more. */
  close(): Promise<void>;
}

/** A supergraph in service, with its engine. */
export interface Loaded<E extends Engine> {
  readonly supergraph: Supergraph;
  readonly engine: E;
}

/** The right to use one supergraph and its engine until it is released; releasing twice is safe. */
export interface Lease<E extends Engine> extends Loaded<E> {
  release(): void;
}

export interface SupergraphHolderOptions<E extends Engine> {
  readonly sdl: string;
  /** Whose callers see a part of it each. */
  readonly contracts: readonly string[];
  /** Makes the engine of a supergraph, and warms it, before it takes over. `previous` is the one in service. */
  readonly prepare: (supergraph: Supergraph, previous: Loaded<E> | undefined) => Promise<E>;
  /** A replaced engine is closed when nobody holds it and this time has passed: no operation is older than its deadline. */
  readonly retireAfterMs: number;
  readonly logger: LifeLogger;
  readonly onSwap?: (supergraph: Supergraph) => void;
}

/** At most this many supergraphs wait to be prepared; a further push is told to come back. */
const maxWaiting = 4;

interface Generation<E extends Engine> extends Loaded<E> {
  leases: number;
  phase: 'serving' | 'retired' | 'closed';
  timer?: NodeJS.Timeout;
}

/**
 * Holds the supergraph in service and swaps it. An operation leases the generation it was validated against and ends on it,
 * whatever is swapped meanwhile. Whoever opens it closes it.
 */
export class SupergraphHolder<E extends Engine> {
  readonly #options: SupergraphHolderOptions<E>;
  readonly #life: SupergraphLife;
  readonly #listeners = new Set<(loaded: Loaded<E>) => void>();
  /** By API schema, because that is what Apollo Server remembers of the supergraph a request began with. */
  readonly #bySchema = new WeakMap<GraphQLSchema, Generation<E>>();
  readonly #retired = new Set<Generation<E>>();
  #current: Generation<E> | undefined;
  #candidate: Generation<E> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #closing: Promise<void> | undefined;

  private constructor(options: SupergraphHolderOptions<E>) {
    this.#options = options;
    this.#life = createLifeThread(options.logger, () => this.#promote());
  }

  /** Loads the first supergraph. Throws SUPERGRAPH_INVALID when it is broken: there is no old one to keep. */
  static async open<E extends Engine>(options: SupergraphHolderOptions<E>): Promise<SupergraphHolder<E>> {
    const holder = new SupergraphHolder(options);
    try {
      await holder.offer(options.sdl);
      return holder;
    } catch (error) {
      await holder.close();
      throw error;
    }
  }

  get current(): Loaded<E> {
    invariant(this.#current !== undefined, 'a supergraph is loaded before it is asked for');
    return this.#current;
  }

  /**
   * Reads, validates, prepares and warms a supergraph, then swaps to it. Resolves with the one in service then.
   * Throws SUPERGRAPH_INVALID for a broken one, OVERLOADED when too many wait; the old one stays in both cases.
   */
  async offer(sdl: string): Promise<Supergraph> {
    if (this.#closing !== undefined) throw shownError('SHUTTING_DOWN', 'The gateway is closing.');
    if (this.#waiting >= maxWaiting) throw shownError('OVERLOADED', 'Other supergraphs are being loaded; try again.');
    this.#waiting++;
    const turn = this.#turn.then(() => this.#swap(sdl)).finally(() => this.#waiting--);
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  /** Takes a lease on the supergraph of a schema, or on the one in service when that is gone. */
  lease(schema?: GraphQLSchema): Lease<E> {
    const known = schema === undefined ? undefined : this.#bySchema.get(schema);
    const generation = known === undefined || known.phase === 'closed' ? this.#current : known;
    invariant(generation !== undefined, 'a supergraph is loaded before it is leased');
    generation.leases++;
    let isHeld = true;
    return {
      supergraph: generation.supergraph,
      engine: generation.engine,
      release: () => {
        if (isHeld) generation.leases--;
        isHeld = false;
      },
    };
  }

  /** Calls back now and at every swap. */
  subscribe(listener: (loaded: Loaded<E>) => void): () => void {
    this.#listeners.add(listener);
    if (this.#current !== undefined) listener(this.#current);
    return () => this.#listeners.delete(listener);
  }

  /** Closes every engine, used or not: drain the requests first. Safe to call twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #swap(sdl: string): Promise<Supergraph> {
    const supergraph = await readSupergraphInTurns(sdl, this.#options.contracts);
    if (supergraph.id === this.#current?.supergraph.id) return supergraph;
    const engine = await this.#options.prepare(supergraph, this.#current);
    this.#candidate = { supergraph, engine, leases: 0, phase: 'serving' };
    try {
      if (this.#closing !== undefined) throw shownError('SHUTTING_DOWN', 'The gateway is closing.');
      await this.#life.take(supergraph);
      invariant(this.#current?.supergraph === supergraph, '@apollo/gateway announces a supergraph that it takes');
    } catch (error) {
      this.#candidate = undefined;
      if (this.#current?.engine === engine) return supergraph; // announced, and then the thread ended
      await engine.close();
      throw error;
    }
    this.#options.onSwap?.(supergraph);
    return supergraph;
  }

  /** Runs when @apollo/gateway announces its update: from here on new requests begin on the candidate. */
  #promote(): void {
    const candidate = this.#candidate;
    if (candidate === undefined) return;
    const previous = this.#current;
    this.#candidate = undefined;
    this.#current = candidate;
    const { supergraph } = candidate;
    for (const { apiSchema } of [supergraph, ...supergraph.contracts.values()])
      this.#bySchema.set(apiSchema, candidate);
    for (const listener of this.#listeners) listener(candidate);
    if (previous !== undefined) this.#retire(previous);
  }

  #retire(generation: Generation<E>): void {
    generation.phase = 'retired';
    this.#retired.add(generation);
    const check = (): void => {
      if (generation.leases > 0) generation.timer = setTimeout(check, 100).unref();
      else this.#dispose(generation).catch((error: unknown) => this.#options.logger.error(String(error)));
    };
    // Not at once when nobody holds it: a request that Apollo Server has just begun takes its lease some turns later.
    generation.timer = setTimeout(check, this.#options.retireAfterMs).unref();
  }

  async #dispose(generation: Generation<E>): Promise<void> {
    if (generation.phase === 'closed') return;
    generation.phase = 'closed';
    clearTimeout(generation.timer);
    this.#retired.delete(generation);
    await generation.engine.close();
  }

  async #close(): Promise<void> {
    await this.#turn;
    await this.#life.close();
    const generations = [...this.#retired, ...(this.#current === undefined ? [] : [this.#current])];
    await Promise.all(generations.map((generation) => this.#dispose(generation)));
  }
}
