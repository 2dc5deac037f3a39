import { html, css, nothing } from 'lit';
import { Dialog } from '../kit/dialog.js';
import { t, date, time, ago } from '../kit/words.js';
import { money, quantity } from '../kit/money.js';
import { read, act } from '../kit/api.js';

const PROMOTIONS_SHOWN = 5;

/** What an article costs and why, and where there is how much of it. Answered with the article to be sold, or null. */
class PriceCheck extends Dialog {
  static properties = { found: { state: true }, code: {}, customer: {} };

  static styles = [Dialog.styles, css`
    .price { font-size: 2.75rem; font-weight: 800; letter-spacing: -.02em; line-height: 1.1; }
    .price s { font-size: 1.25rem; font-weight: 500; color: var(--sk-soft); }
    form { display: grid; grid-template-columns: 1fr auto; gap: var(--sk-2); align-items: end; }
  `];

  connectedCallback() {
    super.connectedCallback();
    this.heading = t('till.price-check');
    if (this.code) {
      this.scanned(this.code);
    }
  }

  scanned(code) {
    return this.attempt(async () => {
      this.found = null;
      const buyer = this.customer ? `&customer=${encodeURIComponent(this.customer)}` : '';
      this.found = await read(`/api/price-check?code=${encodeURIComponent(code)}${buyer}`).catch(async error => {
        const { articles } = error.kind === 'unknown-article' ? await read(`/api/articles?q=${encodeURIComponent(code)}&max=1`) : { articles: [] };
        if (!articles.length) {
          throw error;
        }
        return read(`/api/price-check?sku=${encodeURIComponent(articles[0].sku)}${buyer}`);
      });
    });
  }

  content() {
    const found = this.found;
    return html`
      <form @submit=${event => { event.preventDefault(); this.scanned(this.renderRoot.querySelector('input').value); }}>
        <label>${t('till.code-or-name')}<input autofocus autocomplete="off" .value=${this.code ?? ''}></label>
        <button class="primary" aria-label=${t('till.price-check')}><sk-icon name="search"></sk-icon></button>
      </form>
      ${found ? html`
        <div><h2>${found.name}</h2>
          <p class="price num">${found.price ? money(found.price) : t('till.no-price')} ${found.regular && found.price && found.regular.amount !== found.price.amount ? html`<s>${money(found.regular)}</s>` : nothing}</p>
          ${found.discounts.map(it => html`<p>${it.name}</p>`)}</div>
        ${found.promotions.length ? html`<div><h3>${t('till.in-force')}</h3>${found.promotions.slice(0, PROMOTIONS_SHOWN).map(it => html`<p class="small">${it.name}${it.members ? ` · ${t('till.members')}` : ''}${it.until ? ` · ${t('till.until', { day: date(it.until.slice(0, 10)) })}` : ''}</p>`)}</div>` : nothing}
        <dl class="facts">
          <dt>${t('till.stock-here')}</dt><dd>${quantity(found.stock)}${found.countedAt ? html`<br><span class="soft small">${t('till.counted', { ago: ago(found.countedAt) })}</span>` : nothing}</dd>
          ${found.elsewhere.map(it => html`<dt>${it.store}</dt><dd>${quantity(it.quantity)}<br><span class="soft small">${ago(it.asOf)}</span></dd>`)}
        </dl>
        <button type="button" class="tall" @click=${() => this.give(found)}><sk-icon name="plus"></sk-icon>${t('till.sell-this')}</button>` : nothing}`;
  }
}

customElements.define('sk-till-price-check', PriceCheck);

/** A customer by card, name or number. Answered with the customer's id. */
class Customer extends Dialog {
  static properties = { found: { state: true }, shown: { state: true }, current: {} };

  connectedCallback() {
    super.connectedCallback();
    this.heading = t('till.customer');
    if (this.current) {
      this.attempt(async () => { this.shown = await read(`/api/customers/${encodeURIComponent(this.current)}`); });
    }
  }

  scanned(code) {
    return this.attempt(async () => {
      const by = /^\d{6,}$/.test(code) ? `card=${encodeURIComponent(code)}` : `name=${encodeURIComponent(code)}`;
      this.shown = null;
      this.found = (await read(`/api/customers?${by}`)).customers;
      if (this.found.length === 1) {
        await this.show(this.found[0]);
      }
    });
  }

  async show(customer) {
    this.shown = await read(`/api/customers/${encodeURIComponent(customer.id)}`);
  }

