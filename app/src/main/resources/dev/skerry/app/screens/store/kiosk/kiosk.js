import { html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { words, t, number, languages, locale, choose } from '../kit/words.js';
import { money } from '../kit/money.js';
import { act, id, Problem } from '../kit/api.js';
import { Screen } from '../kit/screen.js';
import { MenuScreen } from '../kit/menu-screen.js';
import { toast } from '../kit/parts.js';
import { say } from '../kit/dialog.js';
import '../kit/dish-art.js';
import './dish.js';

await words(import.meta.url);

const BEGUN = 'sk-kiosk-begun';
const LANGUAGE = 'sk-language';

/** A guest who does nothing for so long is asked, and after the warning everything is wiped for the next one. */
const IDLE_MS = 60_000;
const WARNING_S = 20;

/** How long the number stays. */
const DONE_S = 30;
const NAMES = { en: 'English', de: 'Deutsch' };

/** A guest orders and pays: attract, menu, review, paying, done. */
class Kiosk extends MenuScreen {
  static kind = 'KIOSK';

  static properties = {
    stage: { state: true },
    at: { state: true },
    basket: { state: true },
    open: { state: true },
    busy: { state: true },
    problem: { state: true },
    warning: { state: true },
    order: { state: true },
  };

  static styles = [Screen.styles, css`
    :host { --brand: light-dark(#b4450f, #f08a4b); --on-brand: light-dark(#fff, #2a1002); --deep: light-dark(#8c330a, #ffb387); --warm: light-dark(#fbf6f0, #14100d); background: var(--warm); font-size: 1.0625rem; user-select: none; }
    button.brand { background: var(--brand); border-color: var(--brand); color: var(--on-brand); border-radius: 1rem; font-size: 1.25rem; min-block-size: 4.25rem; padding-inline: var(--sk-5); }
    button.brand:hover { background: var(--brand); filter: brightness(1.06); }
    button.big { min-block-size: 4.25rem; border-radius: 1rem; font-size: 1.125rem; }

    .attract { position: relative; padding: 0; display: grid; grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); block-size: 100dvh; background: radial-gradient(120% 80% at 50% 0, light-dark(#ffe9d2, #3a2113), var(--warm) 70%); overflow: hidden; }
    .attract .begin { all: unset; cursor: pointer; display: grid; place-content: center; justify-items: center; gap: clamp(1rem, 4dvh, 3rem); padding: 4vmin; text-align: center; }
    .attract .begin:focus-visible { outline: 4px solid var(--brand); outline-offset: -12px; border-radius: 2rem; }
    .plates { display: grid; grid-template-columns: repeat(3, min(24vmin, 15rem)); gap: 3vmin; }
    .plates sk-dish-art { aspect-ratio: 1; border-radius: 28%; overflow: hidden; box-shadow: 0 1.2vmin 4vmin rgb(80 40 10 / .18); animation: float 6s ease-in-out infinite alternate; }
    .plates sk-dish-art:nth-child(even) { animation-delay: -3s; }
    @keyframes float { from { translate: 0 -6px; } to { translate: 0 8px; } }
    @media (prefers-reduced-motion: reduce) { .plates sk-dish-art { animation: none; } }
    .attract h1 { font-size: clamp(2.25rem, 8vmin, 5.5rem); font-weight: 800; letter-spacing: -.03em; text-wrap: balance; }
    .touch { display: inline-flex; align-items: center; gap: .5em; padding: .7em 1.4em; border-radius: 3em; background: var(--brand); color: var(--on-brand); font-size: clamp(1.25rem, 3.4vmin, 2.25rem); font-weight: 750; }
    .languages { display: flex; justify-content: center; gap: var(--sk-3); padding: var(--sk-4) var(--sk-4) var(--sk-6); flex-wrap: wrap; }
    .languages button { min-block-size: 3.75rem; padding-inline: var(--sk-5); border-radius: 2rem; font-size: 1.125rem; }
    .languages button[aria-pressed=true] { border-color: var(--brand); color: var(--deep); border-width: 2px; }

    .menu { display: grid; grid-template: auto minmax(0, 1fr) auto / clamp(8rem, 16vw, 12.5rem) minmax(0, 1fr); block-size: 100dvh; }
    .head { grid-column: 1 / -1; display: flex; align-items: center; gap: var(--sk-4); padding: var(--sk-3) var(--sk-5); }
    .head h1 { font-size: 1.75rem; font-weight: 800; }
    nav { overflow-y: auto; padding: var(--sk-2) var(--sk-2) var(--sk-5); display: flex; flex-direction: column; gap: var(--sk-2); }
    nav button { flex: none; flex-direction: column; gap: var(--sk-1); padding: var(--sk-3) var(--sk-1); border-radius: 1.25rem; border-color: transparent; background: transparent; font-size: 1rem; overflow-wrap: anywhere; }
    nav sk-dish-art { inline-size: 3.75rem; block-size: 3.75rem; }
    nav button[aria-current=true] { background: var(--sk-surface); border-color: var(--brand); color: var(--deep); box-shadow: var(--sk-shadow); font-weight: 750; }
    main { overflow-y: auto; padding: var(--sk-2) var(--sk-5) var(--sk-6) var(--sk-2); scroll-behavior: smooth; }
    .dishes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15.5rem, 100%), 1fr)); gap: var(--sk-4); }
    .dish { display: flex; flex-direction: column; align-items: stretch; gap: 0; padding: 0; border-radius: 1.25rem; overflow: hidden; text-align: start; box-shadow: 0 2px 10px rgb(80 40 10 / .07); position: relative; }
    .dish:hover { background: var(--sk-surface); border-color: var(--brand); }
    .dish sk-dish-art { block-size: 9.5rem; }
    .dish .text { display: flex; flex-direction: column; gap: var(--sk-1); padding: var(--sk-3) var(--sk-4) var(--sk-4); flex: 1; }
    .dish strong { font-size: 1.1875rem; font-weight: 700; line-height: 1.2; overflow-wrap: anywhere; }
    .dish small { font-weight: 500; color: var(--sk-soft); font-size: .875rem; line-height: 1.3; }
    .dish .foot { display: flex; align-items: end; justify-content: space-between; gap: var(--sk-2); margin-block-start: auto; padding-block-start: var(--sk-2); }
    .cost { font-size: 1.25rem; font-weight: 750; color: var(--deep); white-space: nowrap; font-variant-numeric: tabular-nums; }
    s { display: block; color: var(--sk-soft); font-weight: 500; font-size: .75em; line-height: 1.2; }
    .plus { flex: none; display: grid; place-content: center; inline-size: 2.75rem; block-size: 2.75rem; border-radius: 50%; background: var(--brand); color: var(--on-brand); font-size: 1.25rem; }
    .tag { position: absolute; inset-block-start: .75rem; inset-inline-start: .75rem; padding: .25rem .75rem; border-radius: 2rem; background: light-dark(#8c1d18, #ffb3ab); color: light-dark(#fff, #430503); font-size: .875rem; font-weight: 750; }
    .deals { display: flex; flex-wrap: wrap; gap: var(--sk-3); padding-block: 2px var(--sk-5); }
    .deals li { flex: 1 1 auto; display: flex; align-items: center; justify-content: space-between; gap: var(--sk-3); padding: var(--sk-3) var(--sk-5); border-radius: 1.25rem; background: light-dark(#7c2f14, #8a3a1b); color: #fff; font-weight: 700; } .deals b { font-size: 1.375rem; white-space: nowrap; }
    h2.part { font-size: 1.625rem; font-weight: 800; margin-block: var(--sk-2) var(--sk-4); }
    .bottom { grid-column: 1 / -1; display: flex; align-items: center; gap: var(--sk-4); padding: var(--sk-3) var(--sk-5); background: var(--sk-surface); border-block-start: 1px solid var(--sk-line); }
    .bottom .sum { font-size: 1.625rem; font-weight: 800; font-variant-numeric: tabular-nums; white-space: nowrap; }

    .review { display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); block-size: 100dvh; }
    .review main { padding: var(--sk-2) clamp(1rem, 6vw, 6rem) var(--sk-6); }
    .lines { display: grid; gap: var(--sk-3); max-inline-size: 60rem; margin-inline: auto; }
    .line { display: grid; grid-template-columns: 5rem minmax(0, 1fr) auto; gap: var(--sk-2) var(--sk-4); align-items: start; padding: var(--sk-3) var(--sk-4) var(--sk-3) var(--sk-3); }
    .line .sub { grid-column: 2 / -1; }
    .line sk-dish-art { block-size: 5rem; border-radius: 1rem; grid-row: 1 / span 2; }
    .line strong { font-size: 1.1875rem; overflow-wrap: break-word; line-height: 1.25; }
    .line .stepper { grid-column: 2 / -1; display: flex; align-items: center; gap: var(--sk-2); font-size: 1.25rem; font-weight: 700; } .stepper button { inline-size: 3rem; border-radius: 50%; } .stepper span { min-inline-size: 2rem; text-align: center; } .stepper .remove { margin-inline-start: auto; inline-size: auto; border-radius: var(--sk-radius); }
    .sub { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem var(--sk-3); color: var(--sk-soft); font-size: 1rem; }
    .sub .gone { color: var(--sk-bad); font-weight: 650; }
    .saved { color: var(--sk-good); font-weight: 650; }
    .out { color: var(--sk-bad); font-weight: 750; }
    .pay { display: grid; gap: var(--sk-3); padding: var(--sk-4) clamp(1rem, 6vw, 6rem) var(--sk-5); background: var(--sk-surface); border-block-start: 1px solid var(--sk-line); }
    .pay > * { max-inline-size: 60rem; inline-size: 100%; margin-inline: auto; }
    .total { display: flex; justify-content: space-between; align-items: baseline; font-size: 1.75rem; font-weight: 800; }
    .ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: var(--sk-3); }
    .more h2 { font-size: 1.25rem; margin-block: var(--sk-5) var(--sk-3); } .more { max-inline-size: 60rem; margin-inline: auto; }

    .whole { display: grid; place-content: center; justify-items: center; text-align: center; gap: var(--sk-5); block-size: 100dvh; padding: var(--sk-5); overflow: auto; background: radial-gradient(120% 80% at 50% 0, light-dark(#ffe9d2, #3a2113), var(--warm) 70%); }
    .whole h1 { font-size: clamp(1.75rem, 5vmin, 3rem); font-weight: 800; text-wrap: balance; }
    .whole p { font-size: 1.25rem; max-inline-size: 34rem; text-wrap: balance; }
    .whole .icon { font-size: clamp(4rem, 14vmin, 8rem); color: var(--deep); }
    .number { font-size: clamp(7rem, 34vmin, 20rem); font-weight: 850; line-height: 1; letter-spacing: -.04em; color: var(--deep); font-variant-numeric: tabular-nums; }
    .pulse { animation: pulse 1.6s ease-in-out infinite alternate; } @keyframes pulse { to { opacity: .45; } } @media (prefers-reduced-motion: reduce) { .pulse { animation: none; } }

    dialog { border: 0; padding: var(--sk-6); border-radius: 1.5rem; background: var(--sk-surface); color: var(--sk-ink); text-align: center; inline-size: min(32rem, calc(100vw - 2rem)); } dialog::backdrop { background: rgb(10 6 2 / .65); }
    dialog .stack { align-items: stretch; } dialog h2 { font-size: 1.75rem; }
    .left { font-size: 4rem; font-weight: 800; color: var(--deep); font-variant-numeric: tabular-nums; }

    @media (max-width: 640px) {
      .menu { grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr); }
      .head { padding: var(--sk-2) var(--sk-4); } .head h1 { font-size: 1.25rem; }
      nav { flex-direction: row; overflow-x: auto; padding: 4px var(--sk-4) var(--sk-2); } nav button { flex-direction: row; padding: var(--sk-1) var(--sk-4) var(--sk-1) var(--sk-2); white-space: nowrap; } nav sk-dish-art { inline-size: 2.25rem; block-size: 2.25rem; }
      main { padding: var(--sk-2) var(--sk-4) var(--sk-5); } .bottom { padding: var(--sk-3) var(--sk-4); } .bottom .sum { font-size: 1.25rem; }
      .head h1 { white-space: nowrap; } .head button { padding-inline: var(--sk-2); font-size: 1rem; } .line { grid-template-columns: 3.75rem minmax(0, 1fr) auto; column-gap: var(--sk-3); } .line sk-dish-art { block-size: 3.75rem; } .line .stepper { grid-column: 1 / -1; } .pay { padding-block: var(--sk-3); } .total { font-size: 1.375rem; } .ways button { min-block-size: 3.5rem; }
      .dish { flex-direction: row; } .dish sk-dish-art { inline-size: 7rem; block-size: auto; flex: none; }
    }
  `];

  constructor() {
    super();
    this.stage = sessionStorage.getItem(BEGUN) ? 'menu' : 'attract';
    sessionStorage.removeItem(BEGUN);
    this.at = 0;
    this.basket = null;
    this.lines = 0;
    this.touched = performance.now();
    this.asked = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove']) {
      window.addEventListener(kind, () => this.stays(), { passive: true });
    }
    setInterval(() => this.watch(), 500);
    window.addEventListener('contextmenu', event => event.preventDefault());
  }

  get idle() {
    return this.stage === 'attract';
  }

  // ---- the guest goes away

  stays() {
    this.touched = performance.now();
    if (this.warning) {
      this.warning = null;
    }
  }

  watch() {
    const away = performance.now() - this.touched;
    if (this.stage === 'attract' || this.stage === 'paying') {
      return;
    }
    if (this.stage === 'done') {
      if (away > DONE_S * 1000) {
        this.wipe();
      }
      return;
    }
    const left = Math.ceil(WARNING_S - (away - IDLE_MS) / 1000);
    if (left <= 0) {
      this.wipe();
    } else if (away > IDLE_MS) {
      this.warning = left;
    }
  }

  /** Nothing of this guest is left for the next one. */
  wipe() {
    if (this.basket && this.stage !== 'done') {
      this.giveUp(this.basket.id);
    }
    const other = localStorage.getItem(LANGUAGE) !== null;
    localStorage.removeItem(LANGUAGE);
    Object.assign(this, { stage: 'attract', basket: null, open: null, warning: null, problem: null, order: null, busy: false, at: 0, lines: 0 });
    this.asked = new Set();
    if (this.outdated || (other && this.reachable)) {
      // In the language of the house again; given up is what the node was told before.
      this.gone = Promise.resolve(this.givingUp).then(() => location.reload());
    }
  }

  giveUp(basket) {
    this.givingUp = act('DELETE', `/api/baskets/${basket}`, { reason: 'kiosk' }).catch(() => {});
  }

  // ---- ordering

  start() {
    this.stage = 'menu';
    this.problem = null;
  }

  speak(language) {
    if (locale.startsWith(language)) {
      this.start();
      return;
    }
    sessionStorage.setItem(BEGUN, 'yes');
    choose(language);
  }

  /** Sections with what can be had now: what ran out is gone while one looks. */
  get sections() {
    return this.served.map(it => ({ ...it, dishes: it.dishes.filter(dish => dish.state !== 'OUT') })).filter(it => it.dishes.length > 0);
  }

  find(sku) {
    for (const section of this.sections) {
      const dish = section.dishes.find(it => it.sku === sku);
      if (dish) {
        return { dish, section: section.name };
      }
    }
    return null;
  }

  willUpdate(changed) {
    super.willUpdate?.(changed);
    if (changed.has('card') && this.open) {
      const found = this.find(this.open.dish.sku);
      if (!found) {
        toast(t('kiosk.just-out', { dish: this.open.dish.name }), 'warn');
      }
      this.open = found;
    }
    if (this.at >= this.sections.length) {
      this.at = 0;
    }
  }

  /** Sends what the guest did, and shows what the node answers. */
  async deed(what) {
    if (this.busy) {
      return false;
    }
    this.busy = true;
    this.problem = null;
    try {
      await what();
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      this.problem = say(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async add(line) {
    await this.deed(async () => {
      if (!this.basket) {
        this.basket = await act('PUT', `/api/baskets/${id()}`, { source: 'KIOSK' });
      }
      this.basket = await act('POST', `/api/baskets/${this.basket.id}/lines`, { id: String(++this.lines), ...line });
      this.open = null;
    });
  }

  touch(found) {
    this.problem = null;
    this.open = found;
  }

  quantity(line, quantity) {
    return this.deed(async () => {
      this.basket = quantity > 0
        ? await act('PATCH', `/api/baskets/${this.basket.id}/lines/${line.id}`, { quantity })
        : await act('DELETE', `/api/baskets/${this.basket.id}/lines/${line.id}`, {});
      if (this.dishes.length === 0) {
        this.stage = 'menu';
      }
    });
  }

  /** What the guest has chosen, without what belongs to it. */
  get dishes() {
    return (this.basket?.lines ?? []).filter(it => !it.parent && !it.voided);
  }

  get count() {
    return this.dishes.reduce((sum, it) => sum + it.quantity, 0);
  }

  /** What completes an offer that something in the basket belongs to. */
  get suggestions() {
    const mine = new Set(this.dishes.map(it => this.find(it.item.sku)?.section).filter(Boolean));
    const all = [];
    for (const deal of this.deals.filter(it => [...it.sections].some(name => mine.has(name)))) {
      for (const section of this.sections.filter(it => deal.sections.has(it.name) && !mine.has(it.name))) {
        all.push(...section.dishes.slice(0, 2).map(dish => ({ dish, section: section.name, deal })));
      }
    }
    return all.filter((it, index) => all.findIndex(other => other.dish.sku === it.dish.sku) === index).slice(0, 6);
  }

  // ---- paying

  async payByCard() {
    this.stage = 'paying';
    const done = await this.deed(async () => {
      const paid = await act('POST', `/api/baskets/${this.basket.id}/pay`, { tenders: [{ id: id(), kind: 'CARD' }] });
      this.finish(paid.order.order.number, true);
    });
    if (!done) {
      const problem = this.problem;
      await this.reopen();
      this.problem = problem;
      this.stage = 'review';
      this.stays();
    }
  }

  /** What was fixed for paying can be changed again, or be paid at the counter. */
  async reopen() {
    try {
      this.basket = await act('DELETE', `/api/baskets/${this.basket.id}/pay`, {});
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
    }
  }

  async payAtCounter() {
    await this.deed(async () => {
      const placed = await act('POST', `/api/baskets/${this.basket.id}/place`, {});
      this.finish(placed.number, false);
    });
  }

  finish(number, paid) {
    this.order = { number, paid, total: this.basket.priced.total };
    this.stage = 'done';
    this.stays();
  }

  // ---- what is shown

  render() {
    if (this.unpaired || (!this.card && !this.me)) {
      return super.render();
    }
    return this.view();
  }

  view() {
    if (!this.card) {
      return html`<main class="whole"><sk-busy></sk-busy></main>`;
    }
    if (!this.reachable && this.stage === 'attract') {
      return html`<main class="whole"><sk-icon class="icon" name="clock"></sk-icon><h1>${t('kiosk.away')}</h1><p>${t('kiosk.away-how')}</p></main>`;
    }
    const pages = { attract: this.attract, menu: this.menu, review: this.review, paying: this.paying, done: this.done };
    return html`${pages[this.stage].call(this)}
      ${this.open ? html`<sk-kiosk-dish .dish=${this.open.dish} section=${this.open.section} ?busy=${this.busy} .problem=${this.problem ?? ''} @add=${event => this.add(event.detail)} @close=${() => { this.open = null; this.problem = null; }}></sk-kiosk-dish>` : nothing}
      ${this.warning ? this.stillThere() : nothing}`;
  }

  stillThere() {
    return html`<dialog aria-labelledby="still" .open=${false}>
      <div class="stack"><h2 id="still">${t('kiosk.still-there')}</h2><span class="left" role="timer">${this.warning}</span>
        <button type="button" class="brand" @click=${() => this.stays()}>${t('kiosk.go-on')}</button>
        <button type="button" class="big" @click=${() => this.wipe()}>${t('kiosk.start-over')}</button></div></dialog>`;
  }

  updated(changed) {
    super.updated(changed);
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
    if (changed.has('at') || changed.has('stage')) {
      this.renderRoot.querySelector('main')?.scrollTo?.(0, 0);
      this.renderRoot.querySelector('nav [aria-current=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  attract() {
    const picks = this.sections.map(it => ({ name: it.dishes[0].name, section: it.name })).slice(0, 6);
    return html`<main class="attract">
      <button type="button" class="begin" @click=${() => this.start()}>
        <span class="plates">${picks.map(it => html`<sk-dish-art name=${it.name} section=${it.section}></sk-dish-art>`)}</span>
        <h1>${t('kiosk.welcome')}</h1>
        <span class="touch"><sk-icon name="hand"></sk-icon>${t('kiosk.touch')}</span>
      </button>
      <div class="languages" role="group" aria-label=${t('kit.language')}>${languages.map(it => html`<button type="button" lang=${it} aria-pressed=${locale.startsWith(it)} @click=${() => this.speak(it)}>${NAMES[it] ?? it}</button>`)}</div>
    </main>`;
  }

  menu() {
    const sections = this.sections;
    const section = sections[this.at];
    return html`<div class="menu">
      <header class="head"><h1 class="grow">${t('kiosk.menu')}</h1><button type="button" class="big quiet" @click=${() => this.wipe()}><sk-icon name="close"></sk-icon>${t('kiosk.start-over')}</button></header>
      <nav aria-label=${t('kiosk.sections')}>${sections.map((it, index) => html`<button type="button" aria-current=${index === this.at} @click=${() => { this.at = index; }}><sk-dish-art bare name=${it.dishes[0].name} section=${it.name}></sk-dish-art>${it.name}</button>`)}</nav>
      <main>
        ${this.deals.length && this.at === 0 ? html`<ul class="deals">${this.deals.map(it => html`<li><span>${it.name}</span><b>${money(it.price)}</b></li>`)}</ul>` : nothing}
        ${section ? html`<h2 class="part">${section.name}</h2><div class="dishes">${repeat(section.dishes, it => it.sku, it => this.tile(it, section.name))}</div>` : html`<sk-empty icon="clock" heading=${t('kiosk.closed')} text=${t('kiosk.closed-how')}></sk-empty>`}
      </main>
      <footer class="bottom">
        <span class="grow cut">${this.count ? t('kiosk.items', { count: number(this.count) }) : t('kiosk.empty')}</span>
        ${this.count ? html`<span class="sum">${money(this.basket.priced.total)}</span>` : nothing}
        <button type="button" class="brand" ?disabled=${!this.count} @click=${() => { this.stage = 'review'; this.problem = null; }}><sk-icon name="basket"></sk-icon>${t('kiosk.review')}</button>
      </footer>
    </div>`;
  }

  tile(dish, section, deal) {
    const reduced = dish.regular && dish.regular.amount > dish.price.amount;
    return html`<button type="button" class="dish" @click=${() => this.touch({ dish, section })}>
      <sk-dish-art name=${dish.name} section=${section}></sk-dish-art>
      ${deal || reduced ? html`<span class="tag">${deal?.name ?? t('kiosk.offer')}</span>` : nothing}
      <span class="text"><strong>${dish.name}</strong>
        ${dish.without.length ? html`<small class="out">${t('kiosk.today-without', { parts: dish.without.map(it => it.name).join(', ') })}</small>` : nothing}
        <span class="foot"><span class="cost">${reduced ? html`<s>${money(dish.regular)}</s>` : nothing}${money(dish.price)}</span><span class="plus" aria-hidden="true"><sk-icon name="plus"></sk-icon></span></span></span>
    </button>`;
  }

  review() {
    const suggestions = this.suggestions;
    const saved = this.basket.priced.discounts ?? [];
    return html`<div class="review">
      <header class="head"><button type="button" class="big quiet" @click=${() => { this.stage = 'menu'; this.problem = null; }}><sk-icon name="back"></sk-icon>${t('kiosk.back')}</button><h1 class="grow">${t('kiosk.your-order')}</h1></header>
      <main>
        <ul class="lines">${repeat(this.dishes, it => it.id, it => this.line(it))}</ul>
        ${suggestions.length ? html`<section class="more"><h2>${t('kiosk.goes-with')}</h2><div class="dishes">${suggestions.map(it => html`${this.tile(it.dish, it.section, it.deal)}`)}</div></section>` : nothing}
      </main>
      <footer class="pay">
        ${saved.map(it => html`<div class="row saved"><span class="grow">${it.name}</span><span class="num">− ${money(it.amount)}</span></div>`)}
        <div class="total"><span>${t('kiosk.total')}</span><sk-money .value=${this.basket.priced.total}></sk-money></div>
        ${this.reachable ? nothing : html`<sk-banner tone="warn">${t('kiosk.patience')}</sk-banner>`}
        ${this.problem && !this.open ? html`<sk-banner tone="bad">${this.problem}</sk-banner>` : nothing}
        <div class="ways">
          <button type="button" class="big" ?disabled=${this.busy} @click=${() => this.payAtCounter()}><sk-icon name="cash"></sk-icon>${t('kiosk.at-counter')}</button>
          <button type="button" class="brand" ?disabled=${this.busy} @click=${() => this.payByCard()}><sk-icon name="card"></sk-icon>${t('kiosk.by-card')}</button>
        </div>
      </footer>
    </div>`;
  }

  line(line) {
    const found = this.find(line.item.sku);
    const priced = this.basket.priced.lines;
    const below = (parent, depth) => this.basket.lines.filter(it => it.parent === parent && !it.voided).flatMap(it => [{ it, depth }, ...below(it.id, depth + 1)]);
    const own = priced[line.id]?.net;
    const amount = net => (net && net.amount !== 0 ? money(net) : '');
    return html`<li class="card line">
      <sk-dish-art name=${line.item.name} section=${found?.section ?? ''}></sk-dish-art>
      <div class="grow"><strong>${line.item.name}</strong>${found ? nothing : html`<div class="out">${t('kiosk.out-remove')}</div>`}</div>
      <span class="cost">${amount(own)}</span>
      <div class="sub">${(line.choices ?? []).length ? html`<span>${line.choices.join(', ')}</span><span></span>` : nothing}
          ${below(line.id, 0).map(({ it }) => html`<span class=${it.quantity < 0 ? 'gone' : ''}>${it.quantity < 0 ? t('kiosk.no', { part: it.item.name }) : it.item.name}${it.choices?.length ? `, ${it.choices.join(', ')}` : ''}</span><span class="num">${amount(priced[it.id]?.net)}</span>`)}</div>
      <div class="stepper"><button type="button" aria-label=${`${t('kiosk.fewer')} ${line.item.name}`} ?disabled=${this.busy || line.quantity <= 1} @click=${() => this.quantity(line, line.quantity - 1)}><sk-icon name="minus"></sk-icon></button>
        <span class="num">${number(line.quantity)}</span>
        <button type="button" aria-label=${`${t('kiosk.more')} ${line.item.name}`} ?disabled=${this.busy || !found} @click=${() => this.quantity(line, line.quantity + 1)}><sk-icon name="plus"></sk-icon></button>
        <button type="button" class="remove quiet danger" aria-label=${`${t('kiosk.remove')} ${line.item.name}`} ?disabled=${this.busy} @click=${() => this.quantity(line, 0)}><sk-icon name="trash"></sk-icon><span class="word">${t('kiosk.remove')}</span></button></div>
    </li>`;
  }

  paying() {
    return html`<main class="whole"><sk-icon class="icon pulse" name="card"></sk-icon><h1 role="status">${t('kiosk.follow-terminal')}</h1><div class="total"><sk-money .value=${this.basket.priced.total}></sk-money></div>
      ${this.reachable ? nothing : html`<p>${t('kiosk.patience')}</p>`}</main>`;
  }

  done() {
    const { number: nr, paid, total } = this.order;
    return html`<main class="whole">
      ${nr ? html`<h1>${t('kiosk.your-number')}</h1><div class="number" role="status">${nr}</div>` : html`<sk-icon class="icon" name="check"></sk-icon><h1 role="status">${t('kiosk.thanks')}</h1>`}
      <p>${paid ? t(nr ? 'kiosk.paid' : 'kiosk.take') : t('kiosk.pay-now', { total: money(total) })}</p>
      <button type="button" class="brand" @click=${() => this.wipe()}>${t('kiosk.finish')}</button></main>`;
  }
}

customElements.define('sk-kiosk', Kiosk);
