import { RealtimeError } from './realtime-error.js';

/** Longest sides and JPEG qualities to try, best first. */
const ATTEMPTS = [
  [2_048, 0.85],
  [1_536, 0.8],
  [1_024, 0.8],
  [768, 0.75],
  [512, 0.7],
  [384, 0.6],
  [256, 0.5],
] as const;

/** Room for the event around the image. */
const ENVELOPE_BYTES = 512;

/**
 * The image as a `data:` URL that fits into one message: re-encoded as JPEG, which also strips its metadata, and shrunk
 * as far as the channel asks for.
 *
 * @param image a blob, or a URL that this page may read
 * @param maxBytes the longest message of the channel
 * @throws RealtimeError `image.invalid` or `image.too_large`
 */
export async function imageDataUrl(image: Blob | string, maxBytes: number): Promise<string> {
  const bitmap = await decode(image);
  try {
    for (const [side, quality] of ATTEMPTS) {
      const url = await encode(bitmap, side, quality);
      if (url.length + ENVELOPE_BYTES <= maxBytes) return url;
    }
  } finally {
    bitmap.close();
  }
  throw new RealtimeError('image.too_large');
}

async function decode(image: Blob | string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(typeof image === 'string' ? await load(image) : image);
  } catch (error) {
    throw new RealtimeError('image.invalid', { cause: error });
  }
}

async function load(url: string): Promise<Blob> {
  const [, type, base64] = /^data:([^;,]*);base64,(.*)$/s.exec(url) ?? [];
  // Read by hand: a strict `connect-src` forbids to fetch even a `data:` URL.
  if (base64 === undefined) return (await fetch(url)).blob();
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], {
    type: type ?? '',
  });
}

async function encode(bitmap: ImageBitmap, side: number, quality: number): Promise<string> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new RealtimeError('image.invalid');
  // JPEG has no transparency: what shows through should be paper, not black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return dataUrl(blob);
}

async function dataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:${blob.type};base64,${btoa(binary)}`;
}
