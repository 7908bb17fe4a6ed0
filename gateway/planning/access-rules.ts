import type { FieldNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createAccessCoordinates } from './access-coordinates.ts';
import { type AccessGrant, satisfies } from './access-grant.ts';
import { spreadInterfaceRules } from './interface-rules.ts';

/** What a supergraph's access rules ask for. */
export interface AccessRules {
  /** Nothing is asked of anybody. */
  readonly isEmpty: boolean;
  /** All scopes and policies that some rule names. */
  readonly scopes: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
  /** What is refused to a caller. */
  checkFor(grant: AccessGrant): AccessCheck;
}

/** What is refused to one grant; answers are remembered. */
export interface AccessCheck {
  /** UNAUTHENTICATED for nobody, who might see it with a proof of identity; FORBIDDEN for everybody else. */
  readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  readonly message: string;
  /** No object of this object type may be seen. */
  isTypeRefused(typeName: string): boolean;
  /** The field of this object type, with the arguments that are given. */
  isFieldRefused(typeName: string, field: FieldNode): boolean;
}

/** By what is one for all views of a supergraph. */
const rulesOf = new WeakMap<Supergraph['directives'], AccessRules>();

export function accessRulesOf(supergraph: Supergraph): AccessRules {
  const known = rulesOf.get(supergraph.directives);
  if (known !== undefined) return known;
  const made = createAccessRules(supergraph);
  rulesOf.set(supergraph.directives, made);
  return made;
}

function createAccessRules({ directives, supergraphSchema }: Supergraph): AccessRules {
  const access = spreadInterfaceRules(directives.access, supergraphSchema);
  const rules = [...access.values()];
  const coordinates = createAccessCoordinates(supergraphSchema);
  return {
    isEmpty: access.size === 0,
    scopes: new Set(rules.flatMap(({ scopes }) => scopes.flat())),
    policies: new Set(rules.flatMap(({ policies }) => policies.flat())),
    checkFor(grant) {
      const refused = new Set(
        [...access].filter(([, rule]) => !satisfies(grant, rule)).map(([coordinate]) => coordinate),
      );
      const known = new Map<string, boolean>();
      const isRefused = (key: string, find: () => ReadonlySet<string>): boolean => {
        const remembered = known.get(key);
        if (remembered !== undefined) return remembered;
        const verdict = [...find()].some((coordinate) => refused.has(coordinate));
        known.set(key, verdict);
        return verdict;
      };
      return {
        ...(grant.isAuthenticated ? forbidden : unauthenticated),
        isTypeRefused(typeName) {
          const type = supergraphSchema.getType(typeName);
          return type !== undefined && isRefused(typeName, () => coordinates.ofType(type));
        },
        isFieldRefused(typeName, { name, arguments: given = [] }) {
          const field = name.value;
          if (field.startsWith('__')) return false;
          if (isRefused(`${typeName}.${field}`, () => coordinates.ofField(typeName, field))) return true;
          return given.some((argument) =>
            isRefused(`${typeName}.${field}(${argument.name.value}:)`, () =>
              coordinates.ofArgument(typeName, field, argument.name.value),
            ),
          );
        },
      };
    },
  };
}

const forbidden = { code: 'FORBIDDEN', message: 'This caller may not see this field.' } as const;
const unauthenticated = { code: 'UNAUTHENTICATED', message: 'This field needs a proof of identity.' } as const;
