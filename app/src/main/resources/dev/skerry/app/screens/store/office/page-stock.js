import { html, css, nothing } from 'lit';
import { words, t, ago, date, has, number, time } from '../kit/words.js';
import { money } from '../kit/money.js';
import { Problem, read, act } from '../kit/api.js';
import { ask } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page } from './page.js';
import './find.js';
import './goods-document.js';
import './article-name.js';

await words(import.meta.url, 'stock');

/** What can be written down about goods, in the order of the buttons. */
const KINDS = [
  { id: 'receive', icon: 'truck' },
  { id: 'count', icon: 'count' },
  { id: 'waste', icon: 'trash' },
  { id: 'send', icon: 'next' },
  { id: 'arrive', icon: 'previous' },
  { id: 'adjust', icon: 'edit' },
];

const LISTS = ['OUT', 'LOW', 'NEGATIVE'];

/** Lists that change with every sale are read anew so seldom. */
const LIST_PAUSE_MS = 5000;

const LEDGER_SHOWN = 30;

/** `SALE`, and the kinds of documents; a document can be opened. */
const isDocument = source => source !== 'SALE' && source !== 'VOID';

/** The stock of articles, and what is written down about goods: for a handheld first. */
class StockPage extends Page {
  static properties = {
    stock: { state: true }, elsewhere: { state: true }, checked: { state: true }, movements: { state: true }, article: { state: true },
    list: { state: true }, listed: { state: true }, documents: { state: true }, shown: { state: true }, warning: { state: true },
  };

  static styles = [Page.styles, css`
    :host { max-inline-size: 56rem; }
    sk-office-find { margin-block-end: var(--sk-4); }
    .kinds { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr)); gap: var(--sk-2); }
    .kinds a { flex-direction: column; min-block-size: 5rem; padding: var(--sk-2); font-size: .9375rem; overflow-wrap: anywhere; }
    .kinds sk-icon { font-size: 1.5rem; color: var(--sk-accent); }
    .tabs { display: flex; gap: var(--sk-2); overflow-x: auto; padding: 3px; margin: -3px -3px var(--sk-3); }
    .tabs button { flex: none; }
    .tabs button[aria-pressed=true] { background: var(--sk-accent-soft); border-color: var(--sk-accent); }
    .list a { display: flex; align-items: center; gap: var(--sk-3); min-block-size: var(--sk-touch); padding: var(--sk-3) var(--sk-4); color: inherit; text-decoration: none; }
    .list a:hover { background: var(--sk-raised); }
    .list .grow { overflow-wrap: anywhere; }
    header.head h1 { flex: 1 1 8rem; }
    table a { color: var(--sk-accent); }
    dl.facts { grid-template-columns: minmax(0, max-content) minmax(0, 1fr); }
    dl.facts dd { overflow-wrap: anywhere; }
    .here { display: flex; flex-wrap: wrap; align-items: end; gap: var(--sk-3) var(--sk-6); }
    .here .figure { font-size: 3rem; }
    .here .row { align-items: start; }
  `];

  constructor() {
    super();
    this.list = 'OUT';
    this.listed = null;
    this.documents = null;
  }

  get where() {
    const [what, id] = this.rest;
    if (what === 'article' && id) {
      return 'article';
    }
    if (what === 'document' && id) {
      return 'document';
    }
    return KINDS.some(it => it.id === what) ? 'write' : 'home';
  }

  get idle() {
    return this.where !== 'write';
  }

  async load() {
    const rest = this.rest;
    const [, id] = rest;
    switch (this.where) {
      case 'article': {
        const sku = encodeURIComponent(id);
        const [{ stock, elsewhere }, { movements }, article, checked] = await Promise.all([
          read(`/api/stock/${sku}`),
          read(`/api/stock/movements?sku=${sku}`),
          read(`/api/articles/${sku}`).catch(notThere),
          read(`/api/price-check?sku=${sku}`).catch(notThere),
        ]);
        if (rest === this.rest) {
          Object.assign(this, { stock, elsewhere, movements, article, checked });
        }
        break;
      }
      case 'document': {
        const shown = await read(`/api/stock/movements/${encodeURIComponent(id)}`);
        if (rest === this.rest) {
          this.shown = shown;
        }
        break;
      }
      case 'home': {
        const [{ stock }, { documents }] = await Promise.all([read(`/api/stock?which=${this.list}`), read('/api/documents?max=10')]);
        Object.assign(this, { listed: stock, documents });
        break;
      }
      default:
    }
  }

