import { exists, languages, layouts, states, type Cell } from './cell.js';
import { looks } from './looks.js';

/** What can be chosen in the address; `all` stands for every value. */
export const choices = {
  layout: layouts,
  state: Object.keys(states),
  theme: ['light', 'dark', ...Object.keys(looks)],
  language: languages,
  width: ['fill', '320', '360', '768', '1280'],
} satisfies Readonly<Record<string, readonly string[]>>;

/** One of the axes. */
export type Axis = keyof typeof choices;

const DEFAULTS: Readonly<Record<Axis, string>> = {
  layout: 'inline',
  state: 'all',
  theme: 'light',
  language: 'en',
  width: 'fill',
};

/** The value of an axis in an address; what is unknown reads as the default. */
export function chosen(address: URLSearchParams, axis: Axis): string {
  const value = address.get(axis) ?? '';
  const known: readonly string[] = choices[axis];
  const allowed = value === 'all' ? axis !== 'width' : known.includes(value);
  return allowed ? value : DEFAULTS[axis];
}

/** The cells that an address asks for. */
export function chosenCells(address: URLSearchParams): readonly Cell[] {
  const values = (axis: Axis): readonly string[] => {
    const value = chosen(address, axis);
    return value === 'all' ? choices[axis] : [value];
  };
  return values('layout')
    .flatMap((layout) => values('state').map((state) => ({ layout: layout as Cell['layout'], state })))
    .filter(exists)
    .flatMap((cell) => values('theme').map((theme) => ({ ...cell, theme })))
    .flatMap((cell) => values('language').map((language) => ({ ...cell, language })));
}

/** The address of one cell, alone on its page. */
export function addressOf(cell: Cell): string {
  return `./?${new URLSearchParams({ ...cell, alone: '' })}`;
}
