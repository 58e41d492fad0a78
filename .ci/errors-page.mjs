/** Writes demo/errors.md from the table of error codes and the English words; with `--check` it only tells whether it drifted. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import en from '../src/locales/en.ts';
import { errorCodes } from '../src/session/error-codes.ts';

const PAGE = 'demo/errors.md';
const RETRIES = { auto: 'by itself', user: 'the visitor', never: 'nobody' };

const rows = Object.entries(errorCodes).map(([code, { retry, fatal, sentence, hint }]) =>
  [`\`${code}\``, said(code, sentence), hint, RETRIES[retry], fatal ? 'yes' : ''].map(escaped).join(' | '),
);
const text = `# Errors

Every failure of \`<realtime-voice>\` is a \`RealtimeError\` with one of these codes. The visitor reads a sentence in the
language of the page; \`error.hint\` (or \`error.message\`, where more is known) is for the developer. Programs should
look at \`error.code\` alone: a new code is a minor release, a changed meaning a major one (before 1.0, a minor one).

Where to hear of them:

- Most come with the event \`realtime-error\`. \`error.fatal\` says whether it ended the call; when a session is renewed in
  time and that fails, the call goes on. An error that keeps a call from starting is fatal, whatever the table says.
- The \`limit.*\` codes come with \`realtime-status-change\` (\`reason: 'limit'\`).
- A method that you call (\`sendText()\`, \`sendImage()\`, \`send()\`, \`interrupt()\`, \`startTalking()\`, \`approve()\`, \`reject()\`) rejects with its error, without an event.
  \`start()\` rejects as well, beside the event; with \`lifecycle.aborted\` alone when you stop the call meanwhile.

“By itself” in the table: while a lost call is restored, the widget tries again. At the start of a call it fails at once, unless
the server says when to try again (\`Retry-After\`); only a refused token is replaced once.

With \`session-endpoint\`, “the calls URL” of the \`signaling.*\` codes is that endpoint. For pages of another origin it has to allow
the header \`X-Realtime-Voice\`.

No error holds a key, a token, SDP or what a server wrote around its own message. \`error.status\` is the HTTP status,
\`error.retryAfterMs\` what the server asked to wait, \`error.causeName\` the name of what the browser threw.

This page is made from the sources (\`npm run readme\`).

| Code | The visitor reads | What it means | Who may try again | Ends the call |
| --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join('\n')}
`;
const written = await format(text, { parser: 'markdown', singleQuote: true, printWidth: 110 });
if (!process.argv.includes('--check')) writeFileSync(PAGE, written);
else if (written !== readFileSync(PAGE, 'utf8')) {
  console.error(`${PAGE} is not what the sources say: run \`npm run readme\`.`);
  process.exitCode = 1;
}

/** What the widget shows; a call that was called off is no news to who called it off. */
function said(code, sentence) {
  if (code === 'lifecycle.aborted') return 'nothing';
  return en.limits[code] ?? en.errors[sentence];
}

function escaped(cell) {
  return cell.replaceAll('|', '\\|');
}
