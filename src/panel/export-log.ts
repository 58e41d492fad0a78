import { redactLog } from '../event-log/redact-log.js';
import { writeLog, type LogFormat } from '../event-log/write-log.js';
import type { Envelope } from '../protocol/envelope.js';
import type { Masking } from './panel-host.js';

/** The events as text, without what must not leave the page. */
export function exportLog(entries: readonly Envelope[], masking: Masking, format: LogFormat): string {
  const { redact, redactText } = masking;
  const allowed = redact ? entries.map((entry) => redact(entry)).filter((entry) => entry !== null) : entries;
  return writeLog(redactLog(allowed, { text: redactText }), format);
}

/** Saves a log as a file, named after the time. */
export function saveFile(log: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([log], { type: 'application/jsonl' }));
  link.download = `realtime-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.jsonl`;
  link.click();
  URL.revokeObjectURL(link.href);
}
