/** A model that the provider will switch off, or has. */
export interface Retirement {
  /** The last day, as YYYY-MM-DD. */
  readonly day: string;
  readonly successor: string;
}

const talking = (day: string): Retirement => ({ day, successor: 'gpt-realtime-2.1' });
const mini = (day: string): Retirement => ({ day, successor: 'gpt-realtime-2.1-mini' });
const transcriber: Retirement = { day: '2027-02-26', successor: 'gpt-transcribe' };

/** Models of OpenAI with an announced end, as of November 2026. */
const RETIREMENTS: Readonly<Record<string, Retirement>> = {
  'gpt-realtime': talking('2027-01-20'),
  'gpt-realtime-2025-08-28': talking('2027-01-20'),
  'gpt-realtime-mini': mini('2027-01-20'),
  'gpt-realtime-mini-2025-12-15': mini('2027-01-20'),
  'gpt-realtime-mini-2025-10-06': mini('2026-07-23'),
  'gpt-audio-mini': mini('2027-01-20'),
  'gpt-audio-mini-2025-12-15': mini('2027-01-20'),
  'gpt-4o-realtime-preview': talking('2026-05-07'),
  'gpt-4o-mini-realtime-preview': mini('2026-05-07'),
  'whisper-1': transcriber,
  'gpt-4o-transcribe': transcriber,
  'gpt-4o-mini-transcribe': transcriber,
  'gpt-4o-mini-transcribe-2025-12-15': transcriber,
  'gpt-4o-transcribe-diarize': transcriber,
};

/** When a model ends; `undefined` when nobody has announced it. A dated snapshot ends with its model unless it is named. */
export function retirementOf(model: string): Retirement | undefined {
  const named = [model, model.replace(/-\d{4}-\d{2}-\d{2}$/, '')].find((name) =>
    Object.hasOwn(RETIREMENTS, name),
  );
  return named === undefined ? undefined : RETIREMENTS[named];
}
