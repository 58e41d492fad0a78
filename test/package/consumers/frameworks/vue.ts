import type { GlobalComponents } from 'vue';

type Voice = InstanceType<GlobalComponents['realtime-voice']>['$props'];

export const fits: Voice = {
  class: 'assistant',
  layout: 'floating',
  onRealtimeError: ({ detail }) => detail.error.code,
};
// @ts-expect-error -- there is no such layout
export const refused: Voice = { layout: 'round' };
