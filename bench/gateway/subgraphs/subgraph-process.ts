/** The four subgraphs in a process of their own: `node subgraph-process.ts remember|work`. */

import '../../../cli/keep-young.ts';
import { answerParent } from '../../rig/processes/answer-parent.ts';
import { createSubgraph } from '../../rig/subgraphs/create-subgraph.ts';
import { type SeenRequest, serveSubgraphs } from '../../rig/subgraphs/serve-subgraphs.ts';
import { createCatalogue } from '../graph/catalogue.ts';
import { createSubgraphData } from '../graph/resolvers.ts';

/** What the bench asks of the subgraphs. */
export type SubgraphQuestion = 'port' | 'request-count' | 'record' | 'take-recorded';

/** Requests kept while recording: one operation has some tens. */
const recordedAtMost = 1_000;

const data = Object.entries(createSubgraphData(createCatalogue()));
const subgraphs = new Map(data.map(([name, each]) => [name, createSubgraph(each)]));
const server = await serveSubgraphs(subgraphs, { remembersAnswers: process.argv[2] === 'remember' });
let recorded: SeenRequest[] = [];

answerParent((question: SubgraphQuestion) => {
  switch (question) {
    case 'port':
      return server.port;
    case 'request-count':
      return server.requestCount();
    case 'record':
      recorded = [];
      server.watch((request) => {
        if (recorded.length < recordedAtMost) recorded.push(request);
      });
      return true;
    case 'take-recorded':
      server.watch(undefined);
      return recorded;
    default:
      return question satisfies never;
  }
});
