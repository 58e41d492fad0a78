import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';

const LOCK = join(tmpdir(), 'realtime-voice-packages.lock');

/**
 * Makes sure that a program (or another file) of a Debian package is there: test machines start bare. Takes the one where
 * Debian puts it, or one of that name in `PATH`. Installs it as root on Debian and Ubuntu; elsewhere throws one sentence on
 * what to install.
 */
export function ensureDebianPackage(name, binary) {
  const found = [binary, ...inPath(basename(binary))].find((path) => existsSync(path));
  if (found) return found;
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(
      `${basename(binary)} is missing: install "${name}" (on Debian and Ubuntu: apt install ${name}), then try again.`,
    );
  console.log(`Installing ${name} from the system’s packages …`);
  // Several test runs may miss the same thing at the same time.
  const install =
    'test -e "$1" || { apt-get update -qq >/dev/null && apt-get install -y -qq $OPTIONS "$0"; }';
  execFileSync('flock', [LOCK, 'sh', '-c', install, name, binary], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // Whoever else installs something holds a lock of its own for a while.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', OPTIONS: '-o DPkg::Lock::Timeout=300' },
  });
  return binary;
}

function inPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program));
}
