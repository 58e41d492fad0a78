import type { SvelteHTMLElements } from 'svelte/elements';

type Voice = SvelteHTMLElements['realtime-voice'];

export const fits: Voice = {
  class: 'assistant',
  layout: 'floating',
  'onrealtime-error': ({ detail }) => detail.error.code,
};
// @ts-expect-error -- there is no such layout
export const refused: Voice = { layout: 'round' };
