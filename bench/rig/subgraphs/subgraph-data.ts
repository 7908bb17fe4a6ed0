export type Arguments = Readonly<Record<string, unknown>>;

/** A field of a subgraph: how to find its value, and the type of the objects it returns. */
export interface Field {
  readonly type?: string;
  readonly resolve: (source: never, args: Arguments) => unknown;
}

/** What one subgraph answers with. */
export interface SubgraphData {
  readonly types: Readonly<Record<string, Readonly<Record<string, Field>>>>;
  /** Finds the entity of a representation; null when there is none. */
  readonly findEntity: (representation: Arguments) => unknown;
}
