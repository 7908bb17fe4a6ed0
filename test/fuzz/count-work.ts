import { type Profiler, Session } from 'node:inspector/promises';

/** The files whose steps are counted: the guard's own and graphql's language. */
const counted = /\/gateway\/transport\/[\w-]+\.ts$|\/graphql\/language\/[\w-]+\.js$/;

/** How often the blocks of code between which a program chooses or repeats were entered: the same each time, whatever else the machine does. */
export async function openWorkCounter(): Promise<{ count(work: () => void): Promise<number>; close(): void }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const take = async (): Promise<number> => {
    const { result }: Profiler.TakePreciseCoverageReturnType = await session.post('Profiler.takePreciseCoverage');
    const functions = result.filter(({ url }) => counted.test(url)).flatMap((script) => script.functions);
    return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
  };
  return {
    async count(work) {
      await take();
      work();
      return await take();
    },
    close: () => session.disconnect(),
  };
}
