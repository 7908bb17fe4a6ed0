import type { PlannedStep } from './compile-plan.ts';
import type { PlanNode } from './plan-node.ts';
import type { PlannedPart } from './plan-parts.ts';

export type PlannerKind = 'hive' | 'apollo';

/** Told when a planner's process has died by itself, and of what: a signal's name, or an exit code. */
export type OnPlannerDeath = (planner: PlannerKind, how: string) => void;

/**
 * Which side of each progressive `@override` an operation takes. Operations with the same key have the same plan, so
 * the number of plans stays bounded by the number of percentages in the supergraph plus one, times the labels.
 */
export interface OverrideChoice {
  readonly key: string;
  readonly activeLabels: ReadonlySet<string>;
  /** 0–100: percent(p) is active when this is below p. */
  readonly percentage: number;
}

export interface PlanRequest {
  /** One operation and the fragments it uses, without introspection fields. */
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly overrides: OverrideChoice;
  readonly signal: AbortSignal;
}

/** An operation as it is, to be split into what planners take. */
export interface StepsRequest {
  /** One operation and the fragments it uses. */
  readonly operation: string;
  readonly operationName: string | undefined;
  /** The contract that its caller is held to; undefined is none. */
  readonly contract: string | undefined;
  /** The variables of @skip and @include that are true, the others being false; undefined leaves the conditions to the plan. */
  readonly trueConditions: readonly string[] | undefined;
  readonly overrides: OverrideChoice;
  readonly signal: AbortSignal;
}

export type TakenRequest = Pick<StepsRequest, 'operationName' | 'overrides' | 'signal'>;

/** A query planner bound to one supergraph. Close it when its last plan was asked for. */
export interface Planner {
  readonly kind: PlannerKind;
  /** Undefined when there is nothing to fetch. Throws a hidden GatewayError; an abort rejects with the signal's reason. */
  plan(request: PlanRequest): Promise<PlanNode | undefined>;
  /** Splits and plans where nothing holds the event loop. Missing, or undefined, means that it has to be done here, with `plan`. */
  planSteps?(request: StepsRequest): Promise<readonly PlannedStep[] | undefined>;
  /** Makes steps of what `planParts` gave elsewhere. */
  takeSteps?(parts: readonly PlannedPart[], request: TakenRequest): Promise<readonly PlannedStep[]>;
  /** Draws the progressive overrides: `random` in [0, 1), `labels` are the custom labels switched on for this request. */
  chooseOverrides(random: number, labels?: ReadonlySet<string>): OverrideChoice;
  /** Resolves when plans are made without delay; never rejects. Missing where there is none. */
  warmUp?(): Promise<void>;
  close(): Promise<void>;
}
