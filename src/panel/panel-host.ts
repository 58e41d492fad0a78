import type { CSSResult } from 'lit';
import type { EventLog } from '../event-log/event-log.js';
import type { Direction } from '../event-log/type-filter.js';
import type { Envelope } from '../protocol/envelope.js';
import type { Sources } from './sources.js';

/** The three ways to look at a log. */
export type PanelTab = 'counts' | 'log' | 'timeline';

/** How events are made fit to be seen. */
export interface Masking {
  readonly redactText: boolean;
  /** The page's own redaction, before the built-in one; `null` for an event that may not be seen at all. */
  readonly redact: ((entry: Envelope) => Envelope | null) | undefined;
}

/** The element, as far as the view reads and changes its public settings. */
export interface Panel extends Masking {
  view: PanelTab;
  direction: Direction;
  filter: string | undefined;
  paused: boolean;
  redactText: boolean;
  collapsed: boolean;
  readonly placement: 'inline' | 'top-end' | 'bottom-end';
  clear(): void;
  download(): Promise<void>;
  import(source: string | Blob): Promise<void>;
  requestUpdate(): void;
}

/** What the view works on. */
export interface PanelHost {
  readonly panel: Panel;
  readonly sources: Pick<Sources, 'canSend' | 'send' | 'replayTarget'>;
  /** BCP 47. */
  language(): string;
  /** The log on show: what is being recorded, or what was imported. */
  log(): EventLog;
  /** Name of the imported log on show, or `null`. */
  imported(): string | null;
  closeImport(): void;
  /** Adds the look of a part that was loaded later. */
  adopt(...styles: readonly CSSResult[]): void;
}

/** What the element asks of the view. */
export interface PanelView {
  /** The page speaks another language by now, and there are words in it. */
  readonly outdated: boolean;
  /** There are events that it has not seen and that the log will soon forget. While nobody sees the panel it need not be told. */
  observe(): void;
  /** Another log is on show, or the same one was cleared. */
  reset(): void;
  render(): unknown;
  /** Called after each drawing, with the document up to date. */
  drawn(root: ShadowRoot): void;
  /** The element left the document. */
  close(): void;
}
