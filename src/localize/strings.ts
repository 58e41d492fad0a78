import type { ErrorSentence } from '../session/error-codes.js';
import type { limitCodes, LimitKind } from '../session/limits.js';
import type { Phase } from '../session/status.js';
import type { Activity, ToolState } from '../conversation/turn.js';

/** Everything that a visitor reads or hears read out. Values that depend on something are functions. */
export interface Strings {
  readonly heading: string;
  readonly start: string;
  readonly stop: string;
  readonly retry: string;
  readonly mute: string;
  readonly unmute: string;
  readonly talk: string;
  readonly talking: string;
  readonly interrupt: string;
  readonly send: string;
  readonly message: string;
  readonly open: string;
  readonly close: string;
  readonly jump: string;
  readonly more: string;
  readonly microphone: string;
  readonly speaker: string;
  readonly systemDefault: string;
  readonly volume: string;
  readonly copy: string;
  readonly copied: string;
  readonly download: string;
  /** `form` is the plural form that the language has for this number. */
  readonly usage: (tokens: string, cost: string | null, form: Intl.LDMLPluralRule) => string;
  readonly conversation: string;
  readonly empty: string;
  readonly aiNotice: string;
  readonly accept: string;
  readonly decline: string;
  readonly consent: string;
  readonly approve: string;
  readonly reject: string;
  readonly listen: string;
  readonly typeInstead: string;
  readonly idle: string;
  readonly phases: Readonly<Record<Phase, string>>;
  readonly activities: Readonly<Record<Activity, string>>;
  readonly notConnected: string;
  readonly muted: string;
  /** The server has asked for a pause before a call can be made. */
  readonly waiting: (when: string | null) => string;
  /** `when` is a phrase like “in 5 seconds”. */
  readonly reconnecting: (when: string | null) => string;
  readonly ended: Readonly<Record<'user' | 'remote' | 'limit' | 'expired' | 'superseded', string>>;
  /** `when` is a phrase like “in 5 seconds”. */
  readonly limitNear: (kind: LimitKind, when: string) => string;
  readonly limits: Readonly<Record<(typeof limitCodes)[LimitKind], string>>;
  readonly mutedButSpeaking: string;
  readonly microphoneSilent: string;
  readonly systemMuted: string;
  readonly speakers: Readonly<Record<'user' | 'assistant' | 'system' | 'tool', string>>;
  readonly transcribing: string;
  readonly inaudible: string;
  readonly interrupted: string;
  readonly failed: string;
  readonly image: string;
  readonly tools: Readonly<Record<ToolState, string>>;
  readonly errors: Readonly<Record<ErrorSentence, string>>;
}

/** Words of the page's own for some of these. */
export type StringOverrides = {
  readonly [Name in keyof Strings]?: Strings[Name] extends Readonly<Record<string, string>>
    ? Partial<Strings[Name]>
    : Strings[Name];
};
