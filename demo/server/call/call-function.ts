import type { ConversationItem } from 'openai/resources/realtime/realtime';
import type { PlannedCall } from '../mind/reply.js';
import { delay } from './abortable.js';
import type { ActiveResponse } from './active-response.js';
import type { Call } from './call.js';
import { newId } from './outgoing.js';

const PIECE_MS = 5;

/** Calls a function of the page's: its arguments come in pieces, its result in a later item of the client's. */
export async function callFunction(
  call: Call,
  active: ActiveResponse,
  { name, arguments: args }: PlannedCall,
): Promise<void> {
  const [item_id, call_id] = [newId('item'), newId('call')];
  const item: ConversationItem = {
    id: item_id,
    type: 'function_call',
    status: 'in_progress',
    name,
    call_id,
    arguments: '',
  };
  const where = { response_id: active.id, item_id, call_id, output_index: active.output.length };
  call.responder.openItem(active, item);
  try {
    for (const delta of JSON.stringify(args).match(/.{1,6}/gs) ?? []) {
      await delay(PIECE_MS, active.controller.signal);
      item.arguments += delta;
      call.send({ type: 'response.function_call_arguments.delta', ...where, delta });
    }
    item.status = 'completed';
  } catch (error) {
    item.status = 'incomplete';
    throw error;
  } finally {
    const { arguments: json } = item;
    call.send({ type: 'response.function_call_arguments.done', ...where, name, arguments: json });
    call.responder.closeItem(active, item);
  }
}
