import './config.ts';
import { ApolloGateway, type SupergraphSdlUpdateFunction } from '@apollo/gateway';
import { hiddenError, invariant, shownError } from '../errors.ts';
import type { Supergraph } from './supergraph.ts';

/** Where @apollo/gateway reports what it does. */
export type LifeLogger = Readonly<Record<LifeLogLevel, (message: string) => void>>;
export type LifeLogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What of a supergraph its life needs. */
export type LivingSupergraph = Pick<Supergraph, 'id' | 'sdl'>;

/**
 * The life of a supergraph as @apollo/gateway keeps it: it validates a supergraph as Apollo's own gateway would, swaps it, and
 * says so. It never calls a subgraph here: plans and fetches are ours.
 */
export class ApolloLife {
  readonly #gateway: ApolloGateway;
  #update: SupergraphSdlUpdateFunction | undefined;
  #first = '';

  constructor(logger: LifeLogger, onLoadOrUpdate: () => void) {
    this.#gateway = new ApolloGateway({
      logger,
      validateSupergraph: true,
      serviceHealthCheck: false, // a gateway starts, and swaps, even when a subgraph is away
      buildService: () => ({ process: () => Promise.reject(hiddenError('subgraphs are called by the engine')) }),
      supergraphSdl: async ({ update }) => {
        this.#update = update;
        return { supergraphSdl: this.#first };
      },
    });
    this.#gateway.onSchemaLoadOrUpdate(onLoadOrUpdate);
  }

  /**
   * Takes a supergraph: the first loads, the next replace. Throws SUPERGRAPH_INVALID and keeps the old one when it is broken.
   * The listener has been called when this is done.
   */
  async take(supergraph: LivingSupergraph): Promise<void> {
    // The id goes in front because the SDL that planners see may be the same when only access rules or costs changed,
    // and @apollo/gateway ignores an update with the text it has.
    const sdl = `# ${supergraph.id}\n${supergraph.sdl}`;
    try {
      if (this.#update !== undefined) return this.#update(sdl);
      this.#first = sdl;
      await this.#gateway.load();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw shownError('SUPERGRAPH_INVALID', `The supergraph cannot be served: ${reason}`, { cause });
    } finally {
      this.#first = '';
    }
    invariant(this.#update !== undefined, 'a loaded @apollo/gateway can be updated');
  }

  /** Safe to call twice. */
  async close(): Promise<void> {
    await this.#gateway.stop();
  }
}
