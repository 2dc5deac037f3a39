import { html, css, nothing } from 'lit';
import { words, t, number, ago, date } from '../kit/words.js';
import { read, act, id } from '../kit/api.js';
import { Dialog, ask, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { money, typedMoney } from '../kit/money.js';
import { Page, looks, table, tabs, badge, empty, tile } from '../hq/page.js';
import '../hq/changes.js';

await words(import.meta.url);

const ROWS = 50;
const NEW = {
  id: 'NEW-1',
  name: '10 % off all of a brand',
  when: { from: '2027-01-04T00:00', to: '2027-01-11T00:00' },
  effect: { type: 'line-discount', articles: { brands: ['Indira'] }, off: { percent: 10 } },
};

const daysAgo = days => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** For a price of an article: of the chain, a zone or a store, from a moment on. */
class NewPrice extends Dialog {
  static properties = { sku: {}, currency: {}, level: { state: true } };

  submit(event) {
    event.preventDefault();
    const value = name => event.target.elements[name]?.value.trim() ?? '';
    const price = typedMoney(value('price').includes(',') || value('price').includes('.') ? value('price') : `${value('price')}.0`, this.currency);
    if (!price) {
      this.problem = t('kit.no-number');
      return;
    }
    const wanted = { sku: this.sku, level: value('level'), of: value('level') === 'CHAIN' ? null : value('of'), validFrom: value('from'), validTo: value('to') || null, price };
    this.attempt(async () => this.give(await act('POST', '/api/prices/changes', { id: id(), title: t('prices.title-of', { sku: this.sku }), prices: [wanted] })));
  }

  content() {
    const level = this.level ?? 'CHAIN';
    return html`<form class="stack" @submit=${this.submit}>
      <label>${t('prices.level')}<select name="level" @change=${event => { this.level = event.target.value; }}>${['CHAIN', 'ZONE', 'STORE'].map(it => html`<option value=${it}>${t(`prices.level.${it}`)}</option>`)}</select></label>
      ${level === 'CHAIN' ? nothing : html`<label>${t('prices.of')}<input name="of" required autocomplete="off" placeholder=${level === 'STORE' ? 'store-0042' : 'north'}></label>`}
      <label>${t('prices.price')} (${this.currency})<input name="price" required inputmode="decimal" autocomplete="off" placeholder="2.49"></label>
      <label>${t('prices.from')}<input name="from" type="datetime-local" required></label>
      <label>${t('prices.to')}<input name="to" type="datetime-local"></label>
      <button class="primary tall" ?disabled=${this.busy}>${t('prices.propose')}</button>
    </form>`;
  }
}

customElements.define('hq-new-price', NewPrice);

/**
 * `#prices`: promotions; `…/promotion/ID`: one, to be changed, checked and tried on past sales; `…/article/SKU`: all prices of an article;
 * `…/changes`; `…/versions`: what each store sells with.
 */
class Prices extends Page {
  static properties = { list: { state: true }, one: { state: true }, ofArticle: { state: true }, versions: { state: true }, looked: { state: true }, simulated: { state: true }, busy: { state: true } };

  static styles = [looks, css`
    textarea { font-family: var(--sk-mono); font-size: .9375rem; min-block-size: 18rem; resize: vertical; direction: ltr; }
  `];

  constructor() {
    super();
    this.after = [''];
  }

  get part() {
    return this.args[0] ?? '';
  }

  get mayChange() {
    return ['ADMIN', 'MERCHANT'].some(it => this.me?.roles.includes(it));
  }

  async load() {
    const [part, key] = this.args;
    if (part === 'promotion') {
      if (this.one?.id !== key) {
        Object.assign(this, { looked: null, simulated: null });
        const known = key === 'new' ? { promotion: { promotion: NEW }, history: [] } : await read(`/api/prices/promotions/${encodeURIComponent(key)}`);
        this.one = { id: key, ...known };
      }
    } else if (part === 'article') {
      this.ofArticle = key ? { sku: key, prices: (await read(`/api/prices/articles/${encodeURIComponent(key)}`)).prices } : null;
    } else if (part === 'versions') {
      this.versions = (await read('/api/prices/versions')).stores;
    } else if (!part) {
      this.list = await read(`/api/prices/promotions?max=${ROWS}${this.after.at(-1) ? `&after=${encodeURIComponent(this.after.at(-1))}` : ''}`);
    }
  }

  move(after) {
    this.after = after;
    this.again();
  }

  told(change) {
    if (change) {
      toast(t(change.state === 'WAITING' ? 'prices.proposed' : 'prices.published'), 'good');
      this.again();
    }
  }

  /** What was typed; null if it is no JSON. */
  get typed() {
    try {
      return JSON.parse(this.renderRoot.querySelector('textarea').value);
    } catch (error) {
      toast(error.message, 'bad');
      return null;
    }
  }

  async attempt(what) {
    const promotion = this.typed;
    if (!promotion) {
      return;
    }
    this.busy = true;
    try {
      await what(promotion);
    } catch (error) {
      toast(say(error), 'bad');
    } finally {
      this.busy = false;
    }
  }

  wanted(promotion) {
    return { id: id(), title: promotion.name ?? promotion.id ?? '', promotions: [promotion] };
  }

  check() {
    return this.attempt(async promotion => { this.looked = await act('POST', '/api/prices/check', this.wanted(promotion)); });
  }

  simulate() {
    const value = name => this.renderRoot.querySelector(`[name=${name}]`).value;
    return this.attempt(async promotion => { this.simulated = await act('POST', '/api/prices/simulation', { from: value('past-from'), to: value('past-to'), promotions: [promotion] }); });
  }

  propose() {
    return this.attempt(async promotion => this.told(await act('POST', '/api/prices/changes', this.wanted(promotion))));
  }

  view() {
    const parts = ['', 'article', ...(this.mayChange ? ['changes'] : []), 'versions'];
    return html`${tabs('prices', parts.map(it => ({ id: it, name: t(`prices.${it || 'promotions'}`) })), this.part === 'promotion' ? '' : this.part)}
      ${{ '': () => this.all(), promotion: () => this.single(), article: () => this.article(), changes: () => html`<hq-changes base="/api/prices" .me=${this.me}></hq-changes>`, versions: () => this.sold() }[this.part]?.() ?? nothing}`;
  }

  all() {
    if (!this.list) {
      return nothing;
    }
    const { promotions, more } = this.list;
    const day = moment => moment ? date(moment.slice(0, 10)) : '…';
    return html`
      <div class="tools"><span class="grow"></span>${this.mayChange ? html`<a class="button" href="#prices/promotion/new">${t('prices.new')}</a>` : nothing}</div>
      ${promotions.length ? html`<div>${table([
        { name: t('prices.promotion'), cell: it => html`<a href="#prices/promotion/${encodeURIComponent(it.id)}">${it.promotion.name ?? it.id}</a> <span class="soft small">${it.id}</span>` },
        { name: t('prices.when'), cell: it => it.promotion.when ? `${day(it.promotion.when.from)} – ${day(it.promotion.when.to)}` : t('prices.always') },
        { name: t('prices.stages'), wide: true, cell: it => it.stages ? it.stages.map(one => `${one.store ?? one.zone ?? t('prices.else')}: ${day(one.from)}`).join(', ') : t('prices.everywhere') },
        { name: t('prices.version'), end: true, wide: true, cell: it => it.version },
      ], promotions, { label: t('prices.promotions') })}
      <nav class="pager" aria-label=${t('hq.rows')}>
        <button type="button" aria-label=${t('hq.rows-before')} ?disabled=${this.after.length < 2} @click=${() => this.move(this.after.slice(0, -1))}><sk-icon name="previous"></sk-icon></button>
        <button type="button" aria-label=${t('hq.rows-behind')} ?disabled=${!more} @click=${() => this.move([...this.after, promotions.at(-1).id])}><sk-icon name="next"></sk-icon></button>
      </nav></div>` : empty('discount', t('prices.none'), t('prices.none-how'))}`;
  }

  single() {
    const it = this.one;
    if (!it || it.id !== this.args[1]) {
      return nothing;
    }
    return html`
      <p><a href="#prices">${t('prices.all')}</a></p>
      <h2>${it.promotion.promotion.name ?? it.id}</h2>
      <label>${t('prices.definition')}<textarea spellcheck="false" .value=${JSON.stringify(it.promotion.promotion, null, 2)} ?readonly=${!this.mayChange}></textarea></label>
      ${this.mayChange ? html`<div class="row"><button type="button" ?disabled=${this.busy} @click=${() => this.check()}>${t('prices.check')}</button><button type="button" class="primary" ?disabled=${this.busy} @click=${() => this.propose()}>${t('prices.propose')}</button></div>` : nothing}
      ${this.looked ? html`
        ${this.looked.faults.length || this.looked.warnings.length ? nothing : html`<sk-banner tone="good" icon="check">${t('prices.no-faults')}</sk-banner>`}
        ${this.looked.faults.map(fault => html`<sk-banner tone="bad">${fault.key}: ${fault.problem}</sk-banner>`)}
        ${this.looked.warnings.length ? table([
          { name: t('prices.meets'), cell: warning => warning.other },
          { name: t('prices.outcome'), cell: warning => t(`prices.outcome.${warning.outcome}`) },
        ], this.looked.warnings, { label: t('prices.meets') }) : nothing}` : nothing}
      <section class="card pad stack">
        <h2>${t('prices.simulation')}</h2>
        <p class="soft">${t('prices.simulation-how')}</p>
        <div class="tools">
          <label>${t('prices.past-from')}<input type="date" name="past-from" .value=${daysAgo(7)}></label>
          <label>${t('prices.past-to')}<input type="date" name="past-to" .value=${daysAgo(0)}></label>
          <button type="button" ?disabled=${this.busy} @click=${() => this.simulate()}>${t('prices.simulate')}</button>
        </div>
        ${this.simulated ? this.simulation(this.simulated) : nothing}
      </section>
      ${it.history.length ? html`<h2>${t('prices.history')}</h2>${table([
        { name: t('prices.what-for'), cell: step => step.change.title },
        { name: t('prices.by'), cell: step => [step.change.by, step.change.decidedBy].filter(Boolean).join(', ') },
        { name: t('prices.at'), end: true, cell: step => ago(step.change.decidedAt ?? step.change.at) },
      ], it.history, { label: t('prices.history') })}` : nothing}`;
  }

  simulation(it) {
    return html`
      <div class="tiles">
        ${tile(t('prices.orders'), number(it.orders), { under: t('prices.left-out', { count: number(it.leftOut) }) })}
        ${tile(t('prices.paid'), money(it.paid))}${tile(t('prices.costs-now'), money(it.now))}${tile(t('prices.costs-then'), money(it.then))}
        ${tile(t('prices.cheaper'), number(it.cheaper))}${tile(t('prices.dearer'), number(it.dearer))}
      </div>
      ${it.complete ? nothing : html`<sk-banner tone="warn">${t('prices.incomplete')}</sk-banner>`}
      ${it.promotions.length ? table([
        { name: t('prices.promotion'), cell: one => `${one.name} ${one.promotion}` },
        { name: t('prices.off-now'), end: true, cell: one => `${money(one.offNow)} (${number(one.ordersNow)})` },
        { name: t('prices.off-then'), end: true, cell: one => `${money(one.offThen)} (${number(one.ordersThen)})` },
      ], it.promotions, { label: t('prices.simulation') }) : nothing}`;
  }

  article() {
    const it = this.ofArticle;
    return html`
      <form class="tools" @submit=${event => { event.preventDefault(); location.hash = `prices/article/${encodeURIComponent(event.target.elements.sku.value.trim())}`; }}>
        <label>${t('prices.sku')}<input name="sku" required autocomplete="off" .value=${this.args[1] ?? ''}></label>
        <button>${t('prices.show')}</button><span class="grow"></span>
        ${it && this.mayChange ? html`<button type="button" class="primary" @click=${async () => this.told(await ask('hq-new-price', { heading: `${t('prices.new-price')} ${it.sku}`, sku: it.sku, currency: it.prices[0]?.price.price.currency ?? 'EUR' }))}>${t('prices.new-price')}</button>` : nothing}
      </form>
      ${it ? it.prices.length ? table([
        { name: t('prices.level'), cell: one => html`${t(`prices.level.${one.price.place.level}`)} ${one.price.place.of ?? ''}` },
        { name: t('prices.price'), end: true, cell: one => money(one.price.price) },
        { name: t('prices.unit'), wide: true, cell: one => one.price.unit },
        { name: t('prices.from'), cell: one => one.price.place.validFrom.replace('T', ' ').slice(0, 16) },
        { name: t('prices.to'), cell: one => one.price.validTo?.replace('T', ' ').slice(0, 16) ?? '–' },
      ], it.prices, { label: t('prices.article') }) : empty('tag', t('prices.no-prices')) : nothing}`;
  }

  sold() {
    if (!this.versions) {
      return nothing;
    }
    return this.versions.length ? table([
      { name: t('prices.store'), cell: it => html`<a href="#stores/${it.store.replace(/^store-/, '')}">${it.store.replace(/^store-/, '')}</a>` },
      { name: t('prices.current'), cell: it => it.current ? badge(t('prices.is-current'), 'good') : badge(t('prices.is-behind'), 'warn') },
      { name: t('prices.prices'), end: true, cell: it => number(it.prices) },
      { name: t('prices.promotions'), end: true, cell: it => number(it.promotions) },
      { name: t('prices.last-sale'), end: true, wide: true, cell: it => it.at.replace('T', ' ').slice(0, 16) },
    ], this.versions, { label: t('prices.versions') }) : empty('store', t('prices.no-versions'));
  }
}

customElements.define('hq-prices', Prices);
