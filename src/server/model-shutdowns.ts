/** Announced ends of models for realtime sessions and their transcription, from OpenAI's own type comments. */
const SHUTDOWNS: Readonly<Record<string, string>> = {
  'gpt-4o-realtime-preview': '2026-05-07',
  'gpt-4o-mini-realtime-preview': '2026-05-07',
  'gpt-realtime-mini-2025-10-06': '2026-07-23',
  'gpt-realtime': '2027-01-20',
  'gpt-realtime-2025-08-28': '2027-01-20',
  'gpt-realtime-mini': '2027-01-20',
  'gpt-realtime-mini-2025-12-15': '2027-01-20',
  'whisper-1': '2027-02-26',
  'gpt-4o-transcribe': '2027-02-26',
  'gpt-4o-transcribe-diarize': '2027-02-26',
  'gpt-4o-mini-transcribe': '2027-02-26',
  'gpt-4o-mini-transcribe-2025-12-15': '2027-02-26',
};

/** The date (ISO) on which the model stops to answer, or `null` when none is announced. */
export function shutdownDate(model: string): string | null {
  return Object.hasOwn(SHUTDOWNS, model) ? (SHUTDOWNS[model] ?? null) : null;
}

/** Warns on the console about each model that will stop to answer: once per model for the returned function. */
export function shutdownWarner(): (models: readonly string[]) => void {
  const seen = new Set<string>();
  return (models) => {
    for (const model of models) {
      const date = shutdownDate(model);
      if (date === null || seen.has(model)) continue;
      seen.add(model);
      console.warn(
        `[realtime-voice] The model "${model}" shuts down on ${date}. Choose another in \`session\`.`,
      );
    }
  };
}
