/** Stock: @apollo/gateway behind Apollo Server's standalone server, as its documentation says. `node stock.ts SUPERGRAPH PORT` */
import { readFile } from 'node:fs/promises';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const [supergraphFile = '', port = ''] = process.argv.slice(2);
const gateway = new ApolloGateway({ supergraphSdl: await readFile(supergraphFile, 'utf8') });
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, { listen: { port: Number(port), host: '127.0.0.1' } });
