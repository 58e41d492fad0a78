import type { Strings } from '../localize/strings.js';
import type { RealtimeSession } from '../session/session.js';

/** A sentence to the visitor with what can be done about it. */
export interface Notice {
  readonly text: string;
  readonly kind: 'info' | 'error';
  /** Its words change by the second, so they are not read out as they do. */
  readonly counts?: boolean;
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[];
}

/** The shown parts of the widget, by the `controls` attribute. */
export const CONTROLS = [
  'start',
  'mute',
  'text',
  'interrupt',
  'devices',
  'volume',
  'transcript',
  'usage',
] as const;
/** One of {@link CONTROLS}. */
export type Control = (typeof CONTROLS)[number];

/** What the templates need to draw the widget, and what its buttons do. */
export interface VoiceView {
  readonly session: RealtimeSession;
  readonly strings: Strings;
  readonly language: string;
  readonly layout: 'inline' | 'compact' | 'floating';
  readonly placement: string;
  readonly open: boolean;
  readonly heading: string;
  readonly pushToTalk: boolean;
  readonly statusText: string;
  readonly timer: string;
  readonly controls: ReadonlySet<Control>;
  readonly consentAsked: boolean;
  /** What is due, in places that stay the same: otherwise one sentence would be read out again when another one goes. */
  readonly notices: readonly (Notice | null)[];
  readonly isEmpty: boolean;
  readonly reading: boolean;
  readonly settingsOpen: boolean;
  readonly devices: {
    readonly inputs: readonly MediaDeviceInfo[];
    readonly outputs: readonly MediaDeviceInfo[];
  };
  readonly inputDevice: string;
  readonly outputDevice: string;
  /** `null` where it cannot be set. */
  readonly volume: number | null;
  readonly copied: boolean;
  readonly do: VoiceActions;
}

/** What the buttons do. */
export interface VoiceActions {
  toggleCall(event: MouseEvent): void;
  toggleMute(): void;
  interrupt(): void;
  talk(event: Event): void;
  send(): void;
  key(event: KeyboardEvent): void;
  accept(accepted: boolean): void;
  jump(): void;
  toggleSettings(): void;
  chooseInput(event: Event): void;
  chooseOutput(event: Event): void;
  setVolume(event: Event): void;
  copy(): void;
  download(): void;
  show(open: boolean): void;
  panelKey(event: KeyboardEvent): void;
}
