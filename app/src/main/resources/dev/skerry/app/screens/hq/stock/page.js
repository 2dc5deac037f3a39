import { html, nothing } from 'lit';
import { words, t, number, ago } from '../kit/words.js';
import { read, act } from '../kit/api.js';
import { ask } from '../kit/dialog.js';
import { Page, looks, table, pager, tabs, badge, empty } from '../hq/page.js';

await words(import.meta.url);

const ROWS = 50;
const SETTLE_MS = 250;
const TONES = { ON_THE_WAY: '', LOST: 'bad', DIFFERENT: 'warn', UNANNOUNCED: 'warn', ARRIVED: 'good', CLOSED: '' };
const word = state => state.toLowerCase().replaceAll('_', '-');

/** `#stock`: articles over all stores; `#stock/article/SKU`: one in each store; `#stock/store/STORE`: all of a store; `#stock/transfers`. */
class Stock extends Page {
  static topics = ['stock'];
  static properties = { wanted: { state: true }, which: { state: true }, from: { state: true }, list: { state: true }, one: { state: true }, moved: { state: true } };
  static styles = looks;

  constructor() {
    super();
    this.wanted = '';
    this.which = 'all';
    this.from = 0;
  }

  get part() {
    return this.args[0] ?? '';
  }

  async load() {
    const [part, key] = this.args;
    if (part === 'article') {
      this.one = await read(`/api/stock/${encodeURIComponent(key)}`);
    } else if (part === 'transfers') {
      this.moved = (await read(`/api/transfers?max=200${key ? `&state=${key}` : ''}`)).transfers;
    } else {
      const asked = new URLSearchParams({ which: this.which, find: this.wanted.trim(), from: this.from, max: ROWS });
      if (part === 'store') {
        asked.set('store', key);
      }
      this.list = await read(`/api/stock?${asked}`);
    }
  }

