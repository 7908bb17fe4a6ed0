import { type GraphQLObjectType, isInputObjectType, isObjectType } from 'graphql';
import { createAccessCoordinates } from '../../gateway/planning/access-coordinates.ts';
import { spreadInterfaceRules } from '../../gateway/planning/interface-rules.ts';
import type { AccessRule } from '../../gateway/supergraph/directive-tables.ts';
import { readSupergraph } from '../../gateway/supergraph/supergraph.ts';

const everybody = 'everybody';

/**
 * Every field of a graph and every argument that asks for more than its field, with who may read it, as the gateway enforces it: the field's
 * own rule, its type's, and that of what it returns. A table for each type, as Markdown.
 */
export function renderAccessTable(sdl: string): string {
  const { directives, supergraphSchema, apiSchema } = readSupergraph(sdl);
  const access = spreadInterfaceRules(directives.access, supergraphSchema);
  const coordinates = createAccessCoordinates(supergraphSchema);
  const whoOf = (names: ReadonlySet<string>): string => {
    const rules = [...names].flatMap((name) => access.get(name) ?? []);
    return rules.length === 0 ? everybody : [...new Set(rules.map(describeRule))].sort().join(', and ');
  };
  const rowsOf = (type: GraphQLObjectType): string[] =>
    Object.values(type.getFields()).flatMap((field) => {
      const who = whoOf(coordinates.ofField(type.name, field.name));
      const given = field.args.flatMap((argument) => {
        const more = whoOf(coordinates.ofArgument(type.name, field.name, argument.name));
        return more === everybody ? [] : [`| ${field.name}(${argument.name}:) | ${more} |`];
      });
      return [`| ${field.name} | ${who} |`, ...given];
    });
  const types = Object.values(apiSchema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const objects = types.filter(isObjectType).sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  const inputs = types.filter((type) => isInputObjectType(type) && access.has(type.name));
  const tables = objects.map((type) => `## ${type.name}\n\n| field | who |\n|---|---|\n${rowsOf(type).join('\n')}`);
  return [...tables, ...inputs.map(({ name }) => `## ${name}\n\n${whoOf(new Set([name]))}`)].join('\n\n');
}

/** The roots first, the rest by name. */
function rank({ name }: GraphQLObjectType): string {
  const root = ['Query', 'Mutation', 'Subscription'].indexOf(name);
  return root < 0 ? `~${name}` : `${root}`;
}

function describeRule({ isAuthenticated, scopes, policies }: AccessRule): string {
  const anyOf = (alternatives: AccessRule['scopes']): string => alternatives.map((all) => all.join(' + ')).join(' or ');
  const parts = [
    ...(isAuthenticated ? ['whoever is signed in'] : []),
    ...(scopes.length > 0 ? [anyOf(scopes)] : []),
    ...(policies.length > 0 ? [`policy ${anyOf(policies)}`] : []),
  ];
  return parts.length === 0 ? 'nobody' : parts.join(', ');
}
