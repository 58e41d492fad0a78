/** What a page cannot measure of itself: its heap after a collection, and the processor time of its tasks, whatever else the machine does. */
const MAIN_THREAD = 'CrRendererMain';

/** Adds the commands of test/support/measure.ts to the test runner. */
export function measuring() {
  const commands = {
    'heap-bytes': (page) =>
      collected(page, async (devtools) => (await devtools.send('Runtime.getHeapUsage')).usedSize),
    listeners: (page) =>
      collected(page, async (devtools) => (await devtools.send('Memory.getDOMCounters')).jsEventListeners),
    'start-timing': async (page) => {
      await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
      return true;
    },
    'longest-task': async (page) => {
      const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
      return longestTask(traceEvents);
    },
  };
  return {
    name: 'measuring',
    executeCommand: ({ command, session }) =>
      Object.hasOwn(commands, command) ? commands[command](session.browser.getPage(session.id)) : undefined,
  };
}

/** What the developer tools say of a page once all that nobody holds is gone from its memory. */
async function collected(page, ask) {
  const devtools = await page.createCDPSession();
  await devtools.send('HeapProfiler.collectGarbage');
  const answer = await ask(devtools);
  await devtools.detach();
  return answer;
}

/** Milliseconds of processor time of the longest task on a main thread. */
function longestTask(events) {
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
  const names = events.filter(({ name, args }) => name === 'thread_name' && args.name === MAIN_THREAD);
  const mainThreads = new Set(names.map(threadOf));
  const tasks = events.filter((event) => event.name === 'RunTask' && mainThreads.has(threadOf(event)));
  if (tasks.length === 0) throw new Error('The trace has no task of the page.');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
}
