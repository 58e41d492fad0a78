import type { RealtimeVoiceElement } from './realtime-voice.js';

/** Shows the state as custom states, and the two that matter most as data attributes, where CSS of any age sees them. */
export function reflectState(
  voice: RealtimeVoiceElement,
  states: CustomStateSet,
  more: Readonly<Record<string, boolean>>,
): void {
  const { status, activity, muted, open } = voice;
  voice.dataset['status'] = status;
  voice.dataset['activity'] = activity;
  const on = Object.entries({ muted, open, ...more }).flatMap(([name, is]) => (is ? [name] : []));
  // “No call” is a status: the activity of that name says nothing more.
  const wanted = new Set<string>([status, ...(activity === 'idle' ? [] : [activity]), ...on]);
  for (const name of states) if (!wanted.has(name)) states.delete(name);
  for (const name of wanted) states.add(name);
}
