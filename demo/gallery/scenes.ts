import {
  errorCodes,
  RealtimeError,
  type EndReason,
  type ErrorCode,
  type Phase,
  type ServerEvent,
} from 'realtime-voice';
import type { StagedVoice } from './staged-voice.js';
import { talkEvents, unfinishedTalk, type TimedEvent } from './talk-log.js';
import type { Talk } from './talks.js';

/** Brings the element into a state. @param talk what both sides say, and what tools are called */
export type Scene = (voice: StagedVoice, talk: Talk) => unknown;

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
const item = (id: string, item: object): ServerEvent => ({
  type: 'conversation.item.added',
  item: { id, status: 'completed', ...item },
});
const message = (id: string, role: string, ...content: readonly object[]): ServerEvent =>
  item(id, { type: 'message', role, content });
const call = (id: string, name: string): ServerEvent =>
  item(id, { type: 'function_call', name, call_id: id, arguments: `{"${name}":1}` });
const output = (id: string, words: string): ServerEvent =>
  item(`${id} output`, { type: 'function_call_output', call_id: id, output: words });
const answer = (id: string, transcript: string): ServerEvent =>
  message(id, 'assistant', { type: 'output_audio', transcript });

/** Turns of all kinds. */
function turns({ question, answer: words, reply, tool, output: result }: Talk): readonly ServerEvent[] {
  return [
    message('typed', 'user', { type: 'input_text', text: question }),
    answer('answered', words),
    message('shown', 'user', { type: 'input_image', image_url: PIXEL }),
    { type: 'input_audio_buffer.committed', item_id: 'mumbled' },
    { type: 'conversation.item.input_audio_transcription.failed', item_id: 'mumbled', content_index: 0 },
    answer('cut', reply),
    { type: 'conversation.item.truncated', item_id: 'cut', content_index: 0, audio_end_ms: 400 },
    call('called', tool),
    output('called', result),
    call('broken', tool),
    output('broken', '{"error":1}'),
    item('called outside', { type: 'mcp_call', name: tool, arguments: '{}', status: 'in_progress' }),
    item('asked', { type: 'mcp_approval_request', name: tool, arguments: '{}' }),
    item('refused', { type: 'mcp_approval_request', name: tool, arguments: '{}' }),
    item('refusal', { type: 'mcp_approval_response', approval_request_id: 'refused', approve: false }),
    { type: 'input_audio_buffer.committed', item_id: 'speaking' },
  ];
}

const ALL_CONTROLS = 'start mute text interrupt devices volume transcript usage';

const connecting =
  (phase: Phase): Scene =>
  (voice) =>
    voice.stage.show('connecting', { phase });
const ended =
  (reason: EndReason): Scene =>
  (voice) =>
    voice.stage.show('idle', { reason });
const failed =
  (code: ErrorCode): Scene =>
  (voice) =>
    voice.stage.show('failed', { error: new RealtimeError(code) });
const plays = (voice: StagedVoice, events: readonly TimedEvent[]): void => {
  voice.stage.show('connected', { connectedAt: Date.now() });
  voice.stage.receive(events.map(({ event }) => event));
};
/** In the middle of an answer. */
const connected: Scene = (voice, talk) => {
  plays(voice, unfinishedTalk(talk));
  sound(voice, 'output');
};
/** What only lasts a moment is shown after that moment. */
const settled = async (voice: StagedVoice): Promise<void> => {
  await voice.updateComplete;
  await voice.statusShown();
};
/** A room, and somebody who speaks in it or is heard there. */
const ROOM = { input: 0.02, output: 0 };
const sound = (voice: StagedVoice, side: 'input' | 'output'): void =>
  voice.meter.measured({ ...ROOM, [side]: 0.7 }, Date.now());
const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
const press = (voice: StagedVoice, selector: string): void =>
  voice.renderRoot.querySelector<HTMLElement>(selector)?.click();

