import { html, css, nothing } from 'lit';
import { words, t, ago, date, has, number, time } from '../kit/words.js';
import { money } from '../kit/money.js';
import { Problem, read } from '../kit/api.js';
import { Page } from './page.js';
import './find.js';

await words(import.meta.url, 'prices');

const STATES = ['RUNNING', 'PAUSED', 'PLANNED', 'OVER'];

/** Promotions that are shown before somebody wants all. */
const SHOWN = 50;

/** A moment of the store, as it stands in the API, as people write it. */
const moment = text => `${date(text.slice(0, 10))}, ${time(text)}`;

/** Prices and promotions of headquarters, as they are in force here: what changes tonight, and why an article costs what it costs. */
class Prices extends Page {
  static properties = { promotions: { state: true }, changes: { state: true }, state: { state: true }, article: { state: true }, checked: { state: true }, of: { state: true }, all: { state: true } };

  static styles = [Page.styles, css`
    header.head h1 { flex: 1 1 8rem; }
    sk-office-find { margin-block-end: var(--sk-4); }
    .tabs { display: flex; gap: var(--sk-2); overflow-x: auto; padding: 3px; margin: -3px -3px var(--sk-3); }
    .tabs button { flex: none; }
    .tabs button[aria-pressed=true] { background: var(--sk-accent-soft); border-color: var(--sk-accent); }
    .list li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--sk-1) var(--sk-3); padding: var(--sk-3) var(--sk-4); }
    .list .grow { flex-basis: 12rem; overflow-wrap: anywhere; }
    .here { display: flex; flex-wrap: wrap; gap: var(--sk-3) var(--sk-6); align-items: end; }
    .here .figure { font-size: 2.25rem; }
    s { color: var(--sk-soft); }
  `];

  constructor() {
    super();
    this.state = 'RUNNING';
    this.all = false;
  }

  get sku() {
    return this.rest[0] ?? null;
  }

  async load() {
    const sku = this.sku;
    if (sku) {
      const asked = encodeURIComponent(sku);
      const [article, checked, { promotions }] = await Promise.all([
        read(`/api/articles/${asked}`),
        read(`/api/price-check?sku=${asked}`).catch(notThere),
        read(`/api/promotions?sku=${asked}`).catch(error => notThere(error) ?? { promotions: [] }),
      ]);
      if (sku === this.sku) {
        Object.assign(this, { article, checked, of: promotions });
      }
      return;
    }
    const [{ promotions }, { changes }] = await Promise.all([read('/api/promotions'), read('/api/prices/changes')]);
    Object.assign(this, { promotions, changes });
  }

  version(stream) {
    return this.office.status?.streams?.find(it => it.name === stream)?.tail;
  }

  // ---- what is shown

  view() {
    if (this.sku) {
      return this.article?.sku === this.sku ? this.viewArticle() : html`<sk-busy></sk-busy>`;
    }
    return this.promotions ? this.viewAll() : html`<sk-busy></sk-busy>`;
  }

  find() {
    return html`<sk-office-find @found=${event => this.office.go('prices', event.detail.article.sku)}></sk-office-find>`;
  }

