import { nextFrame } from '@open-wc/testing';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { errorCodes, type ErrorCode } from '../../src/session/error-codes.js';
import { RealtimeError } from '../../src/session/realtime-error.js';
import type { EndReason, Phase } from '../../src/session/status.js';
import type { StagedVoice } from './staged-voice.js';

/** Brings the element into a state. @param words what both sides say, and what tools are called */
export type Scene = (voice: StagedVoice, words: string) => unknown;

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
function turns(words: string): readonly ServerEvent[] {
  return [
    message('typed', 'user', { type: 'input_text', text: words }),
    answer('answered', words),
    message('shown', 'user', { type: 'input_image', image_url: PIXEL }),
    { type: 'input_audio_buffer.committed', item_id: 'mumbled' },
    { type: 'conversation.item.input_audio_transcription.failed', item_id: 'mumbled', content_index: 0 },
    answer('cut', `${words} ${words}`),
    { type: 'conversation.item.truncated', item_id: 'cut', content_index: 0, audio_end_ms: 400 },
    call('called', words),
    output('called', words),
    call('broken', words),
    output('broken', '{"error":1}'),
    item('called outside', { type: 'mcp_call', name: words, arguments: '{}', status: 'in_progress' }),
    item('asked', { type: 'mcp_approval_request', name: words, arguments: '{}' }),
    item('refused', { type: 'mcp_approval_request', name: words, arguments: '{}' }),
    item('refusal', { type: 'mcp_approval_response', approval_request_id: 'refused', approve: false }),
    { type: 'input_audio_buffer.committed', item_id: 'speaking' },
  ];
}

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
const connected: Scene = (voice) =>
  voice.stage.show('connected', { connectedAt: Date.now(), activity: 'speaking' });
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
  connected,
  'hearing the visitor': (voice) => {
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.act('hearing');
  },
  conversation: (voice, words) => {
    connected(voice, words);
    voice.stage.receive(turns(words));
  },
  'reading back': async (voice, words) => {
    connected(voice, words);
    voice.stage.receive(
      Array.from({ length: 40 }, (_, count) => answer(`turn ${count}`, `${words} `.repeat(6))),
    );
    await voice.updateComplete;
    voice.renderRoot.querySelector('[part="transcript"]')!.scrollTop = -300;
    await nextFrame();
    await nextFrame();
  },
  muted: (voice) => {
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.muted = true;
  },
  'muted by the system': (voice, words) => {
    connected(voice, words);
    voice.stage.tell('mutechange', { muted: true, by: 'system' });
  },
  'push-to-talk': (voice, words) => {
    voice.pushToTalk = true;
    connected(voice, words);
  },
  reconnecting: (voice) => voice.stage.show('reconnecting', { retryAt: Date.now() + 5_000 }),
  'reconnecting now': (voice) => voice.stage.show('reconnecting'),
  'near a limit': (voice, words) => {
    connected(voice, words);
    voice.stage.tell('limitwarning', { kind: 'duration', remaining: 30 });
  },
  'near its budget': (voice, words) => {
    connected(voice, words);
    voice.stage.tell('limitwarning', { kind: 'cost', remaining: 1 });
  },
  'ended by the visitor': ended('user'),
  'ended by the other side': ended('remote'),
  'ended by a limit': (voice) =>
    voice.stage.show('idle', { reason: 'limit', error: new RealtimeError('limit.max_duration') }),
  expired: ended('expired'),
  superseded: ended('superseded'),
  'failed, and may type instead': failed('permission.denied'),
  'settings open': async (voice, words) => {
    voice.controls = 'start mute text interrupt devices volume transcript usage';
    voice.pricing = { text: { input: 1, output: 1 } };
    connected(voice, words);
    await voice.updateComplete;
    press(voice, '.controls button:last-child');
  },
  'floating, closed': (voice) => {
    voice.layout = 'floating';
  },
  'floating, open': async (voice, words) => {
    voice.layout = 'floating';
    voice.open = true;
    connected(voice, words);
    voice.stage.receive(turns(words));
    await voice.updateComplete;
  },
  compact: (voice, words) => {
    voice.layout = 'compact';
    connected(voice, words);
    voice.stage.receive(turns(words));
  },
};

/** What may go wrong, one scene for each code. */
export const failures: Readonly<Record<string, Scene>> = Object.fromEntries(
  (Object.keys(errorCodes) as ErrorCode[]).map((code) => [code, failed(code)]),
);
