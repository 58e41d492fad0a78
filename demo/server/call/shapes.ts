import {
  anything,
  between,
  either,
  fields,
  flag,
  invalid,
  isObject,
  list,
  matching,
  missing,
  nullOr,
  oneOf,
  text,
  type Check,
  type Refusal,
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

/** What a response may be told. */
export const RESPONSE = fields({
  conversation: oneOf('auto', 'none'),
  input: list(anything),
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

/** Which parts a message may have, by who says it. Sound of the assistant's cannot be put back. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  user: ['input_text', 'input_audio', 'input_image'],
  assistant: ['output_text'],
  system: ['input_text'],
};

const message: Check = (item, path) => {
  if (!isObject(item)) return invalid(path, 'an object');
  const { role, content } = item;
  const parts = typeof role === 'string' && Object.hasOwn(PARTS, role) ? PARTS[role] : undefined;
  if (!parts) return invalid(`${path}.role`, 'user, assistant or system');
  if (!Array.isArray(content)) return missing(`${path}.content`);
  const wrong = content.findIndex((part) => !isObject(part) || !parts.includes(String(part['type'])));
  return wrong === -1 ? undefined : invalid(`${path}.content[${wrong}].type`, parts.join(', '));
};

const having =
  (...names: readonly string[]): Check =>
  (item, path) => {
    const name = names.find((name) => isObject(item) && item[name] === undefined);
    return name === undefined ? undefined : missing(`${path}.${name}`);
  };

const ITEMS: Readonly<Record<string, Check>> = {
  message,
  function_call: having('name', 'arguments'),
  function_call_output: having('call_id', 'output'),
  mcp_approval_response: having('approval_request_id', 'approve'),
};

/** Finds fault with an item that a client would add. */
export function faultOfItem(item: unknown): Refusal | undefined {
  if (!isObject(item)) return missing('item');
  const type = String(item['type']);
  const check = Object.hasOwn(ITEMS, type) ? ITEMS[type] : undefined;
  return check ? check(item, 'item') : invalid('item.type', Object.keys(ITEMS).join(', '));
}
