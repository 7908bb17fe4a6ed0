import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { shownError } from '../errors.ts';

/** One `@link` (or federation 1's `@core`) of the supergraph: a specification whose names may stand in the SDL. */
export interface LinkedFeature {
  /** The URL without the version, such as `https://specs.apollo.dev/join`. */
  readonly identity: string;
  /** The specification's own name, such as `join`. */
  readonly name: string;
  /** What its names start with in this SDL: `as:` or else the name. */
  readonly alias: string;
  readonly purpose: string | undefined;
  /** Local name → the specification's name; directives with their `@`. */
  readonly imports: ReadonlyMap<string, string>;
}

/** The specification's name of a directive or type that stands in the SDL under a local name. */
export interface SpecifiedName {
  readonly feature: LinkedFeature;
  readonly name: string;
}

const apollo = 'https://specs.apollo.dev/';
export const joinIdentity = `${apollo}join`;
export const inaccessibleIdentity = `${apollo}inaccessible`;
export const tagIdentity = `${apollo}tag`;
export const linkIdentities: ReadonlySet<string> = new Set([`${apollo}link`, `${apollo}core`]);
export const accessIdentities: ReadonlySet<string> = new Set(
  ['authenticated', 'requiresScopes', 'policy'].map((name) => apollo + name),
);

/**
 * Features `for: SECURITY` or `for: EXECUTION` must be refused when they are not understood: to serve the graph as if they
 * were not there would show what they hide, or compute something else (https://specs.apollo.dev/link/v1.0/#Purpose).
 */
const understood: ReadonlySet<string> = new Set([
  ...linkIdentities,
  ...accessIdentities,
  joinIdentity,
  inaccessibleIdentity,
  tagIdentity,
  `${apollo}cost`,
]);

/** Reads the schema's links. Throws when one of them must not be ignored and is not known here. */
export function readLinkedFeatures(document: DocumentNode): readonly LinkedFeature[] {
  const features = document.definitions
    .filter((node) => node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION)
    .flatMap((node) => node.directives ?? [])
    .map(readFeature)
    .filter((feature) => feature !== undefined);
  if (!features.some(({ identity }) => identity === joinIdentity)) {
    throw shownError('SUPERGRAPH_INVALID', 'it does not link the join specification; is it a composed supergraph?');
  }
  const foreign = features.find(({ purpose, identity }) => purpose !== undefined && !understood.has(identity));
  if (foreign !== undefined) {
    throw shownError(
      'SUPERGRAPH_INVALID',
      `it needs ${foreign.identity} for ${foreign.purpose}, which is not supported`,
    );
  }
  return features;
}

/** Finds the feature that a directive of the SDL comes from, or undefined for a directive of nobody's. */
export function specifiedDirective(features: readonly LinkedFeature[], localName: string): SpecifiedName | undefined {
  return specifiedName(features, `@${localName}`, localName);
}

/** Finds the feature that a type of the SDL comes from, or undefined for a type of the graph itself. */
export function specifiedType(features: readonly LinkedFeature[], localName: string): SpecifiedName | undefined {
  const found = specifiedName(features, localName, localName);
  // `tag` the type is not `@tag` the directive: only a prefix or an import makes a type a feature's.
  return found === undefined || localName === found.feature.alias ? undefined : found;
}

function specifiedName(features: readonly LinkedFeature[], imported: string, local: string): SpecifiedName | undefined {
  for (const feature of features) {
    const name = feature.imports.get(imported);
    if (name !== undefined) return { feature, name: name.replace('@', '') };
  }
  for (const feature of features) {
    if (local === feature.alias) return { feature, name: feature.name };
    if (local.startsWith(`${feature.alias}__`)) return { feature, name: local.slice(feature.alias.length + 2) };
  }
  return undefined;
}

function readFeature(directive: ConstDirectiveNode): LinkedFeature | undefined {
  const values = Object.fromEntries(
    (directive.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  );
  const url = values.url ?? values.feature;
  if (typeof url !== 'string') return undefined;
  const [identity, name] = splitUrl(url);
  const alias = values.as;
  const purpose = values.for;
  return {
    identity,
    name,
    alias: typeof alias === 'string' ? alias : name,
    purpose: typeof purpose === 'string' ? purpose : undefined,
    imports: readImports(values.import),
  };
}

function splitUrl(url: string): [identity: string, name: string] {
  const identity = url.replace(/\/v\d+\.\d+\/?$/, '').replace(/\/$/, '');
  return [identity, identity.slice(identity.lastIndexOf('/') + 1)];
}

function readImports(value: unknown): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const entry of Array.isArray(value) ? value : []) {
    if (typeof entry === 'string') imports.set(entry, entry);
    else if (isRename(entry)) imports.set(entry.as ?? entry.name, entry.name);
  }
  return imports;
}

function isRename(entry: unknown): entry is { readonly name: string; readonly as?: string } {
  return typeof entry === 'object' && entry !== null && 'name' in entry && typeof entry.name === 'string';
}
