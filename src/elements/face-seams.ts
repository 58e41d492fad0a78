import type { SeenPage } from '../controllers/keyboard-room.js';
import type { LevelsChanged, Meter } from '../controllers/level-meter.js';
import type { Clock } from '../session/clock.js';
import type { MediaSource } from '../session/microphone.js';

/** What the widget plays, listens and looks with; a test hands in its own. The browser's where something is left out. */
export interface FaceSeams {
  createPlayer?(): HTMLAudioElement;
  createMeter?(changed: LevelsChanged): Meter;
  /** What is seen of the page. */
  readonly page?: SeenPage;
  /** Whose devices are listed. */
  readonly media?: MediaSource;
  /** What counts the seconds of the call and of a wait. */
  readonly clock?: Clock;
}
