import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Makes sure that a program of a Debian package is there: test machines start bare. Installs it as root on Debian and
 * Ubuntu; elsewhere throws one sentence on what to install.
 */
export function ensureDebianPackage(name, binary) {
  if (existsSync(binary)) return binary;
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`${binary} is missing: install the package "${name}", then try again.`);
  console.log(`Installing ${name} from the system’s packages …`);
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  // Whoever else installs something holds a lock for a while.
  execFileSync('apt-get', ['install', '-y', '-qq', '-o', 'DPkg::Lock::Timeout=300', name], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return binary;
}
