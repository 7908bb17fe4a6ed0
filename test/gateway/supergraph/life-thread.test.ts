import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createLifeThread } from '../../../gateway/supergraph/life-thread.ts';
import { readSupergraph, readSupergraphInTurns } from '../../../gateway/supergraph/supergraph.ts';

const sdl = await readFile(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const faulty = new URL('./faulty-life-thread.ts', import.meta.url);

test('a supergraph is announced before it is taken; a broken one, and one that ends the thread, are refused, and the next is taken', async () => {
  const news: string[] = [];
  const life = createLifeThread(silent, () => news.push('announced'), faulty);
  onTestFinished(() => life.close());
  const take = async (text: string): Promise<void> => {
    const { id, sdl: readable } = readSupergraph(text);
    await life.take({ id, sdl: readable });
    news.push('taken');
  };
  await take(sdl);
  await take(`${sdl}\n# another`);
  expect(news).toEqual(['announced', 'taken', 'announced', 'taken']);
  const broken = { id: 'broken', sdl: 'type Query { a: Int }' };
  await expect(life.take(broken)).rejects.toMatchObject({ code: 'SUPERGRAPH_INVALID', isShown: true });
  const deadly = { id: 'deadly', sdl: '# END_THE_THREAD' };
  await expect(life.take(deadly)).rejects.toMatchObject({ code: 'SUPERGRAPH_INVALID', isShown: true });
  expect(news).toHaveLength(4);
  await take(sdl);
  expect(news).toHaveLength(6);
});

test('what a closed gateway leaves serves the next one as if it were the first, and tells the closed one nothing', async () => {
  const { id, sdl: readable } = readSupergraph(sdl);
  const news: string[] = [];
  const first = createLifeThread(silent, () => news.push('the first'));
  await first.take({ id, sdl: readable });
  await first.close();
  await first.close();
  const second = createLifeThread(silent, () => news.push('the second'));
  onTestFinished(() => second.close());
  await second.take({ id, sdl: readable });
  await expect(second.take({ id: 'broken', sdl: 'type Query { a: Int }' })).rejects.toThrow(/cannot be served/);
  expect(news).toEqual(['the first', 'the second']);

  // Closed while it takes one: refused, and nobody gets that thread.
  const third = createLifeThread(silent, () => news.push('the third'));
  const taking = third.take({ id, sdl: readable });
  await Promise.all([expect(taking).rejects.toMatchObject({ code: 'SUPERGRAPH_INVALID' }), third.close()]);
  await second.take({ id: 'again', sdl: readable });
  expect(news).toEqual(['the first', 'the second', 'the second']);
});

test('reading in turns reads the same, and refuses the same', async () => {
  const [read, inTurns] = [readSupergraph(sdl), await readSupergraphInTurns(sdl)];
  expect(inTurns.sdl).toBe(read.sdl);
  expect([...inTurns.subgraphs]).toEqual([...read.subgraphs]);
  await expect(readSupergraphInTurns('{')).rejects.toMatchObject({ code: 'SUPERGRAPH_INVALID' });
});
