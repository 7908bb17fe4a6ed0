import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { ApolloPlanAnswer, ApolloPlanRequest } from './apollo-planner.ts';

// The process behind apollo-planner.ts: is sent the supergraph first, then answers one operation at a time. Ends with its parent.
let plan: ((request: ApolloPlanRequest) => ApolloPlanAnswer) | undefined;

process.on('disconnect', () => process.exit());
process.on('message', (message: string | ApolloPlanRequest) => {
  if (typeof message === 'string') plan = createAnswerer(message);
  else if (plan) process.send?.(plan(message));
});

function createAnswerer(supergraphSdl: string): (request: ApolloPlanRequest) => ApolloPlanAnswer {
  const supergraph = Supergraph.build(supergraphSdl);
  const queryPlanner = new QueryPlanner(supergraph);
  const apiSchema = supergraph.apiSchema();
  return ({ id, operation, operationName, overrideConditions }) => {
    try {
      const read = operationFromDocument(apiSchema, parse(operation, { noLocation: true }), {
        validate: false,
        ...(operationName === undefined ? {} : { operationName }),
      });
      return { id, plan: queryPlanner.buildQueryPlan(read, { overrideConditions: new Map(overrideConditions) }) };
    } catch (error) {
      return { id, failure: error instanceof Error ? error.message : String(error) };
    }
  };
}
