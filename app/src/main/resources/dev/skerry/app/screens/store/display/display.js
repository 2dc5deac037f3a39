import { html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { words, t } from '../kit/words.js';
import { money, quantity } from '../kit/money.js';
import { Screen } from '../kit/screen.js';
import { read } from '../kit/api.js';

await words(import.meta.url);

/** How long the customer sees what was paid, if nobody else comes. */
const THANKS_MS = 15_000;

/**
 * What the customer of one till sees. Opened at the till itself it belongs to that; on a screen of its own it is called as its till is,
 * with `-display` behind it.
 */
class Display extends Screen {
  static kind = 'DISPLAY';
  static topics = ['baskets', 'orders', 'payments'];

  static properties = { basket: { state: true }, order: { state: true }, payment: { state: true } };

  static styles = [Screen.styles, css`
    .display { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); block-size: 100dvh; }
    .lines { background: var(--sk-surface); display: flex; flex-direction: column; min-block-size: 0; }
    .lines header { display: flex; align-items: center; gap: var(--sk-3); padding: var(--sk-4) var(--sk-5); font-weight: 650; font-size: 1.125rem; border-block-end: 1px solid var(--sk-line); }
    .lines img { inline-size: 2.25rem; block-size: 2.25rem; }
    ol { flex: 1; overflow: hidden; display: flex; flex-direction: column; justify-content: flex-end; }
    li { display: grid; grid-template-columns: 3.5rem 1fr auto; gap: 0 var(--sk-4); padding: var(--sk-3) var(--sk-5); border-block-start: 1px solid var(--sk-line); font-size: 1.25rem; flex: none; }
    li:last-child { background: var(--sk-accent-soft); font-weight: 650; }
    li .num { font-variant-numeric: tabular-nums; }
    .off { grid-column: 2; color: var(--sk-good); font-size: 1rem; }
    .off.num { grid-column: 3; text-align: end; }
    .sum { display: flex; flex-direction: column; justify-content: center; gap: var(--sk-4); padding: var(--sk-6); background: var(--sk-accent); color: var(--sk-on-accent); min-inline-size: 0; }
    .sum h2 { font-size: 1.5rem; font-weight: 600; }
    output { font-size: clamp(3rem, 8.5vw, 9rem); font-weight: 800; letter-spacing: -.04em; line-height: 1.05; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    output.long { font-size: clamp(2rem, 5vw, 5rem); }
    .sum p { font-size: 1.375rem; font-variant-numeric: tabular-nums; }
    .rest { display: grid; place-content: center; justify-items: center; gap: var(--sk-5); block-size: 100dvh; text-align: center; padding: var(--sk-5); background: var(--sk-accent); color: var(--sk-on-accent); }
    .rest img { inline-size: 6rem; block-size: 6rem; }
    .rest h1 { font-size: clamp(2.5rem, 7vw, 6rem); }
    .rest p { font-size: 1.5rem; }
    @media (max-width: 720px) { .display { grid-template-columns: 1fr; grid-template-rows: minmax(0, 1fr) auto; } .sum { padding: var(--sk-4) var(--sk-5); gap: var(--sk-2); } li { font-size: 1.0625rem; } }
  `];

  /** Whose basket is shown. */
  get till() {
    return this.me.device.replace(/-display$/, '');
  }

  async load() {
    const { baskets } = await read('/api/baskets');
    this.take(baskets.find(it => this.isMine(it)) ?? null);
  }

  isMine(basket) {
    return basket.device === this.till && (basket.status === 'OPEN' || basket.status === 'PAYING');
  }

  async changed(topic, key) {
    if (!key) {
      await this.load();
    } else if (topic === 'payments') {
      if (key === this.basket?.id) {
        this.payment = await read(`/api/payments/${key}`);
      }
    } else {
      const now = await read(`/api/baskets/${key}`).catch(() => null);
      if (now?.order) {
        this.paid(now.order);
      } else if (now && this.isMine(now)) {
        this.take(now);
      } else if (key === this.basket?.id) {
        this.take(null);
      }
    }
  }

  take(basket) {
    if (basket?.id !== this.basket?.id) {
      this.payment = null;
    }
    this.basket = basket;
    if (basket?.lines.length) {
      this.order = null;
    }
  }

  paid(order) {
    if (order.device === this.till && order.id !== this.order?.id && (!this.basket?.lines.length || order.id === this.basket.id)) {
      this.basket = null;
      this.order = order;
      clearTimeout(this.thanks);
      this.thanks = setTimeout(() => { this.order = null; }, THANKS_MS);
    }
  }

  get idle() {
    return !this.basket;
  }

  view() {
    if (this.order) {
      return this.thanksView(this.order);
    }
    const lines = this.basket?.lines.filter(it => !it.voided) ?? [];
    if (!lines.length) {
      return html`<main class="rest"><img src="/pages/skerry.svg" alt=""><h1>${t('display.welcome')}</h1><p>${this.status?.name ?? ''}</p></main>`;
    }
    const priced = this.basket.priced;
    const left = this.payment?.state === 'OPEN' && this.payment.left.amount !== priced.total.amount ? this.payment.left : null;
    return html`<main class="display">
      <section class="lines" aria-label=${t('display.basket')}>
        <header><img src="/pages/skerry.svg" alt=""><span class="cut">${this.status?.name ?? ''}</span></header>
        <ol>${repeat(lines, it => it.id, it => this.line(it, priced.lines[it.id]))}</ol>
      </section>
      ${this.sum(t(left ? 'display.left' : 'display.total'), left ?? priced.total, html`
        ${priced.discounts.map(it => html`<p>${it.name} −${money(it.amount)}</p>`).slice(0, 4)}
        ${left ? html`<p>${t('display.of', { total: money(priced.total) })}</p>` : nothing}`)}
    </main>`;
  }

  line(line, priced) {
    return html`<li>
      <span class="num">${line.refund ? '−' : ''}${quantity(line.quantity)}${line.item.weighed ? ' kg' : ''}</span>
      <span>${line.item.name}</span><span class="num">${priced ? money(priced.net) : nothing}</span>
      ${priced?.discounts.map(it => html`<span class="off">${it.name}</span><span class="off num">−${money(it.amount)}</span>`)}
    </li>`;
  }

  sum(name, value, more) {
    const text = money(value);
    return html`<section class="sum" aria-live="polite"><h2>${name}</h2><output class=${text.length > 10 ? 'long' : ''}>${text}</output>${more}</section>`;
  }

  thanksView(order) {
    const back = order.total.amount < 0;
    return html`<main class="rest" aria-live="polite">
      <h1>${t('display.thanks')}</h1>
      ${order.change.amount || back ? html`<p>${t(back ? 'display.back' : 'display.change')}</p><output>${money(back ? { amount: -order.total.amount, currency: order.total.currency } : order.change)}</output>` : html`<output>${money(order.total)}</output>`}
      ${order.number ? html`<p>${t('display.number', { number: order.number })}</p>` : nothing}
      ${order.points ? html`<p>${t('display.points', { count: order.points })}</p>` : nothing}
    </main>`;
  }
}

customElements.define('sk-display', Display);
