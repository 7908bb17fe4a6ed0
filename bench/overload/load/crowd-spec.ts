import type { Tokens } from '../open-issuer.ts';
import type { WorkSpec } from '../work.ts';

/** A window of load on one gateway. */
export interface CrowdSpec {
  readonly port: number;
  readonly tokens: Tokens;
  readonly work: WorkSpec;
  /** Names of the classes that this process plays; the others are another's. */
  readonly classes: readonly string[];
  /** `closed`: so many connections, all classes in turn, each asks again when it has its answer. `open`: so many operations a second of all classes together become due, whatever is answered. */
  readonly way:
    | { readonly kind: 'closed'; readonly connections: number }
    | { readonly kind: 'open'; readonly perSecond: number; readonly connectionsEach: number };
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Numbers of requests begin here, so that none is sent twice. */
  readonly first: number;
}

/** What became of the operations of a class that became due within the window. */
export interface ClassResult {
  readonly name: string;
  readonly due: number;
  /** Whole, without errors, and in time. */
  readonly useful: number;
  /** 503 with Retry-After. */
  readonly refused: number;
  /** Answered, or still not, after `patienceMs`. */
  readonly late: number;
  readonly failed: number;
  readonly firstFailure: string | undefined;
  /** Of useful answers, from when they became due. */
  readonly latenciesMs: readonly number[];
}

/** A person has turned to something else by then. */
export const patienceMs = 2_000;
