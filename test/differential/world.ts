/** A supergraph with its data: every subgraph and the one merged schema are made from the same description. */
export interface World {
  readonly name: string;
  readonly subgraphs: readonly { readonly name: string; readonly sdl: string }[];
  /** Fresh data for one execution, since mutations change it. */
  readonly createObjects: () => readonly WorldObject[];
  /** Strings and IDs that find something when they are given as arguments. */
  readonly words: readonly string[];
  /** Names of fields that random operations leave out, since neither planner copes with them (the world says why). */
  readonly beyondPlanners: readonly string[];
  /** Fields that are computed; all others are read from the objects. Keyed by `Type.field`. */
  readonly fields: Readonly<Record<string, ComputeField>>;
}

/** Object data; a value that is an Error makes its field fail. Nested objects may be other objects of the world. */
export interface WorldObject {
  readonly __typename: string;
  /** Subgraphs that do not know this entity: their reference resolvers answer null. */
  readonly missingIn?: readonly string[];
  [field: string]: unknown;
}

export interface FieldInput {
  /** Reads a field of the object: in a subgraph, an @external field as the gateway sent it. */
  readonly read: (field: string, args?: Readonly<Record<string, unknown>>) => unknown;
  readonly args: Readonly<Record<string, unknown>>;
  readonly objects: readonly WorldObject[];
  readonly object: WorldObject;
}

export type ComputeField = (input: FieldInput) => unknown;

/** The world's objects of these types. */
export function objectsOf(objects: readonly WorldObject[], ...typeNames: readonly string[]): WorldObject[] {
  return objects.filter((object) => typeNames.includes(object.__typename));
}
