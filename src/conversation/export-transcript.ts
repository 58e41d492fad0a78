import type { Turn } from './turn.js';

/** What a transcript can be saved as. */
export type TranscriptFormat = 'text' | 'markdown' | 'json' | 'vtt';

/** Names of the speakers in the reader's language. English when not given. */
export type SpeakerNames = Readonly<Record<Turn['role'], string>>;

const ENGLISH: SpeakerNames = { user: 'You', assistant: 'Assistant', system: 'System', tool: 'Tool' };

/** Milliseconds that a character of ordinary speech takes, where nothing else tells how long a turn took. */
const MS_PER_CHARACTER = 70;

/**
 * The transcript as text to keep. `json` is the turns themselves; `vtt` is WebVTT with voices, timed from the first
 * turn, no cue reaching into the next. Turns without words are left out of all but `json`.
 */
export function exportTranscript(
  turns: readonly Turn[],
  format: TranscriptFormat,
  names: SpeakerNames = ENGLISH,
): string {
  return formats[format](turns, names);
}

const formats: Readonly<Record<TranscriptFormat, (turns: readonly Turn[], names: SpeakerNames) => string>> = {
  json: (turns) => `${JSON.stringify(turns, null, 2)}\n`,
  text: (turns, names) =>
    spoken(turns)
      .map((turn) => `${names[turn.role]}: ${words(turn).replace(/\r?\n|\r/g, '\n  ')}\n`)
      .join(''),
  markdown: (turns, names) =>
    spoken(turns)
      .map((turn) => `**${names[turn.role]}:** ${escapeMarkdown(words(turn))}\n`)
      .join('\n'),
  vtt: (turns, names) => ['WEBVTT\n', ...cues(spoken(turns), names)].join('\n'),
};

function spoken(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn) => words(turn) !== '');
}

/** Without control characters, which a terminal would obey. */
function words({ text, tool }: Turn): string {
  const { name, arguments: given, output } = tool ?? {};
  const said = tool ? `${name}(${given})${output === undefined ? '' : ` → ${output}`}` : text;
  return said.replace(/[^\P{Cc}\n\r\t]/gu, '');
}

/** What a model or a visitor said must not become links, images, lists or HTML where the file is read. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>()#!|~&]/g, '\\$&')
    .replace(/^(\s*\d*)([-+=.)])/gm, '$1\\$2')
    .replace(/\r?\n|\r/g, '  \n');
}

function cues(turns: readonly Turn[], names: SpeakerNames): readonly string[] {
  const origin = turns.find((turn) => turn.startedAt !== undefined)?.startedAt ?? 0;
  let clock = 0;
  let estimate = 0;
  const starts = turns.map((turn) => {
    // Turns stand in the order of the conversation, and clocks differ: time never goes back.
    clock = Math.max(clock, turn.startedAt === undefined ? estimate : turn.startedAt - origin);
    estimate = clock + length(turn);
    return clock;
  });
  return turns.map((turn, index) => {
    const start = starts[index] ?? 0;
    const end = Math.max(start + 1, Math.min(starts[index + 1] ?? Infinity, start + length(turn)));
    return `${stamp(start)} --> ${stamp(end)}\n<v ${escapeVtt(names[turn.role])}>${escapeVtt(words(turn))}\n`;
  });
}

function length(turn: Turn): number {
  return Math.max(1_000, words(turn).length * MS_PER_CHARACTER);
}

function escapeVtt(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\s*[\r\n]\s*/g, ' ');
}

function stamp(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const seconds = ms / 1_000;
  const thousandths = String(Math.floor(ms % 1_000)).padStart(3, '0');
  return `${two(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${thousandths}`;
}
