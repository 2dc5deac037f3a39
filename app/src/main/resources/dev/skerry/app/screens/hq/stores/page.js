import { html, nothing } from 'lit';
import { words, t, number, ago, date } from '../kit/words.js';
import { read, act } from '../kit/api.js';
import { Dialog, ask } from '../kit/dialog.js';
import { Page, looks, table, pager, empty } from '../hq/page.js';
import { line } from '../hq/line.js';

await words(import.meta.url);

const ROWS = 50;
const DAYS = 60;
const SETTLE_MS = 250;

/** For a store that is to be let in; then tells its token. */
class NewStore extends Dialog {
  static properties = { invited: { state: true } };

  submit(event) {
    event.preventDefault();
    const value = name => this.renderRoot.querySelector(`[name=${name}]`).value.trim();
    this.attempt(async () => {
      this.invited = await act('POST', '/api/stores', { id: value('id'), name: value('name') || null, zone: value('zone') || null });
      this.heading = t('stores.new-token', { store: this.invited.id });
    });
  }

  content() {
    if (this.invited) {
      return html`<p>${t('stores.new-token-how', { until: date(this.invited.validUntil) })}</p>
        <textarea readonly rows="6" aria-label=${t('stores.new-token', { store: this.invited.id })}>./skerry store --data DIR --hq ${this.invited.hq} --join ${this.invited.token}</textarea>`;
    }
    return html`<form class="stack" @submit=${this.submit}>
      <label>${t('stores.new-id')}<input name="id" required autofocus autocomplete="off" placeholder="0042"></label>
      <label>${t('stores.new-name')}<input name="name" autocomplete="off"></label>
      <label>${t('stores.new-zone')}<input name="zone" autocomplete="off" placeholder="main"></label>
      <button class="primary tall" ?disabled=${this.busy}>${t('stores.new-do')}</button>
    </form>`;
  }
}

customElements.define('hq-new-store', NewStore);

/** All stores, a page of them at a time, found and sorted at headquarters; or one of them. `#stores//down` shows those that are away. */
class Stores extends Page {
  static topics = ['line'];
  static properties = { wanted: { state: true }, from: { state: true }, sort: { state: true }, list: { state: true }, one: { state: true } };
  static styles = looks;

  constructor() {
    super();
    this.wanted = '';
    this.from = 0;
    this.sort = 'id';
  }

  get only() {
    return this.args[0] ? '' : this.args[1] ?? '';
  }

  get mayKeep() {
    return ['ADMIN', 'SUPPORT'].some(it => this.me?.roles.includes(it));
  }

  async load() {
    const [id] = this.args;
    if (id) {
      const at = encodeURIComponent(id);
      const maySee = ['ADMIN', 'ACCOUNTANT', 'SUPPORT'].some(it => this.me?.roles.includes(it));
      const [one, days] = await Promise.all([read(`/api/stores/${at}`), maySee ? read(`/api/reconciliation/copies/store-${at}?max=${DAYS}`) : { days: [] }]);
      this.days = days.days;
      this.one = one;
    } else {
      this.list = await read(`/api/stores?${new URLSearchParams({ find: this.wanted.trim(), line: this.only, sort: this.sort, from: this.from, max: ROWS })}`);
    }
  }

