/**
 * The unit that address limits count: an IPv4 address, or the /64 of an IPv6 address, since a single subscriber has all
 * of a /64. `null` for anything else.
 */
export function addressUnit(address: unknown): string | null {
  if (typeof address !== 'string' || address.length > 64) return null;
  const bare = address.trim().replace(/^\[(.*)\](:\d+)?$/, '$1');
  return bare.includes(':') && !/^[\d.]+:\d+$/.test(bare) ? ipv6Unit(bare) : ipv4(bare.replace(/:\d+$/, ''));
}

function ipv4(address: string): string | null {
  const parts = address.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)
    ? parts.map(Number).join('.')
    : null;
}

function ipv6Unit(address: string): string | null {
  const url = `http://[${address.replace(/%.*$/, '')}]`;
  if (!URL.canParse(url)) return null;
  // The URL parser brings every spelling into one form: lower case, hexadecimal, the longest run of zeros as "::".
  const [head = '', tail = ''] = new URL(url).hostname.slice(1, -1).split('::');
  const before = groups(head);
  const after = groups(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const all = [...before, ...zeros, ...after];
  const mapped = all.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  return mapped ? embeddedIpv4(all) : `${all.slice(0, 4).join(':')}::/64`;
}

function groups(part: string): string[] {
  return part === '' ? [] : part.split(':');
}

/** Servers that listen on both families report IPv4 visitors as `::ffff:192.0.2.1`. */
function embeddedIpv4(all: readonly string[]): string {
  return all
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((value) => [value >> 8, value & 255])
    .join('.');
}
