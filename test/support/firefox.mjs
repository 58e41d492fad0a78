import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { chromeLauncher } from '@web/test-runner-chrome';
import { ensureDebianPackage } from './debian-package.mjs';

const INSTALLED = ['/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** Runs the browser tests in Firefox (`FIREFOX_PATH`, or an installed one), over WebDriver BiDi. */
export function firefoxLauncher() {
  const executablePath =
    process.env.FIREFOX_PATH ??
    INSTALLED.find((path) => existsSync(path)) ??
    ensureDebianPackage('firefox-esr', '/usr/bin/firefox-esr');
  startSilentSoundCard();
  const launcher = chromeLauncher({
    launchOptions: {
      browser: 'firefox',
      executablePath,
      headless: true,
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
        'media.autoplay.default': 0,
        'media.autoplay.blocking_policy': 0,
      },
    },
  });
  launcher.name = 'Firefox';
  return launcher;
}

/** Without a sound card Firefox leaves audio contexts suspended: on Linux a silent one is started where there is none. */
function startSilentSoundCard() {
  if (process.platform !== 'linux') return;
  const pulse = ensureDebianPackage('pulseaudio', '/usr/bin/pulseaudio');
  process.env.XDG_RUNTIME_DIR ??= tmpdir();
  try {
    execFileSync(pulse, ['--check']);
  } catch {
    const modules = ['--load=module-null-sink', '--load=module-native-protocol-unix'];
    execFileSync(pulse, ['-n', '--daemonize=yes', '--exit-idle-time=60', ...modules]);
  }
}
