/** @jsxImportSource solid-js */
export const fits = (
  <realtime-voice
    class="assistant"
    layout="floating"
    prop:tools={[]}
    on:realtime-error={({ detail }) => detail.error.code}
  />
);
// @ts-expect-error -- there is no such layout
export const refused = <realtime-voice layout="round" />;
