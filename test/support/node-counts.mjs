/** Adds up what `node --test` ran and names what failed, for the closing lines of the whole suite (test/run.mjs). */
export default async function* nodeCounts(source) {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const path = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') path[data.nesting] = data.name;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped += 1;
    else if (type === 'test:pass') counts.passed += data.details.type === 'suite' ? 0 : 1;
    // A suite fails with its tests; only what fails by itself is a failure of its own.
    else if (data.details.error.failureType !== 'subtestsFailed') {
      counts.failed += 1;
      const parents = path.slice(0, data.nesting);
      const reason = data.details.error.cause?.message ?? data.details.error.message;
      counts.failures.push({ title: [data.file, ...parents, data.name].join(' › '), reason });
    }
  }
  yield JSON.stringify(counts);
}
