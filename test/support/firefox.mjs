import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/**
 * Without a sound card Firefox leaves audio contexts suspended: on Linux a run has a silent one of its own, which lasts as
 * long as the run does. One that is shared, or that goes when it is idle, goes when others do, or in the middle of a test.
 */
function startSilentSoundCard() {
  if (process.platform !== 'linux') return;
  const pulse = ensureDebianPackage('pulseaudio', '/usr/bin/pulseaudio');
  process.env.PULSE_RUNTIME_PATH = mkdtempSync(join(tmpdir(), 'realtime-voice-sound-'));
  const modules = ['--load=module-null-sink', '--load=module-native-protocol-unix'];
  // The hour is for what a killed run leaves behind.
  execFileSync(pulse, ['-n', '--daemonize=yes', '--exit-idle-time=3600', ...modules]);
  process.once('exit', () => execFileSync(pulse, ['--kill']));
}
