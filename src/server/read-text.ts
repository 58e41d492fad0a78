import { within } from './deadline.js';

/**
 * The body as text, or `null` as soon as it is longer than `limit` bytes: the rest is never read, whatever
 * `Content-Length` says.
 */
export async function readText(
  { body }: Request | Response,
  limit: number,
  signal: AbortSignal,
): Promise<string | null> {
  if (!body) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await within(signal, reader.read());
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > limit) return null;
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    // A no-op at the end; otherwise lets go of the sender. Its failure would hide the reason we stopped for.
    reader.cancel().catch(() => undefined);
  }
}
