import { html, nothing } from 'lit';
import { words, t, number, ago, date } from '../kit/words.js';
import { read, act } from '../kit/api.js';
import { ask, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { money } from '../kit/money.js';
import { Page, looks, table, pager, tabs, badge, empty, send, chosenFile } from '../hq/page.js';

await words(import.meta.url);

const ROWS = 50;
const KINDS = ['LATE_DECLINE', 'REVERSAL_REFUSED', 'REFUND_REFUSED', 'NOT_SETTLED', 'SETTLED_DIFFERENTLY', 'SETTLED_UNKNOWN', 'NOT_PAID_OUT', 'PAID_OUT_DIFFERENTLY', 'PAID_OUT_UNKNOWN', 'Z_DIFFERS', 'Z_MISSING', 'SALE_WITHOUT_PAYMENT', 'PAYMENT_WITHOUT_SALE', 'SALE_PAID_DIFFERENTLY', 'STOCK_COUNTED', 'COPY_DIFFERS'];
const word = kind => kind.toLowerCase().replaceAll('_', '-');

/** `#reconciliation`: what is open, by kind; `…/differences/KIND/STORE`; `…/batches`; `…/files`. */
class Reconciliation extends Page {
  static properties = { which: { state: true }, from: { state: true }, kinds: { state: true }, list: { state: true }, batches: { state: true }, busy: { state: true } };
  static styles = looks;

  constructor() {
    super();
    this.which = 'open';
    this.from = 0;
  }

  get part() {
    return this.args[0] ?? '';
  }

  async load() {
    const [part, kind, store] = this.args;
    if (part === 'differences') {
      const asked = new URLSearchParams({ which: this.which, from: this.from, max: ROWS });
      if (kind) {
        asked.set('kind', word(kind));
      }
      if (store) {
        asked.set('store', store);
      }
      this.list = await read(`/api/reconciliation/differences?${asked}`);
    } else if (part === 'batches') {
      this.batches = (await read('/api/reconciliation/batches?max=200')).batches;
    } else if (!part) {
      this.kinds = (await read('/api/reconciliation')).kinds;
    }
  }

  show(changes) {
    Object.assign(this, changes);
    this.again();
  }

  async decide(difference) {
    const done = await ask('sk-ask-text', {
      heading: t('reconciliation.do-title'),
      label: t('reconciliation.do-label'),
      check: what => act('POST', '/api/reconciliation/decisions', { difference: difference.id, done: what }),
    });
    if (done) {
      this.again();
    }
  }

  async take(path) {
    const file = await chosenFile();
    if (!file) {
      return;
    }
    this.busy = true;
    try {
      const { lines, known } = await send(`/api/reconciliation/${path}`, file);
      toast(t('reconciliation.taken', { lines: number(lines), known: number(known) }), 'good');
    } catch (error) {
      toast(say(error), 'bad');
    } finally {
      this.busy = false;
    }
  }

  view() {
    const parts = ['', 'differences', 'batches', 'files'].map(id => ({ id, name: t(`reconciliation.${id || 'overview'}`) }));
    return html`${tabs('reconciliation', parts, this.part)}
      ${{ '': () => this.overview(), differences: () => this.differences(), batches: () => this.paidOut(), files: () => this.files() }[this.part]?.() ?? nothing}`;
  }

  overview() {
    if (!this.kinds) {
      return nothing;
    }
    return this.kinds.length ? table([
      { name: t('reconciliation.what'), cell: it => html`<a href="#reconciliation/differences/${it.kind}">${t(`hq.difference.${it.kind}`)}</a>` },
      { name: t('reconciliation.open'), end: true, cell: it => number(it.open) },
      { name: t('reconciliation.amount'), end: true, cell: it => it.amounts.map(money).join(', ') || '–' },
    ], this.kinds, { label: t('reconciliation.overview') }) : empty('check', t('reconciliation.none'), t('reconciliation.none-how'));
  }

  differences() {
    if (!this.list) {
      return nothing;
    }
    const [, kind = '', store = ''] = this.args;
    const { differences, all } = this.list;
    return html`
      <div class="tools">
        <label>${t('reconciliation.kind')}<select @change=${event => { this.from = 0; location.hash = `reconciliation/differences/${event.target.value}${store ? `/${store}` : ''}`; }}>
          <option value="">${t('reconciliation.every')}</option>
          ${KINDS.map(it => html`<option value=${it} ?selected=${it === kind}>${t(`hq.difference.${it}`)}</option>`)}
        </select></label>
        <label>${t('reconciliation.which')}<select @change=${event => this.show({ which: event.target.value, from: 0 })}>
          ${['open', 'done', 'all'].map(it => html`<option value=${it} ?selected=${it === this.which}>${t(`reconciliation.which.${it}`)}</option>`)}
        </select></label>
      </div>
      ${store ? html`<h2>${t('reconciliation.store')} ${store.replace(/^store-/, '')}</h2>` : nothing}
      ${differences.length ? html`<div>${table([
        { name: t('reconciliation.what'), cell: it => html`${t(`hq.difference.${it.kind}`)}<br><span class="soft small">${it.about}</span>` },
        { name: t('reconciliation.store'), cell: it => it.store ? html`<a href="#stores/${it.store.replace(/^store-/, '')}">${it.store.replace(/^store-/, '')}</a>` : '–' },
        { name: t('reconciliation.day'), wide: true, cell: it => it.day ? date(it.day) : ago(it.since) },
        { name: t('reconciliation.expected'), end: true, cell: it => it.expected ? money(it.expected) : '–' },
        { name: t('reconciliation.found'), end: true, cell: it => it.found ? money(it.found) : '–' },
        { name: t('reconciliation.detail'), wide: true, cell: it => it.detail || '–' },
        { name: t('reconciliation.done'), cell: it => it.done ? html`${badge(t('reconciliation.done'), 'good')}<br><span class="soft small">${t('reconciliation.done-by', { name: it.done.by, what: it.done.what })}</span>` : html`<button type="button" @click=${() => this.decide(it)}>${t('reconciliation.do')}</button>` },
      ], differences, { label: t('reconciliation.differences') })}
      ${pager(this.from, differences.length, all, ROWS, from => this.show({ from }))}</div>` : empty('check', t('reconciliation.none'), t('reconciliation.none-how'))}`;
  }

  paidOut() {
    if (!this.batches) {
      return nothing;
    }
    return this.batches.length ? table([
      { name: t('reconciliation.batch'), cell: it => it.batch },
      { name: t('reconciliation.date'), cell: it => date(it.date) },
      { name: t('reconciliation.lines'), end: true, wide: true, cell: it => number(it.lines) },
      { name: t('reconciliation.gross'), end: true, wide: true, cell: it => money(it.amount) },
      { name: t('reconciliation.fee'), end: true, wide: true, cell: it => money(it.fee) },
      { name: t('reconciliation.net'), end: true, cell: it => money(it.net) },
      { name: t('reconciliation.booked'), end: true, cell: it => it.booked ? html`<span class=${it.booked.amount === it.net.amount ? '' : 'problem'}>${money(it.booked)}</span>` : t('reconciliation.not-booked') },
    ], this.batches, { label: t('reconciliation.batches') }) : empty('card', t('reconciliation.no-batches'), t('reconciliation.no-batches-how'));
  }

  files() {
    const one = (path, key) => html`<section class="card pad stack">
      <h2>${t(`reconciliation.${key}`)}</h2><p class="soft">${t(`reconciliation.${key}-how`)}</p>
      <div><button type="button" class="primary" ?disabled=${this.busy} @click=${() => this.take(path)}>${t('reconciliation.choose')}<span class="visually-hidden"> ${t(`reconciliation.${key}`)}</span></button></div>
    </section>`;
    return html`${one('settlements', 'settlement')}${one('statements', 'statement')}`;
  }
}

customElements.define('hq-reconciliation', Reconciliation);
