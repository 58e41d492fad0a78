import { executeServerCommand } from '@web/test-runner-commands';

/** A part of the window to be drawn. */
export interface PictureWish {
  readonly name: string;
  readonly clip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Media features to draw it with, for example `forced-colors`. */
  readonly features?: Readonly<Record<string, string>>;
}

/** Compares with the kept picture of that name. @returns one sentence on what differs, empty when nothing does */
export function differenceOf(wish: PictureWish): Promise<string> {
  return executeServerCommand('compare-picture', wish);
}
