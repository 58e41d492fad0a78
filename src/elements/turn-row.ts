import type { Turn } from '../conversation/turn.js';
import { timeOfDay } from '../localize/formats.js';
import type { Strings } from '../localize/strings.js';

/** What a row needs of the element around it. */
export interface TurnRowHost {
  strings(): Strings;
  /** The language of these strings. */
  language(): string;
  /** The language of what is said, as far as the page tells; it may have none of these strings. */
  spokenLanguage(): string;
  /** A person has decided about a tool. */
  decide(id: string, approved: boolean): void;
}

/** One turn on screen. Everything that was said goes into text nodes. */
export class TurnRow {
  readonly node = document.createElement('article');
  readonly #host: TurnRowHost;
  readonly #speaker = node('span', 'speaker');
  readonly #body = node('div', 'text');
  readonly #words = document.createTextNode('');
  readonly #unheard = node('s', 'text-unheard');
  readonly #note = node('span', 'turn-note');
  readonly #time = node('time', 'time');
  #turn: Turn;

  /** What is shown. */
  get turn(): Turn {
    return this.#turn;
  }

  constructor(turn: Turn, host: TurnRowHost) {
    this.#host = host;
    this.#turn = turn;
    // What one side says must not turn round the other's: each turn finds its own direction.
    this.#body.dir = 'auto';
    this.#body.append(this.#words);
    this.node.append(this.#speaker, this.#body);
    for (const image of turn.images ?? []) this.#body.append(picture(image));
    if (turn.startedAt !== undefined) this.node.append(this.#time);
    this.translate();
  }

  /** Draws the difference. Words that only grew are appended. */
  update(turn: Turn): void {
    const before = this.#turn;
    this.#turn = turn;
    const grew =
      turn.status === 'streaming' && before.status === 'streaming' && before.text !== '' && !turn.tool;
    if (grew && turn.text.startsWith(before.text))
      this.#words.appendData(turn.text.slice(before.text.length));
    else this.#draw();
  }

  /** The same turn in other words. */
  translate(): void {
    this.#drawTime();
    this.#draw();
  }

  #draw(): void {
    const { role, status, tool } = this.#turn;
    const strings = this.#host.strings();
    this.node.setAttribute('part', `turn turn-${role} turn-${status}`);
    this.node.className = `turn ${role} ${status}`;
    write(this.#speaker, tool ? tool.name : strings.speakers[role]);
    for (const image of this.#body.querySelectorAll('img')) image.alt = strings.image;
    if (tool) this.#drawTool(strings);
    else this.#drawWords(strings);
  }

  #drawTime(): void {
    const { startedAt } = this.#turn;
    if (startedAt === undefined) return;
    this.#time.dateTime = new Date(startedAt).toISOString();
    this.#time.textContent = timeOfDay(startedAt, this.#host.language());
  }

  #drawWords(strings: Strings): void {
    const { text, status, heardText, images } = this.#turn;
    const cut = (heardText ?? text).length;
    const placeholder =
      text === '' && !images ? (status === 'failed' ? strings.inaudible : strings.transcribing) : '';
    write(this.#words, text.slice(0, cut) || placeholder);
    this.node.classList.toggle('placeholder', placeholder !== '');
    this.#body.lang = placeholder ? this.#host.language() : this.#host.spokenLanguage();
    this.#note.lang = this.#host.language();
    this.#unheard.textContent = text.slice(cut);
    const note =
      status === 'interrupted' ? strings.interrupted : status === 'failed' && text ? strings.failed : '';
    this.#note.textContent = note;
    for (const part of [this.#unheard, this.#note]) {
      if (part.textContent) this.#body.append(part);
      else part.remove();
    }
  }

  #drawTool(strings: Strings): void {
    const { tool } = this.#turn;
    if (!tool) return;
    this.#words.data = strings.tools[tool.state];
    this.#body.lang = this.#host.language();
    const { activeElement } = this.#body.getRootNode() as ShadowRoot;
    const hadFocus = this.#body.contains(activeElement);
    const details = document.createElement('details');
    details.open = this.#body.querySelector('details')?.open ?? false;
    const summary = document.createElement('summary');
    summary.append(this.#words);
    details.append(summary, code(tool.arguments), ...(tool.output === undefined ? [] : [code(tool.output)]));
    this.#body.replaceChildren(details, ...this.#choices(strings));
    if (hadFocus) summary.focus();
  }

  #choices(strings: Strings): readonly Node[] {
    const { name: tool, approvalId: id } = this.#turn.tool ?? {};
    if (id === undefined) return [];
    const choice = (name: 'approve' | 'reject'): HTMLButtonElement => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = name;
      button.setAttribute('part', `${name}-button`);
      button.textContent = strings[name];
      // Two tools that wait give two such buttons.
      button.ariaLabel = `${strings[name]}: ${tool}`;
      button.addEventListener('click', () => this.#host.decide(id, name === 'approve'), { once: true });
      return button;
    };
    return [choice('approve'), choice('reject')];
  }
}

function picture(url: string): HTMLImageElement {
  const image = new Image();
  // Only what was sent from here: a page of the model's choosing must not be fetched.
  if (url.startsWith('data:image/')) image.src = url;
  return image;
}

function node<Name extends 'span' | 'div' | 's' | 'time'>(
  name: Name,
  part: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.setAttribute('part', part);
  element.className = part;
  return element;
}

/** The same text again would take a selection away. */
function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

function code(text: string): HTMLElement {
  const element = document.createElement('code');
  element.textContent = text;
  return element;
}
