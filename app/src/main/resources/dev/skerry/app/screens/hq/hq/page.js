// What the pages of the console do alike: are loaded anew when something has changed, say what failed, look the same.
import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t, number } from '../kit/words.js';
import { Problem } from '../kit/api.js';
import { say } from '../kit/dialog.js';
import '../kit/parts.js';
import '../kit/money.js';

/** What changes quickly is read anew no more often than this. */
const PAUSE_MS = 1_000;

/**
 * A page. Others extend it:
 *
 * - `static topics`: of the feed, that it shows something of
 * - `async load()`: reads anew all that it shows; at the beginning, after each gap, when its address changes, and when something changes
 * - `view()`: the page, once it was loaded
 *
 * It has `args`: what stands in the address behind the page's name, `#stores/0042` gives `['0042']`; and `me`, who is signed on.
 */
export class Page extends LitElement {
  static topics = [];

  static properties = {
    args: { attribute: false },
    me: { attribute: false },
    problem: { state: true },
    loaded: { state: true },
  };

  constructor() {
    super();
    this.args = [];
    this.loaded = false;
    this.problem = null;
  }

  async load() {}

  willUpdate(changed) {
    if (changed.has('args') && JSON.stringify(changed.get('args')) !== JSON.stringify(this.args)) {
      this.again();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.waiting);
  }

  /** Something has changed: it is read anew, soon. What comes meanwhile is read by the same. */
  changed(topic) {
    if (this.constructor.topics.includes(topic) && !this.waiting) {
      this.waiting = setTimeout(() => {
        this.waiting = null;
        this.again();
      }, PAUSE_MS);
    }
  }

  /** Loads; of several loads the last one counts. */
  async again() {
    const turn = (this.turn ?? 0) + 1;
    this.turn = turn;
    try {
      await this.load();
      this.problem = null;
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      if (error.status === 401) {
        this.dispatchEvent(new Event('stranger', { bubbles: true, composed: true }));
      }
      if (turn === this.turn) {
        this.problem = error;
      }
    } finally {
      this.loaded = true;
      this.requestUpdate();
    }
  }

  render() {
    if (!this.loaded) {
      return html`<sk-busy></sk-busy>`;
    }
    return html`${this.problem ? html`<sk-banner tone="bad">${say(this.problem)}</sk-banner>` : nothing}${this.view()}`;
  }
}

/** The looks of pages: what stands on them from top to bottom, tables, figures. */
export const looks = [kit, css`
  :host { display: flex; flex-direction: column; gap: var(--sk-4); }
  h2 { display: flex; align-items: center; gap: var(--sk-2); }
  .tools { display: flex; flex-wrap: wrap; gap: var(--sk-3); align-items: end; }
  .tools label { flex: 0 1 14rem; min-inline-size: 9rem; }
  @media (max-width: 560px) { .tools label { flex: 1 1 9rem; } }
  .tools input, .tools select { font-size: 1rem; }
  .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: var(--sk-3); }
  .tiles > * { padding: var(--sk-3) var(--sk-4); display: flex; flex-direction: column; gap: var(--sk-1); min-inline-size: 0; color: inherit; text-decoration: none; }
  .tiles .what { color: var(--sk-soft); font-size: .875rem; font-weight: 600; }
  .tiles .value { font-size: 1.625rem; font-weight: 700; letter-spacing: -.02em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
  .tiles .value.warn, .value.bad { color: var(--sk-bad); }
  .scroll { overflow-x: auto; border-radius: var(--sk-radius); }
  table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; }
  caption { text-align: start; padding: var(--sk-3) var(--sk-4); font-weight: 650; }
  th, td { text-align: start; padding: var(--sk-2) var(--sk-4); vertical-align: middle; border-block-start: 1px solid var(--sk-line); }
  thead th { border-block-start: 0; font-size: .8125rem; font-weight: 600; color: var(--sk-soft); white-space: nowrap; }
  th.end, td.end { text-align: end; }
  td { min-block-size: var(--sk-touch); }
  tbody tr:hover { background: var(--sk-raised); }
  tbody th { font-weight: 600; }
  thead button { border: 0; background: none; padding: 0 var(--sk-1); font: inherit; color: inherit; min-inline-size: 0; min-block-size: 2rem; margin-inline-start: calc(-1 * var(--sk-1)); }
  a { color: var(--sk-accent); }
  .badge { display: inline-flex; align-items: center; gap: var(--sk-1); padding: .125rem .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 650; white-space: nowrap; background: var(--sk-raised); color: var(--sk-soft); border: 1px solid var(--sk-line); }
  .badge.good { background: var(--sk-good-soft); color: var(--sk-good); border-color: transparent; }
  .badge.warn { background: var(--sk-warn-soft); color: var(--sk-warn); border-color: transparent; }
  .badge.bad { background: var(--sk-bad-soft); color: var(--sk-bad); border-color: transparent; }
  .tabs { display: flex; flex-wrap: wrap; gap: var(--sk-1); border-block-end: 1px solid var(--sk-line); }
  .tabs a { padding: var(--sk-2) var(--sk-4); min-block-size: 2.75rem; display: inline-flex; align-items: center; color: var(--sk-soft); font-weight: 600; text-decoration: none; border-block-end: 3px solid transparent; margin-block-end: -1px; }
  .tabs a[aria-current] { color: var(--sk-accent); border-color: var(--sk-accent); }
  .pager { display: flex; align-items: center; justify-content: end; gap: var(--sk-3); padding: var(--sk-2) var(--sk-4); border-block-start: 1px solid var(--sk-line); }
  label.check { flex-direction: row; align-items: center; gap: var(--sk-3); min-block-size: var(--sk-touch); font-size: 1rem; font-weight: 400; color: var(--sk-ink); }
  label.check input { inline-size: 1.25rem; min-block-size: 1.25rem; }
  progress { inline-size: 100%; accent-color: var(--sk-accent); }
  td ul { display: grid; gap: var(--sk-1); }
  .columns { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: var(--sk-4); align-items: start; }
  .pad { padding: var(--sk-4); }
  @media (max-width: 1000px) { .columns { grid-template-columns: minmax(0, 1fr); } }
  @media (max-width: 560px) { th, td { padding-inline: var(--sk-3); } .wide { display: none; } .tiles { grid-template-columns: 1fr 1fr; } .tiles .value { font-size: 1.25rem; } }
`];

