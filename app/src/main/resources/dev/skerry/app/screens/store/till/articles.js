import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t } from '../kit/words.js';
import { money } from '../kit/money.js';
import { read } from '../kit/api.js';

const FAVOURITES = 'sk-till-favourites';
const SHOWN_MAX = 60;
const PRICES_MAX = 60;

/** Articles to touch: favourites of this till, departments, and what was looked for. Tells of one as `article`. */
class Articles extends LitElement {
  static properties = { query: {}, departments: { state: true }, top: { state: true }, below: { state: true }, found: { state: true }, more: { state: true }, prices: { state: true }, editing: { type: Boolean }, version: {} };

  static styles = [kit, css`
    :host { display: flex; flex-direction: column; gap: var(--sk-2); min-block-size: 0; }
    nav { display: flex; gap: var(--sk-2); overflow-x: auto; scrollbar-width: none; flex: none; padding: 3px; margin: -3px; }
    nav button { white-space: nowrap; min-block-size: 2.75rem; padding-inline: var(--sk-4); font-size: .9375rem; flex: none; }
    nav button[aria-pressed=true] { background: var(--sk-accent); border-color: var(--sk-accent); color: var(--sk-on-accent); }
    nav.second button { min-block-size: 2.75rem; border-color: transparent; background: transparent; color: var(--sk-soft); padding-inline: var(--sk-3); }
    nav.second button[aria-pressed=true] { background: var(--sk-accent-soft); color: var(--sk-ink); }
    .grid { flex: 1; min-block-size: 0; overflow: auto; display: grid; grid-template-columns: repeat(auto-fill, minmax(8.75rem, 1fr)); grid-auto-rows: minmax(6.75rem, auto); align-content: start; gap: var(--sk-2); padding: 3px; margin: -3px; scrollbar-width: thin; }
    .grid > li { display: grid; position: relative; }
    .article { flex-direction: column; justify-content: space-between; align-items: stretch; text-align: start; font-weight: 550; font-size: .9375rem; line-height: 1.25; padding: var(--sk-3); gap: var(--sk-2); }
    .article span { flex: none; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; overflow-wrap: anywhere; }
    .article b { font-weight: 700; font-variant-numeric: tabular-nums; }
    .article s { color: var(--sk-soft); font-weight: 400; font-size: .8125rem; }
    .article b.less { color: var(--sk-good); }
    .star { position: absolute; inset-block-start: 2px; inset-inline-end: 2px; color: var(--sk-accent); background: var(--sk-surface); border-radius: 50%; }
    .star[aria-pressed=true] { --fill: var(--sk-accent); background: var(--sk-accent); color: var(--sk-on-accent); }
  `];

  constructor() {
    super();
    this.query = '';
    this.top = '';
    this.below = '';
    this.found = null;
    this.prices = new Map();
    this.favourites = JSON.parse(localStorage.getItem(FAVOURITES) ?? '[]');
  }

  connectedCallback() {
    super.connectedCallback();
    this.begin();
  }

  /** In a store that is new, articles and prices come while somebody looks: until a person has chosen, the largest department is shown. */
  async begin() {
    try {
      this.departments = (await read('/api/departments')).departments;
      if (!this.touched) {
        this.top = this.favourites.length ? '' : this.largest;
      }
      await this.fill();
    } catch {
      this.later();
    }
  }

