import type { FrameStrings } from './panel-strings.js';

const number = new Intl.NumberFormat('ja');
const percent = new Intl.NumberFormat('ja', { style: 'percent', maximumFractionDigits: 1 });
const events = (count: number): string => `${number.format(count)} 件`;

const ja: FrameStrings = {
  heading: 'リアルタイムイベント',
  views: { counts: '件数', log: 'ログ', timeline: 'タイムライン' },
  chooseView: '表示の切り替え',
  origins: { server: '受信', client: '送信', local: 'ウィジェット' },
  sides: {
    server: (count) => `受信 ${number.format(count)}`,
    client: (count) => `送信 ${number.format(count)}`,
  },
  number: (value) => number.format(value),
  percent: (share) => percent.format(share),
  failures: (count) => `エラー ${number.format(count)}`,
  total: events,
  dropped: (count) => `古い ${number.format(count)} 件は内容を保持していません（件数には含まれます）。`,
  pause: '一時停止',
  resume: '再開',
  paused: (count) => (count === 0 ? '一時停止中' : `新着 ${number.format(count)}`),
  clear: '消去',
  download: 'ログを保存',
  import: 'ログを開く',
  compose: 'イベントを送る',
  collapse: '折りたたむ',
  expand: '開く',
  empty: 'まだイベントがありません。通話が始まると表示されます。',
  columns: {
    type: 'イベント',
    direction: '方向',
    count: '件数',
    share: '割合',
    rate: '頻度',
    last: '最後の時刻',
  },
  sortBy: { first: '最初に現れた順に並べる', count: '件数の順に並べる' },
  rate: (perSecond) =>
    perSecond === 0 ? '–' : `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/秒`,
  moreTypes: (types) => `ほか ${number.format(types)} 種類`,
  matters: {
    levels: { essential: '必須', useful: '有用', rare: '特殊', ignore: '無視してよい' },
    only: '重要なものだけ',
    hidden: (types, count) =>
      `${number.format(types)} 種類（${events(count)}）を省いています。音声のページではほとんど使いません。`,
    showAll: 'すべて表示',
    lesson: '今、何が起きましたか？',
  },
  showEvents: (type) => `${type} のイベントを表示`,
};

export default ja;
