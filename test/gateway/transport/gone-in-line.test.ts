import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'vitest';
import { expectQuiet } from '../../attacks/expect-unharmed.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { startTestGraph } from '../server/test-graph.ts';

function requestOf(query: string): string {
  const body = JSON.stringify({ query });
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: application/json\r\n`;
  return `${head}content-length: ${body.length}\r\n\r\n${body}`;
}

test('who leaves while requests wait for the one before them on their connection leaves none of them running', async () => {
  await using graph = await startTestGraph();
  const { port, url } = graph.gateway;
  for (let number = 0; number < 10; number++) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const before = graph.accounts.seen.length;
    socket.write(
      ['{ slow(ms: 400) }', '{ me { name } }', '{ me { id } }', '{ slow(ms: 5) }']
        .map((query) => requestOf(query))
        .join(''),
    );
    await waitUntil('the first runs', () => graph.accounts.seen.length > before);
    if (number % 2 === 0) await wait(5 * number);
    socket.destroy();
  }
  await expectQuiet(url);
});
