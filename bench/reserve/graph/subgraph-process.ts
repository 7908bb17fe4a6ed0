/** The inventory subgraph as a process, with one way to reserve or another: `node subgraph-process.ts URL SECRET CONTENDER`. Everything else is ours. */
import { connectAs } from '../../../db/connect.ts';
import { readSubgraphSdl } from '../../../schema/compose.ts';
import { startInventoryJobs } from '../../../subgraphs/inventory/start-inventory-jobs.ts';
import { createInventorySubgraph } from '../../../subgraphs/inventory/subgraph.ts';
import { serveSubgraph } from '../../../subgraphs/shared/serve-subgraph.ts';
import { answerParent } from '../../rig/processes/answer-parent.ts';
import { type ContenderName, createContender } from '../contenders/contenders.ts';

const [url = '', secret = '', contender = 'ours'] = process.argv.slice(2) as [string, string, ContenderName];
const { db } = connectAs(url, 'inventory');
const tell = (error: unknown): void => console.error(error);
startInventoryJobs({ db, onError: tell, auditEveryMs: 86_400_000 });
const subgraph = createInventorySubgraph({
  db,
  sdl: await readSubgraphSdl('inventory'),
  desk: createContender(contender, db),
  onInternalError: (error) => tell(error.originalError ?? error),
});
const served = await serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, secret, isReady: async () => true });

answerParent((_question: 'url') => served.url);
