/** What the demo pages share: the switches for language and theme. */

type Language = 'en' | 'ja';

/** Sets up the two switches in the bar at the top. */
export function setUpSwitches(): void {
  const language = document.querySelector<HTMLButtonElement>('#language');
  const theme = document.querySelector<HTMLButtonElement>('#theme');
  language?.addEventListener('click', () => speak(document.documentElement.lang === 'ja' ? 'en' : 'ja'));
  theme?.addEventListener('click', () => {
    const { style } = document.documentElement;
    const isDark = style.colorScheme
      ? style.colorScheme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    style.colorScheme = isDark ? 'light' : 'dark';
  });
  const wished = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  speak(wished.startsWith('ja') ? 'ja' : 'en');
}

function speak(language: Language): void {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-en]')) {
    element.textContent = element.dataset[language] ?? '';
  }
  const button = document.querySelector('#language');
  if (button) button.textContent = language === 'ja' ? 'English' : '日本語';
}
