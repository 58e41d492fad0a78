/** @jsxImportSource preact */
export const fits = (
  <realtime-voice class="assistant" layout="floating" onrealtime-error={({ detail }) => detail.error.code} />
);
// @ts-expect-error -- there is no such layout
export const refused = <realtime-voice layout="round" />;
