import type { Conversation } from '../conversation/conversation.js';
import { transcript } from '../conversation/transcript.js';
import type { Turn } from '../conversation/turn.js';
import type { SessionEventDetails } from './session-events.js';

type Change = SessionEventDetails['transcript'];

/** What one event changed in the transcript, in conversation order; removals last. */
export function transcriptChanges(before: Conversation, after: Conversation): readonly Change[] {
  if (before.items === after.items && before.session === after.session) return [];
  return grownTurn(before, after) ?? compare(transcript(before), transcript(after));
}

/**
 * The common case, a turn that grew while all else stayed: found by comparing pointers, without building a transcript
 * for every delta of a long conversation.
 */
function grownTurn(before: Conversation, after: Conversation): readonly Change[] | undefined {
  if (before.arrivals !== after.arrivals || before.session !== after.session) return undefined;
  const changes: Change[] = [];
  for (let place = 0; place < after.items.length; place += 1) {
    const [old, item] = [before.items[place], after.items[place]];
    if (item === old || item?.turn === old?.turn) continue;
    // Turns that appear, vanish or wait for words, and items that hide others, are a matter for the whole transcript.
    if (!item?.turn?.text || !old?.turn?.text || item.idle || item.role === 'system') return undefined;
    changes.push({ change: changeOf(old.turn, item.turn), turn: item.turn });
  }
  return changes;
}

function compare(before: readonly Turn[], after: readonly Turn[]): readonly Change[] {
  const known = new Map(before.map((turn) => [turn.id, turn]));
  const changes: Change[] = [];
  for (const turn of after) {
    const old = known.get(turn.id);
    known.delete(turn.id);
    if (old !== turn) changes.push({ change: old ? changeOf(old, turn) : 'added', turn });
    if (!old && turn.status !== 'streaming') changes.push({ change: 'done', turn });
  }
  return [...changes, ...[...known.values()].map((turn) => ({ change: 'removed' as const, turn }))];
}

function changeOf(old: Turn, turn: Turn): Change['change'] {
  return old.status === 'streaming' && turn.status !== 'streaming' ? 'done' : 'updated';
}
