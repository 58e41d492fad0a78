import type { Turn } from './turn.js';

/** What a transcript can be saved as. */
export type TranscriptFormat = 'text' | 'markdown' | 'json' | 'vtt';

/** Names of the speakers in the reader's language. English when not given. */
export type SpeakerNames = Readonly<Record<Turn['role'], string>>;

const ENGLISH: SpeakerNames = { user: 'You', assistant: 'Assistant', system: 'System', tool: 'Tool' };

/** Words per second of ordinary speech, where nothing else tells how long a turn took. */
const WORDS_PER_SECOND = 2.5;

/**
 * The transcript as text to keep. `json` is the turns themselves; `vtt` is WebVTT with voices, timed from the first
 * turn, each cue ending where the next begins. Turns without words are left out of all but `json`.
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
      .map((turn) => `${names[turn.role]}: ${words(turn)}\n`)
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

function words({ text, tool }: Turn): string {
  if (!tool) return text;
  return tool.output === undefined
    ? `${tool.name}(${tool.arguments})`
    : `${tool.name}(${tool.arguments}) → ${tool.output}`;
}

/** What a model or a visitor said must not become links, images or HTML where the file is read. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#!|~]/g, '\\$&').replace(/\n/g, '  \n');
}

function cues(turns: readonly Turn[], names: SpeakerNames): readonly string[] {
  let clock = 0;
  const origin = turns.find((turn) => turn.startedAt !== undefined)?.startedAt ?? 0;
  const starts = turns.map((turn) => {
    const start = Math.max(clock, turn.startedAt === undefined ? clock : turn.startedAt - origin);
    clock = start + length(turn);
    return start;
  });
  return turns.map((turn, index) => {
    const start = starts[index] ?? 0;
    const end = Math.max(start + 1, Math.min(starts[index + 1] ?? Infinity, start + length(turn)));
    return `${stamp(start)} --> ${stamp(end)}\n<v ${escapeVtt(names[turn.role])}>${escapeVtt(words(turn))}\n`;
  });
}

function length(turn: Turn): number {
  return Math.max(1_000, (words(turn).split(/\s+/).length / WORDS_PER_SECOND) * 1_000);
}

function escapeVtt(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\s*\n\s*/g, ' ');
}

function stamp(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const seconds = ms / 1_000;
  const thousandths = String(Math.floor(ms % 1_000)).padStart(3, '0');
  return `${two(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${thousandths}`;
}
