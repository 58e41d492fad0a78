import { record, text } from '../protocol/server-event.js';
import type { LogEntry } from './event-log.js';

/** The lanes of a turn, from the visitor to the tools. */
export type Lane = 'user' | 'generation' | 'audio' | 'tools';

/** A stretch of time in a lane. Times are milliseconds since the epoch; `end` is `null` while it lasts. */
export interface Span {
  readonly lane: Lane;
  readonly start: number;
  readonly end: number | null;
  /** What it is about: the name of a tool. */
  readonly name: string;
  /** It was cut off rather than finished. */
  readonly cut: boolean;
}

/** One turn: what the visitor said or wrote, and all that came of it. */
export interface TimelineTurn {
  /** From 1, within its call. */
  readonly number: number;
  readonly source: number;
  readonly start: number;
  /** Position in the log of the event that began it. */
  readonly position: number;
  /** When the visitor had finished; `null` when the assistant speaks first. */
  readonly spoke: number | null;
  readonly firstText: number | null;
  readonly firstAudio: number | null;
  /** When the answer was over: played to the end, or generated where there is no sound. */
  readonly end: number | null;
  /** When the visitor began to speak over the answer, and when it fell silent. */
  readonly bargedIn: number | null;
  readonly silenced: number | null;
  readonly spans: readonly Span[];
}

type Growing<T> = { -readonly [Field in keyof T]: T[Field] };
interface GrowingTurn extends Growing<Omit<TimelineTurn, 'spans'>> {
  spans: Growing<Span>[];
}

/** Spans that wait for their end; those of a server that never ends them are given up. */
const MOST_OPEN = 50;
/** Turns that are kept. */
const MOST_TURNS = 200;

/** Puts turns together from the events of any number of calls, one event at a time. */
export class Timeline {
  readonly #calls = new Map<number, CallTimeline>();
  #turns: TimelineTurn[] = [];

  /** The latest 200 turns, in the order in which they began. They go on growing. */
  get turns(): readonly TimelineTurn[] {
    return this.#turns;
  }

  observe(entry: LogEntry): void {
    let call = this.#calls.get(entry.source);
    if (!call) {
      call = new CallTimeline(entry.source, (turn) => this.#add(turn));
      this.#calls.set(entry.source, call);
    }
    call.observe(entry);
  }

  #add(turn: TimelineTurn): void {
    this.#turns.push(turn);
    if (this.#turns.length > MOST_TURNS) this.#turns.shift();
  }
}

type Step = (call: CallTimeline, entry: LogEntry) => void;

class CallTimeline {
  readonly #source: number;
  readonly #begin: (turn: TimelineTurn) => void;
  #count = 0;
  #turn: GrowingTurn | undefined;
  /** Whose answer each response is: it may go on for a moment when the visitor has begun another turn. */
  readonly #answers = new Map<string, GrowingTurn>();
  /** Spans that still last, by lane and the id of what they are about, with their turn. */
  #open = new Map<string, { readonly span: Growing<Span>; readonly turn: GrowingTurn }>();

  constructor(source: number, begin: (turn: TimelineTurn) => void) {
    this.#source = source;
    this.#begin = begin;
  }

  observe(entry: LogEntry): void {
    const { origin, type } = entry.envelope;
    const steps = origin === 'client' ? CLIENT_STEPS : SERVER_STEPS;
    if (Object.hasOwn(steps, type)) steps[type]?.(this, entry);
  }