  /** What is typed is asked for when nothing more is typed for a moment. */
  type(text) {
    this.wanted = text;
    this.from = 0;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.again(), SETTLE_MS);
  }

  show(changes) {
    Object.assign(this, changes);
    this.again();
  }

  view() {
    return this.args[0] ? this.single() : this.all();
  }

  all() {
    if (!this.list) {
      return nothing;
    }
    const { stores, total } = this.list;
    const lines = { up: 'hq.line.up', down: 'hq.line.down', 'never-joined': 'hq.line.never' };
    return html`
      <div class="tools">
        <label>${t('stores.find')}<input type="search" autocomplete="off" .value=${this.wanted} @input=${event => this.type(event.target.value)}></label>
        <label>${t('stores.line')}<select @change=${event => { this.from = 0; location.hash = event.target.value ? `stores//${event.target.value}` : 'stores'; }}>
          <option value="" ?selected=${!this.only}>${t('stores.every')}</option>
          ${Object.entries(lines).map(([word, key]) => html`<option value=${word} ?selected=${this.only === word}>${t(key)}</option>`)}
        </select></label>
        <span class="grow"></span>
        ${this.mayKeep ? html`<button type="button" @click=${() => ask('hq-new-store', { heading: t('stores.new') }).then(() => this.again())}><sk-icon name="plus"></sk-icon>${t('stores.new')}</button>` : nothing}
      </div>
      ${stores.length ? html`<div>${table([
        { name: t('stores.store'), sort: 'id', cell: it => html`<a href="#stores/${it.id}">${it.id} ${it.name}</a>` },
        { name: t('stores.city'), sort: 'city', wide: true, cell: it => it.city ?? '–' },
        { name: t('stores.zone'), sort: 'zone', wide: true, cell: it => it.zone },
        { name: t('stores.line'), sort: 'line', cell: line },
        { name: t('stores.contact'), sort: 'last-contact', end: true, cell: it => it.lastContact ? ago(it.lastContact) : '–' },
        { name: t('stores.software'), sort: 'software', wide: true, cell: it => it.software ?? '–' },
      ], stores, { label: t('hq.page.stores'), sort: this.sort, onSort: sort => this.show({ sort, from: 0 }) })}
      ${pager(this.from, stores.length, total, ROWS, from => this.show({ from }))}</div>` : this.wanted || this.only ? empty('store', t('stores.none-found')) : empty('store', t('stores.none'), t('stores.none-how'))}`;
  }

  clock(ms) {
    const seconds = Math.round(Math.abs(ms) / 1000);
    return seconds < 2 ? t('stores.clock-right') : t(ms > 0 ? 'stores.clock-ahead' : 'stores.clock-behind', { seconds: number(seconds) });
  }

  single() {
    const it = this.one;
    if (!it || it.id !== this.args[0]) {
      return nothing;
    }
    const profile = it.profile;
    const fact = (key, value) => value ? html`<dt>${t(key)}</dt><dd>${value}</dd>` : nothing;
    return html`
      <p><a href="#stores">${t('stores.all')}</a></p>
      <h2>${it.id} ${it.name} ${line(it)}</h2>
      <div class="columns">
        <section class="stack">
          <h2>${t('stores.streams')}</h2>
          ${it.streams.length ? table([
            { name: t('stores.stream'), cell: s => s.name },
            { name: t('stores.events'), end: true, cell: s => number(s.tail) },
            { name: t('stores.last'), end: true, cell: s => s.lastAppend ? ago(s.lastAppend) : '–' },
          ], it.streams, { label: t('stores.streams') }) : empty('cloud', t('stores.no-streams'))}
          <h2>${t('stores.proven')}</h2>
          <p class="soft">${t('stores.proven-how')}</p>
          ${this.days.length ? table([
            { name: t('stores.day'), cell: s => date(s.day) },
            { name: t('stores.stream'), cell: s => s.stream.replace(/^[^/]+\//, '') },
            { name: t('stores.events'), end: true, cell: s => number(s.events) },
            { name: t('stores.checksum'), wide: true, cell: s => html`<code>${s.checksum}</code>` },
          ], this.days, { label: t('stores.proven') }) : empty('clock', t('stores.none-proven'), t('stores.none-proven-how'))}
        </section>
        <section class="stack">
          <dl class="facts card pad">
            ${fact('stores.zone', it.zone)}
            ${fact('stores.contact', it.lastContact ? ago(it.lastContact) : '–')}
            ${fact('stores.address', it.address)}
            ${fact('stores.software', it.software)}
            ${fact('stores.clock', it.clockAheadMs == null ? null : this.clock(it.clockAheadMs))}
            ${fact('stores.epoch', number(it.epoch))}
            ${profile ? html`
              ${fact('stores.place', [profile.street, [profile.postcode, profile.city].filter(Boolean).join(' '), profile.country].filter(Boolean).join(', '))}
              ${fact('stores.time-zone', profile.timeZone)}
              ${fact('stores.currency', profile.currency)}
              ${fact('stores.format', t(`stores.format.${profile.format}`))}` : nothing}
          </dl>
          <p><a href="#stock/store/store-${it.id}">${t('stores.stock')}</a> · <a href="#reconciliation/differences//store-${it.id}">${t('stores.differences')}</a></p>
        </section>
      </div>`;
  }
}

customElements.define('hq-stores', Stores);
