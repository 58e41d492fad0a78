import { Session } from 'node:inspector/promises';

/**
 * How often something in the sources whose address contains `where` was run by `work`: functions, branches and bodies of
 * loops, as the engine counts them. Unlike a time it is the same on every machine, whatever else that one does.
 */
export async function stepsOf(where: string, work: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  return result
    .filter(({ url }) => url.includes(where))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    .reduce((sum, count) => sum + count, 0);
}
