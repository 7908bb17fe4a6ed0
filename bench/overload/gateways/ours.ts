/** Ours, with its defaults and the classes of this bench: `node ours.ts limited|unlimited ISSUERS SUPERGRAPH PORT`. */
import '../../../cli/keep-young.ts';
import { resolveSettings } from '../../../gateway/config.ts';
import { createGateway } from '../../../gateway/server.ts';

const [form = 'limited', issuers = '[]', path = '', port = ''] = process.argv.slice(2);

/** As Oneshelf's own are (cli/own-priorities.ts), in the words of the bench's graph. */
const priorities = [
  { name: 'till', share: 0.5, patienceMs: 1_500 },
  { name: 'checkout', share: 0.3, patienceMs: 1_500, fields: ['Mutation.putAside'], kinds: ['customer'] },
  { name: 'known', share: 0.1, patienceMs: 800 },
  { name: 'anonymous', share: 0.05, patienceMs: 500 },
  { name: 'explorer', share: 0, patienceMs: 250, clients: ['explorer'] },
];

await createGateway({
  supergraph: { kind: 'file', path },
  settings: resolveSettings(
    { issuers: JSON.parse(issuers), kinds: { till: { priority: 'till' }, customer: {} }, priorities },
    {},
    { port: Number(port), ...(form === 'unlimited' ? { targetTurnMs: 1_000_000, targetOperationMs: 1_000_000 } : {}) },
  ),
});
