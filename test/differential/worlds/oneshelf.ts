import { readFileSync } from 'node:fs';
import { subgraphNames } from '../../../schema/subgraph-names.ts';
import { generateWorld } from './generate-world.ts';

const folder = new URL('../../../schema/', import.meta.url);

/** Our own graph with generated data. */
export const oneshelf = generateWorld(
  'oneshelf',
  subgraphNames.map((name) => ({ name, sdl: readFileSync(new URL(`subgraphs/${name}.graphql`, folder), 'utf8') })),
  readFileSync(new URL('supergraph.graphql', folder), 'utf8'),
);
