import { html } from 'lit';
import { words, t, number, ago } from '../kit/words.js';
import { read } from '../kit/api.js';
import { Page, looks, table, pager } from '../hq/page.js';
import { line } from '../hq/line.js';

await words(import.meta.url);

const ROWS = 50;

/** All stores, a page of them at a time; or one of them. */
class Stores extends Page {
  static topics = ['line'];
  static properties = { wanted: { state: true }, only: { state: true }, from: { state: true }, sort: { state: true } };
  static styles = looks;

  constructor() {
    super();
    this.wanted = '';
    this.only = '';
    this.from = 0;
    this.sort = 'id';
  }

  async load() {
    const [id] = this.args;
    if (id) {
      this.one = await read(`/api/stores/${encodeURIComponent(id)}`);
    } else {
      this.one = null;
      this.all = (await read('/api/stores')).stores;
    }
  }

  get rows() {
    const wanted = this.wanted.trim().toLowerCase();
    const by = this.sort.replace('-', '');
    const way = this.sort.startsWith('-') ? -1 : 1;
    return this.all
      .filter(it => !this.only || it.line === this.only)
      .filter(it => `${it.id} ${it.name} ${it.zone}`.toLowerCase().includes(wanted))
      .sort((a, b) => way * String(a[by] ?? '').localeCompare(String(b[by] ?? ''), undefined, { numeric: true }));
  }

  view() {
    return this.args[0] ? this.single() : this.list();
  }

  list() {
    if (!this.all) {
      return html``;
    }
    const rows = this.rows;
    const shown = rows.slice(this.from, this.from + ROWS);
    return html`
      <div class="tools">
        <label>${t('stores.find')}<input type="search" autocomplete="off" .value=${this.wanted} @input=${event => { this.wanted = event.target.value; this.from = 0; }}></label>
        <label>${t('stores.line')}<select @change=${event => { this.only = event.target.value; this.from = 0; }}>
          <option value="">${t('stores.every')}</option><option value="up">${t('hq.line.up')}</option><option value="down">${t('hq.line.down')}</option><option value="never joined">${t('hq.line.never')}</option>
        </select></label>
      </div>
      ${shown.length ? html`<div>${table([
        { name: t('stores.store'), sort: 'id', cell: it => html`<a href="#stores/${it.id}">${it.id} ${it.name}</a>` },
        { name: t('stores.zone'), sort: 'zone', wide: true, cell: it => it.zone },
        { name: t('stores.line'), sort: 'line', cell: line },
        { name: t('stores.contact'), sort: 'lastContact', end: true, cell: it => it.lastContact ? ago(it.lastContact) : '–' },
        { name: t('stores.software'), sort: 'software', wide: true, cell: it => it.software ?? '–' },
      ], shown, { label: t('hq.page.stores'), sort: this.sort, onSort: next => { this.sort = next; this.from = 0; } })}
      ${pager(this.from, shown.length, rows.length, ROWS, from => { this.from = from; })}</div>` : html`<div class="card"><sk-empty icon="store" heading=${t(this.all.length ? 'stores.none-found' : 'stores.none')} text=${this.all.length ? '' : t('stores.none-how')}></sk-empty></div>`}`;
  }

  single() {
    const it = this.one;
    if (!it) {
      return html``;
    }
    return html`
      <p><a href="#stores">${t('stores.all')}</a></p>
      <h2>${it.id} ${it.name} ${line(it)}</h2>
      <dl class="facts card pad">
        <dt>${t('stores.zone')}</dt><dd>${it.zone}</dd>
        <dt>${t('stores.contact')}</dt><dd>${it.lastContact ? ago(it.lastContact) : '–'}</dd>
        <dt>${t('stores.software')}</dt><dd>${it.software ?? '–'}</dd>
        <dt>${t('stores.epoch')}</dt><dd>${number(it.epoch)}</dd>
      </dl>
      <h2>${t('stores.streams')}</h2>
      ${it.streams.length ? table([
        { name: t('stores.stream'), cell: s => s.name },
        { name: t('stores.events'), end: true, cell: s => number(s.tail) },
        { name: t('stores.last'), end: true, cell: s => s.lastAppend ? ago(s.lastAppend) : '–' },
      ], it.streams, { label: t('stores.streams') }) : html`<div class="card"><sk-empty icon="cloud" heading=${t('stores.no-streams')}></sk-empty></div>`}`;
  }
}

customElements.define('hq-stores', Stores);
