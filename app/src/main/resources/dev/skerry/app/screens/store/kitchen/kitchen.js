import { html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { words, t, number, time } from '../kit/words.js';
import { read, act, Problem } from '../kit/api.js';
import { Screen } from '../kit/screen.js';
import { toast } from '../kit/parts.js';
import { Dialog, ask, asking, say } from '../kit/dialog.js';
import { focused, isField, chime, canSound } from '../kit/wedge.js';
import { called, clock, tone, lines, linesOf, ICONS } from './ticket.js';

await words(import.meta.url);

const STATION = 'sk-kitchen-station';
const SILENT = 'sk-kitchen-silent';
const COUNTS = 'sk-kitchen-counts';
const PASS = '!pass';
const FRESH_MS = 2500;

/** A key that is held down, or pressed twice by an unsteady hand, bumps one ticket and not the next one too. */
const KEY_GAP_MS = 350;

class Kitchen extends Screen {
  static kind = 'KITCHEN';
  static topics = ['kitchen', 'expo'];

  static properties = {
    station: { state: true },
    recent: { state: true },
    counting: { state: true },
    silent: { state: true },
    tickets: { state: true },
    bumped: { state: true },
    stations: { state: true },
    counts: { state: true },
    passing: { state: true },
    marked: { state: true },
    now: { state: true },
    page: { state: true },
    pages: { state: true },
    first: { state: true },
    leaving: { state: true },
    fresh: { state: true },
  };

  static styles = [Screen.styles, lines, css`
    .screen { display: grid; grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr); block-size: 100dvh; }
    .bar { display: flex; align-items: center; gap: var(--sk-2); padding: var(--sk-2) var(--sk-3); background: var(--sk-surface); border-block-end: 1px solid var(--sk-line); }
    .stations { display: flex; gap: var(--sk-2); overflow-x: auto; flex: 1; min-inline-size: 0; scrollbar-width: none; padding: 4px; margin: -4px; }
    .stations button { flex: none; }
    .stations span:first-child { text-transform: capitalize; }
    .stations button[aria-pressed=true], .tool[aria-pressed=true] { background: var(--sk-accent); border-color: var(--sk-accent); color: var(--sk-on-accent); }
    .badge { min-inline-size: 1.6em; padding: .1em .4em; border-radius: 1em; font-size: .875rem; font-weight: 750; font-variant-numeric: tabular-nums; background: var(--sk-accent-soft); color: var(--sk-ink); }
    .badge.late { background: light-dark(#8a4b00, #f2b24d); color: light-dark(#fff, #2b1a00); }
    .badge.overdue { background: light-dark(#b3201b, #ff7a70); color: light-dark(#fff, #330402); }
    .tools { display: flex; align-items: center; gap: var(--sk-1); }
    .tool { padding-inline: var(--sk-3); border-color: transparent; }
    .now { font-size: 1.25rem; font-weight: 700; padding-inline: var(--sk-2); }
    .main { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr) auto; min-block-size: 0; }
    .board { min-inline-size: 0; margin: var(--sk-3); column-width: 17.5rem; column-gap: var(--sk-3); column-fill: auto; overflow: hidden; block-size: calc(100% - 2 * var(--sk-3)); position: relative; }
    .board > * { break-inside: avoid; padding: 5px; margin-block-end: var(--sk-1); }
    .empty { display: grid; place-content: center; }
    aside { inline-size: 17rem; overflow: auto; background: var(--sk-surface); border-inline-start: 1px solid var(--sk-line); padding: var(--sk-4); }
    aside h2 { margin-block-end: var(--sk-2); }
    aside h3 { margin-block: var(--sk-4) var(--sk-2); text-transform: capitalize; font-size: .9375rem; }
    aside li { display: grid; grid-template-columns: 2.25rem 1fr; gap: var(--sk-2); padding-block: .35rem; font-size: 1.125rem; font-weight: 600; line-height: 1.2; border-block-start: 1px solid var(--sk-line); }
    aside li b { font-size: 1.375rem; font-weight: 800; text-align: end; font-variant-numeric: tabular-nums; line-height: 1; }
    aside small { display: block; font-weight: 500; color: var(--sk-soft); font-size: .8125rem; }
    .foot { display: flex; align-items: center; justify-content: center; gap: var(--sk-4); padding: var(--sk-1) var(--sk-3) var(--sk-2); font-weight: 650; }

    .order { --dish: 1.0625rem; }
    .order article { background: var(--sk-surface); border: 2px solid var(--sk-line); border-radius: var(--sk-radius); overflow: hidden; box-shadow: var(--sk-shadow); }
    .order article.ready { border-color: var(--sk-good); }
    .order header { display: flex; align-items: center; gap: var(--sk-2); padding: var(--sk-2) var(--sk-3); }
    .order .ready header { background: var(--sk-good); color: var(--sk-on-good); }
    .order header strong { font-size: 1.75rem; line-height: 1.1; font-weight: 800; font-variant-numeric: tabular-nums; }
    .order .part { padding: var(--sk-2) var(--sk-3) var(--sk-3); border-block-start: 1px solid var(--sk-line); }
    .order .part h2 { display: flex; align-items: center; gap: var(--sk-2); margin-block-end: var(--sk-2); text-transform: capitalize; font-size: .9375rem; color: var(--sk-ink); }
    .order .part h2 span:last-child { margin-inline-start: auto; display: inline-flex; align-items: center; gap: .3rem; font-variant-numeric: tabular-nums; text-transform: none; }
    .late { color: var(--sk-warn); } .overdue { color: var(--sk-bad); } .bumped { color: var(--sk-good); } .held, .normal { color: var(--sk-soft); }

    .order footer { display: flex; gap: 1px; border-block-start: 1px solid var(--sk-line); }
    .order footer button { flex: 1; border: 0; border-radius: 0; min-block-size: 3.5rem; font-size: 1.0625rem; }
    :host .order[data-marked] article { outline: 4px solid var(--sk-ink); outline-offset: 1px; }

    @media (min-width: 1700px) { .board { column-width: 19.5rem; } }
    @media (max-width: 900px) { .now, .keys { display: none; } }
    @media (max-width: 700px) {
      .bar { flex-wrap: wrap; }
      .stations { flex-basis: 100%; order: 2; }
      .tools { flex: 1; justify-content: flex-end; }
      .title { margin-inline-end: auto; font-weight: 750; font-size: 1.125rem; padding-inline-start: var(--sk-1); }
      .board { columns: auto; overflow: auto; margin: var(--sk-2); block-size: calc(100% - 2 * var(--sk-2)); }
      .main { grid-template-columns: minmax(0, 1fr); }
      .main:has(aside) .board, .main:has(aside) .empty { display: none; }
      aside { inline-size: auto; border: 0; }
      .foot { display: none; }
    }
    @media (min-width: 701px) { .title { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); } }
  `];

  constructor() {
    super();
    this.station = localStorage.getItem(STATION) ?? '';
    this.silent = localStorage.getItem(SILENT) === 'yes';
    this.counting = localStorage.getItem(COUNTS) === 'yes';
    this.recent = false;
    this.tickets = null;
    this.bumped = [];
    this.stations = [];
    this.counts = [];
    this.passing = [];
    this.leaving = new Map();
    this.fresh = new Set();
    this.page = 0;
    this.pages = 1;
    this.first = 0;
    this.now = performance.now();
    this.pressed = { key: '', at: 0 };
    this.sent = Promise.resolve();
  }

  connectedCallback() {
    super.connectedCallback();
    setInterval(() => { this.now = performance.now(); }, 1000);
    window.addEventListener('keydown', event => this.key(event));
    window.addEventListener('resize', () => this.measure());
    // A button that was touched must not take the next key of the bump bar.
    this.addEventListener('pointerup', () => setTimeout(() => focused()?.blur?.()));
  }

  get idle() {
    return !asking() && this.leaving.size === 0;
  }

  // ---- what there is

  async load() {
    // What comes in while this reads is read once more, and not once for each thing that has changed.
    if (this.loading) {
      this.again = true;
      return this.loading;
    }
    this.loading = this.loadOnce();
    try {
      await this.loading;
    } finally {
      this.loading = null;
    }
    if (this.again) {
      this.again = false;
      await this.load();
    }
    return undefined;
  }

  async loadOnce() {
    const station = this.station === PASS ? '' : encodeURIComponent(this.station);
    const [tickets, stations, counts, passing, bumped] = await Promise.all([
      read('/api/kitchen/tickets'),
      read('/api/kitchen/stations'),
      this.counting ? read(`/api/kitchen/counts?station=${station}`) : { counts: [] },
      this.station === PASS ? read('/api/kitchen/expo') : { orders: [] },
      this.recent ? read(`/api/kitchen/tickets?state=bumped&station=${station}`) : { tickets: [] },
    ]);
    this.notice(this.tickets, tickets.tickets);
    this.read = performance.now();
    this.readAt = Date.now();
    this.now = this.read;
    this.tickets = tickets.tickets;
    this.stations = stations.stations;
    this.counts = counts.counts;
    this.passing = passing.orders;
    this.bumped = bumped.tickets;
  }

  async changed() {
    await this.load();
  }

  /** Tells of what is new, and of what is not to be made any more. */
  notice(before, after) {
    if (!before) {
      return;
    }
    const mine = it => this.station === '' || this.station === PASS || it.ticket.station === this.station;
    const known = new Map(before.map(it => [it.ticket.id, it]));
    const left = it => it.ticket.lines.reduce((sum, line) => sum + line.cancelled, 0) + (it.ticket.state === 'CANCELLED' ? 1 : 0);
    const begun = after.filter(it => mine(it) && it.ticket.state === 'FIRED' && known.get(it.ticket.id)?.ticket.state !== 'FIRED' && !this.leaving.has(it.ticket.id));
    const cut = after.filter(it => mine(it) && known.has(it.ticket.id) && left(it) > left(known.get(it.ticket.id)));
    const shown = [...begun, ...cut].map(it => it.ticket.id);
    if (shown.length === 0) {
      return;
    }
    this.fresh = new Set([...this.fresh, ...shown]);
    // What is new must not wait behind what is done.
    this.recent = false;
    setTimeout(() => { this.fresh = new Set([...this.fresh].filter(it => !shown.includes(it))); }, FRESH_MS);
    if (!this.silent) {
      chime(cut.length ? 'warn' : 'new');
    }
  }

  age(shown) {
    return shown.ticket.state === 'FIRED' ? shown.ageSeconds + Math.max(0, Math.floor((this.now - this.read) / 1000)) : shown.ageSeconds;
  }

  get shown() {
    if (this.recent) {
      return this.bumped.filter(it => !this.leaving.has(it.ticket.id));
    }
    return this.tickets.filter(it => (this.station === '' || it.ticket.station === this.station) && !this.leaving.has(it.ticket.id));
  }

  get orders() {
    return this.passing.filter(it => !this.leaving.has(it.order));
  }

  /** What can be marked: tickets or orders, by their ids. */
  get ids() {
    return this.station === PASS && !this.recent ? this.orders.map(it => it.order) : this.shown.map(it => it.ticket.id);
  }

  get mark() {
    const ids = this.ids;
    return ids.includes(this.marked) ? this.marked : ids[this.first] ?? null;
  }

  // ---- what a person does

  /** Takes it from the screen at once; it comes back if the store says no. While the node is away it waits for it. */
  async deed(id, path, body, done) {
    if (this.leaving.has(id)) {
      return;
    }
    // One after the other, so that they are done in the order in which they were done here.
    const sent = this.sent.then(() => act('POST', path, body));
    this.sent = sent.catch(() => {});
    this.leaving = new Map(this.leaving).set(id, true);
    try {
      await sent;
      done?.();
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      toast(say(error), 'bad');
    }
    await this.tell(() => this.load());
    const leaving = new Map(this.leaving);
    leaving.delete(id);
    this.leaving = leaving;
  }

  bump(shown) {
    const { ticket } = shown;
    const after = this.ids[this.ids.indexOf(ticket.id) + 1];
    this.marked = this.marked === ticket.id ? after : this.marked;
    return this.deed(ticket.id, `/api/kitchen/tickets/${ticket.id}/bump`, {}, () => {
      if (ticket.state !== 'CANCELLED') {
        toast(t('kitchen.bumped', { number: called(ticket) }), 'good');
      }
    });
  }

  recall(ticket) {
    this.recent = false;
    this.marked = ticket.id;
    return this.deed(ticket.id, `/api/kitchen/tickets/${ticket.id}/recall`, {}, () => {
      toast(t('kitchen.recalled', { number: called(ticket) }), 'info');
    });
  }

  async recallLast() {
    await this.sent;
    await this.tell(async () => {
      const station = this.station === PASS ? '' : encodeURIComponent(this.station);
      const { tickets } = await read(`/api/kitchen/tickets?state=bumped&station=${station}`);
      if (tickets.length) {
        await this.recall(tickets[0].ticket);
      } else {
        toast(t('kitchen.nothing-to-recall'), 'warn');
      }
    });
  }

  fire(order, course) {
    return this.deed(`fire ${order}`, `/api/kitchen/orders/${order}/fire`, course ? { course } : {});
  }

  serve(order) {
    return this.deed(order.order, `/api/kitchen/orders/${order.order}/serve`, {}, () => toast(t('kitchen.served', { number: called({ ...order, source: order.tickets[0]?.source }) }), 'good'));
  }

  choose(station) {
    this.station = station;
    this.recent = false;
    this.page = 0;
    this.marked = null;
    localStorage.setItem(STATION, station);
    this.tell(() => this.load());
  }

  toggle(what) {
    this[what] = !this[what];
    if (what === 'counting') {
      localStorage.setItem(COUNTS, this.counting ? 'yes' : 'no');
    } else if (what === 'silent') {
      localStorage.setItem(SILENT, this.silent ? 'yes' : 'no');
      if (!this.silent) {
        chime('new');
      }
    } else {
      this.page = 0;
    }
    this.tell(() => this.load());
  }

  /** The main thing that can be done with what is marked. */
  enter(id) {
    if (this.station === PASS && !this.recent) {
      const order = this.orders.find(it => it.order === id);
      if (order?.complete) {
        this.serve(order);
      }
      return;
    }
    const shown = this.shown.find(it => it.ticket.id === id);
    if (!shown) {
      return;
    }
    if (this.recent) {
      this.recall(shown.ticket);
    } else if (shown.ticket.state === 'HELD') {
      this.fire(shown.ticket.order, shown.ticket.course);
    } else {
      this.bump(shown);
    }
  }

  key(event) {
    if (!this.me || !this.tickets || asking() || event.ctrlKey || event.altKey || event.metaKey || isField(focused())) {
      return;
    }
    const { key } = event;
    const onButton = focused()?.matches?.('button') && (key === ' ' || key === 'Enter');
    if (onButton) {
      return;
    }
    const deeds = {
      ' ': () => this.enter(this.mark),
      Enter: () => this.enter(this.mark),
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      ArrowRight: () => this.across(1),
      ArrowLeft: () => this.across(-1),
      PageDown: () => this.turn(1),
      PageUp: () => this.turn(-1),
      Home: () => this.turn(-this.page),
      r: () => this.recallLast(),
      Backspace: () => this.recallLast(),
      a: () => this.toggle('counting'),
      l: () => this.toggle('recent'),
      f: () => this.fireMarked(),
      s: () => this.nextStation(),
      '?': () => ask('sk-kitchen-keys', { heading: t('kitchen.keys-heading') }),
      Escape: () => { this.recent = false; },
    };
    const deed = /^[1-9]$/.test(key) ? () => this.enter(this.ids[this.first + Number(key) - 1]) : deeds[key.length === 1 ? key.toLowerCase() : key];
    if (!deed) {
      return;
    }
    event.preventDefault();
    const at = event.timeStamp;
    const moves = key.startsWith('Arrow') || key.startsWith('Page');
    if (!moves && (event.repeat || (this.pressed.key === key && at - this.pressed.at < KEY_GAP_MS))) {
      return;
    }
    this.pressed = { key, at };
    deed();
  }

  fireMarked() {
    const id = this.mark;
    const shown = this.tickets.find(it => it.ticket.id === id);
    this.fire(shown ? shown.ticket.order : id, shown?.ticket.course);
  }

  nextStation() {
    const all = ['', ...this.stations.map(it => it.name), PASS];
    this.choose(all[(all.indexOf(this.station) + 1) % all.length]);
  }

  step(by) {
    const ids = this.ids;
    const next = ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(this.mark) + by))];
    this.look1(next);
  }

  /** The nearest one in the next column. */
  across(by) {
    const cards = [...this.renderRoot.querySelectorAll('.board > *')];
    const here = cards.find(it => it.dataset.id === this.mark)?.getBoundingClientRect();
    if (!here) {
      return;
    }
    const forward = getComputedStyle(this).direction === 'rtl' ? -by : by;
    const beside = cards.map(it => ({ id: it.dataset.id, box: it.getBoundingClientRect() })).filter(it => (it.box.left - here.left) * forward > 10);
    beside.sort((a, b) => Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left) || Math.abs(a.box.top - here.top) - Math.abs(b.box.top - here.top));
    if (beside.length) {
      this.look1(beside[0].id);
    }
  }

  look1(id) {
    this.marked = id;
    const card = [...this.renderRoot.querySelectorAll('.board > *')].find(it => it.dataset.id === id);
    if (card) {
      this.page = this.pageOf(card);
      if (this.pages === 1) {
        card.scrollIntoView({ block: 'nearest' });
      }
    }
  }

  // ---- pages

  turn(by) {
    this.page = Math.max(0, Math.min(this.pages - 1, this.page + by));
    this.marked = null;
  }

  get width() {
    const board = this.renderRoot.querySelector('.board');
    return board.clientWidth + parseFloat(getComputedStyle(board).columnGap || '0');
  }

  pageOf(card) {
    const board = this.renderRoot.querySelector('.board');
    const start = board.getBoundingClientRect();
    const box = card.getBoundingClientRect();
    const rtl = getComputedStyle(this).direction === 'rtl';
    const from = rtl ? start.right - box.right : box.left - start.left;
    return Math.max(0, Math.floor((from + Math.abs(board.scrollLeft) + 1) / this.width));
  }

  measure() {
    const board = this.renderRoot?.querySelector('.board');
    if (!board) {
      return;
    }
    const pages = Math.max(1, Math.ceil((board.scrollWidth - 1) / this.width));
    this.pages = pages;
    this.page = Math.min(this.page, pages - 1);
    const rtl = getComputedStyle(this).direction === 'rtl';
    if (pages > 1) {
      board.scrollLeft = this.page * this.width * (rtl ? -1 : 1);
    }
    const cards = [...board.children];
    this.first = pages > 1 ? Math.max(0, cards.findIndex(it => this.pageOf(it) === this.page)) : 0;
  }

  updated(changed) {
    super.updated(changed);
    this.measure();
    if (changed.has('station')) {
      this.renderRoot.querySelector('.stations [aria-pressed=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  // ---- what is shown

  view() {
    if (!this.tickets) {
      return html`<div class="middle"><sk-busy></sk-busy></div>`;
    }
    return html`
      <div class="screen">
        ${this.bar()}
        <div>${this.reachable ? nothing : html`<sk-banner tone="bad">${t('kitchen.stale', { time: time(this.readAt) })}</sk-banner>`}</div>
        <main class="main">
          ${this.recent ? this.board(this.shown, 'kitchen.no-recent') : this.station === PASS ? this.pass() : this.board(this.shown, 'kitchen.empty', 'kitchen.empty-how')}
          ${this.counting ? this.allDay() : nothing}
        </main>
        ${this.pages > 1 ? html`<div class="foot">
          <button type="button" aria-label=${t('kitchen.previous')} ?disabled=${this.page === 0} @click=${() => this.turn(-1)}><sk-icon name="previous"></sk-icon></button>
          <span class="num" role="status">${t('kitchen.page', { page: this.page + 1, pages: this.pages })}</span>
          <button type="button" aria-label=${t('kitchen.next')} ?disabled=${this.page === this.pages - 1} @click=${() => this.turn(1)}><sk-icon name="next"></sk-icon></button>
        </div>` : nothing}
      </div>`;
  }

  bar() {
    const of = name => {
      const mine = this.tickets.filter(it => (name === '' || it.ticket.station === name) && it.ticket.state === 'FIRED');
      const tones = mine.map(it => tone(it, this.age(it)));
      return { count: mine.length, worst: tones.includes('overdue') ? 'overdue' : tones.includes('late') ? 'late' : '' };
    };
    const chip = (name, text, icon) => {
      const { count, worst } = name === PASS ? { count: null, worst: '' } : of(name);
      return html`<button type="button" aria-pressed=${this.station === name} @click=${() => this.choose(name)}>
        ${icon ? html`<sk-icon name=${icon}></sk-icon>` : nothing}${icon || name === '' ? text : html`<span>${text}</span>`}${count ? html`<span class="badge ${worst}">${count}</span>` : nothing}</button>`;
    };
    const tool = (pressed, icon, text, what, cls = '') => html`<button type="button" class="tool ${cls}" aria-pressed=${pressed} aria-label=${text} title=${text} @click=${what}><sk-icon name=${icon}></sk-icon></button>`;
    const mute = this.silent || !canSound();
    return html`
      <header class="bar">
        <nav class="stations" aria-label=${t('kitchen.stations')}>
          ${chip('', t('kitchen.all'))}
          ${this.stations.map(it => chip(it.name, it.name))}
          ${chip(PASS, t('kitchen.expo'), 'bell')}
        </nav>
        <div class="tools">
          <h1 class="title">${t('kitchen.title')}</h1>
          ${tool(this.counting, 'count', t('kitchen.counts'), () => this.toggle('counting'))}
          ${tool(this.recent, 'undo', t('kitchen.recent'), () => this.toggle('recent'))}
          <button type="button" class="tool" aria-pressed="false" aria-label=${t(mute ? 'kitchen.sound-off' : 'kitchen.sound-on')} title=${t(mute ? 'kitchen.sound-off' : 'kitchen.sound-on')}
            @click=${() => { if (!this.silent && !canSound()) { chime('new'); this.requestUpdate(); } else { this.toggle('silent'); } }}><sk-icon name=${mute ? 'mute' : 'volume'}></sk-icon></button>
          ${tool(false, 'keypad', t('kitchen.keys'), () => ask('sk-kitchen-keys', { heading: t('kitchen.keys-heading') }), 'keys')}
          <span class="now num">${time(Date.now())}</span>
          <sk-status .status=${this.status} ?reachable=${this.reachable}></sk-status>
        </div>
      </header>`;
  }

  board(shown, empty, how) {
    if (shown.length === 0) {
      return html`<div class="empty"><sk-empty icon="chef" heading=${t(empty)} text=${how ? t(how) : nothing}></sk-empty></div>`;
    }
    const mark = this.mark;
    return html`
      <div class="board" @bump=${event => this.bump(event.detail)} @recall=${event => this.recall(event.detail.ticket)} @fire=${event => this.fire(event.detail.ticket.order, event.detail.ticket.course)}
        @pick=${event => { this.marked = event.detail.ticket.id; }}>
        ${repeat(shown, it => it.ticket.id, (it, index) => {
          const place = index - this.first + 1;
          return html`<sk-ticket data-id=${it.ticket.id} .shown=${it} .age=${this.age(it)} .place=${place >= 1 && place <= 9 ? place : 0} ?selected=${it.ticket.id === mark} ?fresh=${this.fresh.has(it.ticket.id)} ?station=${this.station === ''}></sk-ticket>`;
        })}
      </div>`;
  }

  pass() {
    if (this.orders.length === 0) {
      return html`<div class="empty"><sk-empty icon="bell" heading=${t('kitchen.expo-empty')} text=${t('kitchen.expo-empty-how')}></sk-empty></div>`;
    }
    const mark = this.mark;
    return html`<div class="board">${repeat(this.orders, it => it.order, (it, index) => this.passed(it, index - this.first + 1, it.order === mark))}</div>`;
  }

  passed(order, place, marked) {
    const tickets = order.tickets.filter(it => it.state !== 'CANCELLED');
    const done = tickets.filter(it => it.state === 'BUMPED').length;
    const held = tickets.some(it => it.state === 'HELD');
    const ready = !!order.readyAt;
    const timed = new Map(this.tickets.map(it => [it.ticket.id, it]));
    const title = called({ ...order, source: order.tickets[0]?.source });
    return html`
      <div class="order" data-id=${order.order} ?data-marked=${marked}>
        <article class=${ready ? 'ready' : ''} aria-label=${title}>
          <header>
            <strong>${title}</strong>
            <span class="grow cut">${order.number ? order.name : nothing}</span>
            <span class="row"><sk-icon name=${ready ? 'check' : ICONS[tickets[0]?.source] ?? 'chef'}></sk-icon><b>${ready ? t(order.complete ? 'kitchen.ready' : 'kitchen.ready-held') : `${done}/${tickets.length}`}</b></span>
          </header>
          ${tickets.map(ticket => {
            const shown = timed.get(ticket.id);
            const name = ticket.state === 'BUMPED' ? 'bumped' : shown ? tone(shown, this.age(shown)) : ticket.state.toLowerCase();
            return html`<div class="part ${name}-part">
              <h2><span>${ticket.station}${ticket.course > 1 || held ? html` · ${t('kitchen.course', { course: ticket.course })}` : nothing}</span>
                <span class=${name}>${name === 'bumped' ? html`<sk-icon name="check"></sk-icon>${t('kitchen.station-done')}` : name === 'held' ? html`<sk-icon name="pause"></sk-icon>${t('kitchen.held')}` : html`<sk-icon name=${name === 'overdue' ? 'warning' : 'clock'}></sk-icon>${shown ? clock(this.age(shown)) : ''}`}</span></h2>
              ${linesOf(ticket)}
            </div>`;
          })}
          <footer>
            ${held ? html`<button type="button" @click=${() => this.fire(order.order)}><sk-icon name="fire"></sk-icon>${t('kitchen.fire-next')}</button>` : nothing}
            ${order.complete ? html`<button type="button" class="good" @click=${() => this.serve(order)}><sk-icon name="hand"></sk-icon>${t('kitchen.serve')}${place >= 1 && place <= 9 ? html`<span class="key" aria-hidden="true">${place}</span>` : nothing}</button>` : nothing}
          </footer>
        </article>
      </div>`;
  }

  allDay() {
    const stations = [...new Set(this.counts.map(it => it.station))];
    return html`
      <aside aria-label=${t('kitchen.counts')}>
        <h2>${t('kitchen.counts')}</h2>
        ${stations.length === 0 ? html`<p class="soft">${t('kitchen.no-counts')}</p>` : nothing}
        ${stations.map(station => html`
          ${stations.length > 1 ? html`<h3>${station}</h3>` : nothing}
          <ul>${this.counts.filter(it => it.station === station).map(it => html`
            <li><b>${number(it.fired)}</b><span>${it.name}${it.held > 0 ? html`<small>${t('kitchen.more-held', { count: it.held })}</small>` : nothing}</span></li>`)}</ul>`)}
      </aside>`;
  }
}

customElements.define('sk-kitchen', Kitchen);

class Keys extends Dialog {
  content() {
    const all = [['1 – 9', 'number'], [t('kitchen.key-names.space'), 'space'], ['← ↑ → ↓', 'arrows'], [t('kitchen.key-names.pages'), 'pages'], ['R', 'recall'], ['F', 'fire'], ['S', 'station'], ['A', 'counts'], ['L', 'recent']];
    return html`<ul class="list">${all.map(([key, what]) => html`<li class="row"><span class="key">${key}</span><span class="grow">${t(`kitchen.key.${what}`)}</span></li>`)}</ul>`;
  }
}

customElements.define('sk-kitchen-keys', Keys);
