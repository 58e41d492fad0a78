/** What an event means, in the reader's language. */
export interface GuideEntry {
  /** In a few words. */
  readonly title: string;
  readonly meaning: string;
  /** When it comes. */
  readonly when: string;
  /** What a page does with it. */
  readonly page: string;
  /** Types that usually come before and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What the view asks of the guide. */
export interface Guide {
  /** `undefined` for types that the protocol does not know. */
  entry(type: string): GuideEntry | undefined;
  /** What happened, in one line. */
  summary(type: string, event: object): string;
}
