/** Marks a text as CSS, for editors. */
const css = String.raw;

/** A look made with CSS alone. */
export interface Look {
  readonly title: Readonly<Record<'en' | 'ja', string>>;
  readonly css: string;
}

/** Five looks, as a page would write them. */
export const looks: Readonly<Record<string, Look>> = {
  call: {
    title: { en: 'A phone call, no transcript', ja: '文字のない電話の画面' },
    css: css`
      realtime-voice {
        --realtime-accent: #32d074;
        --realtime-surface: #101828;
        --realtime-text: #ffffff;
        --realtime-radius: 40px;
        color-scheme: dark;
        &::part(panel) {
          justify-content: space-between;
          padding: 56px 16px 28px;
          background: radial-gradient(at 50% 20%, #35528f, #101828 70%);
        }
        &::part(transcript),
        &::part(text-form) {
          display: none;
        }
        &::part(header) {
          flex: none;
          flex-direction: column;
          border: 0;
          text-align: center;
        }
        &::part(heading) {
          font-size: 28px;
        }
        &::part(visualizer) {
          order: -1;
          justify-content: center;
          inline-size: 66px;
          block-size: 66px;
          zoom: 2;
          border-radius: 50%;
          background: #ffffff1f;
        }
        &::part(controls) {
          flex-direction: row-reverse;
          gap: 40px;
          border: 0;
        }
        &::part(start-button),
        &::part(stop-button),
        &::part(mute-button) {
          inline-size: 72px;
          block-size: 72px;
          font-size: 0;
        }
        &::part(stop-button) {
          background: #e0332a;
          color: #ffffff;
        }
      }
    `,
  },
  retro: {
    title: { en: 'A desktop of 1995', ja: '1995年のデスクトップ' },
    css: css`
      realtime-voice {
        --realtime-accent: #000080;
        --realtime-surface: #c3c3c3;
        --realtime-text: #000000;
        --realtime-danger: #7a0000;
        --realtime-radius: 0px;
        --realtime-font: 'MS Sans Serif', Tahoma, Verdana, sans-serif;
        color-scheme: light;
        &::part(panel),
        &::part(start-button),
        &::part(stop-button),
        &::part(mute-button),
        &::part(send-button) {
          border: 2px outset #ffffff;
          border-radius: 0;
          background: #c3c3c3;
          color: #000000;
        }
        &::part(header) {
          margin: 3px;
          padding: 6px 10px;
          background: linear-gradient(90deg, #000080, #1084d0);
        }
        &::part(heading),
        &::part(status),
        &::part(timer) {
          color: #ffffff;
        }
        &::part(visualizer) {
          filter: brightness(0) invert(1);
        }
        &::part(turn) {
          border-radius: 0;
        }
        &::part(transcript),
        &::part(text-input) {
          margin-inline: 6px;
          border: 2px inset #ffffff;
          border-radius: 0;
          background: #ffffff;
        }
      }
    `,
  },
  paper: {
    title: { en: 'A newspaper', ja: '新聞' },
    css: css`
      realtime-voice {
        --realtime-accent: #8c1c13;
        --realtime-surface: #fbf7ee;
        --realtime-text: #1f1b16;
        --realtime-border: #1f1b16;
        --realtime-radius: 0px;
        --realtime-font: Georgia, 'Hiragino Mincho ProN', 'Noto Serif', serif;
        color-scheme: light;
        &::part(panel) {
          border-width: 3px 0;
          border-style: double solid;
        }
        &::part(heading) {
          font-style: italic;
          font-size: 26px;
        }
        &::part(turn-user) {
          align-self: flex-start;
          padding-block: 0;
          border-inline-start: 3px solid var(--realtime-accent);
          border-radius: 0;
          background: none;
          font-style: italic;
        }
        &::part(speaker) {
          font-variant-caps: all-small-caps;
          letter-spacing: 0.08em;
        }
        &::part(text-input) {
          border-radius: 0;
        }
      }
    `,
  },
  glass: {
    title: { en: 'Frosted glass', ja: 'すりガラス' },
    css: css`
      realtime-voice {
        --realtime-accent: #5b2bd9;
        --realtime-surface: #ffffffc7;
        --realtime-text: #1d1436;
        --realtime-radius: 28px;
        color-scheme: light;
        &::part(panel) {
          box-shadow: 0 24px 60px #2a0f6b55;
          backdrop-filter: blur(24px) saturate(1.5);
        }
        &::part(turn-user) {
          background: #5b2bd926;
        }
        &::part(start-button) {
          background: linear-gradient(100deg, #5b2bd9, #b3267e);
        }
        &::part(visualizer) {
          block-size: 40px;
          zoom: 1.3;
        }
      }
    `,
  },
  school: {
    title: { en: 'A primary school', ja: '小学校' },
    css: css`
      realtime-voice {
        --realtime-accent: #1b1b1b;
        --realtime-surface: #fffdf4;
        --realtime-text: #1b1b1b;
        --realtime-border: #1b1b1b;
        --realtime-radius: 20px;
        --realtime-font: 'Comic Sans MS', 'Chalkboard SE', 'Comic Neue', 'Trebuchet MS', sans-serif;
        color-scheme: light;
        &::part(panel) {
          border-width: 3px;
          box-shadow: 8px 8px #1b1b1b;
        }
        &::part(header) {
          border-width: 3px;
          background: #ffd84d;
        }
        &:state(speaking)::part(header) {
          background: #8fe3b0;
        }
        &::part(turn-user),
        &::part(turn-assistant) {
          padding: 8px 14px;
          border: 2px solid #1b1b1b;
          border-radius: 16px;
        }
        &::part(turn-user) {
          background: #ffc2dd;
        }
        &::part(start-button) {
          border: 3px solid #1b1b1b;
          background: #ff7ab2;
          color: #1b1b1b;
        }
      }
    `,
  },
};

/** Dresses every widget below `data-theme` in that look. */
export function wearLooks(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    Object.entries(looks)
      .map(([name, { css }]) => `[data-theme='${name}'] {\n${css}}`)
      .join('\n'),
  );
  document.adoptedStyleSheets.push(sheet);
}
