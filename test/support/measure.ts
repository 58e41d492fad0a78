import { executeServerCommand } from '@web/test-runner-commands';

/** Bytes of JavaScript in this page that are still in use. */
export function heapBytes(): Promise<number> {
  return executeServerCommand('heap-bytes');
}

/** Does something and gives the milliseconds of processor time that the longest task on the main thread took meanwhile. */
export async function longestTask(work: () => Promise<void>): Promise<number> {
  await executeServerCommand('start-timing');
  await work();
  return executeServerCommand('longest-task');
}
