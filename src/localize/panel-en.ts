import type { FrameStrings } from './panel-strings.js';

const number = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const events = (count: number): string => `${number.format(count)} ${count === 1 ? 'event' : 'events'}`;

const en: FrameStrings = {
  heading: 'Realtime events',
  views: { counts: 'Counts', log: 'Log', timeline: 'Timeline' },
  chooseView: 'View',
  origins: { server: 'received', client: 'sent', local: 'widget' },
  sides: {
    server: (count) => `${number.format(count)} received`,
    client: (count) => `${number.format(count)} sent`,
  },
  number: (value) => number.format(value),
  percent: (share) => percent.format(share),
  failures: (count) => `${number.format(count)} failed`,
  total: events,
  dropped: (count) =>
    `${number.format(count)} older ${count === 1 ? 'event is' : 'events are'} no longer kept. They are still counted.`,
  pause: 'Pause',
  resume: 'Resume',
  paused: (count) => (count === 0 ? 'Paused' : `${number.format(count)} new`),
  clear: 'Clear',
  download: 'Download log',
  import: 'Open a log',
  compose: 'Send an event',
  collapse: 'Collapse',
  expand: 'Expand',
  empty: 'No events yet. They appear here as soon as a call begins.',
  columns: {
    type: 'Event',
    direction: 'Direction',
    count: 'Count',
    share: 'Share',
    rate: 'Rate',
    last: 'Last seen',
  },
  sortBy: { first: 'Sort by when it was first seen', count: 'Sort by count' },
  rate: (perSecond) =>
    perSecond === 0 ? '–' : `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`,
  moreTypes: (types) => `and ${number.format(types)} more ${types === 1 ? 'type' : 'types'}`,
  matters: {
    levels: { essential: 'Essential', useful: 'Useful', rare: 'Special', ignore: 'May be ignored' },
    only: 'Only what matters',
    hidden: (types, count) =>
      `${number.format(types)} ${types === 1 ? 'type' : 'types'} with ${events(count)} left out: a voice page rarely needs them.`,
    showAll: 'Show all',
    lesson: 'What just happened?',
  },
  showEvents: (type) => `Show the events of type ${type}`,
};

export default en;
