import type { JsonRecord } from './server-event.js';

/** A message to the server. Any client event of the protocol may be sent; `type` is all that is required here. */
export interface ClientEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Changes the session. `session.type` is added here because the server refuses an update without it. */
export function sessionUpdate(session: JsonRecord): ClientEvent {
  return { type: 'session.update', session: { type: 'realtime', ...session } };
}

/** Asks for an answer. At most one response may be active, so send it through the response queue. */
export function responseCreate(response?: JsonRecord): ClientEvent {
  return response ? { type: 'response.create', response } : { type: 'response.create' };
}

/** Stops generation. The sound already sent plays on until {@link clearOutputAudio}. */
export function responseCancel(): ClientEvent {
  return { type: 'response.cancel' };
}

/** Drops the sound that the server still holds (WebRTC and SIP only). */
export function clearOutputAudio(): ClientEvent {
  return { type: 'output_audio_buffer.clear' };
}

/** Push-to-talk released: what was said becomes an item. */
export function commitInputAudio(): ClientEvent {
  return { type: 'input_audio_buffer.commit' };
}

/** Push-to-talk pressed, or released too early: what was heard so far is forgotten. */
export function clearInputAudio(): ClientEvent {
  return { type: 'input_audio_buffer.clear' };
}

/** Adds an item at the end of the conversation. */
export function itemCreate(item: JsonRecord): ClientEvent {
  return { type: 'conversation.item.create', item };
}

/** A typed turn of the visitor. */
export function userText(content: string): ClientEvent {
  return itemCreate({
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text: content }],
  });
}

/** An image shown by the visitor, as a `data:` URL of PNG or JPEG. */
export function userImage(imageUrl: string): ClientEvent {
  const content = [{ type: 'input_image', image_url: imageUrl }];
  return itemCreate({ type: 'message', role: 'user', content });
}

/** The result of a function call, as the text that the model reads. */
export function functionCallOutput(callId: string, output: string): ClientEvent {
  return itemCreate({ type: 'function_call_output', call_id: callId, output });
}

/** The visitor's answer to an MCP server's request for approval. */
export function mcpApprovalResponse(requestId: string, approve: boolean, reason?: string): ClientEvent {
  return itemCreate({
    type: 'mcp_approval_response',
    approval_request_id: requestId,
    approve,
    ...(reason && { reason }),
  });
}