  viewAll() {
    const { changes } = this;
    const running = this.promotions.filter(it => it.state === 'RUNNING').length;
    const listed = this.promotions.filter(it => it.state === this.state);
    const contact = this.office.status?.lastContact;
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.prices')}</h1><p class="soft">${t('prices.how')}</p></header>
      ${this.find()}
      <div class="tiles">
        ${['hq/prices', 'hq/promotions'].map(it => html`<div class="card"><h3>${t(`prices.version.${it.slice(3)}`)}</h3><p class="figure">${this.version(it) == null ? '–' : number(this.version(it))}</p><p class="soft small">${contact ? t('prices.as-of', { ago: ago(contact) }) : t('prices.no-contact')}</p></div>`)}
        <div class="card"><h3>${t('prices.in-force')}</h3><p class="figure">${number(running)}</p></div>
        <div class="card"><h3>${t('prices.tonight')}</h3><p class="figure">${number(changes.length)}</p><p class="soft small">${t('prices.tonight-how')}</p></div>
      </div>
      <section><h2>${t('prices.changes')}</h2>
        ${changes.length ? html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('prices.changes')}><table>
          <thead><tr><th scope="col">${t('find.label')}</th><th scope="col" class="end">${t('prices.now')}</th><th scope="col" class="end">${t('prices.then')}</th><th scope="col">${t('prices.from')}</th></tr></thead>
          <tbody>${changes.map(it => html`<tr><th scope="row">${it.name}<br><span class="soft small num">${it.sku}</span></th>
            <td class="end">${it.before ? money(it.before) : '–'}</td><td class="end"><strong>${it.after ? money(it.after) : t('prices.none')}</strong></td><td>${moment(it.at)}</td></tr>`)}</tbody></table></div>`
        : html`<sk-empty class="card" icon="calendar" heading=${t('prices.no-changes')} text=${t('prices.no-changes-how')}></sk-empty>`}</section>
      <section><h2 id="promotions">${t('prices.promotions')}</h2>
        <div class="tabs" role="group" aria-labelledby="promotions">${STATES.map(it => html`<button type="button" aria-pressed=${this.state === it} @click=${() => { this.state = it; this.all = false; }}>${t(`prices.state.${it}`)} <span class="num">${number(this.promotions.filter(other => other.state === it).length)}</span></button>`)}</div>
        ${listed.length ? html`<ul class="card list">${listed.slice(0, this.all ? undefined : SHOWN).map(it => html`<li><div class="grow"><strong>${it.name}</strong><br><span class="soft small num">${it.id}${this.span(it)}</span></div>${this.chips(it)}</li>`)}</ul>
          ${listed.length > SHOWN && !this.all ? html`<p><br><button type="button" @click=${() => { this.all = true; }}>${t('prices.show-all', { count: listed.length })}</button></p>` : nothing}`
        : html`<sk-empty class="card" icon="discount" heading=${t('prices.no-promotions')}></sk-empty>`}</section>`;
  }

  span(it) {
    if (it.from && it.to) {
      return ` · ${t('prices.from-to', { from: moment(it.from), to: moment(it.to) })}`;
    }
    return it.to ? ` · ${t('prices.until', { to: moment(it.to) })}` : it.from ? ` · ${t('prices.since', { from: moment(it.from) })}` : '';
  }

  chips(it) {
    return html`${it.members ? html`<span class="chip"><sk-icon name="card"></sk-icon>${t('prices.members')}</span>` : nothing}${it.coupon ? html`<span class="chip"><sk-icon name="voucher"></sk-icon>${t('prices.coupon')}</span>` : nothing}`;
  }

  viewArticle() {
    const { article, checked } = this;
    const cheaper = checked?.price && checked.regular && checked.price.amount !== checked.regular.amount;
    return html`
      <header class="head"><a class="button quiet" href="#prices" aria-label=${t('prices.back')}><sk-icon name="back"></sk-icon></a><h1 tabindex="-1">${article.name}</h1></header>
      ${this.find()}
      ${checked ? html`<section class="card body stack"><div class="here">
          <div><h3>${t('prices.one-costs')}</h3><p class="figure">${checked.price ? money(checked.price) : t('prices.none')}</p></div>
          ${cheaper ? html`<div><h3>${t('prices.regular')}</h3><p class="figure"><s>${money(checked.regular)}</s></p></div>` : nothing}</div>
          ${checked.discounts.length ? html`<dl class="facts">${checked.discounts.map(it => html`<dt>${it.name}</dt><dd>−${money(it.amount)}</dd>`)}</dl>` : nothing}
        </section>` : html`<sk-empty class="card" icon="warning" heading=${t('prices.not-sold')}></sk-empty>`}
      <section><h2>${t('prices.of-article')}</h2>
        ${this.of.length ? html`<ul class="card list">${this.of.map(it => html`<li>
          <sk-icon name=${it.off ? 'check' : 'minus'} class=${it.off ? 'good' : 'soft'}></sk-icon>
          <div class="grow"><strong>${it.name}</strong><br><span class="soft small num">${it.id}${this.span(it)}</span></div>
          ${this.chips(it)}
          ${it.off ? html`<strong class="good num">−${money(it.off)}</strong>` : html`<span class="soft">${has(`prices.why.${it.why}`) ? t(`prices.why.${it.why}`) : it.words}</span>`}</li>`)}</ul>`
        : html`<sk-empty class="card" icon="discount" heading=${t('prices.none-of-article')}></sk-empty>`}</section>`;
  }
}

function notThere(error) {
  if (error instanceof Problem && [404, 409].includes(error.status)) {
    return null;
  }
  throw error;
}

customElements.define('sk-office-prices', Prices);
