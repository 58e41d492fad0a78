import { expect, nextFrame } from '@open-wc/testing';
import fc from 'fast-check';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { PretendLine } from '../support/pretend-line.js';

/** What a widget must be like, in as few words as possible. */
interface Model {
  status: 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';
  muted: boolean;
  isThere: boolean;
  refusals: number;
  /** The visitor has not agreed yet. */
  asks: boolean;
}
interface Real {
  readonly voice: RealtimeVoiceElement;
  readonly line: PretendLine;
  readonly clock: HandClock;
}
type Step = (model: Model, real: Real) => unknown;
type Command = fc.AsyncCommand<Model, Real>;

const RUNS = 60;
const isOpen = ({ status }: Model): boolean => status === 'connected' || status === 'reconnecting';
const isAsking = ({ status }: Model): boolean => status === 'connecting';
const isRunning = (model: Model): boolean => isOpen(model) || isAsking(model);

function command(
  name: string,
  step: Step,
  check: (model: Model) => boolean = () => true,
): fc.Arbitrary<Command> {
  return fc.constant({
    check,
    toString: () => name,
    async run(model, real) {
      await step(model, real);
      await settle();
      await real.voice.updateComplete;
      const { voice, line } = real;
      const shown = voice.getAttribute('data-status');
      expect([voice.status, shown, voice.muted]).to.deep.equal([model.status, model.status, model.muted]);
      expect(line.open.length).to.equal(isOpen(model) ? 1 : 0);
      expect(voice.matches(`:state(${model.status})`)).to.equal(true);
      const isStop = voice.renderRoot.querySelector('[part~="stop-button"]') !== null;
      expect(isStop).to.equal(isRunning(model));
      const question = voice.renderRoot.querySelector('[part="consent"]') !== null;
      expect(question).to.equal(isAsking(model));
    },
  });
}

/** Lets everything happen that needs no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** What a call comes to that nothing is in the way of. */
function begin(model: Model): void {
  model.status = model.refusals > 0 ? 'failed' : 'connected';
  model.refusals = Math.max(0, model.refusals - 1);
}
function call(model: Model): void {
  if (model.asks) model.status = 'connecting';
  else begin(model);
}
function answer(part: string): Step {
  return (_, { voice }) => voice.renderRoot.querySelector<HTMLElement>(`[part="${part}"]`)?.click();
}

const start: Step = async (model, { voice }) => {
  const outcome = voice.start().catch(() => {});
  if (!isRunning(model)) call(model);
  if (!isAsking(model)) await outcome;
};
const elsewhere = document.createElement('section');

const commands = [
  command('start', start),
  command('start again', start),
  command('press the button', (model, { voice }) => {
    const button = voice.renderRoot.querySelector<HTMLElement>(
      '[part~="start-button"], [part~="stop-button"]',
    );
    button?.click();
    if (isRunning(model)) model.status = 'idle';
    else call(model);
  }),
  command('stop and start in one go', (model, { voice }) => {
    voice.stop();
    voice.start().catch(() => {});
    call(model);
  }),
  command(
    'accept',
    (model, real) => {
      void answer('accept-button')(model, real);
      model.asks = false;
      begin(model);
    },
    isAsking,
  ),
  command(
    'decline',
    (model, real) => {
      void answer('decline-button')(model, real);
      model.status = 'failed';
    },
    isAsking,
  ),
  command('stop', (model, { voice }) => {
    voice.stop();
    model.status = 'idle';
  }),
  command('mute', (model, { voice }) => {
    voice.muted = !voice.muted;
    model.muted = !model.muted;
  }),
  command('refuse the next', (model, { line }) => {
    line.fates.push('token.forbidden');
    model.refusals += 1;
  }),
  command(
    'wobble',
    (model, { line }) => {
      line.latest.sink.wobble();
      model.status = 'reconnecting';
    },
    isOpen,
  ),
  command(
    'steady',
    (model, { line }) => {
      line.latest.sink.steady();
      model.status = 'connected';
    },
    isOpen,
  ),
  command('move', (model, { voice }) => (model.isThere ? elsewhere.append(voice) : undefined)),
  command('move back', (model, { voice }) => (model.isThere ? document.body.append(voice) : undefined)),
  command('remove', async (model, { voice }) => {
    voice.remove();
    await nextFrame();
    await nextFrame();
    if (model.isThere) model.status = 'idle';
    model.isThere = false;
  }),
  command('put back', (model, { voice }) => {
    document.body.append(voice);
    model.isThere = true;
  }),
  command('leave the page', (model) => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    if (model.isThere) model.status = 'idle';
  }),
  command('another tab speaks', (model) => {
    window.dispatchEvent(new CustomEvent('realtime-voice', { detail: 'another' }));
    if (model.isThere && isRunning(model)) model.status = 'idle';
  }),
];

describe('a widget beside a model of it', function () {
  this.timeout(60_000);

  it('agrees after every command, whatever their order', async () => {
    document.body.append(elsewhere);
    await fc.assert(
      fc.asyncProperty(
        fc.commands(commands, { maxCommands: 25, size: 'max' }),
        fc.boolean(),
        async (list, asks) => {
          const [line, clock] = [new PretendLine(), new HandClock()];
          const voice = countedVoice(
            { maxDuration: 0, idleTimeout: 0, consent: asks },
            { open: line.dial, clock },
          );
          await voice.updateComplete;
          const model: Model = { status: 'idle', muted: false, isThere: true, refusals: 0, asks };
          await fc.asyncModelRun(() => ({ model, real: { voice, line, clock } }), list);
          voice.stop();
          voice.remove();
          expect([line.open.length, clock.timers]).to.deep.equal([0, []]);
        },
      ),
      { numRuns: RUNS },
    );
    elsewhere.remove();
  });
});
