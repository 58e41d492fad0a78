/**
 * The part of a text that had been played when the sound was cut. No event tells which word that was: the words are
 * taken to be spread evenly over the sound, and the cut is moved back to the end of a whole word. In scripts without
 * spaces it may come between any two characters.
 *
 * @param words all that was generated
 * @param playedMs how much of the sound was played
 * @param audioMs the length of all of it; without it only "nothing" can be told, and the result is `undefined`
 */
export function heardText(words: string, playedMs: number, audioMs: number | undefined): string | undefined {
  if (playedMs <= 0) return '';
  if (!audioMs) return undefined;
  if (playedMs >= audioMs) return words;
  const characters = Array.from(words);
  let end = Math.floor((characters.length * playedMs) / audioMs);
  while (end > 0 && belongTogether(characters[end - 1] ?? '', characters[end] ?? '')) end -= 1;
  return characters.slice(0, end).join('').trimEnd();
}

const UNSPACED =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u;
/** Accents, joined emoji and the like stay with what they change. */
const MODIFIES = /\p{M}|\p{Emoji_Modifier}|\u200d/u;

/** Whether a cut between the two characters would go through a word. */
function belongTogether(before: string, after: string): boolean {
  if (MODIFIES.test(after) || before === '\u200d') return true;
  return !/\s/.test(before + after) && !UNSPACED.test(before) && !UNSPACED.test(after);
}
