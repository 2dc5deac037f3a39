import { html, css, nothing } from 'lit';
import { words, t, number, date, ago } from '../kit/words.js';
import { read } from '../kit/api.js';
import { money } from '../kit/money.js';
import { Page, looks, table, tabs, tile, empty } from '../hq/page.js';
import { bar } from '../hq/bars.js';

await words(import.meta.url);

const BY = ['hour', 'day', 'store', 'department', 'article', 'tender', 'tax', 'cashier', 'source', 'discount'];
const ROWS = 200;

/** This day, as people here write it down. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

/** `#sales`: so far today, against an earlier day at the same time; `#sales/sums`: of some days, by whatever is asked for. */
class Sales extends Page {
  static topics = ['sales'];
  static properties = { by: { state: true }, from: { state: true }, to: { state: true }, store: { state: true }, against: { state: true }, now: { state: true }, rows: { state: true } };

  static styles = [looks, css`
    .bar { inline-size: 8rem; block-size: .75rem; display: inline-block; }
    .bar rect { fill: var(--sk-accent); }
  `];

  constructor() {
    super();
    this.by = 'hour';
    this.from = today();
    this.to = this.from;
    this.store = '';
    this.against = '1';
  }

  get part() {
    return this.args[0] ?? '';
  }

  async load() {
    if (this.part === 'sums') {
      const asked = new URLSearchParams({ by: this.by, from: this.from, to: this.to < this.from ? this.from : this.to, max: ROWS });
      if (this.store.trim()) {
        asked.set('store', this.store.trim());
      }
      const { rows } = await read(`/api/sales?${asked}`);
      Object.assign(this, { rows, shownBy: asked.get('by') });
    } else {
      this.now = await read(`/api/sales/now?stores=true&against=${this.against}`);
    }
  }

  show(changes) {
    Object.assign(this, changes);
    this.again();
  }

  view() {
    return html`${tabs('sales', [{ id: '', name: t('sales.now') }, { id: 'sums', name: t('sales.sums') }], this.part)}${this.part === 'sums' ? this.sums() : this.soFar()}`;
  }

  soFar() {
    if (!this.now) {
      return nothing;
    }
    const { sums, stores } = this.now;
    const most = Math.max(0, ...stores.map(it => it.sales.amount));
    return html`
      <div class="tools"><label>${t('sales.against')}<select @change=${event => this.show({ against: event.target.value })}>
        ${['1', '7', '364'].map(it => html`<option value=${it} ?selected=${it === this.against}>${t(`sales.against.${it}`)}</option>`)}
      </select></label></div>
      ${sums.length ? sums.map(it => html`<div class="tiles">
        ${tile(t('sales.today'), money(it.sales), { under: t('sales.receipts-of', { count: it.receipts, receipts: number(it.receipts) }) })}
        ${tile(t('sales.compared'), money(it.compared))}
        ${tile(t('sales.then'), money(it.against), { under: t('sales.receipts-of', { count: it.againstReceipts, receipts: number(it.againstReceipts) }) })}
        ${tile(t('sales.stores'), number(it.stores))}
      </div>`) : empty('chart', t('sales.none'), t('sales.none-how'))}
      ${stores.length ? table([
        { name: t('sales.store'), cell: it => html`<a href="#stores/${it.store}">${it.store}</a>` },
        { name: t('sales.amount'), end: true, cell: it => money(it.sales) },
        { name: '', wide: true, cell: it => bar(it.sales.amount, most) },
        { name: t('sales.compared'), end: true, wide: true, cell: it => money(it.compared) },
        { name: t('sales.then'), end: true, cell: it => money(it.against) },
        { name: t('sales.receipts'), end: true, wide: true, cell: it => number(it.receipts) },
        { name: t('sales.last'), end: true, wide: true, cell: it => ago(it.lastSale) },
      ], stores, { label: t('sales.now') }) : nothing}`;
  }

  name(row) {
    return this.shownBy === 'hour' ? `${row.key.padStart(2, '0')}:00` : this.shownBy === 'day' ? date(row.key) : row.name ?? row.key;
  }

  sums() {
    const rows = this.rows ?? [];
    const most = Math.max(0, ...rows.map(it => it.amount.amount));
    const along = ['hour', 'day'].includes(this.shownBy);
    const day = name => html`<label>${t(`sales.${name}`)}<input type="date" .value=${this[name]} @change=${event => event.target.value && this.show({ [name]: event.target.value })}></label>`;
    return html`
      <div class="tools">
        <label>${t('sales.by')}<select @change=${event => this.show({ by: event.target.value })}>${BY.map(it => html`<option value=${it} ?selected=${it === this.by}>${t(`sales.by.${it}`)}</option>`)}</select></label>
        ${day('from')}${day('to')}
        <label>${t('sales.store')}<input autocomplete="off" placeholder=${t('sales.every')} .value=${this.store} @change=${event => this.show({ store: event.target.value })}></label>
      </div>
      ${rows.length ? html`
        ${along && rows.length > 1 ? html`<hq-bars class="card" label=${t('sales.sums')} .rows=${rows.map(it => ({ name: this.name(it), size: it.amount.amount, text: money(it.amount) }))}></hq-bars>` : nothing}
        ${table([
          { name: t(`sales.by.${this.shownBy}`), cell: it => html`${this.name(it)}${it.name && it.name !== it.key ? html` <span class="soft small">${it.key}</span>` : nothing}` },
          { name: t('sales.amount'), end: true, cell: it => money(it.amount) },
          ...(along ? [] : [{ name: '', wide: true, cell: it => bar(it.amount.amount, most) }]),
          { name: t('sales.tax'), end: true, wide: true, cell: it => money(it.tax) },
          { name: t('sales.count'), end: true, cell: it => number(it.count) },
          { name: t('sales.quantity'), end: true, wide: true, cell: it => number(it.quantity) },
        ], rows, { label: t('sales.sums') })}` : empty('chart', t('sales.none'), t('sales.none-how'))}`;
  }
}

customElements.define('hq-sales', Sales);