  content() {
    const shown = this.shown;
    return html`
      <form class="row" @submit=${event => { event.preventDefault(); this.scanned(this.renderRoot.querySelector('input').value.trim()); }}>
        <label class="grow">${t('till.card-or-name')}<input autofocus autocomplete="off"></label>
        <button class="primary" aria-label=${t('till.find')}><sk-icon name="search"></sk-icon></button>
      </form>
      ${shown ? html`
        <div><h2>${shown.customer.name}</h2><p class="soft">${shown.customer.id}${shown.customer.blocked ? ` · ${t('till.blocked')}` : ''}</p></div>
        <dl class="facts"><dt>${t('till.points')}</dt><dd>${quantity(shown.points.free)}</dd></dl>
        ${shown.offers.length ? html`<div><h3>${t('till.offers')}</h3>${shown.offers.map(it => html`<p>${it.title}</p>`)}</div>` : nothing}
        <p class="soft small">${t('till.list-age', { ago: ago(Date.now() - shown.listAgeSeconds * 1000) })}</p>
        <div class="answers">
          ${this.current ? html`<button type="button" class="danger tall" @click=${() => this.give({ remove: true })}>${t('till.no-customer')}</button>` : nothing}
          <button type="button" class="primary tall" @click=${() => this.give(shown.customer)}>${t('till.take-customer')}</button>
        </div>`
      : this.found ? (this.found.length ? html`<ul class="list card">${this.found.slice(0, 20).map(it => html`<li><button type="button" @click=${() => this.attempt(() => this.show(it))}><span class="grow"><strong>${it.name}</strong><br><span class="soft small">${it.id}</span></span><sk-icon name="next"></sk-icon></button></li>`)}</ul>` : html`<sk-empty icon="customer" heading=${t('till.no-such-customer')}></sk-empty>`) : nothing}`;
  }
}

customElements.define('sk-till-customer', Customer);

/** Baskets that were put aside, here or at another till, and orders that are to be paid. Answered with one. */
class Recall extends Dialog {
  static properties = { baskets: { attribute: false }, device: {} };

  connectedCallback() {
    super.connectedCallback();
    this.heading = t('till.recall');
  }

  content() {
    if (!this.baskets.length) {
      return html`<sk-empty icon="pause" heading=${t('till.none-aside')}></sk-empty>`;
    }
    return html`<ul class="list card">${this.baskets.map((it, i) => html`
      <li><button type="button" ?autofocus=${i === 0} @click=${() => this.give(it)}>
        <sk-icon name=${it.status === 'PLACED' ? 'receipt' : 'pause'}></sk-icon>
        <span class="grow"><strong>${it.name || it.number || t('till.lines', { count: it.lines.filter(line => !line.voided).length })}</strong><br>
          <span class="soft small">${it.device} · ${time(it.changedAt)}${it.name ? ` · ${t('till.lines', { count: it.lines.filter(line => !line.voided).length })}` : ''}</span></span>
        <strong class="num">${money(it.priced.total)}</strong>
      </button></li>`)}</ul>`;
  }
}

customElements.define('sk-till-recall', Recall);

/** A receipt as it looks on paper. */
class Receipt extends Dialog {
  static properties = { order: {}, title: {}, voidable: { type: Boolean }, text: { state: true } };

  static styles = [Dialog.styles, css`
    pre { margin: 0; padding: var(--sk-4); overflow: auto; background: #fff; color: #111; border: 1px solid var(--sk-line); border-radius: .25rem; font: .8125rem/1.45 var(--sk-mono); max-block-size: 60dvh; }
  `];

  connectedCallback() {
    super.connectedCallback();
    this.heading = this.title ?? t('till.receipt');
    this.attempt(async () => { this.text = await read(`/api/receipts/${encodeURIComponent(this.order)}?format=text&language=${document.documentElement.lang}`); });
  }

  content() {
    return html`
      ${this.text ? html`<pre tabindex="0">${this.text}</pre>` : nothing}
      <div class="answers">
        ${this.voidable ? html`<button type="button" class="danger" @click=${() => this.give('void')}>${t('till.void-order')}</button>` : nothing}
        <button type="button" @click=${() => this.give('gift')}><sk-icon name="gift"></sk-icon>${t('till.gift-receipt')}</button>
        <button type="button" class="primary" autofocus @click=${() => this.give('print')}><sk-icon name="print"></sk-icon>${t('till.print')}</button>
      </div>`;
  }
}

