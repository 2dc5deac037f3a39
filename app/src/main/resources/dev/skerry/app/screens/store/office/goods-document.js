import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t, ago, date } from '../kit/words.js';
import { typedQuantity } from '../kit/money.js';
import { Problem, read, act, id } from '../kit/api.js';
import { ask, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { sound } from '../kit/wedge.js';
import './find.js';

const STORED = 'sk-office-goods-';

/** What was counted so recently may be what somebody else counts right now. */
const JUST_COUNTED_MS = 3_600_000;

const REASONS = {
  waste: ['expired', 'spoiled', 'damaged', 'sampling', 'own-use'],
  adjust: ['own-use', 'damaged', 'missing', 'wrong-delivery', 'wrong-count'],
};

/** As the store's API names them. */
const SENT_AS = { receive: 'RECEIVED', waste: 'WASTED', send: 'SENT', arrive: 'ARRIVED', adjust: 'ADJUSTED' };

/** People write it on a box, and type it in another store. Another document of the same number is refused. */
const shortId = () => id().slice(0, 12);

const rounded = value => Math.round(value * 1000) / 1000;

/**
 * What a person writes down about goods, until it is sent: kept on the device through whatever happens, sent with an id of its own, and so
 * written down once. Tells of it as `written`.
 */
class GoodsDocument extends LitElement {
  static properties = { kind: {}, first: {}, draft: { state: true }, busy: { state: true }, problem: { state: true }, again: { state: true }, stores: { state: true } };

  static styles = [kit, css`
    :host { display: flex; flex-direction: column; gap: var(--sk-4); padding-block-end: 5rem; }
    .about { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); gap: var(--sk-3); padding: var(--sk-4); }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--sk-2) var(--sk-3); padding: var(--sk-3) var(--sk-4); align-items: center; }
    li.new { background: var(--sk-accent-soft); }
    .name { overflow-wrap: anywhere; }
    .many { display: grid; grid-template-columns: auto 6rem auto; gap: var(--sk-1); grid-column: 1 / -1; justify-self: start; align-items: end; }
    .list .many button, .list .remove { inline-size: 3rem; padding: 0; justify-content: center; border-radius: var(--sk-radius); }
    .list .many button { border: 1px solid var(--sk-line); background: var(--sk-surface); }
    .many input { text-align: center; font-weight: 700; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
    .more { grid-column: 1 / -1; display: grid; grid-template-columns: 1fr 1fr; gap: var(--sk-2); }
    .hint { grid-column: 1 / -1; color: var(--sk-warn); font-size: .875rem; font-weight: 600; }
    summary { min-block-size: 2.75rem; display: flex; align-items: center; cursor: pointer; color: var(--sk-accent); font-weight: 600; font-size: .875rem; grid-column: 1 / -1; }
    details { grid-column: 1 / -1; }
    .send { position: sticky; inset-block-end: 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--sk-3); padding: var(--sk-3); background: var(--sk-surface); border: 1px solid var(--sk-line); border-radius: var(--sk-radius); box-shadow: var(--sk-shadow); }
    @media (min-width: 560px) { li { grid-template-columns: minmax(0, 1fr) auto auto; } .many { grid-column: 2; grid-row: 1; } .remove { grid-column: 3; grid-row: 1; } }
  `];

  constructor() {
    super();
    this.busy = false;
    this.problem = null;
    this.again = null;
    this.stores = [];
    this.ahead = 0;
  }

  /** What `kind` was begun on this device and not sent. */
  willUpdate(changes) {
    if (changes.has('kind')) {
      const kept = localStorage.getItem(STORED + this.kind);
      this.draft = kept ? JSON.parse(kept) : { id: shortId(), party: '', reference: '', reason: '', other: '', lines: [] };
    }
  }

  async firstUpdated() {
    try {
      // The time of a count is the store's, whatever the clock of this device says.
      this.ahead = Date.parse((await read('/api/status')).at) - Date.now();
      if (this.first && !this.draft.lines.some(it => it.sku === this.first)) {
        this.add(await read(`/api/articles/${encodeURIComponent(this.first)}`), null);
      }
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      toast(say(error), 'bad');
    }
    if (!this.draft.lines.length) {
      this.renderRoot.querySelector('sk-office-find').focus();
    }
  }

  keep() {
    this.draft = { ...this.draft };
    if (this.draft.lines.length || this.draft.party || this.draft.reference) {
      localStorage.setItem(STORED + this.kind, JSON.stringify(this.draft));
    } else {
      localStorage.removeItem(STORED + this.kind);
    }
  }

  change(what) {
    Object.assign(this.draft, what);
    this.keep();
  }

  get now() {
    return new Date(Date.now() + this.ahead).toISOString();
  }

  /** What was scanned is one more; what was looked for is to be counted by the person. */
  add(article, label) {
    if (this.busy) {
      sound(false);
      toast(t('stock.being-sent'), 'warn');
      return;
    }
    const lot = label?.lot ?? '';
    const expiry = label?.bestBefore ?? label?.sellBefore?.slice(0, 10) ?? '';
    const many = label ? label.quantity ?? label.units ?? 1 : null;
    const same = this.draft.lines.find(it => it.sku === article.sku && (this.kind === 'count' || it.lot === lot && it.expiry === expiry));
    const line = same ?? { key: id(), sku: article.sku, name: article.name, size: article.size ?? '', lot, expiry, text: '' };
    if (many !== null) {
      line.text = this.text(rounded((this.quantity(line) ?? 0) + (this.kind === 'adjust' ? -many : many)));
    }
    line.at = this.now;
    this.latest = line.key;
    this.draft.lines = [line, ...this.draft.lines.filter(it => it !== line)];
    this.problem = null;
    this.keep();
    if (many === null) {
      this.updateComplete.then(() => this.renderRoot.querySelector(`#many-${line.key}`)?.select());
    }
    if (this.kind === 'count' && !same) {
      this.lookWhenCounted(line);
    } else if (this.kind === 'send') {
      this.lookWhoHasIt(line);
    }
  }

  async lookWhenCounted(line) {
    const { stock } = await read(`/api/stock/${encodeURIComponent(line.sku)}`).catch(() => ({ stock: null }));
    if (stock?.countedAt && Date.parse(this.now) - Date.parse(stock.countedAt) < JUST_COUNTED_MS) {
      line.hint = stock.countedAt;
      this.keep();
    }
  }

  async lookWhoHasIt(line) {
    const { elsewhere } = await read(`/api/stock/${encodeURIComponent(line.sku)}`).catch(() => ({ elsewhere: [] }));
    this.stores = [...new Set([...this.stores, ...elsewhere.map(it => it.store)])].sort();
  }

  /** Null if it is none. */
  quantity(line) {
    const text = line.text.trim();
    const below = this.kind === 'adjust' && /^[-−]/.test(text);
    const value = typedQuantity(below ? text.slice(1) : text);
    return value === null ? null : below ? -value : value;
  }

  text(value) {
    return String(value);
  }

  step(line, by) {
    const value = rounded((this.quantity(line) ?? 0) + by);
    this.set(line, { text: this.text(this.kind === 'adjust' ? value : Math.max(0, value)), at: this.now });
  }

  set(line, what) {
    Object.assign(line, what);
    this.problem = null;
    this.keep();
  }

  takeOut(line) {
    this.draft.lines = this.draft.lines.filter(it => it !== line);
    this.keep();
    this.renderRoot.querySelector('sk-office-find').focus();
  }

  async discard() {
    const sure = !this.draft.lines.length || await ask('sk-tell', { heading: t('stock.discard'), text: t('stock.discard-sure', { count: this.draft.lines.length }), yes: t('stock.discard'), no: t('kit.cancel'), look: 'danger' });
    if (sure) {
      localStorage.removeItem(STORED + this.kind);
      location.hash = '#stock';
    }
  }

  /** A delivery that was received before is received again only if the person wants that. */
  async lookReference() {
    this.again = null;
    const reference = this.draft.reference.trim();
    if (!reference) {
      return;
    }
    const { documents } = await read(`/api/documents?kind=${SENT_AS[this.kind]}&max=200`).catch(() => ({ documents: [] }));
    this.again = documents.find(it => it.reference === reference) ?? null;
  }

  // ---- sending

  get body() {
    const { draft } = this;
    if (this.kind === 'count') {
      return { id: draft.id, lines: draft.lines.map(it => ({ sku: it.sku, counted: this.quantity(it), at: it.at })) };
    }
    const party = draft.party.trim();
    return {
      id: draft.id,
      kind: SENT_AS[this.kind],
      ...(party ? { party: ['send', 'arrive'].includes(this.kind) && /^\d+$/.test(party) ? `store-${party.padStart(4, '0')}` : party } : {}),
      ...(draft.reference.trim() ? { reference: draft.reference.trim() } : {}),
      ...(draft.reason ? { reason: draft.reason === 'other' ? draft.other.trim() : draft.reason } : {}),
      lines: draft.lines.map(it => ({ sku: it.sku, quantity: this.quantity(it), ...(it.lot ? { lot: it.lot } : {}), ...(it.expiry ? { expiry: it.expiry } : {}) })),
    };
  }

  async send() {
    const empty = this.draft.lines.find(it => this.quantity(it) === null);
    if (empty) {
      this.problem = t('stock.how-many', { name: empty.name });
      this.renderRoot.querySelector(`#many-${empty.key}`).select();
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      const document = await act('POST', this.kind === 'count' ? '/api/counts' : '/api/stock/movements', this.body);
      localStorage.removeItem(STORED + this.kind);
      this.dispatchEvent(new CustomEvent('written', { detail: document }));
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      // Nothing was done, and what is sent next is something else.
      this.change({ id: shortId() });
      this.problem = say(error);
    } finally {
      this.busy = false;
    }
  }

  // ---- what is shown

  about() {
    const { draft } = this;
    const field = (name, label, more = {}) => html`<label>${label}<input autocomplete="off" maxlength="200" list=${more.list ?? nothing} placeholder=${more.placeholder ?? ''} .value=${draft[name]} @input=${event => this.change({ [name]: event.target.value })} @change=${more.changed ?? (() => {})}></label>`;
    switch (this.kind) {
      case 'receive': return html`${field('party', t('stock.supplier'))}${field('reference', t('stock.delivery'), { changed: () => this.lookReference() })}`;
      case 'arrive': return html`${field('party', t('stock.from-store'), { placeholder: '0043' })}${field('reference', t('stock.their-document'), { changed: () => this.lookReference() })}`;
      case 'send': return html`${field('party', t('stock.to-store'), { placeholder: '0043', list: 'stores' })}<datalist id="stores">${this.stores.map(it => html`<option value=${it}></option>`)}</datalist>`;
      case 'waste':
      case 'adjust': return html`<label>${t('stock.reason')}
          <select @change=${event => this.change({ reason: event.target.value })}>
            <option value="" ?selected=${!draft.reason}>${t('stock.reason-choose')}</option>
            ${[...REASONS[this.kind], 'other'].map(it => html`<option value=${it} ?selected=${draft.reason === it}>${t(`stock.reason.${it}`)}</option>`)}
          </select></label>${draft.reason === 'other' ? field('other', t('stock.reason-words')) : nothing}`;
      default: return nothing;
    }
  }

  lineOf(line) {
    const lots = ['receive', 'arrive'].includes(this.kind);
    return html`<li class=${line.key === this.latest ? 'new' : ''}>
      <div class="name"><strong>${line.name}</strong><br><span class="soft small num">${line.sku}${line.size ? ` · ${line.size}` : ''}${!lots && line.lot ? ` · ${t('stock.lot-is', { lot: line.lot })}` : ''}</span></div>
      <button type="button" class="quiet remove" aria-label=${t('stock.remove', { name: line.name })} ?disabled=${this.busy} @click=${() => this.takeOut(line)}><sk-icon name="close"></sk-icon></button>
      <div class="many">
        <button type="button" aria-label=${t('stock.less', { name: line.name })} ?disabled=${this.busy} @click=${() => this.step(line, -1)}><sk-icon name="minus"></sk-icon></button>
        <label><span class="visually-hidden">${t('stock.quantity-of', { name: line.name })}</span>
          <input id="many-${line.key}" inputmode="decimal" autocomplete="off" .value=${line.text} ?disabled=${this.busy} @input=${event => this.set(line, { text: event.target.value, at: this.now })}
            @keydown=${event => { if (event.key === 'Enter') { this.renderRoot.querySelector('sk-office-find').focus(); } }}></label>
        <button type="button" aria-label=${t('stock.one-more', { name: line.name })} ?disabled=${this.busy} @click=${() => this.step(line, 1)}><sk-icon name="plus"></sk-icon></button>
      </div>
      ${line.hint ? html`<p class="hint">${t('stock.just-counted', { ago: ago(line.hint) })}</p>` : nothing}
      ${lots ? html`<details ?open=${!!(line.lot || line.expiry)}><summary>${t('stock.lot-and-expiry')}</summary><div class="more">
        <label>${t('stock.lot')}<input autocomplete="off" maxlength="20" .value=${line.lot} @input=${event => this.set(line, { lot: event.target.value })}></label>
        <label>${t('stock.expiry')}<input type="date" .value=${line.expiry} @input=${event => this.set(line, { expiry: event.target.value })}></label></div></details>` : nothing}
    </li>`;
  }

  render() {
    const about = this.about();
    const { lines } = this.draft;
    return html`
      ${about === nothing ? nothing : html`<div class="card about">${about}</div>`}
      ${this.again ? html`<sk-banner tone="warn">${t('stock.again', { reference: this.again.reference, when: date(this.again.at), by: this.again.by || this.again.device })}</sk-banner>` : nothing}
      <sk-office-find @found=${event => this.add(event.detail.article, event.detail.label)}></sk-office-find>
      ${lines.length ? html`<ul class="card list">${lines.map(it => this.lineOf(it))}</ul>` : html`<sk-empty class="card" icon="barcode" heading=${t('stock.no-lines')} text=${t('stock.no-lines-how')}></sk-empty>`}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <div class="send">
        <button type="button" class="tall quiet" ?disabled=${this.busy} @click=${this.discard}>${t('stock.discard')}</button>
        <button type="button" class="tall primary" ?disabled=${this.busy || !lines.length} @click=${this.send}><sk-icon name="check"></sk-icon>${t(`stock.send.${this.kind}`, { count: lines.length })}</button>
      </div>`;
  }
}

customElements.define('sk-office-goods-document', GoodsDocument);
