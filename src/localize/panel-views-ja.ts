import type { ComposeProblem } from '../event-log/compose.js';
import type { ViewStrings } from './panel-strings.js';

const number = new Intl.NumberFormat('ja');
const events = (count: number): string => `${number.format(count)} 件`;

const problems: Readonly<Record<ComposeProblem['kind'], (problem: ComposeProblem) => string>> = {
  json: () => 'JSON として読めません。',
  object: () => 'イベントは JSON のオブジェクトで書きます。',
  type: (problem) => `「${'type' in problem ? problem.type : ''}」というクライアントイベントはありません。`,
  field: (problem) => `「${'field' in problem ? problem.field : ''}」がないと、サーバーに拒否されます。`,
};

const ja: ViewStrings = {
  composer: {
    type: 'ひな形',
    content: 'イベント（JSON）',
    cancel: '閉じる',
    send: '送信',
    sent: (type) => `送信しました：${type}`,
    refused: (reason) => `送信できません：${reason}`,
    problem: (problem) => problems[problem.kind](problem),
  },
  hints: {
    title: (count) => `クライアントについてのヒント ${count} 件`,
    show: '表示',
    sentences: {
      'old-content': ({ type, name }) =>
        `内容の種類が「${type}」のメッセージを送っています。この役割では ${name} と書きます。`,
      'update-refused': ({ parameter }) =>
        `${parameter} のため、サーバーが session.update を拒否しました。ほかの項目も含め、一つも反映されていません。`,
      'two-modalities': () =>
        'output_modalities に二つ指定しています。["audio"]（文字も届きます）か ["text"] のどちらか一つにしてください。',
      'response-before-outputs': ({ name }) =>
        `同じ応答で呼ばれた${name ? ` ${name} ` : '関数'}の結果を送る前に response.create を送っています。結果をすべて送ってから、response.create を一度だけ送ってください。`,
      'output-too-early': ({ name }) =>
        `${name ? `${name} ` : '関数'}の呼び出しが確定する前に結果を送っています。response.output_item.done の status が completed の時だけ実行してください。割り込まれた呼び出しでも引数は届きます。`,
      'commit-without-response': () =>
        'ターン検出が無効なのに、commit のあとに response.create がありません。アシスタントは黙ったままです。',
      'clear-without-cancel': () =>
        '応答の生成中に output_audio_buffer.clear だけを送っています。先に response.cancel を送らないと、応答が続きます。',
      'speed-changed': () =>
        '応答の途中で、session.update で速さを変えています。変えられるのは、やり取りとやり取りの間だけです。',
      'session-expired': () =>
        'セッションの制限時間になりました。異常ではありません。expires_at の前に新しいセッションを始め、それまでの会話を文字で渡してください。',
      'response-while-active': () =>
        '応答の生成中に、次の応答を頼んでいます。サーバーに拒否されるので、response.done を待つか、先に取り消してください。',
      'old-field': ({ field, place }) =>
        place
          ? `「${field}」はベータ版の名前で、更新全体が拒否されます。${place} と書いてください。`
          : `「${field}」はベータ版の名前で、廃止されました。更新全体が拒否されます。`,
      'old-event': ({ type }) => `${type} はベータ版のイベントで、いまのサーバーにはありません。`,
      'missing-session-type': () =>
        'session.update に session.type がありません。拒否されるので、type に "realtime" を入れてください。',
      'truncate-on-webrtc': () =>
        'WebRTC で conversation.item.truncate を送っています。WebRTC ではサーバーが再生位置を知っていて、自動で切り詰めます。',
      'append-on-webrtc': () =>
        'WebRTC で input_audio_buffer.append を送っています。WebRTC では音声は専用のトラックで送られます。',
      'output-without-response': () =>
        'ツールの結果を送ったあとに response.create がないため、アシスタントは黙ったままです。',
      'call-without-output': ({ name }) =>
        `モデルが${name ? ` ${name} ` : '関数'}を呼びましたが、30 秒たっても結果が送られていません。モデルは待ち続けています。`,
      'output-twice': () => '同じ関数呼び出しに結果を 2 回送っています。',
      'model-retires': ({ model, day, successor }) =>
        `${model} の提供終了日は ${day} です。${successor} に移行してください。`,
      'no-transcription': () =>
        '入力の文字起こしが無効なので、利用者の発話は文字になりません。audio.input.transcription を設定してください。',
      'cancel-without-clear': () =>
        '再生中に response.cancel を送っています。output_audio_buffer.clear も送らないと、音は続きます。',
      'model-changed': () =>
        'session.update で別のモデルを指定しています。セッションのモデルは変えられません。新しいセッションを始めてください。',
      'voice-changed': () =>
        'アシスタントが話したあとに声を変えようとしています。一度話すと、声は変えられません。',
      'too-large': ({ type, bytes }) =>
        `${number.format(Number(bytes))} バイトの ${type} を送っています。65,536 バイトを超えると拒否するブラウザーがあります。`,
      'commit-too-short': () =>
        '100 ミリ秒に満たない音声を commit したため、拒否されました。話すボタンがごく短く押された時は、何も送らないでください。',
    },
  },
  timeline: {
    empty: 'まだやり取りがありません。話しかけるか、メッセージを送ってください。',
    basis: (turns) => `${turns} 回のやり取りの中央値（利用者の発話の終わりから）`,
    turn: (turn) => `やり取り ${turn}`,
    lanes: { user: '利用者', generation: '生成', audio: '音声', tools: 'ツール' },
    numbers: {
      firstText: '最初の文字',
      firstAudio: '最初の音',
      end: '応答の終わり',
      bargeIn: '割り込みから無音まで',
    },
    nothing: 'なし',
    lesson: 'ここで起きたこと',
    opening: '最初のやり取りの前',
    passed: (steps) => `ほか、読み飛ばしてよいもの ${number.format(steps)} 件：`,
    cut: '中断',
  },
  replay: {
    play: 'ウィジェットで再生',
    playing: 'ログを再生中',
    pause: '再生を一時停止',
    resume: '再生を再開',
    step: '1 件進める',
    speed: '速度',
    stop: '停止',
    position: (played, all) => `${number.format(Math.min(played, all))} / ${events(all)}`,
  },
  detail: {
    title: '選択したイベント',
    copy: 'コピー',
    copied: 'コピーしました',
    notCopied: 'このページではクリップボードを使えません',
    close: '閉じる',
    sendAgain: '書き換えて再送信',
    toError: 'サーバーが拒否しました：エラーを表示',
    toCause: (type) => `原因の ${type} を表示`,
    moreEntries: (entries) => `残り ${number.format(entries)} 件を表示`,
    moreText: (characters) => `全 ${number.format(characters)} 文字を表示`,
  },
  guide: {
    when: 'タイミング',
    page: 'ページがすること',
    before: '直前によくあるイベント',
    after: '直後によくあるイベント',
    unknown: (type) =>
      `${type} はプロトコルにないイベントです。独自のイベントを送るサーバーもあり、クライアントは読み飛ばします。`,
  },
  duration: (ms) =>
    ms === null ? '–' : ms < 1_000 ? `${Math.round(ms)} ミリ秒` : `${(ms / 1_000).toFixed(2)} 秒`,
  imported: (name, count) => `${name || '開いたログ'} · ${events(count)}`,
  closeImport: 'ライブに戻る',
  importFailed: (line, reason) => `このログは読めません。${line} 行目：${reason}`,
  unreadable: 'このファイルは読めません。',
  emptyFilter: '条件に合うイベントがありません。',
  filter: '絞り込み',
  filterHint: '種類や内容で絞り込む',
  clearFilter: '絞り込みを解除',
  direction: '方向',
  directions: { all: 'すべて', server: '受信', client: '送信' },
  errorsOnly: 'エラー',
  redactText: '発言を隠す',
  follow: '最新へ移動',
  call: (call) => `通話 ${call}`,
};

export default ja;
