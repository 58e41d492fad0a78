import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { Activity } from '../../src/conversation/turn.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { RealtimeSession } from '../../src/session/session.js';
import type { SessionEventDetails, SessionEventName } from '../../src/session/session-events.js';
import type { SessionState } from '../../src/session/session-view.js';
import type { Status } from '../../src/session/status.js';

/** A session that is put into any state, with no call behind it. */
export class StagedSession extends RealtimeSession {
  show(status: Status, news: Partial<SessionState> = {}): void {
    const previous = this.status;
    this.state = { ...this.state, phase: null, reason: null, retryAt: null, error: null, ...news, status };
    const { phase, reason, error, retryAt } = this.state;
    this.emit('statuschange', { status, previous, phase, reason, error, retryAt });
  }
  act(activity: Activity): void {
    this.changeActivity(activity);
  }
  receive(events: readonly ServerEvent[]): void {
    for (const event of events) this.record.received(JSON.stringify(event));
  }
  tell<Name extends SessionEventName>(name: Name, detail: SessionEventDetails[Name]): void {
    this.emit(name, detail);
  }
}

/** The element with such a session. */
export class StagedVoice extends RealtimeVoiceElement {
  declare stage: StagedSession;

  protected override createSession(): RealtimeSession {
    this.stage = new StagedSession();
    return this.stage;
  }

  /** What the first part of that name says. */
  text(part: string): string {
    return this.renderRoot.querySelector(`[part~="${part}"]`)?.textContent.trim() ?? '';
  }
}
StagedVoice.define('staged-voice');
