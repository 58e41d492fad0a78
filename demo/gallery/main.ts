import { setUpSwitches } from '../site.js';
import { stage, type Cell } from './cell.js';
import { addressOf, choices, chosen, chosenCells, type Axis } from './choice.js';
import { wearLooks } from './looks.js';
import { StagedVoice } from './staged-voice.js';
import { talkRecording } from './talk-log.js';
import { talks } from './talks.js';

StagedVoice.define('realtime-voice');
wearLooks();
const address = new URLSearchParams(location.search);
if (address.has('alone')) await showAlone();
else showAll();

/** One cell and nothing else: for those who look closely, and for tests. */
async function showAlone(): Promise<void> {
  document.body.className = 'alone';
  document.body.replaceChildren();
  const [cell] = chosenCells(address);
  const frame = document.createElement('div');
  frame.style.inlineSize = inPixels(chosen(address, 'width'));
  document.body.append(frame);
  if (cell) await show(cell, frame);
  document.documentElement.style.colorScheme = cell?.theme === 'dark' ? 'dark' : 'light';
  document.body.dataset['ready'] = '';
}

function showAll(): void {
  setUpSwitches();
  const form = document.querySelector<HTMLFormElement>('#choice');
  form?.replaceChildren(...(Object.keys(choices) as Axis[]).map(picker));
  form?.addEventListener('change', () => {
    const wish = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    history.replaceState(null, '', `?${wish}`);
    fill(wish);
  });
  fill(address);
}

/** A list to choose one value of an axis from. */
function picker(axis: Axis): HTMLElement {
  const label = document.createElement('label');
  const select = document.createElement('select');
  select.name = axis;
  const values = axis === 'width' ? choices[axis] : ['all', ...choices[axis]];
  for (const value of values) select.append(new Option(value));
  select.value = chosen(address, axis);
  label.append(axis, select);
  return label;
}

/** Cells are staged when somebody comes near: there may be thousands. */
function fill(wish: URLSearchParams): void {
  const figures = new Map(chosenCells(wish).map((cell) => [figure(cell, chosen(wish, 'width')), cell]));
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const cell = figures.get(target as HTMLElement);
        const frame = target.querySelector<HTMLElement>('.frame');
        if (!isIntersecting || !cell || !frame) continue;
        near.unobserve(target);
        if (cell.layout === 'floating') frame.append(page(cell));
        else void show(cell, frame);
      }
    },
    { rootMargin: '400px' },
  );
  document.querySelector('#cells')?.replaceChildren(...figures.keys());
  for (const one of figures.keys()) near.observe(one);
}

function figure(cell: Cell, width: string): HTMLElement {
  const outer = document.createElement('figure');
  outer.dataset['layout'] = cell.layout;
  outer.style.inlineSize = inPixels(width);
  const caption = document.createElement('figcaption');
  const link = document.createElement('a');
  link.href = addressOf(cell);
  link.textContent = cell.state;
  caption.append(link, ` ${[cell.layout, cell.theme, cell.language].join(' · ')}`);
  const frame = document.createElement('div');
  frame.className = 'frame';
  outer.append(caption, frame);
  return outer;
}

/** What floats wants a page of its own. */
function page(cell: Cell): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.src = addressOf(cell);
  frame.title = `${cell.state}, ${cell.language}`;
  return frame;
}

/** The start button of a cell plays the call. */
async function show(cell: Cell, frame: HTMLElement): Promise<void> {
  const voice = await stage(cell, frame, 'realtime-voice');
  const talk = talks[cell.language];
  if (talk) voice.replay = talkRecording(talk);
}

function inPixels(width: string): string {
  return width === 'fill' ? '' : `${width}px`;
}
