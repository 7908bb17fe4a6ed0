import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLFieldResolver, parse, validate } from 'graphql';

// A stranger's subgraph, made of two files: `node serve-files.ts SDL DATA PORT`. The data has the root fields by name under `Query`,
// and the objects of each entity type under its name; a root field with an argument `id` finds its entity.
interface Data {
  readonly Query?: Readonly<Record<string, unknown>>;
  readonly [type: string]: unknown;
}

const [sdlFile = '', dataFile = '', port = '0'] = process.argv.slice(2);
const data = JSON.parse(readFileSync(dataFile, 'utf8')) as Data;
const schema = buildSubgraphSchema([
  { typeDefs: parse(readFileSync(sdlFile, 'utf8')), resolvers: referenceResolvers() as never },
]);
const documents = new Map<string, ReturnType<typeof parse>>();

const fieldResolver: GraphQLFieldResolver<unknown, unknown, { id?: string }> = (source, { id }, _context, info) => {
  if (info.parentType.name !== 'Query') return (source as Record<string, unknown>)[info.fieldName];
  return id === undefined ? data.Query?.[info.fieldName] : findById(String(info.returnType), id);
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    const document = documents.get(query) ?? parse(query);
    if (documents.size < 1_000) documents.set(query, document);
    const errors = validate(schema, document);
    const result =
      errors.length > 0 ? { errors } : await execute({ schema, document, fieldResolver, variableValues: variables });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  });
});
server.listen(Number(port), '127.0.0.1', () => console.log('serves'));

function referenceResolvers(): Record<string, unknown> {
  const types = Object.keys(data).filter((name) => name !== 'Query');
  return Object.fromEntries(
    types.map((name) => [name, { __resolveReference: ({ id }: { id: string }) => findById(name, id) }]),
  );
}

function findById(type: string, id: string): unknown {
  const objects = data[type] as readonly { id: string }[] | undefined;
  return objects?.find((object) => object.id === id) ?? null;
}
