import { record, text, type ServerEvent } from '../protocol/server-event.js';
import { charge, onItem, withItem, type Conversation, type Moment } from './conversation.js';
import {
  appendDelta,
  deltaOf,
  finishPart,
  learn,
  partOf,
  replaceDelta,
  sureness,
  type Item,
} from './item.js';
import { linkAfter, previousId } from './reduce-items.js';
import type { Handler } from './reduce.js';
import { transcriptionUsage } from './usage.js';

const TRANSCRIPTION = 'conversation.item.input_audio_transcription';

const SPOKEN: Partial<Item> = { role: 'user', spoken: true };

/** The visitor's side: speech noticed, taken and transcribed, in whichever order that happens. */
export const inputHandlers: Readonly<Record<string, Handler>> = {
  'input_audio_buffer.speech_started': (c, event, time) =>
    now(
      onSpoken(c, event, time, (item) => item),
      { hearing: text(event, 'item_id') ?? '', awaiting: false },
    ),
  'input_audio_buffer.speech_stopped': (c, event, time) =>
    now(
      onSpoken(c, event, time, (item) => item),
      { hearing: null, awaiting: answers(c) },
    ),
  'input_audio_buffer.committed': (c, event, time) => {
    const previous = previousId(c, event);
    const placed = onSpoken(c, event, time, (item) =>
      learn(linkAfter(item, previous, true), { added: true }),
    );
    return c.moment.hearing === null ? placed : now(placed, { hearing: null, awaiting: answers(c) });
  },
  'input_audio_buffer.cleared': (c) => {
    const { hearing } = c.moment;
    const silent = now(c, { hearing: null, awaiting: false });
    return hearing ? withItem(silent, hearing, (item) => learn(item, { discarded: true })) : silent;
  },
  'input_audio_buffer.timeout_triggered': (c, event, time) =>
    onSpoken(c, event, time, (item) => learn(item, { idle: true })),
  [`${TRANSCRIPTION}.delta`]: (c, event, time) =>
    onSpoken(c, event, time, (item) => appendDelta(item, partOf(event), deltaOf(event))),
  [`${TRANSCRIPTION}.updated`]: (c, event, time) =>
    onSpoken(c, event, time, (item) => replaceDelta(item, partOf(event), text(event, 'transcript') ?? '')),
  [`${TRANSCRIPTION}.completed`]: (c, event, time) => {
    const words = text(event, 'transcript');
    const said = onSpoken(c, event, time, (item) => {
      const heard = words === undefined ? item : finishPart(item, partOf(event), words, sureness.done, true);
      return learn(heard, { transcription: 'completed' });
    });
    const bill = `transcription ${text(event, 'item_id')} ${partOf(event)}`;
    return charge(said, bill, record(event, 'usage'), transcriptionUsage);
  },
  [`${TRANSCRIPTION}.failed`]: (c, event, time) =>
    onSpoken(c, event, time, (item) =>
      item.transcription ? item : learn(item, { transcription: 'failed' }),
    ),
};

/** The conversation at another moment, or the same one when nothing about the moment is new. */
export function now(c: Conversation, change: Partial<Moment>): Conversation {
  const moment = learn<Moment>(c.moment, change);
  return moment === c.moment ? c : { ...c, moment };
}

function onSpoken(
  c: Conversation,
  event: ServerEvent,
  time: number | undefined,
  update: (item: Item) => Item,
): Conversation {
  return onItem(c, event, time, (item) => update(learn(item, SPOKEN)));
}

/** Unless the session says that answers have to be asked for, one follows. */
function answers(c: Conversation): boolean {
  return c.session.answers ?? true;
}
