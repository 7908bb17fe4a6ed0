import type { CommonForm } from './common-form.ts';
import type { DocumentVerdict } from './judge-document.ts';
import type { AheadRequest, PartsRequest } from './plan-parts.ts';

/** What the planning thread is told, in order: a supergraph is opened before anything is asked about it. */
export type ThreadMessage =
  | {
      readonly kind: 'open';
      readonly supergraphId: string;
      readonly sdl: string;
      readonly contracts: readonly string[];
    }
  | { readonly kind: 'forget'; readonly supergraphId: string }
  | { readonly kind: 'give-up'; readonly id: number }
  | (ThreadQuestion & { readonly id: number });

/** What has an answer. */
export type ThreadQuestion =
  /** For the callers of a contract; undefined is everybody else. */
  | {
      readonly kind: 'judge';
      readonly supergraphId: string;
      readonly contract: string | undefined;
      readonly text: string;
      /** Plan it too, if it is valid. */
      readonly ahead: AheadRequest | undefined;
    }
  | { readonly kind: 'plan'; readonly supergraphId: string; readonly request: PartsRequest };

export type ThreadAnswer = OpenedAnswer | DeathNotice | QuestionAnswer;

/** The supergraph can be asked about now. */
export interface OpenedAnswer {
  readonly opened: string;
}

/** The native planner's process has died, and of what. */
export interface DeathNotice {
  readonly died: string;
}

/** Parts planned ahead, and how long that took. */
export interface PlannedText {
  readonly parts: string;
  readonly durationMs: number;
}

/** Parts travel as JSON: reading that is quicker than reading a structured clone of so many small objects. */
export type QuestionAnswer = { readonly id: number } & (
  | {
      readonly verdict: DocumentVerdict;
      /** Of the document, or of its common form where that is given. */
      readonly planned: PlannedText | undefined;
      readonly form: CommonForm | undefined;
    }
  | { readonly parts: string }
  | { readonly failure: string }
  /** The thread cannot read this supergraph. */
  | { readonly isUnknown: true }
);
