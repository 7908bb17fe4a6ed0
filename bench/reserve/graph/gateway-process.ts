/** Our gateway over Oneshelf's supergraph, with its defaults: `node gateway-process.ts INVENTORY_URL SECRET ISSUERS`. */
import { fileURLToPath } from 'node:url';
import { ownKinds } from '../../../cli/own-kinds.ts';
import { ownPriorities } from '../../../cli/own-priorities.ts';
import { resolveSettings } from '../../../gateway/config.ts';
import { createGateway } from '../../../gateway/server.ts';
import { answerParent } from '../../rig/processes/answer-parent.ts';

const [inventory = '', subgraphSecret = '', issuers = '[]'] = process.argv.slice(2);
const path = fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url));
const gateway = await createGateway({
  supergraph: { kind: 'file', path },
  settings: resolveSettings(
    {
      kinds: ownKinds,
      priorities: ownPriorities,
      issuers: JSON.parse(issuers),
      // All callers are one person here, whose budget is counted and never spent.
      limits: { person: { costPerMinute: 1_000_000_000 } },
    },
    {},
    { port: 0, subgraphSecret, subgraphs: { inventory: { url: inventory } } },
  ),
});

answerParent((_question: 'port') => gateway.port);