customElements.define('sk-till-receipt', Receipt);

/** What comes back of a receipt. Answered with `{order, lines: [{line, quantity}], reason}`, or `{without: true}`. */
class Return extends Dialog {
  static properties = { found: { state: true }, back: { state: true }, reason: { state: true } };

  static styles = [Dialog.styles, css`
    li.row { padding: var(--sk-2) var(--sk-4); }
    .step { display: flex; align-items: center; gap: var(--sk-1); }
    .step output { min-inline-size: 2.5rem; text-align: center; font-weight: 700; }
  `];

  constructor() {
    super();
    this.back = {};
    this.reason = 'unwanted';
  }

  connectedCallback() {
    super.connectedCallback();
    this.heading = t('till.return');
  }

  scanned(code) {
    return this.attempt(async () => {
      const { order } = await read(`/api/orders/${encodeURIComponent(code.trim())}`);
      this.found = order;
      this.back = {};
    });
  }

  change(line, by) {
    const all = { ...this.back };
    const whole = line.unit === 'PIECE';
    const wanted = whole ? Math.max(0, Math.min(line.quantity, (all[line.id] ?? 0) + by)) : by > 0 ? line.quantity : 0;
    all[line.id] = wanted;
    this.back = all;
  }

  content() {
    const lines = this.found?.lines.filter(it => !it.voided && !it.returnOf && it.net.amount > 0) ?? [];
    const some = Object.values(this.back).some(it => it > 0);
    return html`
      <form class="row" @submit=${event => { event.preventDefault(); this.scanned(this.renderRoot.querySelector('input').value); }}>
        <label class="grow">${t('till.scan-receipt')}<input autofocus autocomplete="off" placeholder="0001-till-1-20260301-0001"></label>
        <button class="primary" aria-label=${t('till.find')}><sk-icon name="search"></sk-icon></button>
      </form>
      ${this.found ? html`
        <ul class="list card">${lines.map(it => html`<li class="row">
          <span class="grow">${it.name}<br><span class="soft small num">${quantity(it.quantity)} · ${money(it.net)}</span></span>
          <span class="step"><button type="button" aria-label=${t('till.less-of', { name: it.name })} @click=${() => this.change(it, -1)}><sk-icon name="minus"></sk-icon></button>
          <output class="num">${quantity(this.back[it.id] ?? 0)}</output>
          <button type="button" aria-label=${t('till.more-of', { name: it.name })} @click=${() => this.change(it, 1)}><sk-icon name="plus"></sk-icon></button></span></li>`)}</ul>
        <label>${t('till.why')}<select @change=${event => { this.reason = event.target.value; }}>${['unwanted', 'damaged', 'wrong', 'expired'].map(it => html`<option value=${it}>${t(`till.reason.${it}`)}</option>`)}</select></label>
        <button type="button" class="primary tall" ?disabled=${!some} @click=${() => this.give({ order: this.found.id, reason: t(`till.reason.${this.reason}`), lines: Object.entries(this.back).filter(([, count]) => count > 0).map(([line, count]) => ({ line, quantity: count })) })}>${t('till.take-back')}</button>`
      : html`<button type="button" @click=${() => this.give({ without: true })}>${t('till.without-receipt')}</button>`}`;
  }
}

customElements.define('sk-till-return', Return);

/** The receipts of the day. Answered with one. */
class Journal extends Dialog {
  static properties = { orders: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.heading = t('till.journal');
    this.find('');
  }

  find(text) {
    return this.attempt(async () => { this.orders = (await read(`/api/orders?text=${encodeURIComponent(text)}`)).orders; });
  }

  content() {
    return html`
      <form class="row" @submit=${event => { event.preventDefault(); this.find(this.renderRoot.querySelector('input').value); }}>
        <label class="grow">${t('till.search-receipts')}<input autofocus autocomplete="off"></label>
        <button class="primary" aria-label=${t('till.find')}><sk-icon name="search"></sk-icon></button>
      </form>
      ${this.orders ? this.orders.length ? html`<ul class="list card">${this.orders.slice(0, 50).map(({ order, voided }) => html`
        <li><button type="button" @click=${() => this.give({ order, voided })}>
          <span class="grow"><strong class="num">${order.receipt.till} · ${order.receipt.sequence}</strong><br><span class="soft small">${order.at.slice(11, 16)} · ${order.lines.length} · ${order.tenders.map(it => t(`till.tender.${it.kind}`)).join(', ')}${voided ? ` · ${t('till.voided')}` : ''}</span></span>
          <strong class="num">${voided ? html`<s>${money(order.total)}</s>` : money(order.total)}</strong></button></li>`)}</ul>` : html`<sk-empty icon="receipt" heading=${t('till.no-receipts')}></sk-empty>` : nothing}`;
  }
}

