/** Ours, with its defaults: `node ours.ts http|http-sharing|in-process SUPERGRAPH PORT`. Profiles itself when the bench asks. */

import '../../../cli/keep-young.ts';
import { resolveSettings } from '../../../gateway/config.ts';
import { createGateway, type GatewayOptions } from '../../../gateway/server.ts';
import { answerParent } from '../../rig/processes/answer-parent.ts';
import { createProfiler } from '../../rig/profile/create-profiler.ts';
import { createSubgraph } from '../../rig/subgraphs/create-subgraph.ts';
import { createCatalogue } from '../graph/catalogue.ts';
import { createSubgraphData } from '../graph/resolvers.ts';
import type { OurForm } from './gateways.ts';

/** What the bench asks of our gateway. */
export type OurQuestion = 'start-profile' | 'take-profile';

const [form = 'http', path = '', port = ''] = process.argv.slice(2) as [OurForm, string, string];

function inProcessSubgraphs(): NonNullable<GatewayOptions['subgraphs']> {
  const targets = Object.entries(createSubgraphData(createCatalogue())).map(([name, data]) => {
    const subgraph = createSubgraph(data);
    const execute = async (request: { query: string; variables: Record<string, unknown> }) => ({
      data: subgraph(request.query, request.variables),
    });
    return [name, { kind: 'in-process', execute }] as const;
  });
  return Object.fromEntries(targets);
}

await createGateway({
  supergraph: { kind: 'file', path },
  settings: resolveSettings({}, {}, { port: Number(port), sharing: form === 'http-sharing' }),
  ...(form === 'in-process' ? { subgraphs: inProcessSubgraphs() } : {}),
});

const profiler = createProfiler();
answerParent((question: OurQuestion) => {
  switch (question) {
    case 'start-profile':
      return profiler.start();
    case 'take-profile':
      return profiler.take();
    default:
      return question satisfies never;
  }
});
