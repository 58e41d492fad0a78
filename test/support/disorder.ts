import type { ServerEvent } from '../../src/protocol/server-event.js';

type Events = readonly ServerEvent[];

const isFinal = ({ type }: ServerEvent): boolean => /\.(done|completed)$/.test(type);
const isDelta = ({ type }: ServerEvent): boolean =>
  /\.(delta|updated)$/.test(type) && type !== 'session.updated';
const isAddition = ({ type }: ServerEvent): boolean => /item\.(added|created)$/.test(type);
const isTranscription = ({ type }: ServerEvent): boolean => type.includes('input_audio_transcription');

/** Every final event twice, and all of them once more at the end. */
export function withRepeats(events: Events): Events {
  return [
    ...events.flatMap((event) => (isFinal(event) ? [event, event] : [event])),
    ...events.filter(isFinal),
  ];
}

/** Events between the others that nobody knows, some of them about items that everybody knows. */
export function withNews(events: Events): Events {
  return events.flatMap((event, index) => [
    event,
    {
      type: `vendor.news_${index % 30}`,
      item_id: event['item_id'] ?? 'u1',
      delta: 'invented',
      text: 'invented',
    },
  ]);
}

/** The visitor's words after everything else. */
export function withLateWords(events: Events): Events {
  return [...events.filter((event) => !isTranscription(event)), ...events.filter(isTranscription)];
}

/** Each item is added to the conversation after all else that is said of it. */
export function withLateItems(events: Events): Events {
  return [...events.filter((event) => !isAddition(event)), ...events.filter(isAddition)];
}

/** The events in the order of `keys`, only the pieces of each item in the order in which they were written. */
export function permuted(events: Events, keys: readonly number[]): Events {
  const queues = new Map<unknown, ServerEvent[]>();
  for (const event of events.filter(isDelta))
    queues.set(event['item_id'], [...(queues.get(event['item_id']) ?? []), event]);
  return events
    .map((event, index) => ({ event, key: keys[index] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ event }) => (isDelta(event) ? (queues.get(event['item_id'])?.shift() ?? event) : event));
}
