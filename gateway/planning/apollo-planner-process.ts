import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { ApolloQuestion } from './apollo-planner.ts';
import { servePlanner } from './serve-planner-process.ts';

servePlanner((sdl) => {
  const supergraph = Supergraph.build(sdl);
  const queryPlanner = new QueryPlanner(supergraph);
  const apiSchema = supergraph.apiSchema();
  return ({ operation, operationName, overrideConditions }: ApolloQuestion) => {
    const read = operationFromDocument(apiSchema, parse(operation, { noLocation: true }), {
      validate: false,
      ...(operationName === undefined ? {} : { operationName }),
    });
    return queryPlanner.buildQueryPlan(read, { overrideConditions: new Map(overrideConditions) });
  };
});
