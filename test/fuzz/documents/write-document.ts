import type { GraphQLSchema } from 'graphql';
import type { Choices } from '../choices.ts';
import { breakDocument, nastyDocument, tokenSoup } from './nasty-documents.ts';
import { nastyNames, someText } from './nasty-texts.ts';
import { type WrittenDocument, writeOperation } from './write-operation.ts';

const variableTexts = [
  '{}',
  'null',
  '[]',
  '"x"',
  '1',
  '{',
  '{"a":1,"a":2}',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"v0":"\\ud800"}',
  '{"v0":"\\u0000"}',
  '{"v0":1e309}',
] as const;

/** A document of any kind, with what is sent beside it. */
export function writeDocument(schema: GraphQLSchema, choices: Choices, salt?: string): WrittenDocument {
  const kind = writeKind(schema, choices);
  const written = salt === undefined ? kind : { ...kind, query: `#${salt}\n${kind.query}` };
  const variables = choices.oneIn(10) ? choices.pick(variableTexts) : written.variables;
  const operationName = choices.oneIn(16)
    ? choices.pick([...nastyNames, '', someText(choices)])
    : written.operationName;
  return { ...written, variables, operationName };
}

function writeKind(schema: GraphQLSchema, choices: Choices): WrittenDocument {
  const alone = (query: string): WrittenDocument => ({ query, variables: undefined, operationName: undefined });
  switch (choices.below(8)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return writeOperation(schema, choices);
    case 4:
    case 5: {
      const written = writeOperation(schema, choices);
      return { ...written, query: breakDocument(written.query, choices) };
    }
    case 6:
      return alone(nastyDocument(choices));
    default:
      return alone(tokenSoup(choices));
  }
}
