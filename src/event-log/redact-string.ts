/**
 * Secrets inside a text, and what is written instead. Names of fields are looked for as well, because the arguments and
 * the output of a tool are JSON inside a string.
 */
const SECRETS: readonly (readonly [pattern: RegExp, instead: string | ((found: string) => string)])[] = [
  [
    /\bdata:[\w/+.-]*;base64,[\w+/=-]*|[\w+/-]{200,}={0,2}/g,
    (found) => `[${found.length} characters of data]`,
  ],
  [/\b((?:proxy-)?authorization|(?:set-)?cookie)(\s*:\s*)[^\r\n"'\\]+/gi, '$1$2•••'],
  [/\b(ek|sk|rk|gsk|xai|hf)([_-])[\w-]{6,}/g, '$1$2•••'],
  [/\b(Bearer\s+|Basic\s+(?=[\w+/]{12}))[\w.~+/=-]{6,}/g, '$1•••'],
  // In small letters they are words too: then only what is no word follows them.
  [/\b(bearer\s+|basic\s+)(?=[\w.~+/=-]*\d|[\w.~+/=-]{16})[\w.~+/=-]{12,}/gi, '$1•••'],
  [/(\/\/[^\s:@/"'\\]+:)[^\s@/"'\\]+@/g, '$1•••@'],
  [/\beyJ[\w-]{6,}\.[\w-]{6,}(\.[\w-]*)?/g, '•••'],
  [/\b(AKIA|gh[opsu]_|glpat-|xox[abp]-)[\w-]{8,}/g, '$1•••'],
  [
    /((?:api|private|access|secret)[-_]?key|secret|token|passwor[dt]|authorization|cookie)(\\*["']?\s*[:=]\s*\\*["']?)(?!•)[^\s"'\\,;&}]{3,}/gi,
    '$1$2•••',
  ],
  [/^(a=(?:fingerprint|candidate|ice-ufrag|ice-pwd|crypto|identity)):[^\r\n]*/gm, '$1:•••'],
  [/\bcandidate:\d[^\r\n"]*/g, 'candidate:•••'],
  [/\b[\dA-F]{2}(?::[\dA-F]{2}){15,}\b/gi, '•••'],
  [/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.local\b/gi, '•••.local'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, '•.•.•.•'],
  [/(?<![\w:.])(?:[\da-f]{1,4}:){7}[\da-f]{1,4}(?![\w:])/gi, '•::•'],
  [/(?<![\w:.])(?:[\da-f]{1,4}(?::[\da-f]{1,4})*)?::[\da-f]{1,4}(?::[\da-f]{1,4})*(?![\w:])/gi, '•::•'],
];

/** The text with tokens, keys, media, SDP identities and network addresses masked. */
export function redactString(text: string): string {
  let clean = text;
  for (const [pattern, instead] of SECRETS) {
    // The overloads of replace() take a string or a function, not either.
    clean = typeof instead === 'string' ? clean.replace(pattern, instead) : clean.replace(pattern, instead);
  }
  return clean;
}
