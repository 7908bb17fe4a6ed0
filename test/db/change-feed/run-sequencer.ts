import { startSequencer } from '../../../db/change-feed/start-sequencer.ts';
import { connectAs } from '../../../db/connect.ts';

// A process that numbers the changes of orders until it is killed.
const [url = ''] = process.argv.slice(2);
const { db } = connectAs(url, 'orders', { poolSize: 3 });
startSequencer(db);
console.log('running');
