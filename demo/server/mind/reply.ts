/**
 * What the assistant has to say: rules over words, pure and without a memory. It knows no protocol and no sound; what it
 * decides, `call/` carries out.
 */

/** A function or MCP call that the assistant decides on. */
export interface PlannedCall {
  readonly kind: 'function' | 'mcp';
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What the assistant does with what it heard, in this order: says something, calls something, or fails. */
export interface Reply {
  readonly say?: string;
  readonly calls?: readonly PlannedCall[];
  /** The response fails with this message. */
  readonly fail?: string;
}

/** What the assistant knows when it answers. */
export interface Situation {
  /** Whether there is anything to answer. */
  readonly hasQuestion: boolean;
  /** Whether nobody has said anything so far. */
  readonly isFirst: boolean;
  /** The visitor's words; `''` for silence, `null` for speech that was not understood. */
  readonly words: string | null;
  /** Results of calls that have come in since, newest last. */
  readonly results: readonly string[];
  /** Whether a person has refused a call since. */
  readonly refused: boolean;
  /** The functions that the page offers. */
  readonly tools: readonly { readonly name: string; readonly description: string }[];
  /** Whether an MCP server is configured. */
  readonly mcp: boolean;
  readonly instructions: string | null;
  readonly sawImage: boolean;
  readonly phrases: readonly string[];
  readonly now: Date;
}

/** What there is to say after a call that a person refused. */
export const REFUSED = 'You did not allow me to look it up.';

const STORY = [
  'Once upon a time there was a lighthouse on a small island far out in the sea.',
  'Its keeper, an old woman named Ida, lit the lamp every evening and read to the waves until she fell asleep.',
  'One night a storm came up, and the lamp went out.',
  'Ida could not see the stairs, so she counted them with her feet, one hundred and eleven steps, up to the very top.',
  'There she found a young gull sitting on the lamp, wet and afraid, warming itself on the glass.',
  'She took the bird in her coat, lit the lamp again, and far below a fishing boat turned away from the rocks.',
  'From then on the gull came back every evening, and Ida never had to read alone.',
].join(' ');

interface Rule {
  readonly when: RegExp;
  readonly then: (match: RegExpExecArray, situation: Situation) => Reply;
}

const RULES: readonly Rule[] = [
  { when: /(compare|both).*weather.* in (\w+) and (\w+)/i, then: ([, , a, b], c) => weather(c, [a, b]) },
  {
    when: /weather.*? in (\w+)|(\S+?)の天気/i,
    then: ([, english, japanese], c) => weather(c, [english ?? japanese]),
  },
  { when: /\b(search|library)\b/i, then: (_, c) => library(c) },
  {
    when: /\berror\b|please fail/i,
    then: () => ({ fail: 'The model ran into an error while it was answering.' }),
  },
  { when: /\bstory\b|物語|お話/i, then: () => ({ say: STORY }) },
  { when: /\bsecret\b/i, then: () => ({ say: 'I am sorry, but I cannot help with that.' }) },
  { when: /\btime\b/i, then: (_, { now }) => ({ say: `It is ${clock(now)}.` }) },
  { when: /\bday\b/i, then: (_, { now }) => ({ say: `Today is ${weekday(now)}.` }) },
  { when: /何時/, then: (_, { now }) => ({ say: `${now.getHours()}時${now.getMinutes()}分です。` }) },
  {
    when: /your name/i,
    then: () => ({ say: 'I am the assistant of the local demo. I live on this computer.' }),
  },
  { when: /what can you do/i, then: (_, c) => ({ say: `I understand a few phrases. ${offer(c)}` }) },
  { when: /how are you/i, then: () => ({ say: 'I am fine, thank you. What can I do for you?' }) },
  { when: /\bthank/i, then: () => ({ say: 'You are welcome.' }) },
  { when: /\bstop\b/i, then: () => ({ say: 'All right.' }) },
  { when: /goodbye|\bbye\b/i, then: () => ({ say: 'Goodbye. It was nice talking with you.' }) },
  { when: /\bhello\b|\bhi\b|good morning/i, then: () => ({ say: 'Hello! How can I help you today?' }) },
  { when: /こんにちは|はじめまして/, then: () => ({ say: 'こんにちは。今日は何をお手伝いしましょうか。' }) },
  { when: /ありがとう/, then: () => ({ say: 'どういたしまして。' }) },
];

/** What the assistant answers. It never pretends: what it did not understand it says so. */
export function reply(situation: Situation): Reply {
  if (situation.results.length > 0) return { say: `Here is what I found: ${situation.results.join(' ')}` };
  if (situation.refused) return { say: REFUSED };
  if (situation.sawImage)
    return { say: 'Thank you, I can see that you sent an image. I cannot tell what is in it.' };
  if (situation.words === null)
    return { say: `I heard you, but I only understand these phrases: ${situation.phrases.join('; ')}.` };
  if (situation.words === '') return { say: 'I did not hear anything.' };
  for (const { when, then } of RULES) {
    const match = when.exec(situation.words);
    if (match) return then(match, situation);
  }
  return isJapanese(situation.words)
    ? {
        say: 'すみません、まだよくわかりません。「こんにちは」「今何時ですか」「東京の天気」などと書いてみてください。',
      }
    : {
        say: `I read “${situation.words.slice(0, 80)}”, but I only understand a few phrases. ${offer(situation)}`,
      };
}

/** What the assistant says when it is asked to speak and there is nothing to answer: what it is told to, if it can. */
export function greeting({ instructions, isFirst }: Situation): Reply {
  const quoted = /["“「](.+?)["”」]/.exec(instructions ?? '')?.[1];
  if (quoted !== undefined) return { say: quoted };
  return {
    say: isFirst
      ? 'Hello! I am the assistant of the local demo. What would you like to know?'
      : 'Is there anything else that you would like to know?',
  };
}

/** Only English can be spoken by the voice that the demo has. */
export function isJapanese(text: string): boolean {
  return /[\u3040-\u30ff\u4e00-\u9fff]/.test(text);
}

function weather({ tools }: Situation, cities: readonly (string | undefined)[]): Reply {
  const tool = tools.find(({ name, description }) => /weather/i.test(`${name} ${description}`));
  const names = cities.map((city) => (city ?? '').replace(/^./, (first) => first.toUpperCase()));
  if (!tool)
    return { say: `I would need a weather function for ${names.join(' and ')}, and this page offers none.` };
  return { calls: names.map((city) => ({ kind: 'function', name: tool.name, arguments: { city } })) };
}

function library({ mcp }: Situation): Reply {
  if (!mcp) return { say: 'There is no library connected to this page.' };
  return { calls: [{ kind: 'mcp', name: 'search_library', arguments: { query: 'lighthouse' } }] };
}

function offer({ phrases }: Situation): string {
  return `Try, for example: ${phrases.slice(0, 6).join('; ')}.`;
}

function clock(now: Date): string {
  return now.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
}

function weekday(now: Date): string {
  return now.toLocaleDateString('en-US', { weekday: 'long', month: 'long', day: 'numeric' });
}
