import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { Status } from '../../src/session/status.js';
import { countedVoice } from '../support/counted-voice.js';
import { FarEnd } from '../support/far-end.js';
import { HandClock } from '../support/hand-clock.js';
import { openPeers } from '../support/opened.js';
import { PretendLine } from '../support/pretend-line.js';
import { apiUrl } from '../support/service-url.js';
import { silence } from '../support/speech.js';
import { showPage } from '../support/visibility.js';

/** What a widget must be like, in as few words as possible. Times in milliseconds. */
interface Model {
  now: number;
  status: Status;
  muted: boolean;
  isThere: boolean;
  refusals: number;
  /** The visitor has not agreed yet. */
  asks: boolean;
  /** The connection is gone, and the next attempt is due. */
  isLost: boolean;
  losses: number[];
  /** Nobody can see the page, and whether the widget knows. */
  isHidden: boolean;
  knowsHidden: boolean;
}
/** A widget, and the other side of its calls. */
interface Real {
  readonly voice: RealtimeVoiceElement;
  readonly clock: HandClock;
  /** Connections that are open. */
  open(): number;
  refuseNext(): void;
  lose(): void;
  /** Gives a real connection its time. */
  comesTo?(status: Status): Promise<void>;
  /** Told by a browser of a connection that may heal; a real one is not made to say so. */
  tell?(news: 'wobble' | 'steady'): void;
}
type Step = (model: Model, real: Real) => unknown;
type Command = fc.AsyncCommand<Model, Real>;

const GRACE_MS = 5_000;
const BREAKER_MS = 5 * 60_000;
/** Longer than a call goes on out of sight, and than what counts as a connection that keeps breaking. */
const LONG_MS = 301_000;

const isOpen = ({ status }: Model): boolean => status === 'connected' || status === 'reconnecting';
const hasLink = (model: Model): boolean => isOpen(model) && !model.isLost;
const wobbles = (model: Model): boolean => model.status === 'reconnecting' && !model.isLost;
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
      const { voice } = real;
      await real.comesTo?.(model.status);
      await voice.updateComplete;
      const shown = voice.getAttribute('data-status');
      expect([voice.status, shown, voice.muted]).to.deep.equal([model.status, model.status, model.muted]);
      expect(real.open()).to.equal(hasLink(model) ? 1 : 0);
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

function end(model: Model, status: Status): void {
  model.status = status;
  model.isLost = false;
}
/** What an attempt comes to that nothing else is in the way of. */
function begin(model: Model): void {
  end(model, model.refusals > 0 ? 'failed' : 'connected');
  model.refusals = Math.max(0, model.refusals - 1);
}
function lose(model: Model): void {
  model.losses.push(model.now);
  const recent = model.losses.filter((at) => model.now - at < BREAKER_MS).length;
  model.status = recent < 3 ? 'reconnecting' : 'failed';
  model.isLost = recent < 3;
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

/** What a call may live through. */
const lasting = [
  command('start', start),
  command(
    'accept',
    (model, real) => {
      void answer('accept-button')(model, real);
      model.asks = false;
      begin(model);
    },
    isAsking,
  ),
  command('mute', (model, { voice }) => {
    voice.muted = !voice.muted;
    model.muted = !model.muted;
  }),
  command(
    'lose',
    (model, real) => {
      real.lose();
      lose(model);
    },
    hasLink,
  ),
  command(
    'try again',
    (model, { clock }) => {
      clock.advance(0);
      begin(model);
    },
    ({ isLost }) => isLost,
  ),
  command('hide the page', (model) => {
    showPage(false);
    model.isHidden = true;
    if (model.isThere) model.knowsHidden = true;
  }),
  command('show the page', (model) => {
    showPage(true);
    model.isHidden = false;
    if (model.isThere) model.knowsHidden = false;
  }),
  command(
    'wait for long',
    (model, { clock }) => {
      clock.advance(LONG_MS);
      model.now += LONG_MS;
      if (model.status === 'connected' && model.knowsHidden) end(model, 'idle');
    },
    ({ status }) => status !== 'reconnecting',
  ),
  command('move', (model, { voice }) => (model.isThere ? elsewhere.append(voice) : undefined)),
  command('move back', (model, { voice }) => (model.isThere ? document.body.append(voice) : undefined)),
  command('put back', (model, { voice }) => {
    document.body.append(voice);
    model.isThere = true;
    model.knowsHidden = model.isHidden;
  }),
];
/** What may end it, or keep it from beginning. */
const ending = [
  command('press the button', (model, { voice }) => {
    const button = voice.renderRoot.querySelector<HTMLElement>(
      '[part~="start-button"], [part~="stop-button"]',
    );
    button?.click();
    if (isRunning(model)) end(model, 'idle');
    else call(model);
  }),
  command('stop and start in one go', (model, { voice }) => {
    voice.stop();
    voice.start().catch(() => {});
    end(model, 'idle');
    call(model);
  }),
  command(
    'decline',
    (model, real) => {
      void answer('decline-button')(model, real);
      end(model, 'failed');
    },
    isAsking,
  ),
  command('stop', (model, { voice }) => {
    voice.stop();
    end(model, 'idle');
  }),
  command('refuse the next', (model, real) => {
    real.refuseNext();
    model.refusals += 1;
  }),
  command('remove', async (model, { voice }) => {
    voice.remove();
    await nextFrame();
    await nextFrame();
    if (model.isThere) end(model, 'idle');
    model.isThere = false;
  }),
  command('leave the page', (model) => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    if (model.isThere) end(model, 'idle');
  }),
  command('another tab speaks', (model) => {
    window.dispatchEvent(new CustomEvent('realtime-voice', { detail: 'another' }));
    if (model.isThere && isRunning(model)) end(model, 'idle');
  }),
];

