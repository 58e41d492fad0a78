/** True for pages of a developer: on this machine, or opened from a file. */
export function isLocalPage({ hostname, protocol }: Pick<Location, 'hostname' | 'protocol'>): boolean {
  return (
    protocol === 'file:' ||
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
