import { executeServerCommand } from '@web/test-runner-commands';

/** Bytes of JavaScript in this page that are still in use. */
export function heapBytes(): Promise<number> {
  return executeServerCommand('heap-bytes');
}

/** Event listeners in this page that are still in use, whatever they listen to. */
export function listeners(): Promise<number> {
  return executeServerCommand('listeners');
}

/** Does something and gives the milliseconds of processor time that the longest task on the main thread took meanwhile. */
export async function longestTask(work: () => Promise<void>): Promise<number> {
  await executeServerCommand('start-timing');
  await work();
  return executeServerCommand('longest-task');
}

/** Measures three times and gives the least: what else the machine does, down to its caches, can only add to it. */
export async function leastOfThree(measure: (round: number) => Promise<number>): Promise<number> {
  return Math.min(await measure(0), await measure(1), await measure(2));
}
