import { LitElement, html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { kit } from '../kit/styles.js';
import { words, t, time, number, languages, locale, choose } from '../kit/words.js';
import { money, quantity } from '../kit/money.js';
import { Action, Problem, id, read, news, isReachable } from '../kit/api.js';
import { Feed } from '../kit/feed.js';
import { say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { sound } from '../kit/wedge.js';
import { Camera, hindrance } from './camera.js';
import '../kit/icons.js';
import '../kit/qr.js';

await words(import.meta.url);

const STORED = 'sk-go-jobs';
const TENDER = 'sk-go-tender';
const NAMES = { en: 'English', de: 'Deutsch' };
const AGAIN_MS = 1500;

/** A shopper's own telephone: scan, pay, show the code at the exit. It belongs to the shopper, and not to the store: nobody lets it in. */
class Go extends LitElement {
  static properties = {
    trip: { state: true },
    unoffered: { state: true },
    jobs: { state: true },
    found: { state: true },
    camera: { state: true },
    blocked: { state: true },
    busy: { state: true },
    reachable: { state: true },
    problem: { state: true },
  };

  static styles = [kit, css`
    :host { display: block; block-size: 100dvh; overflow: hidden; background: var(--sk-ground); color: var(--sk-ink); }
    .page { display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); block-size: 100dvh; max-inline-size: 36rem; margin-inline: auto; }
    header { display: flex; align-items: center; gap: var(--sk-3); padding: var(--sk-2) var(--sk-4); background: var(--sk-surface); border-block-end: 1px solid var(--sk-line); min-block-size: 3.25rem; }
    header img { inline-size: 1.5rem; block-size: 1.5rem; }
    main { overflow-y: auto; padding: var(--sk-3) var(--sk-3) var(--sk-5); display: flex; flex-direction: column; gap: var(--sk-3); overscroll-behavior: contain; }
    footer { display: grid; gap: var(--sk-2); padding: var(--sk-3) var(--sk-4) max(var(--sk-3), env(safe-area-inset-bottom)); background: var(--sk-surface); border-block-start: 1px solid var(--sk-line); }
    .sum { display: flex; justify-content: space-between; align-items: baseline; gap: var(--sk-3); }
    .sum b { font-size: 1.75rem; font-weight: 800; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
    .saved { color: var(--sk-good); font-weight: 650; }
    .lens { position: relative; border-radius: var(--sk-radius); overflow: hidden; background: #000; flex: none; block-size: min(40dvh, 20rem); }
    video { inline-size: 100%; block-size: 100%; object-fit: cover; display: block; }
    .frame { position: absolute; inset: 22% 10%; border: 3px solid #fff; border-radius: 1rem; box-shadow: 0 0 0 100vmax rgb(0 0 0 / .35); pointer-events: none; }
    .aim { position: absolute; inset-inline: 0; inset-block-end: .5rem; text-align: center; color: #fff; font-weight: 600; font-size: .875rem; text-shadow: 0 1px 3px #000; }
    .lens button { position: absolute; inset-block-start: .5rem; inset-inline-end: .5rem; }
    form { display: flex; gap: var(--sk-2); align-items: end; }
    .line { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--sk-1) var(--sk-3); padding: var(--sk-3) var(--sk-3) var(--sk-3) var(--sk-4); align-items: start; }
    .line + .line { border-block-start: 1px solid var(--sk-line); }
    .line strong { overflow-wrap: anywhere; font-weight: 600; }
    .line .num { font-weight: 650; }
    .step { grid-column: 1 / -1; display: flex; align-items: center; gap: var(--sk-2); }
    .step output { min-inline-size: 2rem; text-align: center; font-weight: 700; }
    .step .out { margin-inline-start: auto; }
    .child { color: var(--sk-soft); }
    .off { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: var(--sk-3); color: var(--sk-good); font-size: .875rem; font-weight: 600; }
    .age { display: inline-block; margin-inline-start: var(--sk-2); padding: 0 .4rem; border-radius: .5rem; background: var(--sk-warn-soft); color: var(--sk-warn); font-size: .8125rem; font-weight: 700; white-space: nowrap; }
    .waits { opacity: .7; font-style: italic; }
    .whole { display: grid; place-content: safe center; justify-items: center; text-align: center; gap: var(--sk-4); }
    .whole h1 { text-wrap: balance; }
    .whole ol { display: grid; gap: var(--sk-3); text-align: start; max-inline-size: 22rem; counter-reset: step; }
    .whole ol li { display: grid; grid-template-columns: 2.25rem 1fr; gap: var(--sk-3); align-items: center; counter-increment: step; }
    .whole ol li::before { content: counter(step); display: grid; place-content: center; inline-size: 2.25rem; block-size: 2.25rem; border-radius: 50%; background: var(--sk-accent-soft); font-weight: 700; }
    .big { font-size: 2rem; font-weight: 800; letter-spacing: .06em; font-variant-numeric: tabular-nums; direction: ltr; }
    .icon { font-size: 3.5rem; color: var(--sk-accent); }
    .tick { inline-size: 4rem; block-size: 4rem; border-radius: 50%; display: grid; place-content: center; background: var(--sk-good-soft); color: var(--sk-good); font-size: 2rem; }
    .left { opacity: .35; }
    .chip { justify-content: space-between; inline-size: 100%; }
    .ways { display: grid; gap: var(--sk-2); grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr)); }
    footer .ways button { font-size: 1rem; padding-inline: var(--sk-2); }
    .lang { display: flex; gap: var(--sk-2); }
    .lang [aria-pressed=true] { border-color: var(--sk-accent); }
    @media (max-height: 520px) { .lens { block-size: 50dvh; } }
  `];

  constructor() {
    super();
    this.trip = undefined;
    this.found = null;
    this.camera = null;
    this.blocked = null;
    this.busy = false;
    this.reachable = isReachable();
    this.jobs = JSON.parse(localStorage.getItem(STORED) ?? '[]');
  }

  connectedCallback() {
    super.connectedCallback();
    news.addEventListener('reach', () => { this.reachable = isReachable(); });
    document.addEventListener('visibilitychange', () => { if (document.hidden) { this.closeCamera(); } });
    this.load();
  }

  // ---- the trip

  async load() {
    try {
      this.took(await read('/api/go'));
      this.run();
    } catch (error) {
      this.lost(error);
    }
  }

  /** Only what says that there is no trip ends it. */
  lost(error) {
    if (error.status === 401 || error.status === 403) {
      this.trip = null;
      this.keep([]);
      this.listen();
    } else if (this.trip === undefined) {
      setTimeout(() => this.load(), AGAIN_MS);
    }
  }

  took(trip) {
    const left = this.trip?.exit && !this.trip.exit.left && trip.exit?.left;
    this.trip = trip;
    if (trip.stage !== 'SHOPPING') {
      this.closeCamera();
    }
    if (left) {
      sound(true);
    }
    this.listen();
  }

  /** While others do something about the trip, it is told. */
  listen() {
    const wanted = this.trip && this.trip.stage !== 'SHOPPING' && this.trip.stage !== 'OVER' && !this.trip.exit?.left;
    if (wanted) {
      this.feed ??= new Feed([], { hello: () => this.load(), changed: () => this.load() }, '/api/go/feed');
    } else {
      this.feed?.end();
      this.feed = null;
    }
  }

  async begin() {
    this.busy = true;
    this.problem = null;
    try {
      this.keep([]);
      this.took(await new Action('POST', '/api/go/trips').send());
    } catch (error) {
      if (error.kind === 'not-offered') {
        this.unoffered = true;
      } else {
        this.problem = say(error);
      }
    } finally {
      this.busy = false;
    }
  }

  // ---- shopping

  keep(jobs) {
    this.jobs = jobs;
    localStorage.setItem(STORED, JSON.stringify(jobs));
  }

  /** Kept on the phone until the store has answered, and sent in order: a scan is neither lost nor counted twice. */
  add(method, below, body = {}, label = '') {
    this.keep([...this.jobs, { method, path: `/api/go${below}`, body, key: id(), label }]);
    this.run();
  }

  async run() {
    if (this.running) {
      return;
    }
    this.running = true;
    while (this.jobs.length && this.trip) {
      const job = this.jobs[0];
      try {
        this.took(await new Action(job.method, job.path, job.body, job.key).send());
        if (job.label) {
          sound(true);
          navigator.vibrate?.(40);
        }
      } catch (error) {
        if (!(error instanceof Problem)) {
          throw error;
        }
        sound(false);
        this.lost(error);
        if (this.trip) {
          toast(job.label ? `${job.label}: ${say(error)}` : say(error), 'bad');
        }
      }
      this.keep(this.jobs.slice(1));
    }
    this.running = false;
  }

  scanned(code) {
    this.found = null;
    this.add('POST', '/scans', { id: id(), code }, code);
  }

  chosen(article) {
    this.found = null;
    this.renderRoot.querySelector('form input').value = '';
    this.add('POST', '/scans', { id: id(), sku: article.sku }, article.name);
  }

  /** A number is scanned by hand, words are looked for. */
  async typed(event) {
    event.preventDefault();
    const input = this.renderRoot.querySelector('form input');
    const text = input.value.trim();
    if (/^[\d ]{6,}$/.test(text) || (text && !/[a-z\u00c0-\uffff]/i.test(text))) {
      input.value = '';
      this.scanned(text.replaceAll(' ', ''));
    } else if (text) {
      try {
        this.found = (await read(`/api/go/articles?q=${encodeURIComponent(text)}`)).articles;
      } catch (error) {
        toast(say(error), 'bad');
      }
    }
  }

  async openCamera() {
    this.blocked = hindrance();
    if (this.blocked) {
      return;
    }
    const camera = new Camera(code => this.scanned(code));
    this.camera = camera;
    await this.updateComplete;
    try {
      await camera.start(this.renderRoot.querySelector('video'));
    } catch {
      camera.stop();
      this.camera = null;
      this.blocked = 'refused';
    }
  }

  closeCamera() {
    this.camera?.stop();
    this.camera = null;
  }

  // ---- paying

  async deed(what) {
    this.busy = true;
    this.problem = null;
    try {
      this.took(await what());
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      sound(false);
      this.problem = say(error);
      this.lost(error);
      await this.load();
    } finally {
      this.busy = false;
    }
  }

  toTill() {
    return this.deed(() => new Action('POST', '/api/go/checkout').send());
  }

  shopOn() {
    return this.deed(() => new Action('POST', '/api/go/shopping').send());
  }

  byCard() {
    this.closeCamera();
    this.paying = true;
    // Until the store has answered it is the same question: it moves money once.
    const tender = localStorage.getItem(TENDER) ?? id();
    localStorage.setItem(TENDER, tender);
    return this.deed(async () => {
      try {
        return await new Action('POST', '/api/go/pay', { tender }).send();
      } finally {
        localStorage.removeItem(TENDER);
      }
    }).finally(() => { this.paying = false; });
  }

  // ---- what is shown

  render() {
    if (this.unoffered) {
      return html`<main class="whole"><sk-empty icon="basket" heading=${t('go.not-offered')} text=${t('go.not-offered-how')}></sk-empty></main>`;
    }
    if (this.trip === undefined) {
      return html`<main class="whole"><sk-busy text=${t(this.reachable ? 'kit.wait' : 'go.offline')}></sk-busy></main>`;
    }
    if (this.trip === null) {
      return this.welcome();
    }
    if (this.busy && this.paying) {
      return this.page(this.terminal());
    }
    switch (this.trip.stage) {
      case 'SHOPPING': return this.page(this.shopping(), this.paySum());
      case 'WAITING': return this.page(this.waiting());
      case 'AT_TILL': return this.page(html`<sk-icon class="icon" name="cash"></sk-icon><h1 role="status">${t('go.held', { till: this.trip.heldBy })}</h1><p>${t('go.held-how')}</p>`);
      case 'PAYING': return this.page(this.terminal());
      case 'PAID': return this.page(this.paid());
      default: return this.page(html`<h1>${t('go.over')}</h1><p>${t('go.over-how')}</p>${this.anew()}`);
    }
  }

  page(content, foot) {
    const shopping = this.trip.stage === 'SHOPPING' && !(this.busy && this.paying);
    return html`<div class="page">
      <header><img src="/pages/skerry.svg" alt=""><strong class="grow cut">${t('go.welcome')}</strong><span class="soft num">${t('go.number', { number: this.trip.number })}</span></header>
      <main class=${shopping ? '' : 'whole'}>
        ${this.reachable ? nothing : html`<sk-banner tone="bad">${t('go.offline')}</sk-banner>`}
        ${this.problem ? html`<sk-banner tone="bad">${this.problem}</sk-banner>` : nothing}
        ${content}
      </main>
      ${foot ?? html`<span></span>`}
    </div>`;
  }

  welcome() {
    return html`<div class="page"><header><img src="/pages/skerry.svg" alt=""><span class="grow"></span>
        <div class="lang" role="group" aria-label=${t('kit.language')}>${languages.map(it => html`<button type="button" lang=${it} aria-pressed=${locale.startsWith(it)} @click=${() => choose(it)}>${NAMES[it] ?? it}</button>`)}</div></header>
      <main class="whole"><sk-icon class="icon" name="basket"></sk-icon><h1>${t('go.welcome')}</h1>
        <ol><li>${t('go.how-1')}</li><li>${t('go.how-2')}</li><li>${t('go.how-3')}</li></ol>
        ${this.problem ? html`<sk-banner tone="bad">${this.problem}</sk-banner>` : nothing}
        <button type="button" class="primary tall" ?disabled=${this.busy} @click=${() => this.begin()}>${t('go.start')}</button></main></div>`;
  }

  anew() {
    return html`<button type="button" class="primary tall" ?disabled=${this.busy} @click=${() => this.begin()}>${t('go.again')}</button>`;
  }

  shopping() {
    const cart = this.trip.cart;
    const waiting = this.jobs.filter(it => it.label);
    return html`
      ${this.camera ? html`<div class="lens"><video muted playsinline aria-label=${t('go.camera')}></video><div class="frame"></div><div class="aim">${t('go.aim')}</div>
          <button type="button" aria-label=${t('go.stop')} @click=${() => this.closeCamera()}><sk-icon name="close"></sk-icon></button></div>`
        : html`<button type="button" class="primary tall wide" @click=${() => this.openCamera()}><sk-icon name="barcode"></sk-icon>${t('go.scan')}</button>`}
      ${this.blocked ? html`<sk-banner tone="warn">${t(`go.${this.blocked}`)}</sk-banner>` : nothing}
      <form @submit=${this.typed}>
        <label class="grow">${t('go.type')}<input autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" maxlength="120"></label>
        <button aria-label=${t('go.find')}><sk-icon name="search"></sk-icon></button>
      </form>
      ${this.found ? this.results() : nothing}
      ${this.trip.ageCheck ? html`<sk-banner tone="warn" icon="age">${t('go.age', { age: this.trip.ageCheck })}</sk-banner>` : nothing}
      ${cart?.hints.map(it => html`<sk-banner>${it}</sk-banner>`)}
      ${cart?.lines.length || waiting.length ? html`<section class="card" aria-label=${t('go.basket')}>
        ${repeat(cart?.lines ?? [], it => it.id, it => this.line(it))}
        ${waiting.map(it => html`<div class="line waits"><span>${it.label}</span><span>${t('go.waits')}</span></div>`)}
      </section>` : html`<sk-empty icon="barcode" heading=${t('go.empty')} text=${t('go.empty-how')}></sk-empty>`}
      ${this.trip.card ? this.loyalty() : nothing}
      ${cart?.coupons.map(it => html`<button type="button" class="chip" aria-label=${t('go.drop-coupon', { code: it })} @click=${() => this.add('DELETE', `/coupons/${encodeURIComponent(it)}`)}><span class="row"><sk-icon name="ticket"></sk-icon>${it}</span><sk-icon name="close"></sk-icon></button>`)}`;
  }

  results() {
    return this.found.length ? html`<ul class="list card" aria-label=${t('go.found')}>${this.found.map(it => html`<li><button type="button" aria-label=${it.label ? it.name : t('go.add', { name: it.name })} ?disabled=${it.label} @click=${() => this.chosen(it)}>
        <span class="grow">${it.name}${it.ageMin ? html`<span class="age">${t('go.from', { age: it.ageMin })}</span>` : nothing}${it.label ? html`<br><span class="soft small">${t('go.label')}</span>` : nothing}</span><span class="num">${money(it.price)}</span></button></li>`)}</ul>`
      : html`<p class="soft" role="status">${t('go.nothing')}</p>`;
  }

  line(line) {
    return html`<div class="line">
      <strong class=${line.parent ? 'child' : ''}>${line.name}${line.ageMin ? html`<span class="age">${t('go.from', { age: line.ageMin })}</span>` : nothing}${line.weighed ? html`<br><span class="soft small num">${quantity(line.quantity)} kg</span>` : nothing}</strong>
      <span class="num">${line.net ? money(line.net) : ''}</span>
      ${line.discounts.map(it => html`<span class="off"><span>${it.name}</span><span class="num">−${money(it.amount)}</span></span>`)}
      ${line.parent ? nothing : html`<div class="step">
        ${line.fixed ? nothing : html`<button type="button" aria-label=${t('go.fewer', { name: line.name })} ?disabled=${line.quantity <= 1} @click=${() => this.add('PATCH', `/lines/${line.id}`, { quantity: line.quantity - 1 })}><sk-icon name="minus"></sk-icon></button>
        <output class="num">${quantity(line.quantity)}</output>
        <button type="button" aria-label=${t('go.more', { name: line.name })} @click=${() => this.add('PATCH', `/lines/${line.id}`, { quantity: line.quantity + 1 })}><sk-icon name="plus"></sk-icon></button>`}
        <button type="button" class="out quiet danger" aria-label=${t('go.remove', { name: line.name })} @click=${() => this.add('DELETE', `/lines/${line.id}`)}><sk-icon name="trash"></sk-icon></button>
      </div>`}
    </div>`;
  }

  loyalty() {
    const card = this.trip.card;
    return html`<section class="card"><div class="line"><strong>${t('go.card', { points: number(card.points) })}</strong>
      <button type="button" class="quiet" aria-label=${t('go.no-card')} @click=${() => this.add('DELETE', '/card')}><sk-icon name="close"></sk-icon></button>
      ${this.trip.cart?.points ? html`<span class="soft small">${t('go.earns', { count: this.trip.cart.points })}</span>` : nothing}
      ${card.offers.map(it => html`<span class="off">${it}</span>`)}</div></section>`;
  }

  paySum() {
    const cart = this.trip.cart;
    const some = cart?.lines.length && !this.jobs.length;
    return html`<footer>
      ${cart?.saved.amount ? html`<div class="sum saved"><span>${t('go.saved')}</span><span class="num">${money(cart.saved)}</span></div>` : nothing}
      <div class="sum"><span>${t('go.total')}</span><b aria-live="polite">${cart ? money(cart.total) : '–'}</b></div>
      <div class="ways">
        <button type="button" class="good tall" ?disabled=${!some || this.busy} @click=${() => this.toTill()}><sk-icon name="qr"></sk-icon>${t('go.at-till')}</button>
        ${this.trip.terminal && !this.trip.ageCheck ? html`<button type="button" class="tall" ?disabled=${!some || this.busy} @click=${() => this.byCard()}><sk-icon name="card"></sk-icon>${t('go.by-card')}</button>` : nothing}
      </div></footer>`;
  }

  waiting() {
    return html`<h1 role="status">${t('go.show-till')}</h1>
      <sk-qr .rows=${this.trip.till.rows} label=${t('go.till-code')}></sk-qr>
      <p class="big">${this.trip.number}</p>
      <p class="sum"><span>${t('go.total')}</span>&nbsp;<b>${money(this.trip.cart.total)}</b></p>
      <button type="button" class="tall" ?disabled=${this.busy} @click=${() => this.shopOn()}><sk-icon name="basket"></sk-icon>${t('go.shop-on')}</button>`;
  }

  terminal() {
    return html`<sk-icon class="icon" name="card"></sk-icon><h1 role="status">${t('go.follow')}</h1>
      <p>${t('go.at-terminal', { terminal: this.trip.terminal })}</p><p class="sum"><b>${this.trip.cart ? money(this.trip.cart.total) : ''}</b></p>
      ${this.busy ? html`<sk-busy text=" "></sk-busy>` : html`<div class="ways"><button type="button" class="good tall" @click=${() => this.byCard()}><sk-icon name="card"></sk-icon>${t('go.pay-again')}</button><button type="button" class="tall" @click=${() => this.shopOn()}>${t('go.shop-on')}</button></div>`}`;
  }

  paid() {
    const { bought, exit } = this.trip;
    const receipt = html`<a class="button" href=${`/api/go/receipt?language=${locale.slice(0, 2)}`} target="_blank" rel="noopener"><sk-icon name="receipt"></sk-icon>${t('go.receipt')}</a>`;
    if (!exit || exit.left) {
      return html`<div class="tick"><sk-icon name="check"></sk-icon></div><h1 role="status">${t('go.left')}</h1>${receipt}${this.anew()}`;
    }
    return html`<h1 role="status">${t('go.show-exit')}</h1>
      <sk-qr .rows=${exit.qr.rows} label=${t('go.exit-code')}></sk-qr>
      <p class="big" aria-label=${[...exit.digits].join(' ')}>${exit.digits.slice(0, 4)} ${exit.digits.slice(4)}</p>
      <p class="soft">${t('go.paid')} ${money(bought.total)} · ${t('go.valid', { time: time(exit.until) })}</p>
      ${receipt}`;
  }
}

customElements.define('sk-go', Go);
