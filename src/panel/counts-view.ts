import { html, nothing, svg, type TemplateResult } from 'lit';
import { isFailureType } from '../event-log/failure.js';
import { directionOf, typeFilter } from '../event-log/type-filter.js';
import type { TypeCount, TypeCounts } from '../event-log/type-counts.js';
import type { FrameStrings } from '../localize/panel-strings.js';
import type { Guide } from '../guide/guide.js';
import type { PanelHost } from './panel-host.js';
import { ARROWS, clock } from './wording.js';

/** More types than any server has; a broken one must not fill the page. */
const MOST_ROWS = 100;
/** While nobody points at the table its rows may change places, this often. */
const SETTLED_MS = 2_000;
/** Rates change with the time alone, all of them with each drawing; nobody reads them faster than this. */
const RATED_MS = 900;

type Order = 'count' | 'first';

/**
 * The table of counts. Its rows keep their places while somebody reads them: they are sorted anew only now and then, and
 * not at all while the pointer or the focus is inside.
 */
export class CountsView {
  readonly #host: PanelHost;
  readonly #strings: FrameStrings;
  #order: Order = 'count';
  /** Only what matters to a page is shown. */
  #sparing = false;
  #rows: readonly TypeCount[] = [];
  #sortedAt = -Infinity;
  #rates: ReadonlyMap<TypeCount, number> = new Map();
  #ratedAt = -Infinity;
  #pointed = false;
  #focused = false;

  constructor(host: PanelHost, strings: FrameStrings) {
    this.#host = host;
    this.#strings = strings;
  }

  /** What narrows the table down. */
  toolbar(): TemplateResult {
    return html`<button
      type="button"
      class="chip"
      part="matters-button"
      aria-pressed=${String(this.#sparing)}
      @click=${() => this.#spare(!this.#sparing)}
    >
      ${this.#strings.matters.only}
    </button>`;
  }

  #read({ pointed = this.#pointed, focused = this.#focused }): void {
    this.#pointed = pointed;
    this.#focused = focused;
    // What waited for the reader to leave may be sorted now, but not while the table is just being taken away.
    if (!pointed && !focused) queueMicrotask(() => this.#host.panel.requestUpdate());
  }

  /** Nobody is reading the table any more: it is gone, and its listeners with it. */
  leave(): void {
    this.#pointed = this.#focused = false;
    this.#sortedAt = -Infinity;
  }

  render(guide: Guide | undefined): TemplateResult {
    const strings = this.#strings;
    const { counts } = this.#host.log();
    this.#arrange(counts.all());
    this.#rate(counts);
    if (this.#rows.length === 0) return html`<p part="empty" class="empty">${strings.empty}</p>`;
    const wanted = this.#sparing ? this.#rows.filter((row) => isWorthSeeing(row, guide)) : this.#rows;
    const shown = wanted.slice(0, MOST_ROWS);
    const most = Math.max(...shown.map(({ count }) => count));
    const surplus = wanted.length - shown.length;
    return html`<table
        part="counts"
        class="counts"
        @pointerenter=${() => this.#read({ pointed: true })}
        @pointerleave=${() => this.#read({ pointed: false })}
        @focusin=${() => this.#read({ focused: true })}
        @focusout=${() => this.#read({ focused: false })}
      >
        <thead>
          <tr>
            <th scope="col" class="side-cell"><span class="spoken">${strings.columns.direction}</span></th>
            ${this.#sortHeader('first', strings.columns.type, 'ascending')}
            ${this.#sortHeader('count', strings.columns.count, 'descending')}
            <th scope="col" class="bar-cell">${strings.columns.share}</th>
            <th scope="col" class="rate-cell">${strings.columns.rate}</th>
            <th scope="col" class="last-cell">${strings.columns.last}</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((row) => this.#row(row, { most, total: counts.total }, guide))}
        </tbody>
      </table>
      ${surplus > 0 ? html`<p class="note">${strings.moreTypes(surplus)}</p>` : nothing}
      ${this.#hiddenTemplate(this.#rows.filter((row) => !wanted.includes(row)))}`;
  }

  #hiddenTemplate(hidden: readonly TypeCount[]): unknown {
    if (hidden.length === 0) return nothing;
    const events = hidden.reduce((sum, { count }) => sum + count, 0);
    const { matters } = this.#strings;
    return html`<p class="note">
      ${matters.hidden(hidden.length, events)}
      <button type="button" class="link" @click=${() => this.#spare(false)}>${matters.showAll}</button>
    </p>`;
  }

