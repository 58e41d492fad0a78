import type { ComposeProblem } from '../event-log/compose.js';
import type { ViewStrings } from './panel-strings.js';

const number = new Intl.NumberFormat('en');
const events = (count: number): string => `${number.format(count)} ${count === 1 ? 'event' : 'events'}`;

const problems: Readonly<Record<ComposeProblem['kind'], (problem: ComposeProblem) => string>> = {
  json: () => 'This is not JSON.',
  object: () => 'An event is a JSON object.',
  type: (problem) => `There is no client event of type “${'type' in problem ? problem.type : ''}”.`,
  field: (problem) => `The server refuses this event without “${'field' in problem ? problem.field : ''}”.`,
};

const en: ViewStrings = {
  composer: {
    type: 'Start from',
    content: 'Event as JSON',
    cancel: 'Close',
    send: 'Send',
    sent: (type) => `Sent: ${type}`,
    refused: (reason) => `Not sent: ${reason}`,
    problem: (problem) => problems[problem.kind](problem),
  },
  hints: {
    title: (count) => `${count} ${count === 1 ? 'hint' : 'hints'} about the client`,
    show: 'Show',
    sentences: {
      'old-content': ({ type, name }) =>
        `A message was sent with content of type “${type}”. The server takes only ${name} from that role.`,
      'update-refused': ({ parameter }) =>
        `The server refused a session.update because of ${parameter}. Not one of its fields took effect.`,
      'two-modalities': () =>
        'output_modalities names two. The server takes one: ["audio"], which brings the words as well, or ["text"].',
      'response-before-outputs': ({ name }) =>
        `A response was asked for while ${name || 'a function'} of the same answer had no output yet. Send all outputs first, then one response.create.`,
      'output-too-early': ({ name }) =>
        `${name || 'A function'} was answered before its call was complete. Run it only when response.output_item.done says completed: an interrupted call has arguments too.`,
      'commit-without-response': () =>
        'The input was committed with turn detection off, but no response.create followed, so the assistant stays silent.',
      'clear-without-cancel': () =>
        'output_audio_buffer.clear was sent while an answer was being made. Send response.cancel before it, or the answer goes on.',
      'speed-changed': () =>
        'A session.update changes the speed during an answer. It can only change between turns.',
      'session-expired': () =>
        'The session reached its time limit. This is an end and no fault: before expires_at, begin another one and give it the text so far.',
      'response-while-active': () =>
        'A response was asked for while another one was active. The server refuses that: wait for response.done, or cancel first.',
      'old-field': ({ field, place }) =>
        place
          ? `“${field}” is a beta name; the server refuses the whole update. Write it as ${place}.`
          : `“${field}” is a beta name and gone; the server refuses the whole update.`,
      'old-event': ({ type }) => `${type} is a beta event that the server no longer knows.`,
      'missing-session-type': () =>
        'A session.update was sent without session.type. The server refuses it: add type "realtime".',
      'truncate-on-webrtc': () =>
        'conversation.item.truncate was sent over WebRTC. There the server knows what was played and truncates by itself.',
      'append-on-webrtc': () =>
        'input_audio_buffer.append was sent over WebRTC. There the sound travels by its own track.',
      'output-without-response': () =>
        'The output of a tool was sent, but no response.create followed, so the assistant stays silent.',
      'call-without-output': ({ name }) =>
        `The model called ${name || 'a function'} and got no output for 30 seconds. It waits.`,
      'output-twice': () => 'Two outputs were sent for the same function call.',
      'model-retires': ({ model, day, successor }) =>
        `The last day of ${model} is ${day}. Move to ${successor}.`,
      'no-transcription': () =>
        'Input transcription is off, so what the visitor says never appears as text. Set audio.input.transcription.',
      'cancel-without-clear': () =>
        'response.cancel was sent while sound was playing. The sound goes on until output_audio_buffer.clear is sent too.',
      'model-changed': () =>
        'A session.update names another model. The model of a session cannot change: begin another session.',
      'voice-changed': () =>
        'A session.update changes the voice after the assistant has spoken. It cannot change then.',
      'too-large': ({ type, bytes }) =>
        `A ${type} of ${number.format(Number(bytes))} bytes was sent. Many browsers refuse more than 65,536.`,
      'commit-too-short': () =>
        'A commit with less than 100 ms of sound was refused. Ignore very short presses of the talk button.',
    },
  },
  timeline: {
    empty: 'No turn yet. Say something, or send a message.',
    basis: (turns) =>
      `Medians of ${turns} ${turns === 1 ? 'turn' : 'turns'}, from the end of what the visitor said`,
    turn: (turn) => `Turn ${turn}`,
    lanes: { user: 'Visitor', generation: 'Generation', audio: 'Sound', tools: 'Tools' },
    numbers: {
      firstText: 'First text',
      firstAudio: 'First sound',
      end: 'End of answer',
      bargeIn: 'Silent after interruption',
    },
    nothing: 'nothing',
    lesson: 'This is what happened',
    opening: 'Before the first turn',
    passed: (steps) => `and ${number.format(steps)} that a page may pass over:`,
    cut: 'cut off',
  },
  replay: {
    play: 'Play it into the widget',
    playing: 'Playing the log',
    pause: 'Pause the replay',
    resume: 'Resume the replay',
    step: 'Play one event',
    speed: 'Speed',
    stop: 'Stop',
    position: (played, all) => `${number.format(Math.min(played, all))} of ${events(all)}`,
  },
  detail: {
    title: 'Selected event',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'This page may not use the clipboard',
    close: 'Close',
    sendAgain: 'Change and send it again',
    toError: 'The server refused this: show the error',
    toCause: (type) => `Show the ${type} that it is about`,
    moreEntries: (entries) => `Show ${number.format(entries)} more`,
    moreText: (characters) => `Show all ${number.format(characters)} characters`,
  },
  guide: {
    when: 'When',
    page: 'What a page does with it',
    before: 'Usually before it',
    after: 'Usually after it',
    unknown: (type) =>
      `The protocol has no event called ${type}. Other servers add their own; a client passes over them.`,
  },
  duration: (ms) =>
    ms === null ? '–' : ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(2)} s`,
  imported: (name, count) => `${name || 'Opened log'} · ${events(count)}`,
  closeImport: 'Back to live',
  importFailed: (line, reason) => `This log cannot be read. Line ${line}: ${reason}`,
  unreadable: 'This file cannot be read.',
  emptyFilter: 'No event matches the filter.',
  filter: 'Filter',
  filterHint: 'Filter by type or content',
  clearFilter: 'Clear the filter',
  direction: 'Direction',
  directions: { all: 'All', server: 'Received', client: 'Sent' },
  errorsOnly: 'Errors',
  redactText: 'Hide what was said',
  follow: 'Jump to the latest',
  call: (call) => `Call ${call}`,
};

export default en;
