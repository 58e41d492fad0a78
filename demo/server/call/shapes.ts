import {
  anything,
  between,
  either,
  fields,
  flag,
  having,
  invalid,
  isObject,
  list,
  matching,
  missing,
  nullOr,
  oneOf,
  text,
  type Check,
} from './checks.js';

const VOICES = ['alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse', 'marin', 'cedar'];

const isTool = (value: unknown): boolean =>
  isObject(value) &&
  (value['type'] === 'mcp'
    ? typeof value['server_label'] === 'string'
    : value['type'] === 'function' && typeof value['name'] === 'string');

const MODALITIES = matching(
  (value) => Array.isArray(value) && value.length === 1 && ['audio', 'text'].includes(value[0]),
  '["audio"] or ["text"]',
);
const TOOLS = list(matching(isTool, 'a function with a name, or an mcp server with a label'));
const MAX_TOKENS = either(oneOf('inf'), between(1, 4_096));
const OUTPUT = fields({
  format: anything,
  voice: either(oneOf(...VOICES), fields({ id: text }, 'id')),
  speed: between(0.25, 1.5),
});

/** What a session may be told. */
export const SESSION = fields({
  type: oneOf('realtime'),
  model: text,
  instructions: text,
  output_modalities: MODALITIES,
  audio: fields({
    input: fields({
      format: anything,
      noise_reduction: nullOr(fields({ type: oneOf('near_field', 'far_field'), strength: anything })),
      transcription: nullOr(
        fields({
          model: text,
          language: text,
          languages: list(text),
          keywords: list(text),
          prompt: text,
          delay: text,
        }),
      ),
      turn_detection: nullOr(
        fields(
          {
            type: oneOf('server_vad', 'semantic_vad'),
            threshold: between(0, 1),
            prefix_padding_ms: between(0, 10_000),
            silence_duration_ms: between(0, 10_000),
            idle_timeout_ms: nullOr(between(5_000, 30_000)),
            eagerness: oneOf('low', 'medium', 'high', 'auto'),
            create_response: flag,
            interrupt_response: flag,
          },
          'type',
        ),
      ),
    }),
    output: OUTPUT,
  }),
  tools: TOOLS,
  tool_choice: anything,
  parallel_tool_calls: flag,
  reasoning: anything,
  max_output_tokens: MAX_TOKENS,
  include: nullOr(list(text)),
  prompt: anything,
  tracing: anything,
  truncation: anything,
});

/** Which parts a message may have, by who says it. Sound of the assistant's cannot be put back. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  user: ['input_text', 'input_audio', 'input_image'],
  assistant: ['output_text'],
  system: ['input_text'],
};

const PART = (types: readonly string[]): Check =>
  having({ type: oneOf(...types) }, { text, image_url: text, transcript: text });

const message: Check = (item, path) => {
  const { role } = item as { role?: unknown };
  const types = typeof role === 'string' && Object.hasOwn(PARTS, role) ? PARTS[role] : undefined;
  if (!types) return invalid(`${path}.role`, 'user, assistant or system');
  return having({ content: list(PART(types)) })(item, path);
};

const ITEMS: Readonly<Record<string, Check>> = {
  message,
  function_call: having({ name: text, arguments: text }, { call_id: text }),
  function_call_output: having({ call_id: text, output: text }),
  mcp_approval_response: having({ approval_request_id: text, approve: flag }),
};

/** What a client may add to a conversation. */
export const ITEM: Check = (item, path) => {
  if (!isObject(item)) return missing(path);
  const { type } = item;
  const check = typeof type === 'string' && Object.hasOwn(ITEMS, type) ? ITEMS[type] : undefined;
  if (!check) return invalid(`${path}.type`, Object.keys(ITEMS).join(', '));
  return having({}, { id: text })(item, path) ?? check(item, path);
};

/** What a response may be told. */
export const RESPONSE = fields({
  conversation: oneOf('auto', 'none'),
  input: list(either(having({ type: oneOf('item_reference'), id: text }), ITEM)),
  instructions: text,
  metadata: anything,
  output_modalities: MODALITIES,
  audio: fields({ output: OUTPUT }),
  tools: TOOLS,
  tool_choice: anything,
  parallel_tool_calls: flag,
  reasoning: anything,
  max_output_tokens: MAX_TOKENS,
  prompt: anything,
});
