import type { IncomingHeaders, Principal } from '../identity/principal.ts';
import { anonymousKind } from '../identity/principal.ts';
import type { PrioritySettings } from '../overload/priority-settings.ts';
import { createRootFieldReader } from './operation-fields.ts';

type Caller = Pick<Principal, 'kind'>;

/** Which class an operation is in: the index of its row in the setting `priorities`. */
export interface OperationPriority {
  /** By who is calling, and what its client calls itself. */
  ofCaller(caller: Caller, headers: IncomingHeaders): number;
  /** Whether what an operation asks for could put it into a higher class; with the text it comes in, whether that names a field that does. Nothing is parsed. */
  mayRaise(priority: number, caller: Caller, text?: string): boolean;
  /** With what the operation asks for. */
  ofOperation(priority: number, caller: Caller, document: string, operationName: unknown): number;
}

/** By these names clients say what they are; what Apollo's clients send, and its shorter form. In a socket they stand in connection_init. */
export const clientNameHeaders = ['apollographql-client-name', 'graphql-client-name'] as const;

interface Raised {
  readonly priority: number;
  readonly fields: ReadonlySet<string>;
  readonly names: RegExp;
  readonly kinds: ReadonlySet<string> | undefined;
}

/** Throws an Error when a kind is in a class that there is none of. */
export function createOperationPriority(
  priorities: PrioritySettings,
  kinds: Readonly<Record<string, { readonly priority?: string | undefined }>>,
): OperationPriority {
  const indexOf = (name: string, kind = name): number => {
    const index = priorities.findIndex((row) => row.name === name);
    if (index === -1) throw new Error(`kinds.${kind}.priority: there is no priority "${name}" among priorities.`);
    return index;
  };
  const known = indexOf('known');
  const byKind = new Map(
    Object.entries(kinds).map(([kind, { priority = 'known' }]) => [kind, indexOf(priority, kind)]),
  );
  byKind.set(anonymousKind, indexOf('anonymous'));
  const byClient = new Map(priorities.flatMap(({ clients }, index) => clients.map((client) => [client, index])));
  const raised = priorities.flatMap(toRaised);
  const readRootFields = createRootFieldReader();
  const rowsAbove = (priority: number, { kind }: Caller): readonly Raised[] => {
    // What calls itself something that is put back stays there, whatever it asks for.
    if (priorities[priority]?.clients.length !== 0) return [];
    return raised.filter((row) => row.priority < priority && (row.kinds?.has(kind) ?? true));
  };

  return {
    ofCaller({ kind }, headers) {
      const own = byKind.get(kind) ?? known;
      if (byClient.size === 0) return own;
      const name = clientNameHeaders.map((header) => headers[header]).find((value) => typeof value === 'string');
      return Math.max(own, byClient.get(String(name)) ?? own);
    },
    mayRaise: (priority, caller, text) =>
      rowsAbove(priority, caller).some(({ names }) => text === undefined || names.test(text)),
    ofOperation(priority, caller, document, operationName) {
      const rows = rowsAbove(priority, caller);
      if (rows.length === 0) return priority;
      const fields = readRootFields(document, typeof operationName === 'string' ? operationName : undefined);
      const higher = rows.find((row) => fields.length > 0 && fields.every((field) => row.fields.has(field)));
      return higher?.priority ?? priority;
    },
  };
}

function toRaised({ fields, kinds }: PrioritySettings[number], priority: number): readonly Raised[] {
  if (fields.length === 0) return [];
  // A document that is known by its id names no field.
  const names = new RegExp(
    `\\b(?:${fields.map((field) => field.replace(/^\w+\./, '')).join('|')}|documentId|persistedQuery)\\b`,
  );
  return [{ priority, fields: new Set(fields), names, kinds: kinds && new Set(kinds) }];
}