  /** The turn that goes on, or a new one when the visitor's part of it is over. */
  turnFor({ envelope, position }: LogEntry, fresh: boolean): GrowingTurn {
    if (this.#turn && !fresh) return this.#turn;
    this.#count += 1;
    const turn: GrowingTurn = {
      number: this.#count,
      source: this.#source,
      start: envelope.time,
      position,
      spoke: null,
      firstText: null,
      firstAudio: null,
      end: null,
      bargedIn: null,
      silenced: null,
      spans: [],
    };
    this.#turn = turn;
    this.#begin(turn);
    return turn;
  }

  /** True when the turn has been answered, so that what the visitor does next is another one. */
  get isAnswered(): boolean {
    return this.#turn?.spans.some(({ lane }) => lane === 'generation') ?? true;
  }

  get current(): GrowingTurn | undefined {
    return this.#turn;
  }

  /** A response begins: what comes of it belongs to the turn that goes on now. */
  answer(id: string, entry: LogEntry): void {
    if (id !== '') this.#answers.set(id, this.turnFor(entry, false));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST_OPEN && oldest !== undefined) this.#answers.delete(oldest);
    this.open('generation', id, entry);
  }

  /** The turn that a response answers, as far as that is known. */
  answered(id: string): GrowingTurn | undefined {
    return this.#answers.get(id) ?? this.#turn;
  }

  open(lane: Lane, id: string, entry: LogEntry, name = ''): void {
    const turn = this.#answers.get(id) ?? this.turnFor(entry, false);
    const span: Growing<Span> = { lane, start: entry.envelope.time, end: null, name, cut: false };
    if (this.#open.has(`${lane} ${id}`)) return;
    turn.spans.push(span);
    this.#open.set(`${lane} ${id}`, { span, turn });
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
  }

  /** Ends a span. Gives the turn it belongs to, which may no longer be the current one. */
  close(lane: Lane, id: string, time: number, cut = false): GrowingTurn | undefined {
    const open = this.#open.get(`${lane} ${id}`);
    if (!open) return undefined;
    this.#open.delete(`${lane} ${id}`);
    open.span.end = time;
    open.span.cut = cut;
    return open.turn;
  }

  lasts(lane: Lane): boolean {
    for (const key of this.#open.keys()) if (key.startsWith(`${lane} `)) return true;
    return false;
  }
}

const id = ({ envelope }: LogEntry, field: string): string => text(envelope.event, field) ?? '';
const responseId = ({ envelope }: LogEntry): string => text(record(envelope.event, 'response'), 'id') ?? '';

const firstText: Step = (call, entry) => {
  const turn = call.answered(id(entry, 'response_id'));
  if (turn) turn.firstText ??= entry.envelope.time;
};

const soundBegins: Step = (call, entry) => {
  const response = id(entry, 'response_id');
  call.open('audio', response, entry);
  const turn = call.answered(response);
  if (turn) turn.firstAudio ??= entry.envelope.time;
};

function soundEnds(cut: boolean): Step {
  return (call, entry) => {
    const { time } = entry.envelope;
    const turn = call.close('audio', id(entry, 'response_id'), time, cut);
    if (!turn) return;
    turn.end = time;
    if (cut && turn.bargedIn !== null) turn.silenced ??= time;
  };
}

const responseEnds: Step = (call, entry) => {
  const { time, event } = entry.envelope;
  const cut = text(record(event, 'response'), 'status') === 'cancelled';
  const turn = call.close('generation', responseId(entry), time, cut);
  if (!turn) return;
  if (!call.lasts('audio')) turn.end = time;
  // Without sound the end of the generation is all there is to notice.
  if (cut && turn.bargedIn !== null && turn.firstAudio === null) turn.silenced ??= time;
};

const speechBegins: Step = (call, entry) => {
  const before = call.current;
  if (before && (call.lasts('audio') || call.lasts('generation'))) before.bargedIn ??= entry.envelope.time;
  call.turnFor(entry, call.isAnswered);
  call.open('user', id(entry, 'item_id'), entry);
};

const speechEnds: Step = (call, entry) => {
  const turn = call.close('user', id(entry, 'item_id'), entry.envelope.time) ?? call.current;
  if (turn) turn.spoke = entry.envelope.time;
};

const itemEnds: Step = (call, entry) => {
  const item = record(entry.envelope.event, 'item');
  const callId = text(item, 'call_id');
  if (text(item, 'type') !== 'function_call' || text(item, 'status') !== 'completed' || !callId) return;
  call.open('tools', callId, entry, text(item, 'name'));
};

const toolEnds =
  (cut: boolean): Step =>
  (call, entry) => {
    call.close('tools', id(entry, 'item_id'), entry.envelope.time, cut);
  };

const SERVER_STEPS: Readonly<Record<string, Step>> = {
  'input_audio_buffer.speech_started': speechBegins,
  'input_audio_buffer.speech_stopped': speechEnds,
  'response.created': (call, entry) => call.answer(responseId(entry), entry),
  'response.done': responseEnds,
  'response.output_text.delta': firstText,
  'response.output_audio_transcript.delta': firstText,
  'response.text.delta': firstText,
  'response.audio_transcript.delta': firstText,
  'output_audio_buffer.started': soundBegins,
  'output_audio_buffer.stopped': soundEnds(false),
  'output_audio_buffer.cleared': soundEnds(true),
  'response.output_item.done': itemEnds,
  'response.mcp_call.in_progress': (call, entry) => call.open('tools', id(entry, 'item_id'), entry, 'mcp'),
  'response.mcp_call.completed': toolEnds(false),
  'response.mcp_call.failed': toolEnds(true),
};

/** Something written, or the button released: the visitor has finished without a word from voice detection. */
const finishes: Step = (call, entry) => {
  call.turnFor(entry, call.isAnswered).spoke = entry.envelope.time;
};

const CLIENT_STEPS: Readonly<Record<string, Step>> = {
  'input_audio_buffer.commit': finishes,
  'conversation.item.create': (call, entry) => {
    const item = record(entry.envelope.event, 'item');
    if (text(item, 'type') === 'function_call_output') {
      call.close('tools', text(item, 'call_id') ?? '', entry.envelope.time);
    } else if (text(item, 'role') === 'user') finishes(call, entry);
  },
};
