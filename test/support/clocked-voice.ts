import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { HandClock } from './hand-clock.js';

let clock: HandClock;

/** The staged widget, which counts seconds on a clock that a test moves. */
class ClockedVoice extends StagedVoice {
  protected override faceSeams() {
    return { ...super.faceSeams(), clock };
  }
}
ClockedVoice.define('clocked-voice');

/** Puts one into the page. */
export function clockedVoice(): { readonly voice: StagedVoice; readonly clock: HandClock } {
  clock = new HandClock();
  const voice = document.body.appendChild(document.createElement('clocked-voice') as StagedVoice);
  return { voice, clock };
}
