/**
 * Whether the text can be a browser's offer for a voice call: one audio section, one data channel, nothing else. What the
 * lines say is left to the upstream, which has a real parser.
 */
export function isVoiceOffer(sdp: string): boolean {
  if (!sdp.startsWith('v=0\r\n') && !sdp.startsWith('v=0\n')) return false;
  // Every line has the form "x=…", which HTML, JSON and binary have not.
  const lines = sdp.replace(/\r?\n$/, '').split(/\r?\n/);
  if (!lines.every((line) => /^[a-z]=[^\0\r]*$/.test(line))) return false;
  const media = lines.flatMap((line) => /^m=(\S+) /.exec(line)?.[1] ?? []);
  return media.sort().join() === 'application,audio';
}
