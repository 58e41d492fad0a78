type Neighbours = readonly [before: readonly string[], after: readonly string[]];

const transcription = 'conversation.item.input_audio_transcription';

/** What usually comes right before and right after each event. Its keys are the types that the guide describes. */
export const neighbours = {
  'session.created': [['local.token'], ['session.update']],
  'session.updated': [['session.update'], []],
  'transcription_session.created': [[], ['transcription_session.update']],
  'transcription_session.updated': [['transcription_session.update'], []],
  'conversation.created': [['session.created'], []],
  'conversation.item.added': [
    ['input_audio_buffer.committed', 'response.output_item.added', 'conversation.item.create'],
    ['response.content_part.added', 'conversation.item.done'],
  ],
  'conversation.item.created': [['input_audio_buffer.committed', 'response.output_item.added'], []],
  'conversation.item.done': [
    ['conversation.item.added', 'response.output_item.done'],
    ['response.created', 'response.done'],
  ],
  'conversation.item.deleted': [['conversation.item.delete'], []],
  'conversation.item.retrieved': [['conversation.item.retrieve'], []],
  'conversation.item.truncated': [['output_audio_buffer.cleared'], ['response.done']],
  [`${transcription}.delta`]: [['input_audio_buffer.committed'], [`${transcription}.completed`]],
  [`${transcription}.updated`]: [['input_audio_buffer.speech_started'], [`${transcription}.completed`]],
  [`${transcription}.completed`]: [['input_audio_buffer.committed', `${transcription}.delta`], []],
  [`${transcription}.segment`]: [['input_audio_buffer.committed'], [`${transcription}.completed`]],
  [`${transcription}.failed`]: [['input_audio_buffer.committed'], []],
  'input_audio_buffer.speech_started': [
    [],
    ['output_audio_buffer.cleared', 'input_audio_buffer.speech_stopped'],
  ],
  'input_audio_buffer.speech_stopped': [
    ['input_audio_buffer.speech_started'],
    ['input_audio_buffer.committed'],
  ],
  'input_audio_buffer.committed': [
    ['input_audio_buffer.speech_stopped', 'input_audio_buffer.commit'],
    ['conversation.item.added'],
  ],
  'input_audio_buffer.cleared': [['input_audio_buffer.clear'], []],
  'input_audio_buffer.timeout_triggered': [['output_audio_buffer.stopped'], ['input_audio_buffer.committed']],
  'input_audio_buffer.dtmf_event_received': [[], []],
  'output_audio_buffer.started': [
    ['response.content_part.added'],
    ['response.output_audio_transcript.delta'],
  ],
  'output_audio_buffer.stopped': [['response.done'], ['input_audio_buffer.speech_started']],
  'output_audio_buffer.cleared': [
    ['input_audio_buffer.speech_started', 'output_audio_buffer.clear'],
    ['conversation.item.truncated'],
  ],
  'response.created': [['response.create', 'conversation.item.done'], ['response.output_item.added']],
  'response.output_item.added': [
    ['response.created'],
    ['conversation.item.added', 'response.function_call_arguments.delta'],
  ],
  'response.content_part.added': [
    ['conversation.item.added'],
    ['output_audio_buffer.started', 'response.output_text.delta'],
  ],
  'response.output_text.delta': [['response.content_part.added'], ['response.output_text.done']],
  'response.output_text.done': [['response.output_text.delta'], ['response.content_part.done']],
  'response.output_audio_transcript.delta': [
    ['output_audio_buffer.started'],
    ['response.output_audio_transcript.done'],
  ],
  'response.output_audio_transcript.done': [
    ['response.output_audio_transcript.delta'],
    ['response.content_part.done'],
  ],
  'response.output_audio.delta': [['response.content_part.added'], ['response.output_audio.done']],
  'response.output_audio.done': [
    ['response.output_audio_transcript.delta'],
    ['response.output_audio_transcript.done'],
  ],
  'response.content_part.done': [
    ['response.output_audio_transcript.done', 'response.output_text.done'],
    ['response.output_item.done'],
  ],
  'response.output_item.done': [
    ['response.content_part.done', 'response.function_call_arguments.done'],
    ['conversation.item.done', 'response.done'],
  ],
  'response.done': [['response.output_item.done'], ['output_audio_buffer.stopped']],
  'response.function_call_arguments.delta': [
    ['response.output_item.added'],
    ['response.function_call_arguments.done'],
  ],
  'response.function_call_arguments.done': [
    ['response.function_call_arguments.delta'],
    ['response.output_item.done'],
  ],
  'response.mcp_call_arguments.delta': [['response.output_item.added'], ['response.mcp_call_arguments.done']],
  'response.mcp_call_arguments.done': [
    ['response.mcp_call_arguments.delta'],
    ['response.mcp_call.in_progress'],
  ],
  'response.mcp_call.in_progress': [['response.mcp_call_arguments.done'], ['response.mcp_call.completed']],
  'response.mcp_call.completed': [['response.mcp_call.in_progress'], ['response.output_item.done']],
  'response.mcp_call.failed': [['response.mcp_call.in_progress'], ['response.output_item.done']],
  'mcp_list_tools.in_progress': [['session.updated'], ['mcp_list_tools.completed']],
  'mcp_list_tools.completed': [['mcp_list_tools.in_progress'], []],
  'mcp_list_tools.failed': [['mcp_list_tools.in_progress'], []],
  'rate_limits.updated': [['response.created'], []],
  error: [[], []],
  'session.update': [['session.created'], ['session.updated', 'error']],
  'transcription_session.update': [['transcription_session.created'], ['transcription_session.updated']],
  'conversation.item.create': [[], ['conversation.item.added', 'response.create']],
  'conversation.item.retrieve': [[], ['conversation.item.retrieved']],
  'conversation.item.truncate': [['input_audio_buffer.speech_started'], ['conversation.item.truncated']],
  'conversation.item.delete': [[], ['conversation.item.deleted']],
  'input_audio_buffer.append': [[], ['input_audio_buffer.commit']],
  'input_audio_buffer.commit': [
    ['input_audio_buffer.clear'],
    ['input_audio_buffer.committed', 'response.create'],
  ],
  'input_audio_buffer.clear': [[], ['input_audio_buffer.cleared']],
  'output_audio_buffer.clear': [['response.cancel'], ['output_audio_buffer.cleared']],
  'response.create': [['conversation.item.create', 'input_audio_buffer.commit'], ['response.created']],
  'response.cancel': [['response.created'], ['output_audio_buffer.clear', 'response.done']],
  'local.token': [['local.status'], ['session.created']],
  'local.status': [[], []],
  'local.ended': [[], ['local.status']],
  'local.restored': [['session.created'], ['conversation.item.create']],
  'local.transcription_timeout': [['input_audio_buffer.committed'], []],
  'local.approval_request': [['response.done'], ['local.approval']],
  'local.approval': [['local.approval_request'], ['conversation.item.create']],
  malformed: [[], []],
} as const satisfies Readonly<Record<string, Neighbours>>;

/** A type that the guide describes. */
export type GuidedType = keyof typeof neighbours;
