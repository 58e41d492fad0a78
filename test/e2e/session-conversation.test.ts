import { expect } from '@open-wc/testing';
import { RealtimeSession, type Turn } from '../../src/core.js';
import type { SessionEvent } from '../../src/core.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker, type Speaker } from '../support/speech.js';

describe('a session with the local service', function () {
  this.timeout(40_000);
  let speaker: Speaker;
  let session: RealtimeSession;

  beforeEach(async () => {
    speaker = await openSpeaker();
    session = new RealtimeSession();
    session.configure({ tokenEndpoint: tokenEndpoint(), apiUrl, mediaStream: speaker.stream });
    (window as unknown as { session: RealtimeSession }).session = session;
  });

  afterEach(async () => {
    session.stop();
    await speaker.close();
  });

  const done = (role: Turn['role']): Promise<SessionEvent<'transcript'>> =>
    nextEvent(
      session,
      'transcript',
      ({ detail }: SessionEvent<'transcript'>) => detail.change === 'done' && detail.turn.role === role,
    );

  it('hears what the visitor says and answers', async () => {
    const log: string[] = [];
    session.on('protocolevent', ({ detail }) =>
      log.push(
        `${detail.origin} ${detail.type} ${JSON.stringify((detail.event as { error?: unknown }).error ?? '')}`,
      ),
    );
    await session.start();
    const heard = done('user');
    const answered = done('assistant');
    await speaker.say('what is your name');
    const timer = setTimeout(() => console.log(log.filter((l) => !l.includes('delta')).join('\n')), 10_000);
    expect((await heard).detail.turn.text).to.equal('What is your name?');
    expect((await answered).detail.turn.text).to.contain('local demo');
    clearTimeout(timer);
    expect(session.turns.map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
  });

  it('answers what is typed', async () => {
    await session.start();
    const answered = done('assistant');
    await session.sendText('hello');
    expect((await answered).detail.turn.text).to.equal('Hello! How can I help you today?');
  });
});
