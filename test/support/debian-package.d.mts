/** @returns the path of the program */
export function ensureDebianPackage(name: string, binary: string): string;
