/** What a page can tell about its own drawing. */

/** Frames and tasks over a stretch of time. Milliseconds. */
export interface FrameReport {
  readonly frames: number;
  readonly dropped: number;
  readonly longTasks: number;
  readonly longestTask: number;
}

const FRAME_MS = 1_000 / 60;

/** Watches until the returned function is called. */
export function watchFrames(): () => FrameReport {
  let frames = 0;
  let dropped = 0;
  let last: number | undefined;
  let watching = true;
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ type: 'longtask' });
  const look = (time: number): void => {
    if (last !== undefined) {
      frames += 1;
      dropped += Math.max(0, Math.round((time - last) / FRAME_MS) - 1);
    }
    last = time;
    if (watching) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  return () => {
    watching = false;
    tasks.push(...observer.takeRecords().map(({ duration }) => duration));
    observer.disconnect();
    return { frames, dropped, longTasks: tasks.length, longestTask: Math.max(0, ...tasks) };
  };
}

/** Milliseconds from sending a delta to the DOM that has it, and to the frame that shows it. */
export interface WordReport {
  readonly toDom: readonly number[];
  readonly toFrame: readonly number[];
}

/** Finds deltas that end with ` w` and their number, in a root in which they are written. */
export function watchWords(root: Node, count: number): { sent(index: number): void; report(): WordReport } {
  const sentAt: number[] = [];
  const toDom: number[] = [];
  const toFrame: number[] = [];
  const observer = new MutationObserver((records) => {
    const now = performance.now();
    for (const index of written(records))
      for (let i = toDom.length; i <= index; i += 1) toDom.push(now - (sentAt[i] ?? now));
  });
  observer.observe(root, { subtree: true, childList: true, characterData: true });
  // A message sent from within a frame comes after that frame was drawn.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    for (let i = toFrame.length; i < toDom.length; i += 1) toFrame.push(now - (sentAt[i] ?? now));
  };
  const look = (): void => {
    port2.postMessage(null);
    if (toFrame.length < count) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  return {
    sent: (index) => (sentAt[index] = performance.now()),
    report() {
      observer.disconnect();
      port1.close();
      return { toDom, toFrame };
    },
  };
}

function written(records: readonly MutationRecord[]): readonly number[] {
  return records.flatMap(({ target, addedNodes }) =>
    [target, ...addedNodes].flatMap((node) => {
      const found = /w(\d+)\s*$/.exec((node.textContent ?? '').slice(-9));
      return found ? [Number(found[1])] : [];
    }),
  );
}
