/**
 * The part of a text that had been played when the sound was cut. No event tells which word that was: the words are
 * taken to be spread evenly over the sound, and the cut is moved back to the end of a whole word.
 *
 * @param words all that was generated
 * @param playedMs how much of the sound was played
 * @param audioMs the length of all of it; without it only "nothing" can be told, and the result is `undefined`
 */
export function heardText(words: string, playedMs: number, audioMs: number | undefined): string | undefined {
  if (playedMs <= 0) return '';
  if (!audioMs) return undefined;
  if (playedMs >= audioMs) return words;
  const end = Math.floor((words.length * playedMs) / audioMs);
  if (/\s/.test(words)) return words.slice(0, words.slice(0, end + 1).search(/\s\S*$/) + 1 || 0).trimEnd();
  // Scripts without spaces: cut between characters, never inside a surrogate pair.
  return Array.from(words.slice(0, end + 1))
    .slice(0, -1)
    .join('');
}
