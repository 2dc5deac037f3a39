import { html, css, nothing } from 'lit';
import { words, t, ago, date, time, number } from '../kit/words.js';
import { money, quantity } from '../kit/money.js';
import { read, act } from '../kit/api.js';
import { ask } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page } from './page.js';

await words(import.meta.url, 'exceptions');

/** What one looks for together. */
const GROUPS = {
  sales: ['VOID', 'RETURN', 'DISCOUNT', 'PRICE', 'VOIDED_LINES', 'ABANDONED', 'CANCELLED', 'LOST'],
  drawer: ['CASH_FLOAT', 'NO_SALE', 'PAID_IN', 'PAID_OUT', 'PICKED_UP', 'COUNTED', 'OVER_SHORT'],
  payments: ['LATE_DECLINE', 'REFUSED_REFUND', 'OVERDRAWN'],
  people: ['APPROVAL', 'ACCESS_REFUSED', 'DEVICE'],
};

/** Of articles below zero; the page of stock has all. */
const NEGATIVE_SHOWN = 3;

/** Between two readings of what waits for somebody, while tills sell. */
const OPEN_MS = 5_000;

const orNull = error => { if (error.status === 404) { return null; } throw error; };

/** What was out of the ordinary, and what somebody still has to look at. */
class Exceptions extends Page {
  static properties = { attention: { state: true }, stored: { state: true }, negative: { state: true }, entries: { state: true }, search: { state: true } };

  static styles = [Page.styles, css`
    .todo li { display: flex; align-items: center; gap: var(--sk-3); padding: var(--sk-3) var(--sk-4); }
    .todo .grow { overflow-wrap: anywhere; }
    .detail { overflow-wrap: anywhere; }
    @media (max-width: 640px) { .todo li { flex-wrap: wrap; } .todo .grow { flex-basis: calc(100% - 3rem); } .detail { text-align: end; } }
  `];

  constructor() {
    super();
    this.search = { day: '', until: '', kind: '', person: '', device: '' };
  }

  async load() {
    if (!this.search.day) {
      const open = await read('/api/business-day').catch(orNull);
      const day = open?.day ?? this.office.today;
      this.search = { ...this.search, day, until: day > this.office.today ? day : this.office.today };
    }
    const [{ attention }, stored, { stock }, entries] = await Promise.all([
      read('/api/payments/attention'), read('/api/payments/stored'), read('/api/stock?which=NEGATIVE'), this.find(),
    ]);
    Object.assign(this, { attention, stored, negative: stock, entries });
  }

  changed(topic) {
    this.soon(topic === 'exceptions' ? undefined : OPEN_MS);
  }

  async find() {
    const { kind, ...rest } = this.search;
    const asked = { ...rest, kind: (GROUPS[kind] ?? (kind ? [kind] : [])).join(',') };
    return (await read(`/api/exceptions?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value))}`)).entries;
  }

