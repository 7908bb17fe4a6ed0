import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { ApolloPlanAnswer, ApolloPlanRequest } from './apollo-planner.ts';

// The thread behind apollo-planner.ts: builds the planner once, then answers one operation at a time.
const supergraph = Supergraph.build(String(workerData));
const queryPlanner = new QueryPlanner(supergraph);
const apiSchema = supergraph.apiSchema();

parentPort?.on('message', (request: ApolloPlanRequest) => parentPort?.postMessage(answer(request)));

function answer({ id, operation, operationName, overrideConditions }: ApolloPlanRequest): ApolloPlanAnswer {
  try {
    const read = operationFromDocument(apiSchema, parse(operation, { noLocation: true }), {
      validate: false,
      ...(operationName === undefined ? {} : { operationName }),
    });
    const plan = queryPlanner.buildQueryPlan(read, { overrideConditions: new Map(overrideConditions) });
    return { id, plan };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
