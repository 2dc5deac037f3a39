import { html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { words, t, locale, time } from '../kit/words.js';
import { money } from '../kit/money.js';
import { Screen } from '../kit/screen.js';
import { MenuScreen } from '../kit/menu-screen.js';
import { read } from '../kit/api.js';
import '../kit/dish-art.js';
import './pickup.js';

await words(import.meta.url);

/** How long a page stays where there are several. */
const PAGE_MS = 14_000;

/** Rather somewhat smaller than on two pages; but no smaller than this, so that it is read from the counter. */
const FITS = [1, .93, .86, .8];

/** Everything moves by a few pixels now and then, so that nothing burns in. */
const SHIFT_MS = 90_000;
const SHIFTS = [[0, 0], [3, 2], [-2, 4], [-4, -1], [1, -3]];

const query = new URLSearchParams(location.search);

/** Numbers of orders instead of the menu. */
const PICKUP = query.get('show') === 'pickup';

/**
 * The menu on the wall. `?look=light` or `dark` (which it is if nothing is said), `?sections=Drinks,Cakes` for a part of it;
 * `?show=pickup` for the numbers of orders that are made, and that can be collected.
 * Guests never see an error: while the node is away, what was known last stays.
 */
class Board extends MenuScreen {
  static kind = 'BOARD';
  static topics = PICKUP ? ['kitchen', 'expo'] : MenuScreen.topics;

  static properties = { page: { state: true }, pages: { state: true }, shift: { state: true }, orders: { state: true }, clock: { state: true } };

  static styles = [Screen.styles, css`
    :host { cursor: none; --gap: 2.2vmin; font-size: calc(clamp(14px, 2.3vmin, 40px) * var(--fit, 1)); }
    .board { position: fixed; inset: 0; display: grid; grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); overflow: hidden; padding: 2.6vmin 2.8vmin 1.2vmin; gap: 1.4vmin; background: radial-gradient(120% 90% at 15% 0%, light-dark(#fff, #1a2a33), light-dark(#f0ece5, #0b1216) 75%); transition: translate 4s; }
    .window { overflow: hidden; min-inline-size: 0; }
    .columns { block-size: 100%; column-width: max(46vmin, 15rem); column-gap: var(--gap); column-fill: auto; transition: opacity .6s; }
    .columns.turning { opacity: 0; }
    section { break-inside: avoid; margin-block-end: var(--gap); padding: .9em 1.1em 1em; border-radius: 1em; background: light-dark(rgb(255 255 255 / .82), rgb(255 255 255 / .055)); border: 1px solid light-dark(rgb(60 40 20 / .09), rgb(255 255 255 / .08)); }
    header { display: flex; align-items: center; gap: .6em; margin-block-end: .35em; padding-block-end: .3em; border-block-end: 2px solid light-dark(#c9762b, #eaa75c); }
    header sk-dish-art { inline-size: 2.4em; block-size: 2.4em; flex: none; margin-block: -.3em; }
    h2 { font-size: 1.32em; font-weight: 800; letter-spacing: -.01em; color: light-dark(#5d310c, #ffd9a8); line-height: 1.1; }
    li { display: grid; grid-template-columns: 1fr auto; align-items: baseline; column-gap: 1em; padding-block: .27em; line-height: 1.2; }
    .name { font-weight: 600; overflow-wrap: anywhere; }
    .price { font-weight: 750; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .now { color: light-dark(#b3201b, #ff9d8f); font-weight: 850; }
    s, .now { unicode-bidi: isolate; }
    s { font-weight: 500; font-size: .8em; color: var(--sk-soft); margin-inline-end: .45em; }
    small { display: block; font-size: .72em; font-weight: 500; color: var(--sk-soft); }
    .out .name { text-decoration: line-through; color: var(--sk-soft); font-weight: 500; }
    .out .price { font-size: .78em; font-weight: 700; padding: .1em .55em; border-radius: 1em; background: light-dark(#eadfd8, #33414a); color: light-dark(#5b3a30, #e3d6cf); align-self: center; }
    .offers { background: light-dark(#7c2f14, #8a3a1b); color: #fff; border: 0; }
    .offers h2 { color: #fff; } .offers header { border-color: rgb(255 255 255 / .5); } .offers small { color: #ffe3d2; }
    .offers .price { font-size: 1.15em; }
    footer { display: flex; align-items: center; justify-content: space-between; gap: 2em; font-size: .68em; color: var(--sk-soft); }
    .dots { display: flex; gap: .5em; } .dots i { inline-size: .6em; block-size: .6em; border-radius: 50%; background: light-dark(#cdbfb0, #3c4b54); } .dots i.on { background: light-dark(#8a4b12, #eaa75c); }
    .closed { display: grid; place-content: center; justify-items: center; text-align: center; gap: .5em; font-size: 1.6em; } .closed h2 { font-size: 2em; } .closed p { color: var(--sk-soft); }
    @media (prefers-reduced-motion: reduce) { .columns, .board { transition: none; } }
  `];

  constructor() {
    super();
    this.page = 0;
    this.pages = 1;
    this.shift = 0;
    this.only = query.get('sections')?.split(',').map(it => it.trim().toLowerCase());
    document.documentElement.style.colorScheme = query.get('look') === 'light' ? 'light' : 'dark';
  }

  connectedCallback() {
    super.connectedCallback();
    setInterval(() => this.turn(), PAGE_MS);
    setInterval(() => { this.shift = (this.shift + 1) % SHIFTS.length; }, SHIFT_MS);
    setInterval(() => { this.clock = Date.now(); }, 10_000);
    window.addEventListener('resize', () => this.measure());
  }

  async load() {
    if (PICKUP) {
      this.orders = (await read('/api/pickup')).orders;
    } else {
      await super.load();
    }
  }

  async turn() {
    if (this.pages < 2) {
      return;
    }
    const columns = this.renderRoot.querySelector('.columns');
    columns?.classList.add('turning');
    await new Promise(done => setTimeout(done, 650));
    this.page = (this.page + 1) % this.pages;
    await this.updateComplete;
    columns?.classList.remove('turning');
  }

  measure() {
    const board = this.renderRoot.querySelector('.board');
    if (board) {
      const [x, y] = SHIFTS[this.shift];
      board.style.translate = `${x}px ${y}px`;
    }
    const columns = this.renderRoot.querySelector('.columns');
    if (!columns) {
      return;
    }
    const width = columns.clientWidth + parseFloat(getComputedStyle(columns).columnGap);
    const pagesAt = fit => {
      this.style.setProperty('--fit', fit);
      return Math.max(1, Math.ceil((columns.scrollWidth - 1) / width));
    };
    const fit = FITS.find(it => pagesAt(it) === 1) ?? 1;
    this.pages = pagesAt(fit);
    this.page = Math.min(this.page, this.pages - 1);
    const forward = getComputedStyle(this).direction === 'rtl' ? 1 : -1;
    columns.style.translate = `${forward * this.page * width}px`;
  }

  updated(changed) {
    super.updated(changed);
    this.measure();
  }

  get known() {
    return PICKUP ? this.orders : this.card;
  }

  /** What is known is shown, whatever there is with the node; only a screen that was never let in shows its code. */
  render() {
    return this.known && !this.unpaired ? this.view() : super.render();
  }

  view() {
    if (!this.known) {
      return html`<main class="board"><sk-busy></sk-busy></main>`;
    }
    if (PICKUP) {
      return html`<main class="board"><h1 class="visually-hidden">${t('board.pickup')}</h1><sk-pickup .orders=${this.orders}></sk-pickup><footer><span></span><span class="num">${time(Date.now())}</span></footer></main>`;
    }
    const sections = this.served.filter(it => !this.only || this.only.includes(it.name.toLowerCase()));
    const deals = this.only && !this.only.includes('offers') ? [] : this.deals;
    return html`
      <main class="board">
        <h1 class="visually-hidden">${t('board.title')}</h1>
        ${sections.length === 0 ? html`<div class="closed"><h2>${t('board.closed')}</h2><p>${t('board.closed-how')}</p></div>` : html`
          <div class="window"><div class="columns">
            ${deals.length ? html`<section class="offers"><header><h2>${t('board.offers')}</h2></header><ul>${deals.map(it => html`
              <li><span class="name">${it.name}<small>${t('board.deal', { sections: this.list([...it.sections]) })}</small></span><span class="price">${money(it.price)}</span></li>`)}</ul></section>` : nothing}
            ${repeat(sections, it => it.name, it => this.section(it))}
          </div></div>`}
        <footer><span>${t('board.allergens')}</span>
          ${this.pages > 1 ? html`<span class="dots" aria-hidden="true">${Array.from({ length: this.pages }, (_, i) => html`<i class=${i === this.page ? 'on' : ''}></i>`)}</span>` : nothing}
          <span class="num">${time(Date.now())}</span></footer>
      </main>`;
  }

  list(names) {
    return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
  }

  section(section) {
    return html`<section>
      <header><sk-dish-art bare name=${section.dishes[0].name} section=${section.name}></sk-dish-art><h2>${section.name}</h2></header>
      <ul>${repeat(section.dishes, it => it.sku, it => this.dish(it))}</ul>
    </section>`;
  }

  dish(dish) {
    if (dish.state === 'OUT') {
      return html`<li class="out"><span class="name">${dish.name}</span><span class="price">${t('board.out')}</span></li>`;
    }
    const reduced = dish.regular && dish.regular.amount > dish.price.amount;
    return html`<li>
      <span class="name">${dish.name}${dish.without.length ? html`<small>${t('board.without', { parts: this.list(dish.without.map(it => it.name)) })}</small>` : nothing}</span>
      <span class="price">${reduced ? html`<s aria-label=${t('board.regular', { price: money(dish.regular) })}>${money(dish.regular)}</s><span class="now">${money(dish.price)}</span>` : money(dish.price)}</span>
    </li>`;
  }
}

customElements.define('sk-board', Board);
