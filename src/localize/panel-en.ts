import type { PanelStrings } from './panel-strings.js';

const number = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const events = (count: number): string => `${number.format(count)} ${count === 1 ? 'event' : 'events'}`;

const en: PanelStrings = {
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
  compose: { open: 'Send an event' },
  total: events,
  dropped: (count) =>
    `${number.format(count)} older ${count === 1 ? 'event is' : 'events are'} no longer kept. They are still counted.`,
  pause: 'Pause',
  resume: 'Resume',
  paused: (count) => (count === 0 ? 'Paused' : `${number.format(count)} new`),
  clear: 'Clear',
  download: 'Download log',
  import: 'Open log …',
  more: 'More',
  collapse: 'Collapse',
  expand: 'Expand',
  redactText: 'Hide what was said',
  imported: (name, count) => `${name || 'Opened log'} · ${events(count)}`,
  closeImport: 'Back to live',
  importFailed: (line, reason) => `This log cannot be read. Line ${line}: ${reason}`,
  unreadable: 'This file cannot be read.',
  empty: 'No events yet. They appear here as soon as a call begins.',
  emptyFilter: 'No event matches the filter.',
  columns: {
    type: 'Event',
    direction: 'Direction',
    count: 'Count',
    share: 'Share',
    rate: 'Rate',
    last: 'Last seen',
  },
  rate: (perSecond) =>
    perSecond === 0 ? '–' : `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`,
  moreTypes: (types) => `and ${number.format(types)} more types`,
  showEvents: (type) => `Show the events of type ${type}`,
  filter: 'Filter',
  filterHint: 'Filter by type or content',
  clearFilter: 'Clear the filter',
  direction: 'Direction',
  directions: { all: 'All', server: 'Received', client: 'Sent' },
  errorsOnly: 'Errors',
  follow: 'Jump to the latest',
  detail: {
    title: 'Chosen event',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'This page may not use the clipboard',
    close: 'Close',
    toError: 'The server refused this: show the error',
    toCause: (type) => `Show the ${type} that it is about`,
    moreEntries: (entries) => `Show ${number.format(entries)} more`,
    moreText: (characters) => `Show all ${number.format(characters)} characters`,
  },
  guide: {
    when: 'When it comes',
    page: 'What a page does with it',
    before: 'Usually before it',
    after: 'Usually after it',
    unknown: (type) =>
      `The protocol has no event called ${type}. Other servers add their own; a client passes over them.`,
  },
  call: (call) => `Call ${call}`,
};

export default en;
