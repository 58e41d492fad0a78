/** What one secret is used for: names that say nothing about people, and handles that say nothing about calls. */
export interface Secrets {
  /** HMAC-SHA-256 as 43 characters of base64url; the same for the same secret, purpose and value. */
  pseudonym(purpose: 'user' | 'address', value: string): Promise<string>;
  /** Encrypts and authenticates (AES-256-GCM), for a URL. */
  seal(value: unknown): Promise<string>;
  /** What `seal` was given, or `undefined` for anything that another made or changed. */
  open(sealed: string): Promise<unknown>;
}

const IV_BYTES = 12;
const MAX_SEALED = 1_024;

/** Derives all keys from `secret`; each purpose has its own. */
export function secretsFrom(secret: string): Secrets {
  return {
    async pseudonym(purpose, value) {
      return toBase64Url(await hmac(secret, `${purpose}:${value}`));
    },
    async seal(value) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const text = new TextEncoder().encode(JSON.stringify(value));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await handleKey(secret), text);
      return toBase64Url(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
    },
    async open(sealed) {
      if (!/^[\w-]+$/.test(sealed) || sealed.length > MAX_SEALED) return undefined;
      try {
        const bytes = fromBase64Url(sealed);
        const iv = bytes.subarray(0, IV_BYTES);
        const key = await handleKey(secret);
        const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes.subarray(IV_BYTES));
        return JSON.parse(new TextDecoder().decode(text));
      } catch {
        return undefined;
      }
    },
  };
}

async function hmac(secret: string, message: string): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(message)));
}

async function handleKey(secret: string): Promise<CryptoKey> {
  const bytes = await hmac(secret, 'call handles');
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
