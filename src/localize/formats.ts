/** “in 5 seconds”, to stand in a sentence. */
export function inSeconds(seconds: number, language: string): string {
  return new Intl.RelativeTimeFormat(language).format(seconds, 'second');
}

/** Minutes and seconds of a clock that counts up, `1:05`. Days and hours count as minutes. */
export function minutesAndSeconds(seconds: number, language: string): string {
  const number = (value: number, minimumIntegerDigits: number): string =>
    kept(`${language} ${minimumIntegerDigits}`, () => {
      return new Intl.NumberFormat(language, { minimumIntegerDigits, useGrouping: false });
    }).format(value);
  return `${number(Math.floor(seconds / 60), 1)}:${number(seconds % 60, 2)}`;
}

/** Hour and minute, as the language writes them. @param at milliseconds since the epoch */
export function timeOfDay(at: number, language: string): string {
  return kept(language, () => {
    return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  }).format(at);
}

/** Making a format takes longer than drawing the rest of a turn. */
const formats = new Map<string, { format(value: number): string }>();

function kept(key: string, make: () => { format(value: number): string }): { format(value: number): string } {
  const format = formats.get(key) ?? make();
  formats.set(key, format);
  return format;
}

/** An estimate in US dollars. */
export function dollars(amount: number, language: string): string {
  const options = { style: 'currency', currency: 'USD', maximumFractionDigits: 4 } as const;
  return new Intl.NumberFormat(language, options).format(amount);
}
