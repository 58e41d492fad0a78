import type { EventLog, LogEntry } from './event-log.js';

/** Events of one type in a row, as one step of what happened. */
export interface LessonStep {
  readonly entry: LogEntry;
  readonly count: number;
}

/** More than anybody reads at a time. */
const MOST_STEPS = 60;

/**
 * What happened in one call from one position up to another, in order, with repeated events taken together. Only events
 * that are still kept can be told.
 */
export function lessonSteps(log: EventLog, source: number, from: number, to: number): readonly LessonStep[] {
  const steps: { entry: LogEntry; count: number }[] = [];
  for (let position = Math.max(from, log.start); position < to && steps.length < MOST_STEPS; position += 1) {
    const entry = log.at(position);
    if (!entry || entry.source !== source) continue;
    const last = steps.at(-1);
    const { type, origin } = entry.envelope;
    if (last && last.entry.envelope.type === type && last.entry.envelope.origin === origin) last.count += 1;
    else steps.push({ entry, count: 1 });
  }
  return steps;
}
