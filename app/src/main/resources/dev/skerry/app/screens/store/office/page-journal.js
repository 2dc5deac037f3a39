import { html, css, nothing } from 'lit';
import { words, t, date, number } from '../kit/words.js';
import { money, typedMoney, majorUnits } from '../kit/money.js';
import { read, act, id } from '../kit/api.js';
import { ask } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page } from './page.js';
import './dialogs.js';

await words(import.meta.url, 'journal');

/** Shown at once; the next are asked for. */
const SHOWN = 50;

/** Why something is voided or comes back. */
const VOID_REASONS = ['mistake', 'wrong-tender', 'changed-mind'];

/** What is looked for, by the names of the API. */
const EMPTY = { text: '', amount: '', card: '', till: '', cashier: '', since: '', before: '' };

const orNull = error => { if (error.status === 404) { return null; } throw error; };

/** Receipts, and one of them: `#journal`, `#journal/ORDER`. */
class Journal extends Page {
  static properties = { search: { state: true }, orders: { state: true }, more: { state: true }, one: { state: true }, text: { state: true }, wide: { state: true } };

  static styles = [Page.styles, css`
    .two { display: grid; grid-template-columns: minmax(0, 28rem) minmax(0, 1fr); gap: var(--sk-4); align-items: start; }
    .side { display: flex; flex-direction: column; gap: var(--sk-4); }
    .foot { display: flex; justify-content: center; padding: var(--sk-3); }
    form.filters label { flex: 1 1 9rem; }
    form.filters label.text { flex: 3 1 16rem; }
    s { color: var(--sk-soft); }
    @media (max-width: 900px) { .two { grid-template-columns: minmax(0, 1fr); } .two .side { order: -1; } }
  `];

  constructor() {
    super();
    this.search = { ...EMPTY };
    this.wide = false;
  }

  async load() {
    const [which] = this.rest;
    if (which) {
      const [one, text] = await Promise.all([
        read(`/api/orders/${encodeURIComponent(which)}`),
        read(`/api/receipts/${encodeURIComponent(which)}?format=text&language=${document.documentElement.lang}`),
      ]);
      Object.assign(this, { one, text });
      return;
    }
    this.one = null;
    if (!this.search.day) {
      const open = await read('/api/business-day').catch(orNull);
      const day = open?.day ?? this.office.today;
      this.search = { ...this.search, day, until: day };
    }
    this.orders = await this.find();
  }

  /** Who has gone back to older ones is not thrown to the newest. */
  changed() {
    return this.one || this.orders?.length > SHOWN ? undefined : this.soon();
  }

  async find(older) {
    const asked = new URLSearchParams(Object.entries({ ...this.search, ...(older ? { older } : {}), max: SHOWN }).filter(([, value]) => value !== ''));
    const { orders } = await read(`/api/orders?${asked}`);
    this.more = orders.length === SHOWN;
    return orders;
  }

  submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const asked = Object.fromEntries([...form].map(([name, value]) => [name, value.trim()]));
    if (asked.amount) {
      const value = typedMoney(asked.amount, this.currency);
      if (!value) {
        toast(t('kit.no-number'), 'bad');
        return;
      }
      asked.amount = majorUnits(value);
    }
    if (asked.until < asked.day) {
      asked.until = asked.day;
    }
    this.search = { ...EMPTY, ...asked };
    this.doing(async () => { this.orders = await this.find(); });
  }

  view() {
    return this.one ? this.receiptView() : this.listView();
  }

  // ---- the list

  listView() {
    const { search } = this;
    const devices = [...new Set((this.orders ?? []).map(it => it.order.receipt.till).concat(search.till || []))].sort();
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.journal')}</h1></header>
      <form class="filters card body" role="search" @submit=${this.submit}>
        <label class="text">${t('journal.text')}<input name="text" autocomplete="off" .value=${search.text}></label>
        <label>${t('journal.from')}<input type="date" name="day" required .value=${search.day}></label>
        <label>${t('journal.until')}<input type="date" name="until" required .value=${search.until}></label>
        ${this.wide ? html`
          <label>${t('journal.amount')}<input name="amount" inputmode="decimal" autocomplete="off" placeholder=${t('kit.minor-units')} .value=${search.amount}></label>
          <label>${t('journal.card')}<input name="card" inputmode="numeric" autocomplete="off" pattern="\\d{4}" maxlength="4" title=${t('journal.card-how')} .value=${search.card}></label>
          <label>${t('journal.till')}<input name="till" list="tills" autocomplete="off" .value=${search.till}><datalist id="tills">${devices.map(it => html`<option value=${it}></option>`)}</datalist></label>
          <label>${t('journal.cashier')}<select name="cashier"><option value="">${t('journal.all')}</option>${[...this.office.names].map(([person, name]) => html`<option value=${person} ?selected=${person === search.cashier}>${name} (${person})</option>`)}</select></label>
          <label>${t('journal.since')}<input type="time" name="since" .value=${search.since}></label>
          <label>${t('journal.before')}<input type="time" name="before" .value=${search.before}></label>` : nothing}
        <div class="actions">
          <button class="primary"><sk-icon name="search"></sk-icon>${t('journal.find')}</button>
          <button type="button" aria-expanded=${this.wide} @click=${() => { this.wide = !this.wide; }}><sk-icon name=${this.wide ? 'up' : 'down'}></sk-icon>${t('journal.more')}</button>
        </div>
      </form>
      ${this.orders.length ? html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('journal.receipts')}><table class="rows">
          <thead><tr><th>${t('journal.receipt')}</th><th>${t('journal.time')}</th><th>${t('journal.cashier')}</th><th class="end">${t('journal.lines')}</th><th>${t('office.tender')}</th><th></th><th class="end">${t('journal.total')}</th></tr></thead>
          <tbody>${this.orders.map(it => this.row(it))}</tbody></table>
          ${this.more ? html`<div class="foot"><button type="button" @click=${() => this.doing(async () => { this.orders = [...this.orders, ...await this.find(this.orders.at(-1).order.id)]; })}>${t('journal.older')}</button></div>` : nothing}</div>`
      : html`<div class="card"><sk-empty icon="receipt" heading=${t('journal.none')} text=${t('journal.none-how')}></sk-empty></div>`}`;
  }

  number(order) {
    return `${order.receipt.till}-${String(order.receipt.sequence).padStart(4, '0')}`;
  }

  row({ order, voided }) {
    const tenders = [...new Set(order.tenders.map(it => t(`office.tender.${it.kind}`)))].join(', ');
    const back = order.lines.some(it => it.returnOf || (it.returnReason && !it.voided));
    return html`<tr>
      <th scope="row"><a class="num" href="#journal/${encodeURIComponent(order.id)}">${this.number(order)}</a></th>
      <td class="num" data-label=${t('journal.time')}>${this.search.day === this.search.until ? '' : `${date(order.businessDay)} `}${order.at.slice(11, 16)}</td>
      <td data-label=${t('journal.cashier')}>${order.cashier ? this.office.nameOf(order.cashier) : html`<span class="soft">–</span>`}</td>
      <td class="end" data-label=${t('journal.lines')}>${number(order.lines.filter(it => !it.voided && !it.parent).length)}</td>
      <td data-label=${t('office.tender')}>${tenders}</td>
      <td>${voided ? html`<span class="chip bad">${t('journal.voided')}</span>` : nothing}${back ? html`<span class="chip warn">${t('journal.return')}</span>` : nothing}${order.approvedBy ? html`<span class="chip">${t('journal.approved')}</span>` : nothing}</td>
      <td class="end" data-label=${t('journal.total')}>${voided ? html`<s>${money(order.total)}</s>` : html`<strong>${money(order.total)}</strong>`}</td>
    </tr>`;
  }

  // ---- one receipt

  get path() {
    return encodeURIComponent(this.one.order.id);
  }

  print(gift) {
    return this.doing(async () => {
      await act('POST', `/api/receipts/${this.path}/print`, { gift });
      toast(t('journal.printing'), 'good');
    });
  }

  approvers(people) {
    return people.filter(it => it.signsOn && it.roles.some(role => role === 'manager' || role === 'supervisor'));
  }

  async void() {
    const { order } = this.one;
    const reason = await ask('sk-ask-choice', { heading: t('journal.void'), note: t('journal.void-how', { amount: money(order.total) }), choices: VOID_REASONS.map(it => ({ label: t(`journal.reason.${it}`), value: t(`journal.reason.${it}`) })) });
    if (!reason) {
      return;
    }
    await this.doing(async () => {
      const [{ people }, { shifts }] = await Promise.all([read('/api/people'), read('/api/shifts')]);
      const open = shifts.filter(it => !it.z).map(it => it.till);
      let till = open.find(it => it === order.receipt.till);
      if (!till && order.tenders.some(it => it.kind === 'CASH')) {
        till = open.length && await ask('sk-ask-choice', { heading: t('journal.which-drawer'), choices: open.map(it => ({ label: it, value: it, icon: 'drawer' })) });
        if (!till) {
          toast(t('journal.no-drawer'), open.length ? 'info' : 'bad');
          return;
        }
      }
      const done = await ask('sk-ask-approval', {
        heading: t('journal.void'), note: till ? t('journal.void-at', { till }) : '', people: this.approvers(people),
        check: approval => act('POST', `/api/orders/${this.path}/void`, { reason, approval, ...(till ? { till } : {}) }),
      });
      if (done) {
        toast(t('journal.voided-back', { amount: money(order.total) }), 'good');
        await this.renew();
      }
    });
  }

  /** Takes articles back in a basket that is put aside: a till recalls it, and gives the money. */
  async takeBack() {
    const { order } = this.one;
    const wanted = await ask('sk-office-return', { heading: t('journal.take-back'), order, note: t('journal.take-back-how') });
    if (!wanted) {
      return;
    }
    await this.doing(async () => {
      const basket = id();
      const path = `/api/baskets/${basket}`;
      await act('PUT', path, {});
      try {
        for (const line of wanted.lines) {
          await this.allowed(approval => act('POST', `${path}/returns`, { id: id(), order: order.id, ...line, reason: wanted.reason, ...approval }));
        }
        await act('POST', `${path}/suspend`, { name: t('journal.return-of', { number: this.number(order) }) });
      } catch (error) {
        await act('DELETE', path, { reason: t('journal.take-back') });
        throw error;
      }
      toast(t('journal.put-aside', { name: t('journal.return-of', { number: this.number(order) }) }), 'good');
    });
  }

  /** Does something; once more with the PIN of somebody who may allow it, if it needs that. */
  async allowed(what) {
    try {
      return await what({});
    } catch (error) {
      if (error.kind !== 'approval-needed') {
        throw error;
      }
      const { people } = await read('/api/people');
      const done = await ask('sk-ask-approval', { heading: t('journal.needs-approval'), note: error.detail, people: this.approvers(people), check: approval => what({ approval }) });
      if (!done) {
        throw error;
      }
      return done;
    }
  }

  receiptView() {
    const { order, voided } = this.one;
    const voidable = !voided && order.total.amount > 0;
    const returnable = !voided && order.lines.some(it => !it.voided && it.net.amount > 0);
    return html`
      <header class="head">
        <a class="button" href="#journal"><sk-icon name="back"></sk-icon>${t('office.page.journal')}</a>
        <h1 tabindex="-1">${t('journal.receipt-of', { number: this.number(order) })}</h1>
        ${voided ? html`<span class="chip bad">${t('journal.voided')}</span>` : nothing}
      </header>
      <div class="two">
        <pre class="paper" tabindex="0" aria-label=${t('journal.paper')}>${this.text}</pre>
        <div class="side">
          <div class="actions">
            <button type="button" class="primary" @click=${() => this.print(false)}><sk-icon name="print"></sk-icon>${t('journal.print')}</button>
            <button type="button" @click=${() => this.print(true)}><sk-icon name="gift"></sk-icon>${t('journal.gift')}</button>
            ${returnable ? html`<button type="button" @click=${() => this.takeBack()}><sk-icon name="returns"></sk-icon>${t('journal.take-back')}</button>` : nothing}
            ${voidable && this.office.may('MANAGER') ? html`<button type="button" class="danger" @click=${() => this.void()}><sk-icon name="trash"></sk-icon>${t('journal.void')}</button>` : nothing}
          </div>
          <div class="card body"><dl class="facts">
            <dt>${t('journal.number')}</dt><dd>${order.receipt.store}-${order.receipt.till}-${order.receipt.businessDay.replaceAll('-', '')}-${String(order.receipt.sequence).padStart(4, '0')}</dd>
            <dt>${t('office.business-day')}</dt><dd>${date(order.businessDay)}</dd>
            <dt>${t('journal.time')}</dt><dd>${date(order.at.slice(0, 10))} ${order.at.slice(11, 16)}</dd>
            <dt>${t('journal.cashier')}</dt><dd>${order.cashier ? this.office.nameOf(order.cashier) : '–'}</dd>
            ${order.approvedBy ? html`<dt>${t('journal.approved-by')}</dt><dd>${this.office.nameOf(order.approvedBy)}</dd>` : nothing}
            ${order.customer ? html`<dt>${t('journal.customer')}</dt><dd>${order.customer}</dd>` : nothing}
            ${order.tenders.map(it => html`<dt>${t(`office.tender.${it.kind}`)}</dt><dd>${it.detail ? html`<span class="soft small">${it.detail}</span> ` : nothing}${money(it.amount)}</dd>`)}
            <dt class="sum">${t('journal.total')}</dt><dd class="sum">${money(order.total)}</dd>
            <dt>${t('journal.prices')}</dt><dd>${order.prices.prices} · ${order.prices.promotions}</dd>
          </dl></div>
          ${voided ? html`<div class="card body"><dl class="facts">
            <dt>${t('journal.void-receipt')}</dt><dd>${voided.receipt.till}-${String(voided.receipt.sequence).padStart(4, '0')}</dd>
            <dt>${t('journal.why')}</dt><dd>${voided.reason}</dd>
            <dt>${t('journal.cashier')}</dt><dd>${this.office.nameOf(voided.cashier)}</dd>
            <dt>${t('journal.approved-by')}</dt><dd>${this.office.nameOf(voided.approvedBy)}</dd>
          </dl></div>` : nothing}
        </div>
      </div>`;
  }
}

customElements.define('sk-office-journal', Journal);