  changed(topic, key) {
    const view = this.where;
    if (view === 'article' && (!key || key === this.rest[1])) {
      this.soon();
    } else if (view === 'home') {
      if (topic === 'availability') {
        this.soon();
      } else {
        this.later ??= setTimeout(() => { this.later = null; if (this.isConnected && this.where === 'home') { this.renew(); } }, LIST_PAUSE_MS);
      }
    }
  }

  found({ article, kind }) {
    this.warning = kind === 'Found' ? null : { sku: article.sku, kind };
    this.office.go('stock', 'article', article.sku);
  }

  async show(list) {
    this.list = list;
    this.listed = null;
    await this.renew();
  }

  // ---- what can be had

  get out() {
    return this.stock.out;
  }

  async setAvailable(available) {
    await this.doing(async () => {
      await act('PUT', `/api/availability/${encodeURIComponent(this.stock.sku)}`, { available });
      toast(t(available ? 'stock.is-back' : 'stock.is-out', { name: this.name }), 'good');
      await this.renew();
    });
  }

  async setThreshold() {
    const done = await ask('sk-ask-number', {
      heading: t('stock.threshold-of', { name: this.name }),
      note: t('stock.threshold-how'),
      optional: true,
      enter: t('stock.save'),
      quick: this.stock.threshold == null ? [] : [{ label: t('stock.no-threshold'), value: 'none' }],
      check: value => act('PUT', `/api/stock/${encodeURIComponent(this.stock.sku)}/threshold`, value === null ? {} : { threshold: value }),
    });
    if (done === 'none') {
      await this.doing(() => act('PUT', `/api/stock/${encodeURIComponent(this.stock.sku)}/threshold`, {}));
    }
    if (done) {
      await this.renew();
    }
  }

  get name() {
    return this.article?.name ?? this.stock?.name ?? this.stock?.sku ?? '';
  }

  // ---- what is shown

  view() {
    switch (this.where) {
      case 'article': return this.stock?.sku === this.rest[1] ? this.viewArticle() : html`<sk-busy></sk-busy>`;
      case 'document': return this.shown?.id === this.rest[1] ? this.viewDocument() : html`<sk-busy></sk-busy>`;
      case 'write': return this.viewWrite();
      default: return this.viewHome();
    }
  }

  kinds(sku) {
    return html`<nav class="kinds" aria-label=${t('stock.write')}>${KINDS.map(it => html`
      <a class="button" href=${`#stock/${it.id}${sku ? `/${encodeURIComponent(sku)}` : ''}`}><sk-icon name=${it.icon}></sk-icon>${t(`stock.kind.${it.id}`)}</a>`)}</nav>`;
  }

