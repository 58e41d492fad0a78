/** Never loaded: what the types refuse. */
export const refused = (
  <>
    {/* @ts-expect-error -- there is no such layout */}
    <realtime-voice layout="round" />
    {/* @ts-expect-error -- an event has a detail of its own */}
    <realtime-voice onrealtime-error={({ detail }) => detail.status} />
  </>
);