/** The states that a visitor gets to see, except for what went wrong. */
export const scenes: Readonly<Record<string, Scene>> = {
  idle: () => {},
  consent: (voice) => {
    voice.consent = true;
    voice.start().catch(() => {});
  },
  'waiting for the microphone': connecting('microphone'),
  connecting: connecting('token'),
  'almost connected': connecting('configuring'),
  listening: (voice) => {
    plays(voice, []);
    voice.stage.act('listening');
    return settled(voice);
  },
  'hearing the visitor': (voice) => {
    plays(voice, [{ time: 0, event: { type: 'input_audio_buffer.speech_started', item_id: 'speaking' } }]);
    sound(voice, 'input');
  },
  speaking: connected,
  conversation: (voice, talk) => {
    plays(voice, talkEvents(talk));
    return settled(voice);
  },
  'all kinds of turns': (voice, talk) => {
    plays(voice, []);
    voice.stage.receive(turns(talk));
    return settled(voice);
  },
  'reading back': async (voice, { reply }) => {
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.receive(
      Array.from({ length: 40 }, (_, count) => answer(`turn ${count}`, `${reply} `.repeat(3))),
    );
    await settled(voice);
    voice.renderRoot.querySelector('[part="transcript"]')!.scrollTop = -300;
    await frame();
    await frame();
  },
  muted: (voice) => {
    voice.muted = true;
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.act('listening');
    return settled(voice);
  },
  'muted by the system': (voice, talk) => {
    connected(voice, talk);
    voice.stage.tell('mutechange', { muted: true, by: 'system' });
  },
  'muted but speaking': async (voice) => {
    voice.muted = true;
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.act('listening');
    await settled(voice);
    for (let count = 0; count < 10; count += 1) sound(voice, 'input');
  },
  'silent microphone': async (voice) => {
    plays(voice, []);
    voice.stage.act('listening');
    await settled(voice);
    voice.meter.measured({ input: 0, output: 0 }, Date.now() + 60_000);
  },
  'sound blocked': async (voice, talk) => {
    voice.wantsClick = true;
    plays(voice, unfinishedTalk(talk));
    voice.stage.tell('remotestream', { stream: new MediaStream() });
    await frame();
  },
  'push-to-talk': (voice, talk) => {
    voice.pushToTalk = true;
    connected(voice, talk);
  },
  'talk button held': (voice, talk) => {
    voice.pushToTalk = true;
    connected(voice, talk);
    voice.stage.hold();
  },
  'trouble during the call': (voice, talk) => {
    connected(voice, talk);
    voice.stage.tell('error', { error: new RealtimeError('device.output_failed') });
  },
  reconnecting: (voice) => voice.stage.show('reconnecting', { retryAt: Date.now() + 5_000 }),
  'reconnecting now': (voice) => voice.stage.show('reconnecting'),
  'near a limit': (voice, talk) => {
    connected(voice, talk);
    voice.stage.tell('limitwarning', { kind: 'duration', remaining: 30 });
  },
  'about to end for silence': async (voice) => {
    plays(voice, []);
    voice.stage.act('listening');
    await settled(voice);
    voice.stage.tell('limitwarning', { kind: 'idle', remaining: 15 });
  },
  'near its budget': (voice, talk) => {
    connected(voice, talk);
    voice.stage.tell('limitwarning', { kind: 'cost', remaining: 1 });
  },
  'ended by the visitor': ended('user'),
  'ended by the other side': ended('remote'),
  'ended by a limit': (voice) =>
    voice.stage.show('idle', { reason: 'limit', error: new RealtimeError('limit.max_duration') }),
  expired: ended('expired'),
  superseded: ended('superseded'),
  failed: failed('signaling.network'),
  'failed, and may type instead': failed('permission.denied'),
  'all controls': (voice, talk) => {
    voice.controls = ALL_CONTROLS;
    connected(voice, talk);
  },
  'settings open': async (voice, talk) => {
    voice.controls = ALL_CONTROLS;
    voice.pricing = { text: { input: 1, output: 1 } };
    connected(voice, talk);
    await voice.updateComplete;
    press(voice, '.controls button[aria-expanded]');
    // The widget asks for the devices first: by then it has its answer.
    await voice.getDevices();
    await voice.updateComplete;
  },
};

/** What may go wrong, one scene for each code. */
export const failures: Readonly<Record<string, Scene>> = Object.fromEntries(
  (Object.keys(errorCodes) as ErrorCode[]).map((code) => [code, failed(code)]),
);