  viewHome() {
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.stock')}</h1></header>
      <sk-office-find @found=${event => this.found(event.detail)}></sk-office-find>
      <section>${this.kinds()}</section>
      <section>
        <h2 id="lists">${t('stock.lists')}</h2>
        <div class="tabs" role="group" aria-labelledby="lists">${LISTS.map(it => html`<button type="button" aria-pressed=${this.list === it} @click=${() => this.show(it)}>${t(`stock.list.${it}`)}${this.list === it && this.listed ? html` <span class="num">${this.listed.length}</span>` : nothing}</button>`)}</div>
        ${!this.listed ? html`<sk-busy></sk-busy>` : this.listed.length === 0
          ? html`<sk-empty class="card" icon="check" heading=${t(`stock.none.${this.list}`)} text=${t(`stock.none-how.${this.list}`)}></sk-empty>`
          : html`<ul class="card list">${this.listed.map(it => html`<li><a href="#stock/article/${encodeURIComponent(it.sku)}">
              <span class="grow"><strong>${it.name ?? it.sku}</strong><br><span class="soft small num">${it.sku}${it.negativeSince ? ` · ${t('stock.negative-since', { ago: ago(it.negativeSince) })}` : ''}</span></span>
              ${it.out && this.list !== 'OUT' ? html`<span class="chip bad">${t('stock.out')}</span>` : nothing}
              <strong class="num ${it.quantity < 0 ? 'bad' : ''}">${number(it.quantity)}</strong></a></li>`)}</ul>`}
      </section>
      <section>
        <h2>${t('stock.documents')}</h2>
        ${this.documents?.length ? this.documentList(this.documents) : html`<sk-empty class="card" icon="book" heading=${t('stock.no-documents')}></sk-empty>`}
      </section>`;
  }

  documentList(documents) {
    return html`<ul class="card list">${documents.map(it => html`<li><a href="#stock/document/${encodeURIComponent(it.id)}">
      <span class="grow"><strong>${t(`stock.document.${it.kind}`)}</strong>${it.party || it.reason ? html` · ${it.party ?? reasonOf(it.reason)}` : nothing}<br>
        <span class="soft small">${date(it.at)}, ${time(it.at)}${it.by ? ` · ${it.by}` : ''}${it.reference ? ` · ${it.reference}` : ''}</span></span>
      <span class="soft num">${t('stock.lines', { count: it.lines.length })}</span></a></li>`)}</ul>`;
  }

  viewArticle() {
    const { stock, article, checked } = this;
    const warning = this.warning?.sku === stock.sku ? this.warning.kind : null;
    return html`
      <header class="head"><a class="button quiet" href="#stock" aria-label=${t('stock.back')}><sk-icon name="back"></sk-icon></a><h1 tabindex="-1">${this.name}</h1></header>
      <sk-office-find @found=${event => this.found(event.detail)}></sk-office-find>
      ${warning ? html`<sk-banner tone="warn">${t(`stock.warning.${warning}`)}</sk-banner>` : nothing}
      <section class="card body stack">
        <div class="here">
          <div><h3>${t('stock.here')}</h3><p class="figure ${stock.quantity < 0 ? 'bad' : ''}">${number(stock.quantity)}</p></div>
          ${checked?.price ? html`<div><h3>${t('stock.price')}</h3><p class="figure">${money(checked.price)}</p></div>` : nothing}
          <div class="stack">
            <div class="row">${stock.out ? html`<span class="chip bad"><sk-icon name="error"></sk-icon>${t('stock.out')}</span>` : checked?.availability?.state === 'OUT'
              ? html`<span class="chip bad"><sk-icon name="error"></sk-icon>${t('stock.cannot-be-made')}</span>`
              : html`<span class="chip good"><sk-icon name="check"></sk-icon>${t('stock.available')}</span>`}</div>
          </div>
        </div>
        <dl class="facts">
          <dt>${t('stock.number')}</dt><dd>${stock.sku}</dd>
          ${article ? html`<dt>${t('stock.department')}</dt><dd>${article.department.join(' / ')}</dd>` : nothing}
          <dt>${t('stock.counted')}</dt><dd>${stock.countedAt ? ago(stock.countedAt) : t('stock.never')}</dd>
          ${stock.negativeSince ? html`<dt>${t('stock.negative')}</dt><dd class="bad">${ago(stock.negativeSince)}</dd>` : nothing}
          <dt>${t('stock.threshold')}</dt><dd>${stock.threshold == null ? t('stock.threshold-none') : number(stock.threshold)}</dd>
        </dl>
        <div class="actions">
          ${stock.out
            ? html`<button type="button" class="primary tall" @click=${() => this.setAvailable(true)}><sk-icon name="check"></sk-icon>${t('stock.say-back')}</button>`
            : html`<button type="button" class="danger tall" @click=${() => this.setAvailable(false)}><sk-icon name="close"></sk-icon>${t('stock.say-out')}</button>`}
          <button type="button" class="tall" @click=${this.setThreshold}>${t('stock.threshold')}…</button>
        </div>
      </section>
      <section>${this.kinds(stock.sku)}</section>
      <section>
        <h2>${t('stock.elsewhere')}</h2>
        ${this.elsewhere.length ? html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('stock.elsewhere')}><table>
          <thead><tr><th scope="col">${t('stock.store')}</th><th scope="col" class="end">${t('stock.quantity')}</th><th scope="col" class="end">${t('stock.known')}</th></tr></thead>
          <tbody>${this.elsewhere.map(it => html`<tr><th scope="row">${it.store.replace(/^store-/, '')}</th><td class="end">${number(it.quantity)}</td><td class="end">${ago(it.asOf)}</td></tr>`)}</tbody></table></div>`
          : html`<sk-empty class="card" icon="store" heading=${t('stock.nowhere')} text=${t('stock.nowhere-how')}></sk-empty>`}
      </section>
      <section>
        <h2>${t('stock.ledger')}</h2>
        ${this.movements.length ? html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('stock.ledger')}><table>
          <thead><tr><th scope="col">${t('stock.when')}</th><th scope="col">${t('stock.what')}</th><th scope="col" class="end">${t('stock.change')}</th><th scope="col" class="end">${t('stock.after')}</th></tr></thead>
          <tbody>${this.movements.slice(0, LEDGER_SHOWN).map(it => html`<tr><td>${date(it.at)}, ${time(it.at)}</td>
            <td>${isDocument(it.source) ? html`<a href="#stock/document/${encodeURIComponent(it.document)}">${t(`stock.movement.${it.kind}`)}</a>` : t(`stock.movement.${it.kind}`)}</td>
            <td class="end">${it.quantity > 0 ? '+' : ''}${number(it.quantity)}</td><td class="end">${number(it.balance)}</td></tr>`)}</tbody></table></div>`
          : html`<sk-empty class="card" icon="book" heading=${t('stock.no-ledger')}></sk-empty>`}
      </section>`;
  }

  viewWrite() {
    const [kind, sku] = this.rest;
    return html`
      <header class="head"><a class="button quiet" href=${sku ? `#stock/article/${encodeURIComponent(sku)}` : '#stock'} aria-label=${t('stock.back')}><sk-icon name="back"></sk-icon></a><h1 tabindex="-1">${t(`stock.kind.${kind}`)}</h1><p class="soft">${t(`stock.how.${kind}`)}</p></header>
      <sk-office-goods-document .kind=${kind} .first=${sku ?? null} @written=${event => this.written(event.detail)}></sk-office-goods-document>`;
  }

  written(document) {
    toast(t('stock.written', { what: t(`stock.document.${document.kind}`) }), 'good');
    this.office.go('stock', 'document', document.id);
  }

  viewDocument() {
    const it = this.shown;
    const count = it.kind === 'COUNTED';
    return html`
      <header class="head"><a class="button quiet" href="#stock" aria-label=${t('stock.back')}><sk-icon name="back"></sk-icon></a><h1 tabindex="-1">${t(`stock.document.${it.kind}`)}</h1></header>
      <section class="card body"><dl class="facts">
        <dt>${t('stock.when')}</dt><dd>${date(it.at)}, ${time(it.at)}</dd>
        ${it.party ? html`<dt>${t(it.kind === 'RECEIVED' ? 'stock.supplier' : 'stock.other-store')}</dt><dd>${it.party}</dd>` : nothing}
        ${it.reference ? html`<dt>${t('stock.reference')}</dt><dd>${it.reference}</dd>` : nothing}
        ${it.reason ? html`<dt>${t('stock.reason')}</dt><dd>${reasonOf(it.reason)}</dd>` : nothing}
        <dt>${t('stock.by')}</dt><dd>${it.by || '–'} · ${it.device}</dd>
        <dt>${t('stock.document-number')}</dt><dd class="small">${it.id}</dd>
      </dl></section>
      <section class="card scroll" tabindex="0" role="region" aria-label=${t('stock.lines-heading')}><table>
        <thead><tr><th scope="col">${t('find.label')}</th>${count ? html`<th scope="col" class="end">${t('stock.books')}</th>` : nothing}<th scope="col" class="end">${t(count ? 'stock.found' : 'stock.quantity')}</th></tr></thead>
        <tbody>${it.lines.map(line => html`<tr><th scope="row"><a href="#stock/article/${encodeURIComponent(line.sku)}"><sk-office-article-name sku=${line.sku}></sk-office-article-name></a>
            ${line.lot || line.expiry ? html`<br><span class="soft small">${[line.lot && t('stock.lot-is', { lot: line.lot }), line.expiry && t('stock.expiry-is', { day: date(line.expiry) })].filter(Boolean).join(' · ')}</span>` : nothing}</th>
          ${count ? html`<td class="end">${number(line.expected)}</td>` : nothing}
          <td class="end ${count && line.expected !== line.quantity ? 'warn' : ''}"><strong>${number(line.quantity)}</strong></td></tr>`)}</tbody></table></section>
      ${count ? html`<p class="soft small">${t('stock.count-after')}</p>` : nothing}
      <section><div class="actions"><a class="button primary tall" href="#stock">${t('stock.done')}</a></div></section>`;
  }
}

/** A reason in the words of the screen, where it is one of those that it offers. */
function reasonOf(reason) {
  const key = `stock.reason.${reason}`;
  return has(key) ? t(key) : reason;
}

function notThere(error) {
  if (error instanceof Problem && [404, 409].includes(error.status)) {
    return null;
  }
  throw error;
}

customElements.define('sk-office-stock', StockPage);