  submit(event) {
    event.preventDefault();
    const asked = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]));
    this.search = { ...this.search, ...asked, until: asked.until < asked.day ? asked.day : asked.until };
    this.doing(async () => { this.entries = await this.find(); });
  }

  async lookedAt(it) {
    const note = await ask('sk-ask-text', { heading: t('exceptions.looked-after'), label: t('exceptions.note'), optional: true });
    if (note !== null) {
      await this.doing(async () => {
        await act('POST', `/api/payments/attention/${encodeURIComponent(it.tender)}`, { note });
        toast(t('exceptions.noted'), 'good');
        await this.renew();
      });
    }
  }

  view() {
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.exceptions')}</h1></header>
      ${this.openView()}
      <section><h2>${t('exceptions.entries')}</h2>${this.filtersView()}${this.entriesView()}</section>`;
  }

  openView() {
    const lying = this.stored.lying;
    const some = this.attention.length + this.negative.length + lying.count;
    return html`<section><h2>${t('exceptions.open')}</h2>${some ? html`<ul class="list card todo">
      ${this.attention.map(it => html`<li><sk-icon class="bad" name="cash"></sk-icon>
        <span class="grow"><strong>${t(`exceptions.why.${it.why}`)}: ${money(it.amount)}</strong><br><span class="soft small">${it.reason} · ${ago(it.since)} · <a href="#journal/${encodeURIComponent(it.order)}">${t('exceptions.receipt')}</a></span></span>
        <button type="button" @click=${() => this.lookedAt(it)}>${t('exceptions.looked-after')}</button></li>`)}
      ${lying.count ? html`<li><sk-icon class="warn" name="card"></sk-icon><span class="grow"><strong>${t('exceptions.stored', { count: lying.count, number: number(lying.count), total: money(lying.total) })}</strong><br>
        <span class="soft small">${t('exceptions.stored-how', { oldest: lying.oldest ? ago(lying.oldest) : '–', max: number(this.stored.limits.storedMax), total: money(this.stored.limits.storedTotalMax) })}</span></span></li>` : nothing}
      ${this.negative.slice(0, NEGATIVE_SHOWN).map(it => html`<li><sk-icon class="warn" name="box"></sk-icon><span class="grow"><strong>${it.name ?? it.sku}</strong><br><span class="soft small">${t('exceptions.negative', { quantity: quantity(it.quantity), since: it.negativeSince ? ago(it.negativeSince) : '' })}</span></span></li>`)}
      ${this.negative.length > NEGATIVE_SHOWN ? html`<li><a href="#stock">${t('exceptions.negative-more', { count: this.negative.length - NEGATIVE_SHOWN })}</a></li>` : nothing}
    </ul>` : html`<div class="card body row"><sk-icon class="good" name="check"></sk-icon><span>${t('exceptions.nothing-open')}</span></div>`}</section>`;
  }

  filtersView() {
    const { search } = this;
    const option = (value, label) => html`<option value=${value} ?selected=${search.kind === value}>${label}</option>`;
    return html`<form class="filters card body" role="search" @submit=${this.submit} @change=${event => event.target.form.requestSubmit()}>
      <label>${t('exceptions.from')}<input type="date" name="day" required .value=${search.day}></label>
      <label>${t('exceptions.until')}<input type="date" name="until" required .value=${search.until}></label>
      <label>${t('exceptions.what')}<select name="kind">${option('', t('exceptions.all'))}${Object.entries(GROUPS).map(([group, kinds]) => html`<optgroup label=${t(`exceptions.group.${group}`)}>${option(group, t(`exceptions.group-all.${group}`))}${kinds.map(it => option(it, t(`exceptions.kind.${it}`)))}</optgroup>`)}</select></label>
      <label>${t('exceptions.person')}<select name="person"><option value="">${t('exceptions.all')}</option>${[...this.office.names].map(([person, name]) => html`<option value=${person} ?selected=${person === search.person}>${name} (${person})</option>`)}</select></label>
      <label>${t('exceptions.device')}<input name="device" autocomplete="off" placeholder="till-1" .value=${search.device}></label>
    </form>`;
  }

  entriesView() {
    if (!this.entries.length) {
      return html`<div class="card"><sk-empty icon="check" heading=${t('exceptions.none')} text=${t('exceptions.none-how')}></sk-empty></div>`;
    }
    const oneDay = this.search.day === this.search.until;
    return html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('exceptions.entries')}><table class="rows">
      <thead><tr><th>${t('exceptions.what')}</th><th>${t('exceptions.when')}</th><th>${t('exceptions.device')}</th><th>${t('exceptions.person')}</th><th class="end">${t('exceptions.amount')}</th><th>${t('exceptions.detail')}</th><th></th></tr></thead>
      <tbody>${this.entries.map(it => html`<tr>
        <th scope="row">${t(`exceptions.kind.${it.kind}`)}</th>
        <td class="num" data-label=${t('exceptions.when')}>${oneDay ? '' : `${date(it.day)} `}${time(it.at)}</td>
        <td class="num" data-label=${t('exceptions.device')}>${it.device}</td>
        <td data-label=${t('exceptions.person')}><span>${it.person ? this.office.nameOf(it.person) : '–'}${it.approvedBy && it.approvedBy !== it.person ? html`<br><span class="soft small">${t('exceptions.approved-by', { name: this.office.nameOf(it.approvedBy) })}</span>` : nothing}</span></td>
        <td class="end" data-label=${t('exceptions.amount')}>${it.amount ? money(it.amount) : '–'}</td>
        <td data-label=${t('exceptions.detail')}><span class="detail">${it.detail || '–'}</span></td>
        <td class="end">${it.order ? html`<a href="#journal/${encodeURIComponent(it.order)}">${t('exceptions.receipt')}</a>` : it.shift ? html`<a href="#cash/shift/${encodeURIComponent(it.shift)}">${t('exceptions.shift')}</a>` : nothing}</td>
      </tr>`)}</tbody></table></div>`;
  }
}

customElements.define('sk-office-exceptions', Exceptions);
