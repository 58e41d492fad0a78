/** What the assistant of the local service understands when it is spoken to, one alternative a line. */
export const PHRASES = [
  'hello',
  'good morning',
  'how are you doing today',
  'what is your name',
  'what can you do',
  'what time is it',
  'what day is it today',
  'tell me a story',
  'tell me a secret',
  'what is the weather in tokyo',
  'what is the weather in london',
  'compare the weather in tokyo and london',
  'search the library',
  'show me an error',
  'stop please',
  'thank you very much',
  'goodbye',
] as const;

/** Sounds of English, each made a word of its own, for speech that is none of the phrases. */
const PHONES =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z'.split(
    ' ',
  );

/** The stray words and how they sound, for the recogniser's dictionary. */
export const STRAY_WORDS: readonly (readonly [string, string])[] = PHONES.map((phone) => [
  `_${phone.toLowerCase()}`,
  phone,
]);

/** A recogniser fits everything to its grammar; the detour over single sounds costs more than any phrase that was said. */
const STRAY_WEIGHT = 1e-10;

/** The phrases as a grammar in JSGF, with a way out for everything else. */
export function grammar(): string {
  const stray = STRAY_WORDS.map(([word]) => word).join(' | ');
  return [
    '#JSGF V1.0;',
    'grammar assistant;',
    `public <utterance> = /1/ <phrase> | /${STRAY_WEIGHT}/ <stray>;`,
    `<phrase> = ${PHRASES.join(' | ')};`,
    `<stray> = <sound> <sound> <sound>+;`,
    `<sound> = ${stray};`,
  ].join('\n');
}

/** What was said, or `null` when it is none of the phrases. */
export function understood(text: string): string | null {
  const words = text.trim();
  return words === '' || words.includes('_') ? null : words;
}