customElements.define('sk-till-journal', Journal);

/** The drawer's figures: an X while the shift is open, else its Z. */
class Figures extends Dialog {
  static properties = { takings: { attribute: false }, z: { attribute: false } };

  content() {
    const z = this.z;
    const it = z ?? this.takings;
    if (!it) {
      return html`<sk-empty icon="count" heading=${t('till.blind')}></sk-empty>`;
    }
    return html`<dl class="facts">
      ${z ? html`<dt>${t('till.z-number')}</dt><dd>${z.number}</dd>` : nothing}
      <dt>${t('till.sales-made')}</dt><dd>${it.payments}</dd>
      ${(z ? z.takings : it.byTender).map(one => html`<dt>${t(`till.tender.${one.kind}`)} (${one.count})</dt><dd>${money(one.received)}</dd>${one.refunded.amount ? html`<dt>${t('till.refunded')}</dt><dd>−${money(one.refunded)}</dd>` : nothing}`)}
      <dt>${t('till.float')}</dt><dd>${money(it.cashFloat)}</dd>
      <dt>${t('till.paid-in')}</dt><dd>${money(it.paidIn)}</dd>
      <dt>${t('till.paid-out')}</dt><dd>${money(it.paidOut)}</dd>
      <dt>${t('till.picked-up')}</dt><dd>${money(it.pickedUp)}</dd>
      <dt class="sum">${t('till.in-drawer')}</dt><dd class="sum">${money(z ? z.expectedCash : it.drawer)}</dd>
      ${z ? html`<dt>${t('till.counted-cash')}</dt><dd>${money(z.countedCash)}</dd><dt class="sum">${t('till.over-short')}</dt><dd class="sum">${money(z.overShort)}</dd>` : nothing}
    </dl>
    <button type="button" class="primary tall" autofocus @click=${() => this.give(true)}>${t('kit.ok')}</button>`;
  }
}

customElements.define('sk-till-figures', Figures);

/** The code of a new screen, and what it is to be called. */
class LetIn extends Dialog {
  connectedCallback() {
    super.connectedCallback();
    this.heading = t('till.let-in');
  }

  async enter(event) {
    event.preventDefault();
    const form = this.renderRoot.querySelector('form');
    const answer = await this.attempt(() => act('POST', '/api/devices', { code: form.code.value.replace(/\D/g, ''), name: form.name.value.trim().toLowerCase() }));
    if (answer) {
      this.give(answer.device);
    }
  }

  content() {
    return html`<form class="stack" @submit=${this.enter}>
      <p class="soft">${t('till.let-in-how')}</p>
      <label>${t('till.code')}<input name="code" autofocus inputmode="numeric" autocomplete="off" maxlength="8" required></label>
      <label>${t('till.its-name')}<input name="name" autocomplete="off" maxlength="31" placeholder="till-2, ${this.device}-display" required></label>
      <button class="primary tall" ?disabled=${this.busy}>${t('till.let-in')}</button>
    </form>`;
  }
}

customElements.define('sk-till-let-in', LetIn);

/** All that has no key of its own. Answered with what to do. */
class Menu extends Dialog {
  static properties = { items: { attribute: false } };

  static styles = [Dialog.styles, css`
    .items { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: var(--sk-2); }
    .items button { justify-content: flex-start; text-align: start; min-block-size: 3.5rem; }
    h3 { margin-block-start: var(--sk-2); }
  `];

  connectedCallback() {
    super.connectedCallback();
    this.heading = t('till.menu');
    this.wide = true;
  }

  content() {
    return this.items.map(([name, items], first) => html`<h3>${name}</h3><div class="items">${items.filter(Boolean).map((it, i) => html`
      <button type="button" ?autofocus=${first === 0 && i === 0} @click=${() => this.give(it.value)}><sk-icon name=${it.icon}></sk-icon><span class="grow">${it.label}</span></button>`)}</div>`);
  }
}

customElements.define('sk-till-menu', Menu);

