import { randomBytes } from 'node:crypto';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import type { Scenario } from '../scenarios.js';

type WithoutEventId<Event> = Event extends { event_id: string } ? Omit<Event, 'event_id'> : Event;

/** An event for the client, as the official types have it; its `event_id` is added when it is sent. */
export type Outgoing = WithoutEventId<RealtimeServerEvent>;

/** An id as the service makes them. */
export function newId(kind: 'item' | 'resp' | 'event' | 'call' | 'sess' | 'rtc' | 'seg'): string {
  return `${kind}_${randomBytes(10).toString('hex').slice(0, 19)}`;
}

/** The names that the beta had for today's events. */
const BETA_NAMES: Readonly<Record<string, string>> = {
  'response.output_text.delta': 'response.text.delta',
  'response.output_text.done': 'response.text.done',
  'response.output_audio.done': 'response.audio.done',
  'response.output_audio_transcript.delta': 'response.audio_transcript.delta',
  'response.output_audio_transcript.done': 'response.audio_transcript.done',
  'conversation.item.added': 'conversation.item.created',
};

/** All that Azure lets through when `webrtcfilter` is on. */
const AZURE_FILTER = new Set([
  'input_audio_buffer.speech_started',
  'input_audio_buffer.speech_stopped',
  'output_audio_buffer.started',
  'output_audio_buffer.stopped',
  'conversation.item.input_audio_transcription.completed',
  'conversation.item.added',
  'conversation.item.created',
  'response.output_text.delta',
  'response.output_text.done',
  'response.output_audio_transcript.delta',
  'response.output_audio_transcript.done',
]);

/** What reaches the client of an event: nothing, the event, or several. */
const DIALECTS: Readonly<Record<NonNullable<Scenario['dialect']>, (event: Outgoing) => readonly object[]>> = {
  azure: (event) => (AZURE_FILTER.has(event.type) ? [event] : []),
  'no-audio-events': (event) => (event.type.startsWith('output_audio_buffer.') ? [] : [event]),
  beta: (event) =>
    event.type === 'conversation.item.done' ? [] : [{ ...event, type: BETA_NAMES[event.type] ?? event.type }],
  twice: (event) => [event, event],
};

/** The messages for an event, as the server of that dialect would send them. */
export function messagesFor(event: Outgoing, dialect: Scenario['dialect']): readonly string[] {
  const complete = { event_id: newId('event'), ...event };
  const events = dialect ? DIALECTS[dialect](complete) : [complete];
  return events.map((event) => JSON.stringify(event));
}