/** Sends a file or text as it is, once. */
export async function send(path, body, type = 'text/csv') {
  let response;
  try {
    response = await fetch(path, { method: 'POST', headers: { 'Content-Type': type, Accept: 'application/json' }, body });
  } catch {
    throw new Problem(0, 'unreachable', t('hq.no-server'), '', 0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok && answer.type) {
    throw new Problem(response.status, answer.type.replace(/^urn:skerry:problem:/, ''), answer.title ?? response.statusText, answer.detail ?? '', 0);
  }
  return answer;
}

/** Asks for a file, and gives it; null if nobody chose one. */
export function chosenFile(accept = '.csv,text/csv') {
  return new Promise(done => {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept });
    input.addEventListener('change', () => done(input.files[0] ?? null));
    input.addEventListener('cancel', () => done(null));
    input.click();
  });
}

/** Parts of a page, each with its own address: `#stock/transfers`. */
export function tabs(page, parts, now) {
  return html`<nav class="tabs" aria-label=${t('hq.parts')}>${parts.map(it => html`<a href="#${page}${it.id ? `/${it.id}` : ''}" aria-current=${it.id === now ? 'page' : nothing}>${it.name}</a>`)}</nav>`;
}

/** Nothing is here. */
export const empty = (icon, heading, text = '') => html`<div class="card"><sk-empty icon=${icon} heading=${heading} text=${text}></sk-empty></div>`;

/** A figure with its name; with `href` it leads somewhere. */
export function tile(what, value, { href, tone, under } = {}) {
  const inside = html`<span class="what">${what}</span><span class="value ${tone ?? ''}">${value}</span>${under ? html`<span class="soft small">${under}</span>` : nothing}`;
  return href ? html`<a class="card" href=${href}>${inside}</a>` : html`<div class="card">${inside}</div>`;
}

/** A word that says how something is: `tone` is good, warn, bad, or nothing. */
export const badge = (text, tone = '') => html`<span class="badge ${tone}">${text}</span>`;

/**
 * A table.
 *
 * - `columns`: each with `name`, `cell(row)`, and maybe `end` (figures), `wide` (left out on a phone), `sort` (by what the server sorts)
 * - `sort`: by what it is sorted now, with `-` before it where it falls; `onSort(next)` is told
 */
export function table(columns, rows, { label, sort, onSort } = {}) {
  const looksOf = it => `${it.end ? 'end' : ''} ${it.wide ? 'wide' : ''}`;
  return html`
    <div class="scroll card" tabindex="0" role="region" aria-label=${label}>
      <table aria-label=${label}>
        <thead><tr>${columns.map(it => html`
          <th scope="col" class=${looksOf(it)} aria-sort=${it.sort && sort === it.sort ? 'ascending' : it.sort && sort === `-${it.sort}` ? 'descending' : nothing}>
            ${it.sort && onSort ? html`<button type="button" @click=${() => onSort(sort === it.sort ? `-${it.sort}` : it.sort)}>${it.name}${sort === it.sort ? ' ↑' : sort === `-${it.sort}` ? ' ↓' : ''}</button>` : it.name}
          </th>`)}</tr></thead>
        <tbody>${rows.map(row => html`<tr>${columns.map((it, i) => i === 0 ? html`<th scope="row" class=${looksOf(it)}>${it.cell(row)}</th>` : html`<td class=${looksOf(it)}>${it.cell(row)}</td>`)}</tr>`)}</tbody>
      </table>
    </div>`;
}

/** Goes to the rows before and behind. */
export function pager(from, shown, all, size, onFrom) {
  return html`
    <nav class="pager" aria-label=${t('hq.rows')}>
      <span class="soft num">${t('hq.rows-of', { from: number(all ? from + 1 : 0), to: number(from + shown), all: number(all) })}</span>
      <button type="button" aria-label=${t('hq.rows-before')} ?disabled=${from === 0} @click=${() => onFrom(Math.max(0, from - size))}><sk-icon name="previous"></sk-icon></button>
      <button type="button" aria-label=${t('hq.rows-behind')} ?disabled=${from + shown >= all} @click=${() => onFrom(from + size)}><sk-icon name="next"></sk-icon></button>
    </nav>`;
}