  type(text) {
    this.wanted = text;
    this.from = 0;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.again(), SETTLE_MS);
  }

  show(changes) {
    Object.assign(this, changes);
    this.again();
  }

  async close(transfer) {
    const done = await ask('sk-ask-text', {
      heading: t('stock.close-title', { document: transfer.document }),
      label: t('stock.close-why'),
      check: reason => act('POST', `/api/transfers/${encodeURIComponent(transfer.sender)}/${encodeURIComponent(transfer.document)}/close`, { reason }),
    });
    if (done) {
      this.again();
    }
  }

  view() {
    const part = this.part;
    return html`
      ${tabs('stock', [{ id: '', name: t('stock.articles') }, { id: 'transfers', name: t('stock.transfers') }], part === 'transfers' ? part : '')}
      ${part === 'article' ? this.article() : part === 'transfers' ? this.transfers() : this.articles()}`;
  }

  articles() {
    if (!this.list) {
      return nothing;
    }
    const { articles, all } = this.list;
    const store = this.part === 'store' ? this.args[1] : null;
    const signed = value => html`<span class=${value < 0 ? 'problem' : ''}>${number(value)}</span>`;
    return html`
      ${store ? html`<p><a href="#stock">${t('stock.all')}</a></p><h2>${t('stock.of-store', { store })}</h2>` : nothing}
      <div class="tools">
        <label>${t('stock.find')}<input type="search" autocomplete="off" .value=${this.wanted} @input=${event => this.type(event.target.value)}></label>
        <label>${t('stock.which')}<select @change=${event => this.show({ which: event.target.value, from: 0 })}>
          ${['all', 'negative', 'out'].map(it => html`<option value=${it} ?selected=${it === this.which}>${t(`stock.which.${it}`)}</option>`)}
        </select></label>
      </div>
      ${articles.length ? html`<div>${table([
        { name: t('stock.article'), cell: it => html`<a href="#stock/article/${encodeURIComponent(it.sku)}">${it.name ?? it.sku}</a>${it.name ? html` <span class="soft small">${it.sku}</span>` : nothing}` },
        { name: t('stock.quantity'), end: true, cell: it => signed(it.quantity) },
        ...(store ? [] : [
          { name: t('stock.stores'), end: true, wide: true, cell: it => number(it.stores) },
          { name: t('stock.negative'), end: true, wide: true, cell: it => it.negative ? badge(number(it.negative), 'bad') : '–' },
        ]),
        { name: t('stock.out'), end: true, wide: true, cell: it => it.out ? badge(number(it.out), 'warn') : '–' },
        { name: t('stock.way'), end: true, wide: true, cell: it => it.onTheWay ? number(it.onTheWay) : '–' },
        { name: t(store ? 'stock.as-of' : 'stock.age'), end: true, cell: it => ago(it.asOf) },
      ], articles, { label: t('stock.articles') })}
      ${pager(this.from, articles.length, all, ROWS, from => this.show({ from }))}</div>` : this.wanted || this.which !== 'all' ? empty('box', t('stock.none-found')) : empty('box', t('stock.none'), t('stock.none-how'))}`;
  }

  article() {
    const it = this.one;
    if (!it || it.sku !== this.args[1]) {
      return nothing;
    }
    return html`
      <p><a href="#stock">${t('stock.all')}</a></p>
      <h2>${it.name ?? it.sku} <span class="soft">${it.name ? it.sku : ''}</span></h2>
      ${it.stores.length ? table([
        { name: t('stock.store'), cell: s => html`<a href="#stores/${s.store.replace(/^store-/, '')}">${s.store.replace(/^store-/, '')}</a> ${s.ranOut ? badge(t('stock.ran-out'), 'warn') : nothing}` },
        { name: t('stock.quantity'), end: true, cell: s => html`<span class=${s.quantity < 0 ? 'problem' : ''}>${number(s.quantity)}</span>` },
        { name: t('stock.way'), end: true, cell: s => s.onTheWay ? number(s.onTheWay) : '–' },
        { name: t('stock.as-of'), end: true, cell: s => ago(s.asOf) },
        { name: t('stock.heard'), end: true, wide: true, cell: s => ago(s.heardAt) },
        { name: t('stock.counted'), end: true, wide: true, cell: s => s.countedAt ? ago(s.countedAt) : t('stock.never') },
      ], it.stores, { label: it.name ?? it.sku }) : empty('box', t('stock.none'), t('stock.none-how'))}`;
  }

  transfers() {
    if (!this.moved) {
      return nothing;
    }
    const mayClose = ['ADMIN', 'MERCHANT', 'ACCOUNTANT'].some(it => this.me?.roles.includes(it));
    const now = this.args[1] ?? '';
    const what = it => html`<ul>${it.lines.map(one => html`<li>${one.sent === one.arrived || it.state === 'ON_THE_WAY' || it.state === 'LOST'
      ? t('stock.line-short', { quantity: number(one.sent), name: one.name ?? one.sku })
      : t('stock.line', { name: one.name ?? one.sku, sent: number(one.sent), arrived: number(one.arrived) })}</li>`)}</ul>`;
    return html`
      <div class="tools"><label>${t('stock.state')}<select @change=${event => { location.hash = `stock/transfers${event.target.value ? `/${event.target.value}` : ''}`; }}>
        <option value="">${t('stock.every')}</option>
        ${Object.keys(TONES).map(it => html`<option value=${word(it)} ?selected=${word(it) === now}>${t(`stock.state.${it}`)}</option>`)}
      </select></label></div>
      ${this.moved.length ? table([
        { name: t('stock.document'), cell: it => it.document },
        { name: t('stock.state'), cell: it => html`${badge(t(`stock.state.${it.state}`), TONES[it.state])}${it.closed ? html`<br><span class="soft small">${t('stock.closed-by', { name: it.closed.by, reason: it.closed.reason })}</span>` : nothing}` },
        { name: t('stock.from'), cell: it => it.sender.replace(/^store-/, '') },
        { name: t('stock.to'), cell: it => it.receiver.replace(/^store-/, '') },
        { name: t('stock.what'), wide: true, cell: what },
        { name: t('stock.sent'), end: true, wide: true, cell: it => it.sentAt ? ago(it.sentAt) : '–' },
        { name: t('stock.arrived'), end: true, wide: true, cell: it => it.arrivedAt ? ago(it.arrivedAt) : '–' },
        { name: t('stock.closed'), end: true, cell: it => mayClose && !['ARRIVED', 'CLOSED'].includes(it.state) ? html`<button type="button" @click=${() => this.close(it)}>${t('stock.close')}</button>` : nothing },
      ], this.moved, { label: t('stock.transfers') }) : empty('truck', t('stock.no-transfers'), t('stock.no-transfers-how'))}`;
  }
}

customElements.define('hq-stock', Stock);