/** What only a pretended line can be told to do. */
const wobbling = [
  command(
    'wobble',
    (model, { tell }) => {
      tell?.('wobble');
      model.status = 'reconnecting';
    },
    hasLink,
  ),
  command(
    'steady',
    (model, { tell }) => {
      tell?.('steady');
      model.status = 'connected';
    },
    hasLink,
  ),
  command(
    'wobble for too long',
    (model, { clock }) => {
      clock.advance(GRACE_MS);
      model.now += GRACE_MS;
      lose(model);
      // The first pause is over at once, too.
      if (model.isLost) begin(model);
    },
    wobbles,
  ),
];

/** Every pause before an attempt is over at once. */
function readyClock(): HandClock {
  const clock = new HandClock();
  clock.chance = 0;
  return clock;
}

function pretended(asks: boolean): Real {
  const [line, clock] = [new PretendLine(), readyClock()];
  return {
    voice: countedVoice({ maxDuration: 0, idleTimeout: 0, consent: asks }, { open: line.dial, clock }),
    clock,
    open: () => line.open.length,
    refuseNext: () => line.fates.push('token.forbidden'),
    lose: () => line.latest.lose(),
    tell: (news) => line.latest.sink[news](),
  };
}

function overRealConnections(asks: boolean): Real {
  const [far, clock] = [new FarEnd(), readyClock()];
  let refusals = 0;
  const fetch: typeof far.fetch = async (...given) => {
    if (refusals === 0) return far.fetch(...given);
    refusals -= 1;
    return new Response(null, { status: 403 });
  };
  const own = { tokenProvider: () => 'ek_local_1', apiUrl, mediaStream: silence() };
  const voice = countedVoice({ maxDuration: 0, idleTimeout: 0, consent: asks, ...own }, { fetch, clock });
  return {
    voice,
    clock,
    // In vain, it is what the comparison is for.
    comesTo: (status) => waitUntil(() => voice.status === status, '', { timeout: 10_000 }).catch(() => {}),
    open: openPeers,
    refuseNext: () => (refusals += 1),
    lose: () => far.close(),
  };
}

describe('a widget beside a model of it', function () {
  this.timeout(60_000);
  before(() => document.body.append(elsewhere));
  after(() => elsewhere.remove());

  /**
   * @param these beside those of every call
   * @param maxCommands of a run
   */
  function agreesAfterEvery(
    these: typeof lasting,
    make: (asks: boolean) => Real,
    numRuns: number,
    maxCommands: number,
  ): Promise<void> {
    const lists = fc.commands([...lasting, ...lasting, ...lasting, ...ending, ...these], {
      maxCommands,
      size: 'max',
    });
    return fc.assert(
      fc.asyncProperty(lists, fc.boolean(), async (list, asks) => {
        const real = make(asks);
        await real.voice.updateComplete;
        const model: Model = {
          now: 0,
          status: 'idle',
          muted: false,
          isThere: true,
          refusals: 0,
          asks,
          isLost: false,
          losses: [],
          isHidden: false,
          knowsHidden: false,
        };
        try {
          await fc.asyncModelRun(() => ({ model, real }), list);
        } finally {
          showPage(true);
          real.voice.stop();
          real.voice.remove();
        }
        expect([real.open(), real.clock.timers]).to.deep.equal([0, []]);
      }),
      { numRuns },
    );
  }

  it('agrees after every command, whatever their order', () =>
    agreesAfterEvery([...wobbling, ...wobbling], pretended, 200, 50));

  it('agrees after every command over real connections', () =>
    agreesAfterEvery([], overRealConnections, 40, 30));
});