  later() {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.isConnected && this.begin(), 2000);
  }

  updated(changed) {
    if (changed.has('top') || changed.has('departments')) {
      this.renderRoot.querySelector('nav [aria-pressed=true]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    }
    if (changed.has('query') && changed.get('query') !== undefined) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.fill(), 120);
    }
    if (changed.has('version') && changed.get('version') !== undefined) {
      this.prices = new Map();
      this.begin();
    }
  }

  get tops() {
    return [...new Set((this.departments ?? []).map(it => it.path[0]))];
  }

  get largest() {
    const sizes = new Map();
    this.departments.forEach(it => sizes.set(it.path[0], (sizes.get(it.path[0]) ?? 0) + it.articles));
    return [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  }

  get belows() {
    return [...new Set((this.departments ?? []).filter(it => it.path[0] === this.top && it.path.length > 1).map(it => it.path.slice(1).join('/')))];
  }

  /** The newest question wins, however late an older one is answered. */
  async fill() {
    const asked = this.asked = Symbol();
    try {
      let answer;
      if (this.query) {
        answer = await read(`/api/articles?q=${encodeURIComponent(this.query)}&max=${SHOWN_MAX}`);
      } else if (this.top === '') {
        answer = { articles: this.favourites, more: false };
      } else {
        const path = [this.top, ...(this.below ? this.below.split('/') : this.belows.length ? this.belows[0].split('/') : [])];
        answer = await read(`/api/articles?${path.map(it => `department=${encodeURIComponent(it)}`).join('&')}&max=${SHOWN_MAX}`);
      }
      if (asked === this.asked) {
        this.found = answer.articles;
        this.more = answer.more;
        await this.price(answer.articles);
      }
    } catch {
      this.later();
    }
  }

  async price(articles) {
    const wanted = articles.filter(it => !this.prices.has(it.sku)).slice(0, PRICES_MAX);
    if (wanted.length) {
      const { prices } = await read(`/api/prices?skus=${encodeURIComponent(wanted.map(it => it.sku).join())}`);
      const all = new Map(this.prices);
      wanted.forEach(it => all.set(it.sku, null));
      prices.forEach(it => all.set(it.sku, it));
      this.prices = all;
    }
  }

  show(top, below = '') {
    this.touched = true;
    this.top = top;
    this.below = below;
    this.dispatchEvent(new Event('browse'));
    this.fill();
  }

  isFavourite(article) {
    return this.favourites.some(it => it.sku === article.sku);
  }

  star(article) {
    const { sku, name, weighed, ageMin, modifiers } = article;
    this.favourites = this.isFavourite(article) ? this.favourites.filter(it => it.sku !== sku) : [...this.favourites, { sku, name, weighed, ageMin, modifiers }];
    localStorage.setItem(FAVOURITES, JSON.stringify(this.favourites));
    if (this.top === '' && !this.query) {
      this.found = this.favourites;
    }
    this.requestUpdate();
  }

  /** The first of those that were found. */
  get first() {
    return this.shown[0];
  }

  /** What has no price cannot be sold. */
  get shown() {
    return (this.found ?? []).filter(it => this.prices.get(it.sku) !== null);
  }

  render() {
    const below = this.below || this.belows[0];
    return html`
      ${this.query ? html`<h3>${t('till.found', { query: this.query })}</h3>` : html`
        <nav aria-label=${t('till.departments')}>
          <button type="button" aria-pressed=${this.top === ''} @click=${() => this.show('')}><sk-icon name="star"></sk-icon>${t('till.favourites')}</button>
          ${this.tops.map(it => html`<button type="button" aria-pressed=${it === this.top} @click=${() => this.show(it)}>${it}</button>`)}
        </nav>
        ${this.top && this.belows.length ? html`<nav class="second" aria-label=${this.top}>${this.belows.map(it => html`<button type="button" aria-pressed=${it === below} @click=${() => this.show(this.top, it)}>${it.replaceAll('/', ' · ')}</button>`)}</nav>` : nothing}`}
      ${this.found && !this.shown.length
        ? html`<sk-empty icon=${this.query ? 'search' : 'star'} heading=${t(this.query ? 'till.nothing-found' : 'till.no-favourites')} text=${t(this.query ? 'till.nothing-found-how' : 'till.no-favourites-how')}></sk-empty>`
        : html`<ul class="grid">${this.shown.map(it => this.tile(it))}</ul>`}`;
  }

  tile(article) {
    const price = this.prices.get(article.sku);
    const less = price && price.price.amount !== price.regular.amount;
    return html`<li>
      <button type="button" class="article" @click=${() => this.dispatchEvent(new CustomEvent('article', { detail: article }))}>
        <span>${article.name}</span>
        <b class=${less ? 'less' : ''}>${price ? money(price.price) : ' '}${price && article.weighed ? '/kg' : ''} ${less ? html`<s>${money(price.regular)}</s>` : nothing}</b>
      </button>
      ${this.editing ? html`<button type="button" class="quiet star" aria-pressed=${this.isFavourite(article)} aria-label=${t('till.favourite', { name: article.name })} @click=${() => this.star(article)}><sk-icon name="star"></sk-icon></button>` : nothing}
    </li>`;
  }
}

customElements.define('sk-till-articles', Articles);
