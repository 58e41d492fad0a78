/** A page that talks to a realtime server, as somebody would write it with one library or none. */
export interface Contender {
  /** Builds the page in the stage. Asks for nothing yet. */
  mount(stage: HTMLElement): Promise<void>;
  /** What a press on Start does. */
  start(): void | Promise<unknown>;
  /** Where its words appear; absent where none do. */
  words?(): Node;
  /** How many events its panel has counted; absent without a panel. */
  counted?(): number;
}
