/** Our gateway over Oneshelf's supergraph, with its defaults: `node gateway-process.ts INVENTORY_URL SECRET`. */
import { fileURLToPath } from 'node:url';
import { openDevelopmentIssuer } from '../../../cli/development-issuer.ts';
import { ownKinds } from '../../../cli/own-kinds.ts';
import { resolveSettings } from '../../../gateway/config.ts';
import { createGateway } from '../../../gateway/server.ts';
import { answerParent } from '../../rig/processes/answer-parent.ts';

const [inventory = '', subgraphSecret = ''] = process.argv.slice(2);
const path = fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url));
const { settings: issuer } = await openDevelopmentIssuer();
const gateway = await createGateway({
  supergraph: { kind: 'file', path },
  settings: resolveSettings(
    { kinds: ownKinds, issuers: [issuer] },
    {},
    { port: 0, subgraphSecret, subgraphs: { inventory: { url: inventory } } },
  ),
});

answerParent((_question: 'port') => gateway.port);