  #row(row: TypeCount, { most, total }: { most: number; total: number }, guide: Guide | undefined) {
    const { origin, type, count, last } = row;
    const strings = this.#strings;
    const told = guide?.entry(type);
    return html`<tr
      part="count-row"
      class=${`${isFailureType(type) ? 'failure' : origin} ${told?.level ?? ''}`}
    >
      <td part="direction" class="side-cell">
        <span class="arrow" aria-hidden="true">${ARROWS[origin]}</span
        ><span class="word">${strings.origins[origin]}</span>
      </td>
      <th scope="row" class="type-cell">
        <button
          type="button"
          part="count-type"
          title=${strings.showEvents(type)}
          @click=${() => this.#showEvents(row)}
        >
          ${breakable(type)}
        </button>
        ${
          told
            ? html`<span class="meaning"
                ><span part="matters" class="mark" title=${told.matters}
                  >${strings.matters.levels[told.level]}</span
                >
                ${told.title}</span
              >`
            : nothing
        }
      </th>
      <td part="count-value" class="number">${strings.number(count)}</td>
      <td class="bar-cell">
        <svg part="count-bar" class="bar" aria-hidden="true">
          ${svg`<rect width=${`${Math.round((200 * count) / most) / 2}%`} height="100%" rx="3" />`}
        </svg>
        <span class="share">${strings.percent(count / total)}</span>
      </td>
      <td class="rate-cell number">${strings.rate(this.#rates.get(row) ?? 0)}</td>
      <td class="last-cell number">${clock(last)}</td>
    </tr>`;
  }

  #sortHeader(order: Order, name: string, sense: 'ascending' | 'descending'): TemplateResult {
    const chosen = this.#order === order;
    return html`<th
      scope="col"
      class=${order === 'count' ? 'number' : 'type-cell'}
      aria-sort=${chosen ? sense : nothing}
    >
      <button
        type="button"
        class="sort"
        title=${this.#strings.sortBy[order]}
        @click=${() => this.#sortBy(order)}
      >
        ${name}<span class="sorted" aria-hidden="true"
          >${chosen ? (sense === 'ascending' ? '↑' : '↓') : ''}</span
        >
      </button>
    </th>`;
  }

  #sortBy(order: Order): void {
    this.#order = order;
    this.#sortedAt = -Infinity;
    this.#rows = [];
    this.#host.panel.requestUpdate();
  }

  #spare(sparing: boolean): void {
    this.#sparing = sparing;
    this.#host.panel.requestUpdate();
  }

  #showEvents({ origin, type }: TypeCount): void {
    const { panel } = this.#host;
    panel.filter = typeFilter(type);
    panel.direction = directionOf(origin);
    panel.view = 'log';
  }

  #rate(counts: TypeCounts): void {
    const isNew = this.#rows.some((row) => !this.#rates.has(row));
    if (!isNew && performance.now() - this.#ratedAt < RATED_MS) return;
    this.#ratedAt = performance.now();
    const now = Date.now();
    this.#rates = new Map(this.#rows.map((row) => [row, counts.rate(row, now)]));
  }

  #arrange(inOrder: readonly TypeCount[]): void {
    const now = performance.now();
    const known = new Set(inOrder);
    const kept = this.#rows.filter((row) => known.has(row));
    const reading = this.#pointed || this.#focused;
    if (kept.length > 0 && (reading || now - this.#sortedAt < SETTLED_MS)) {
      const places = new Set(kept);
      this.#rows = [...kept, ...inOrder.filter((row) => !places.has(row))];
      return;
    }
    this.#sortedAt = now;
    this.#rows = this.#order === 'first' ? inOrder : [...inOrder].sort((a, b) => b.count - a.count);
  }
}

/** What a page needs, what failed, and what nobody has described. */
function isWorthSeeing({ type }: TypeCount, guide: Guide | undefined): boolean {
  const level = guide?.entry(type)?.level;
  return isFailureType(type) || (level !== 'rare' && level !== 'ignore');
}

/** A long name breaks after its dots. */
function breakable(type: string): unknown {
  return type.split('.').map((part, index) => (index === 0 ? part : html`.<wbr />${part}`));
}
