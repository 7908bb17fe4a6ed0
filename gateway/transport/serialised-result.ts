import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import { invariant } from '../errors.ts';

/** An answer that the engine has already written as JSON text; it travels through Apollo Server in the place of `data`. */
export class SerialisedResult {
  readonly text: string;
  /** The status of an answer without data: what was wrong was wrong before execution began. */
  readonly refusal: number | undefined;

  constructor(text: string, refusal: number | undefined) {
    this.text = text;
    this.refusal = refusal;
  }
}

/** Hands a serialised answer to Apollo Server without a second pass over it. */
export function toExecutionResult(result: SerialisedResult): ExecutionResult<Record<string, unknown>> {
  return { data: result as unknown as Record<string, unknown> };
}

/** The serialised answer in a result, or undefined for one that Apollo Server made itself. */
export function findSerialised(result: { readonly data?: unknown }): SerialisedResult | undefined {
  return result.data instanceof SerialisedResult ? result.data : undefined;
}

/** Apollo Server's `stringifyResult`. */
export function stringifyResult(result: FormattedExecutionResult): string {
  const serialised = findSerialised(result);
  if (serialised !== undefined) {
    invariant(result.errors === undefined, 'a serialised answer carries its own errors');
    return serialised.text;
  }
  return JSON.stringify(result);
}
