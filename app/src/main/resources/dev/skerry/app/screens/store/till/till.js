import { html, css, nothing } from 'lit';
import { words, t, date } from '../kit/words.js';
import { money, typedQuantity } from '../kit/money.js';
import { Screen } from '../kit/screen.js';
import { read, act, Action, id, news } from '../kit/api.js';
import { ask, asking, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import '../kit/count.js';
import { Wedge, sound, focused, isField } from '../kit/wedge.js';
import { Work } from './work.js';
import './basket.js';
import './articles.js';
import './pay.js';
import './done.js';
import './opening.js';
import './dialogs.js';
import './dish.js';

await words(import.meta.url);

const REASONS = ['damaged', 'competitor', 'goodwill', 'staff'];
const ENTRY_MAX = 200;

/** What a shopper's telephone shows: its basket, to be paid; and the code for the exit. */
const PHONE = /^GO-(\d{12})$/i;
const EXIT = /^EX-\d{8}$/i;

/** How many of what comes then. */
const TIMES = /^(\d{1,4}(?:[.,]\d{1,3})?)\*(.+)$/;

class Till extends Screen {
  static kind = 'TILL';
  static topics = ['baskets', 'sign-ons', 'shifts', 'business-day', 'articles', 'prices', 'printers', 'printing'];

  static properties = {
    day: { state: true },
    shift: { state: true },
    mode: { state: true },
    entry: { state: true },
    chosen: { state: true },
    paying: { state: true },
    payProblem: { state: true },
    printers: { state: true },
    side: { state: true },
    editing: { state: true },
    pricesVersion: { state: true },
    loaded: { state: true },
  };

  static styles = [Screen.styles, css`
    .till { display: flex; flex-direction: column; block-size: 100dvh; }
    .till > sk-busy, .till > sk-till-opening { flex: 1; }
    header.top { display: flex; align-items: center; gap: var(--sk-2); padding: var(--sk-1) var(--sk-3); background: var(--sk-surface); border-block-end: 1px solid var(--sk-line); min-block-size: 3.5rem; }
    header.top img { inline-size: 1.75rem; block-size: 1.75rem; }
    .who { display: flex; flex-direction: column; line-height: 1.2; min-inline-size: 0; }
    .who strong { font-weight: 650; }
    .badge { padding: .2rem .6rem; border-radius: 1rem; font-size: .8125rem; font-weight: 700; background: var(--sk-warn-soft); color: var(--sk-warn); white-space: nowrap; }
    .body { flex: 1; display: grid; grid-template-columns: minmax(20rem, 40fr) minmax(0, 60fr); min-block-size: 0; }
    .basket { display: grid; grid-template-rows: minmax(0, 1fr) auto auto; min-block-size: 0; background: var(--sk-surface); border-inline-end: 1px solid var(--sk-line); }
    .edit { display: grid; grid-template-columns: repeat(6, 1fr); gap: var(--sk-1); padding: var(--sk-2) var(--sk-3); background: var(--sk-raised); border-block-start: 1px solid var(--sk-line); }
    .edit button { padding: var(--sk-1); flex-direction: column; gap: .1rem; font-size: .75rem; min-block-size: 3.25rem; }
    .edit sk-icon { font-size: 1.125rem; }
    .sum { padding: var(--sk-3) var(--sk-4) var(--sk-4); border-block-start: 1px solid var(--sk-line); display: grid; gap: var(--sk-1); }
    .sum .row { justify-content: space-between; }
    .total { display: flex; align-items: baseline; justify-content: space-between; gap: var(--sk-3); }
    .total span { font-weight: 600; color: var(--sk-soft); }
    .total output { font-size: clamp(2.5rem, 4.6vw, 4.25rem); font-weight: 800; letter-spacing: -.035em; line-height: 1; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; text-align: end; }
    .total output.long { font-size: clamp(1.75rem, 3vw, 2.75rem); }
    .saved { color: var(--sk-good); font-weight: 600; }
    .chips { display: flex; flex-wrap: wrap; gap: var(--sk-2); }
    .chips button { min-block-size: 2.75rem; font-size: .875rem; padding-inline: var(--sk-3); max-inline-size: 100%; }
    .hint { color: var(--sk-accent); font-weight: 600; font-size: .875rem; }
    .work { display: grid; grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr); gap: var(--sk-3); padding: var(--sk-3); min-block-size: 0; }
    .work.one { grid-template-rows: minmax(0, 1fr); }
    .work.one > .stack { align-self: center; justify-self: center; inline-size: min(26rem, 100%); }
    .entry { position: relative; display: flex; gap: var(--sk-2); }
    .entry sk-icon.at { position: absolute; inset-inline-start: 1rem; inset-block-start: 50%; transform: translateY(-50%); color: var(--sk-soft); font-size: 1.25rem; pointer-events: none; }
    .entry input { min-block-size: 3.5rem; padding-inline: 3rem 1rem; font-size: 1.25rem; font-variant-numeric: tabular-nums; border-color: var(--sk-edge); }
    .keys { display: grid; grid-template-columns: repeat(7, 1fr); gap: var(--sk-2); }
    .keys button { flex-direction: column; gap: .2rem; padding: var(--sk-1); font-size: .8125rem; min-block-size: 3.75rem; min-inline-size: 0; position: relative; }
    .keys button span { max-inline-size: 100%; }
    .keys button kbd { font-size: .6875rem; border: 0; padding: 0; }
    .ways { display: grid; grid-template-columns: 3fr 2fr 1.5fr; gap: var(--sk-2); }
    .ways button { font-size: 1.25rem; min-block-size: 4.5rem; gap: var(--sk-3); padding-inline: var(--sk-2); min-inline-size: 0; }
    .count { position: absolute; inset-block-start: -.35rem; inset-inline-end: -.35rem; min-inline-size: 1.4rem; padding: .1rem .35rem; border-radius: 1rem; background: var(--sk-accent); color: var(--sk-on-accent); font-size: .75rem; font-variant-numeric: tabular-nums; }
    .sides { display: none; }
    @media (max-width: 720px) {
      .body { grid-template-columns: minmax(0, 1fr); }
      .body[data-side=work] .basket, .body[data-side=basket] .work { display: none; }
      .basket { border: 0; }
      .sides { display: grid; grid-template-columns: 1fr 1fr; gap: var(--sk-2); padding: var(--sk-2) var(--sk-3); background: var(--sk-surface); border-block-start: 1px solid var(--sk-line); }
      .sides button[aria-pressed=true] { background: var(--sk-accent-soft); }
      .keys { display: flex; overflow-x: auto; scrollbar-width: none; margin-inline: calc(-1 * var(--sk-3)); padding: 6px var(--sk-3) 3px; }
      .keys button { min-block-size: 3.25rem; flex: none; min-inline-size: 4.75rem; }
      .ways button { min-block-size: 3.5rem; font-size: 1.0625rem; gap: var(--sk-2); }
      .keys kbd, .ways kbd, .who span { display: none; }
      .work { padding: var(--sk-2) var(--sk-3); gap: var(--sk-2); }
    }
    @media (max-height: 640px) { .keys button { min-block-size: 3rem; } .work { gap: var(--sk-2); } }
  `];

  constructor() {
    super();
    this.mode = 'sell';
    this.entry = '';
    this.chosen = null;
    this.side = 'work';
    this.printers = [];
    this.pricesVersion = 0;
    this.scans = [];
    this.work = new Work((job, problem) => this.refused(job, problem));
    this.work.addEventListener('change', () => this.requestUpdate());
  }

  connectedCallback() {
    super.connectedCallback();
    this.wedge = new Wedge({ scanned: code => this.scanned(code), key: event => this.keyed(event) });
    news.addEventListener('people', () => { this.mode = 'sell'; });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.wedge.end();
  }

  /** What is said beside the total, where something is paid. */
  updated(changed) {
    super.updated(changed);
    if (changed.has('mode')) {
      document.documentElement.style.setProperty('--sk-toasts-end', this.mode === 'pay' ? '60%' : '0');
    }
  }

  get idle() {
    return this.work.empty && !asking() && !this.paying;
  }

  get currency() {
    return this.status?.currency ?? 'EUR';
  }

  get selling() {
    return this.signedOn && this.shift && this.loaded;
  }

  // ---- what is shown

  async load() {
    if (!this.signedOn) {
      return;
    }
    this.day = await read('/api/business-day').catch(error => { if (error.status === 404) { return null; } throw error; });
    const { shifts } = this.day ? await read('/api/shifts') : { shifts: [] };
    this.shift = shifts.find(it => it.till === this.me.device && !it.z) ?? null;
    await this.work.resume(this.me.device);
    if (this.work.payment && this.work.basketId && this.mode === 'sell') {
      this.mode = 'pay';
    }
    if (this.work.order && !this.work.basketId && !this.paying) {
      this.mode = 'done';
    }
    this.printers = (await read('/api/printers')).printers;
    this.loaded = true;
  }

  async changed(topic, key, version) {
    switch (topic) {
      case 'baskets':
        if (key === this.work.basketId) {
          if (!this.work.jobs.length && !this.paying && version > (this.work.basket?.version ?? 0)) {
            await this.work.resume(this.me.device);
          }
        } else {
          this.others ??= setTimeout(() => { this.others = null; this.tell(() => this.work.lookAtOthers()); }, 700);
        }
        break;
      case 'sign-ons':
        if (!key || key === this.me.device) {
          await this.people();
        }
        break;
      case 'articles':
      case 'prices':
        this.goods ??= setTimeout(() => { this.goods = null; this.pricesVersion++; }, 1000);
        break;
      case 'printers':
      case 'printing':
        this.printing ??= setTimeout(() => { this.printing = null; this.tell(async () => { this.printers = (await read('/api/printers')).printers; }); }, 1500);
        break;
      default:
        await this.load();
    }
  }

  // ---- keys and scans

  /** A scan counts wherever the page is; while a question is open, it waits for its answer. */
  scanned(code) {
    if (asking()) {
      const dialog = [...document.body.children].reverse().find(it => it !== this && it.scanned);
      if (dialog) {
        dialog.scanned(code);
      } else {
        this.scans.push(code);
      }
      return;
    }
    if (!this.selling) {
      return;
    }
    // However fast somebody types.
    const [, times, rest] = TIMES.exec((this.entryBefore ?? '') + code) ?? [null, undefined, code];
    this.entry = '';
    this.entryBefore = null;
    this.sell(rest, times === undefined ? undefined : typedQuantity(times));
  }

  /** What was scanned while a question was open. */
  scansWaiting() {
    const all = this.scans;
    this.scans = [];
    all.forEach(it => this.sell(it));
  }

  sell(code, times) {
    const [, trip] = PHONE.exec(code) ?? [];
    if (trip) {
      this.fromPhone(`go-${trip}`);
      return;
    }
    if (EXIT.test(code)) {
      this.doing(() => this.letOut(code));
      return;
    }
    if (this.mode === 'pay') {
      if (this.work.payment) {
        toast(t('till.paying-already'), 'warn');
        sound(false);
        return;
      }
    }
    this.mode = 'sell';
    this.chosen = null;
    this.work.scan(code, times);
  }

  keyed(event) {
    if (asking() || !this.selling || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const own = this.command(event.key);
    if (own) {
      event.preventDefault();
      own();
      return;
    }
    if (this.mode === 'pay') {
      if (!isField(focused()) && this.renderRoot.querySelector('sk-till-pay')?.keyed(event)) {
        event.preventDefault();
      }
      return;
    }
    const field = focused();
    if (isField(field) && field !== this.field) {
      return;
    }
    if (event.key === 'Enter') {
      if (field instanceof HTMLButtonElement && !this.entry) {
        return;
      }
      event.preventDefault();
      this.enter();
    } else if (event.key === 'Escape') {
      this.back();
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      this.choose(event.key === 'ArrowUp' ? -1 : 1);
    } else if (this.entry === '' && (event.key === '+' || event.key === '-')) {
      event.preventDefault();
      this.step(event.key === '+' ? 1 : -1);
    } else if (this.entry === '' && event.key === 'Delete') {
      event.preventDefault();
      this.voidLine();
    } else if (field !== this.field) {
      if (event.key === 'Backspace') {
        this.entry = this.entry.slice(0, -1);
      } else if (event.key.length === 1 && !(event.key === ' ' && field instanceof HTMLButtonElement) && this.entry.length < ENTRY_MAX) {
        // What stood there before a scanner began is not part of its code.
        if (this.wedge.burst.length === 1) {
          this.entryBefore = this.entry.endsWith('*') ? this.entry : '';
        }
        this.entry += event.key;
        if (this.mode === 'done') {
          this.mode = 'sell';
        }
        event.preventDefault();
      }
    }
  }

  command(key) {
    return {
      F2: () => this.priceCheck(),
      F3: () => this.suspend(),
      F4: () => this.recall(),
      F5: () => this.discount(),
      F6: () => this.customer(),
      F7: () => this.coupon(),
      F8: () => this.returns(),
      F9: this.mode === 'pay' ? null : () => this.pay(),
      F10: this.mode === 'pay' ? null : () => this.pay('CARD'),
      F12: () => this.exact(),
      Escape: this.mode === 'sell' ? null : () => this.back(),
    }[key];
  }

  get field() {
    return this.renderRoot.querySelector('.entry input');
  }

  /** What was typed: `3*` before it says how many; a number is a code, letters are looked for. */
  enter() {
    const match = /^(?:(\d+(?:[.,]\d{1,3})?)\*)?(.*)$/.exec(this.entry.trim());
    const times = match[1] ? typedQuantity(match[1]) : undefined;
    const text = match[2].trim();
    if (!text) {
      if (times !== undefined && this.line) {
        this.entry = '';
        this.setQuantity(this.line, times);
      }
      return;
    }
    this.entry = '';
    if (/[a-z]/i.test(text) && !PHONE.test(text) && !EXIT.test(text) && !text.includes('/') && !text.startsWith(']')) {
      const first = this.renderRoot.querySelector('sk-till-articles')?.first;
      if (first) {
        this.article(first, times);
        return;
      }
    }
    this.sell(text, times);
  }

  /** Esc, and what stands for it. */
  async back() {
    if (this.mode === 'pay') {
      await this.stopPaying();
    } else if (this.mode === 'done') {
      this.again();
    } else if (this.entry) {
      this.entry = '';
    } else {
      this.chosen = null;
    }
  }

  // ---- the basket

  get line() {
    const lines = this.work.lines;
    return lines.find(it => it.id === this.chosen) ?? lines.findLast(it => !it.parent);
  }

  choose(by) {
    const lines = this.work.lines.filter(it => !it.parent);
    const at = lines.findIndex(it => it.id === this.chosen);
    this.chosen = lines[at < 0 ? lines.length - 1 : Math.max(0, Math.min(lines.length - 1, at + by))]?.id ?? null;
  }

  async article(article, times) {
    let quantity = times;
    if (article.weighed && quantity === undefined) {
      quantity = await this.asked('sk-ask-number', { heading: article.name, kind: 'weight', note: t('till.weigh') });
      if (!quantity) {
        return;
      }
    }
    const options = await this.options(article);
    if (options === null) {
      return;
    }
    this.entry = '';
    this.mode = 'sell';
    this.chosen = null;
    this.work.add('POST', '/lines', { id: id(), sku: article.sku, ...(quantity === undefined ? {} : { quantity }), ...(options.length ? { options } : {}) }, article.name);
  }

  /** What is chosen with a dish, as the API takes it; null if it is not wanted after all. */
  async options(article) {
    return article.modifiers?.length ? this.asked('sk-till-dish', { heading: article.name, groups: article.modifiers }) : [];
  }

  setQuantity(line, quantity) {
    if (quantity <= 0) {
      this.voidLine();
    } else {
      this.work.add('PATCH', `/lines/${line.id}`, { quantity }, '');
    }
  }

  step(by) {
    const line = this.line;
    if (line && !line.item.weighed) {
      this.setQuantity(line, line.quantity + by);
    }
  }

  voidLine() {
    const line = this.line;
    if (line) {
      this.work.add('DELETE', `/lines/${line.id}`, undefined, '');
      this.chosen = null;
    }
  }

  async askQuantity() {
    const line = this.line;
    const quantity = line && await this.asked('sk-ask-number', { heading: line.item.name, kind: line.item.weighed ? 'weight' : 'quantity', note: t('till.quantity') });
    if (quantity != null && line) {
      this.setQuantity(line, quantity);
    }
  }

  async askPrice() {
    const line = this.line;
    const price = line && await this.asked('sk-ask-number', { heading: line.item.name, kind: 'money', currency: this.currency, note: t('till.new-price') });
    const reason = price && await this.reason();
    if (reason) {
      this.work.add('PATCH', `/lines/${line.id}`, { price, reason }, '');
    }
  }

  reason() {
    return this.asked('sk-ask-choice', { heading: t('till.why'), choices: REASONS.map(it => ({ label: t(`till.reason.${it}`), value: t(`till.reason.${it}`) })) });
  }

  async askNote() {
    const line = this.line;
    const note = line && await this.asked('sk-ask-text', { heading: line.item.name, label: t('till.note'), value: line.note ?? '' });
    if (note) {
      this.work.add('PATCH', `/lines/${line.id}`, { note }, '');
    }
  }

  async discount() {
    if (this.work.empty) {
      return;
    }
    const line = this.chosen ? this.line : null;
    const kind = await this.asked('sk-ask-choice', {
      heading: line ? t('till.discount-line', { name: line.item.name }) : t('till.discount-all'),
      choices: [
        { label: '5 %', value: { percent: 5 } },
        { label: '10 %', value: { percent: 10 } },
        { label: t('till.other-percent'), value: 'percent' },
        { label: t('till.amount-off'), value: 'amount' },
        ...((line ? line.discount : this.work.basket?.discount) ? [{ label: t('till.no-discount'), value: 'none', look: 'danger' }] : []),
      ],
    });
    if (!kind) {
      return;
    }
    if (kind === 'none') {
      this.work.add('DELETE', line ? `/lines/${line.id}/discount` : '/discount', undefined, '');
      return;
    }
    let discount = kind;
    if (kind === 'percent' || kind === 'amount') {
      const value = await this.asked('sk-ask-number', { heading: t(kind === 'percent' ? 'till.other-percent' : 'till.amount-off'), kind: kind === 'percent' ? 'percent' : 'money', currency: this.currency });
      if (value === null) {
        return;
      }
      discount = { [kind]: value };
    }
    const reason = await this.reason();
    if (reason) {
      const body = { discount: { ...discount, reason } };
      if (line) {
        this.work.add('PATCH', `/lines/${line.id}`, body, '');
      } else {
        this.work.add('PUT', '/discount', body, '');
      }
    }
  }

  async customer() {
    const answer = await this.asked('sk-till-customer', { current: this.work.basket?.customer });
    if (answer?.remove) {
      this.work.add('DELETE', '/customer', undefined, '');
    } else if (answer) {
      this.customerName = { id: answer.id, name: answer.name };
      this.work.add('PUT', '/customer', { customer: answer.id }, '');
    }
  }

  async coupon() {
    const code = await this.asked('sk-ask-text', { heading: t('till.coupon'), label: t('till.coupon-code') });
    if (code) {
      this.work.add('PUT', `/coupons/${encodeURIComponent(code)}`, undefined, '');
    }
  }

  async priceCheck() {
    const found = await this.asked('sk-till-price-check', { customer: this.work.basket?.customer, code: this.entry.trim() });
    this.entry = '';
    if (found) {
      this.article({ sku: found.sku, name: found.name, weighed: found.unit === 'KILOGRAM' });
    }
  }

  async suspend() {
    await this.work.settled();
    if (!this.work.basketId || !this.work.lines.length) {
      return;
    }
    const name = await this.asked('sk-ask-text', { heading: t('till.suspend'), label: t('till.suspend-name'), optional: true, enter: t('till.suspend') });
    if (name === null) {
      return;
    }
    await this.doing(async () => {
      await act('POST', `/api/baskets/${this.work.basketId}/suspend`, name === true || !name ? {} : { name });
      this.work.forget();
      await this.work.lookAtOthers();
      toast(t('till.suspended'), 'good');
    });
  }

  async recall() {
    await this.work.settled();
    if (this.work.lines.length) {
      toast(t('till.finish-first'), 'warn');
      return;
    }
    await this.doing(async () => {
      await this.work.lookAtOthers();
      const basket = await this.asked('sk-till-recall', { baskets: this.work.others, device: this.me.device });
      if (basket) {
        await this.takeOver(basket.id);
      }
    });
  }

  async takeOver(basket) {
    const before = this.work.basketId;
    const answer = await act('POST', `/api/baskets/${basket}/recall`, {});
    if (before && before !== basket) {
      await act('DELETE', `/api/baskets/${before}`, {}).catch(() => {});
    }
    this.work.basketId = basket;
    this.work.took(answer);
    this.work.payment = null;
    this.work.order = null;
    this.work.store();
    this.mode = 'sell';
    if (answer.source === 'SCAN_AND_GO') {
      await this.lookAtTrip(basket);
    }
    await this.work.lookAtOthers();
  }

  /** A shopper shows a basket on a telephone. */
  async fromPhone(basket) {
    await this.work.settled();
    if (this.work.lines.length) {
      sound(false);
      toast(t('till.finish-first'), 'warn');
      return;
    }
    await this.doing(() => this.takeOver(basket));
  }

  /** What nobody has seen yet of what was scanned with a telephone. */
  async lookAtTrip(basket) {
    const trip = await read(`/api/trips/${basket}`);
    if (trip.check) {
      await this.asked('sk-tell', { heading: t('till.check-bag'), text: t('till.check-bag-how') });
    }
    if (trip.age) {
      await this.isOld(trip.age, trip.bornBy, trip.names.join(', '));
    }
  }

  /** What was paid with a telephone goes out, once. */
  async letOut(code, checked = false) {
    try {
      const out = await act('POST', '/api/exits', { code, ...(checked ? { checked } : {}) });
      sound(true);
      toast(t('till.let-out', { receipt: out.receipt, count: out.articles, total: money(out.total) }), 'good');
    } catch (error) {
      if (error.kind !== 'check-first') {
        throw error;
      }
      sound(false);
      if (await this.asked('sk-tell', { heading: t('till.check-bag'), text: error.detail, yes: t('till.checked-bag'), no: t('kit.cancel') })) {
        await this.letOut(code, true);
      }
    }
  }

  async abandon() {
    await this.work.settled();
    if (!this.work.basketId) {
      return;
    }
    const sure = await this.asked('sk-tell', { heading: t('till.abandon'), text: t('till.abandon-sure'), yes: t('till.abandon'), no: t('kit.cancel'), look: 'danger' });
    if (sure) {
      await this.doing(async () => {
        await act('DELETE', `/api/baskets/${this.work.basketId}`, { reason: 'given up at the till' });
        this.work.forget();
        this.mode = 'sell';
      });
    }
  }

  async returns() {
    const answer = await this.asked('sk-till-return', {});
    if (answer?.without) {
      const code = await this.asked('sk-ask-text', { heading: t('till.without-receipt'), label: t('till.code-or-name'), check: text => read(`/api/price-check?code=${encodeURIComponent(text)}`) });
      const price = code && await this.asked('sk-ask-number', { heading: code.name, kind: 'money', currency: this.currency, note: t('till.paid-for-one') });
      const reason = price && await this.reason();
      if (reason) {
        this.work.add('POST', '/returns', { id: id(), sku: code.sku, price, quantity: 1, reason }, code.name);
      }
    } else if (answer) {
      answer.lines.forEach(it => this.work.add('POST', '/returns', { id: id(), order: answer.order, line: it.line, quantity: it.quantity, reason: answer.reason }, t('till.comes-back')));
    }
  }

  /** Asks the cashier whether the buyer is as old as the server says that he has to be, and tells it if so. */
  oldEnough(problem) {
    return this.isOld(problem.fields.years, problem.fields.bornBy, problem.detail.replace(/: .*/, ''));
  }

  /** Asks, and notes that somebody has looked. */
  async isOld(years, bornBy, what) {
    sound(false);
    const seen = await this.asked('sk-ask-choice', {
      heading: t('till.age', { years }),
      note: `${what}. ${t('till.born-by', { date: date(bornBy) })}`,
      choices: [{ label: t('till.old-enough'), value: 'yes', icon: 'check', look: 'good' }, { label: t('till.too-young'), value: 'no', icon: 'close', look: 'danger' }],
    });
    if (seen === 'yes') {
      await act('PUT', `/api/baskets/${this.work.basketId}/age`, { years });
    }
    return seen === 'yes';
  }

  /** The server said no. Answers with the job as it is to be tried again, or null to let it go. */
  async refused(job, problem) {
    if (problem.kind === 'age-check-needed') {
      return await this.oldEnough(problem) ? job : null;
    }
    if (problem.kind === 'approval-needed') {
      const approval = await this.approval(say(problem));
      return approval && { ...job, body: { ...job.body, approval } };
    }
    if (problem.kind === 'wrong-quantity' && job.body?.code && job.body.quantity === undefined) {
      const found = await read(`/api/identify?code=${encodeURIComponent(job.body.code)}`).catch(() => null);
      if (found?.weigh) {
        const quantity = await this.asked('sk-ask-number', { heading: found.article.name, kind: 'weight', note: t('till.weigh') });
        return quantity ? { ...job, body: { ...job.body, quantity } } : null;
      }
    }
    if (problem.kind === 'choice-missing' && job.body?.code) {
      const found = await read(`/api/identify?code=${encodeURIComponent(job.body.code)}`).catch(() => null);
      const options = found?.article ? await this.options(found.article) : null;
      if (options?.length) {
        return { ...job, body: { ...job.body, options } };
      }
    }
    if (problem.kind === 'unknown-article' && job.body?.code) {
      const other = await this.otherCode(job);
      if (other !== undefined) {
        return other;
      }
    }
    if (problem.kind === 'basket-abandoned' || problem.kind === 'no-such-basket') {
      this.work.forget();
    }
    sound(false);
    toast(job.label ? `${job.label}: ${say(problem)}` : say(problem), 'bad');
    return null;
  }

  /** No article has this code: it may be a customer's card, a coupon, or a receipt. */
  async otherCode(job) {
    const code = job.body.code;
    const { customers } = await read(`/api/customers?card=${encodeURIComponent(code)}`).catch(() => ({ customers: [] }));
    if (customers.length) {
      this.customerName = { id: customers[0].id, name: customers[0].name };
      toast(customers[0].name, 'good');
      return { ...job, method: 'PUT', path: `/api/baskets/${this.work.basketId}/customer`, body: { customer: customers[0].id }, label: '' };
    }
    const coupon = await read(`/api/coupons/${encodeURIComponent(code)}`).catch(() => null);
    if (coupon && coupon.offer) {
      return { ...job, method: 'PUT', path: `/api/baskets/${this.work.basketId}/coupons/${encodeURIComponent(code)}`, body: {}, label: '' };
    }
    return undefined;
  }

  async approval(note) {
    const { people } = await read('/api/people');
    const may = people.filter(it => it.signsOn && it.roles.some(role => role === 'manager' || role === 'supervisor'));
    return this.asked('sk-ask-approval', { heading: t('till.needs-approval'), note, people: may, check: async approval => approval });
  }

  // ---- paying

  async pay(kind) {
    if (this.work.empty || this.paying) {
      return;
    }
    // At once: what is typed from here on is an amount, and never a code.
    this.payProblem = null;
    this.entry = '';
    this.mode = 'pay';
    this.side = 'work';
    await this.work.settled();
    if (!this.work.lines.length) {
      this.mode = 'sell';
    } else if (kind && this.mode === 'pay' && this.work.basket.priced.total.amount > 0) {
      await this.tender({ kind });
    }
  }

  /** One key: all of it in cash. */
  async exact() {
    await this.pay('CASH');
  }

  /** What the customer hands over. Its id is made here, once: however often it is sent, it is taken once. */
  async tender({ kind, amount, account }) {
    if (this.paying) {
      return;
    }
    this.paying = kind;
    await this.work.settled();
    if (!this.work.lines.length) {
      this.paying = null;
      this.mode = 'sell';
      return;
    }
    const tender = { id: id(), kind, ...(amount ? { amount } : {}), ...(account ? { account } : {}) };
    await this.payNow([tender], kind);
  }

  async payNow(tenders, kind) {
    this.paying = kind;
    this.payProblem = null;
    try {
      const answer = await new Action('POST', `/api/baskets/${this.work.basketId}/pay`, { tenders }).send();
      if (answer.order) {
        this.work.paid(answer.order.order, answer.payment);
        this.mode = 'done';
        this.chosen = null;
        this.customerName = null;
        sound(true);
      } else {
        this.work.payment = answer.payment;
      }
    } catch (error) {
      // What was put together at a kiosk may hold what needs an age.
      if (error.kind === 'age-check-needed' && await this.oldEnough(error).catch(() => false)) {
        this.paying = null;
        return this.payNow(tenders, kind);
      }
      sound(false);
      this.payProblem = say(error);
      await this.tell(async () => { this.work.payment = await read(`/api/payments/${this.work.basketId}`).then(it => it.state === 'OPEN' && it.tenders.some(one => ['TAKEN', 'APPROVED', 'STORED'].includes(one.state)) ? it : null).catch(() => null); });
    } finally {
      this.paying = null;
    }
  }

  async otherTender({ kind, amount }) {
    const account = await this.asked('sk-ask-text', { heading: t(`till.tender.${kind}`), label: t(kind === 'ON_ACCOUNT' ? 'till.account' : 'till.number') });
    if (!account) {
      return;
    }
    let worth = amount;
    if (!worth && (kind === 'VOUCHER' || kind === 'MANUFACTURER_COUPON')) {
      worth = await this.asked('sk-ask-number', { heading: t(`till.tender.${kind}`), kind: 'money', currency: this.currency, note: t('till.worth') });
      if (!worth) {
        return;
      }
    }
    await this.tender({ kind, amount: worth, account });
  }

  /** Back to the basket. What was taken goes back to the customer. */
  async stopPaying() {
    if (this.paying) {
      return;
    }
    await this.doing(async () => {
      const { body } = { body: await read(`/api/baskets/${this.work.basketId}`) };
      if (body.status === 'PAYING') {
        const taken = this.work.payment?.tenders.some(it => it.state === 'TAKEN' && it.kind === 'CASH');
        this.work.took(await act('DELETE', `/api/baskets/${this.work.basketId}/pay`, {}));
        if (taken) {
          toast(t('till.hand-cash-back'), 'warn');
        }
      }
      this.work.payment = null;
      this.mode = 'sell';
    });
  }

  again() {
    this.work.order = null;
    this.work.payment = null;
    this.mode = 'sell';
    this.entry = '';
  }

  async receipt(order, voidable = false) {
    const what = await this.asked('sk-till-receipt', { order: order.id, voidable });
    if (what === 'void') {
      await this.voidOrder(order);
    } else if (what) {
      await this.print(order, what === 'gift');
    }
  }

  print(order, gift) {
    return this.doing(async () => {
      await act('POST', `/api/receipts/${order.id}/print`, { gift });
      toast(t('till.printing'), 'good');
    });
  }

  async voidOrder(order) {
    const reason = await this.reason();
    if (!reason) {
      return;
    }
    const { people } = await read('/api/people');
    const done = await this.asked('sk-ask-approval', {
      heading: t('till.void-order'),
      people: people.filter(it => it.signsOn && it.roles.some(role => role === 'manager' || role === 'supervisor')),
      check: approval => act('POST', `/api/orders/${order.id}/void`, { reason, approval }),
    });
    if (done) {
      toast(t('till.voided-back', { amount: money(order.total) }), 'good');
    }
  }

  // ---- drawer, day, device

  async menu() {
    const manager = this.me.roles.includes('MANAGER');
    const what = await this.asked('sk-till-menu', { items: [
      [t('till.receipts'), [
        { value: 'journal', icon: 'receipt', label: t('till.journal') },
        this.work.lastOrder && { value: 'last', icon: 'print', label: t('till.last-receipt') },
        { value: 'exit', icon: 'qr', label: t('till.exit-code') },
        this.work.basketId && { value: 'abandon', icon: 'trash', label: t('till.abandon') },
      ]],
      [t('till.drawer'), [
        { value: 'x', icon: 'chart', label: t('till.x') },
        { value: 'paid-in', icon: 'down_arrow', label: t('till.pay-in') },
        { value: 'paid-out', icon: 'up_arrow', label: t('till.pay-out') },
        { value: 'pick-ups', icon: 'box', label: t('till.pick-up') },
        { value: 'drawer', icon: 'drawer', label: t('till.open-drawer') },
        { value: 'close', icon: 'count', label: t('till.close') },
        manager && { value: 'close-day', icon: 'calendar', label: t('till.close-day') },
      ]],
      [t('till.this-till'), [
        { value: 'favourites', icon: 'star', label: t(this.editing ? 'till.favourites-done' : 'till.choose-favourites') },
        { value: 'training', icon: 'school', label: t(this.work.training ? 'till.training-end' : 'till.training') },
        { value: 'display', icon: 'display', label: t('till.open-display') },
        manager && { value: 'let-in', icon: 'device', label: t('till.let-in') },
        { value: 'lock', icon: 'lock', label: t('till.lock') },
        { value: 'sign-off', icon: 'logout', label: t('till.sign-off') },
      ]],
    ] });
    await this.doing(() => this.menuDo(what));
  }

  async menuDo(what) {
    switch (what) {
      case 'journal': {
        const found = await this.asked('sk-till-journal', {});
        if (found) {
          await this.receipt(found.order, !found.voided);
        }
        break;
      }
      case 'last': return this.receipt(this.work.lastOrder, true);
      case 'abandon': return this.abandon();
      case 'exit': {
        const code = await this.asked('sk-ask-text', { heading: t('till.exit-code'), label: t('till.exit-code-how') });
        if (code) {
          await this.letOut(code);
        }
        break;
      }
      case 'x': {
        const report = await read(`/api/shifts/${this.shift.id}/x`);
        return this.asked('sk-till-figures', { heading: t('till.x'), takings: report.takings });
      }
      case 'paid-in':
      case 'paid-out':
      case 'pick-ups': {
        const name = t({ 'paid-in': 'till.pay-in', 'paid-out': 'till.pay-out', 'pick-ups': 'till.pick-up' }[what]);
        const amount = await this.asked('sk-ask-number', { heading: name, kind: 'money', currency: this.currency });
        const reason = amount && (what === 'pick-ups' ? name : await this.asked('sk-ask-text', { heading: name, label: t('till.why') }));
        if (reason) {
          await act('POST', `/api/shifts/${this.shift.id}/${what}`, { id: id(), amount, reason });
          toast(`${name}: ${money(amount)}`, 'good');
        }
        break;
      }
      case 'drawer': {
        const reason = await this.asked('sk-ask-text', { heading: t('till.open-drawer'), label: t('till.why') });
        if (reason) {
          await act('POST', '/api/shifts/drawer', { id: id(), reason });
        }
        break;
      }
      case 'close': return this.close();
      case 'close-day':
        if (await this.asked('sk-tell', { heading: t('till.close-day'), text: t('till.close-day-sure'), yes: t('till.close-day'), no: t('kit.cancel') })) {
          await act('POST', '/api/business-day/close', { day: this.day.day });
          await this.load();
        }
        break;
      case 'favourites': this.editing = !this.editing; break;
      case 'training':
        if (this.work.empty) {
          this.work.training = !this.work.training;
          this.requestUpdate();
        } else {
          toast(t('till.finish-first'), 'warn');
        }
        break;
      case 'display': window.open('/display', 'skerry-display', 'popup'); break;
      case 'let-in': {
        const device = await this.asked('sk-till-let-in', { device: this.me.device });
        if (device) {
          toast(t('till.is-in', { name: device.device }), 'good');
        }
        break;
      }
      case 'lock': this.me = await act('POST', '/api/lock', {}); break;
      case 'sign-off': return this.signOff();
    }
  }

  async signOff() {
    if (this.work.lines.length) {
      toast(t('till.finish-first'), 'warn');
      return;
    }
    this.me = await act('POST', '/api/sign-off', {});
    this.loaded = false;
  }

  /** Counting, then the Z. */
  async close() {
    await this.work.settled();
    if (this.work.lines.length) {
      toast(t('till.finish-first'), 'warn');
      return;
    }
    const pieces = await this.asked('sk-ask-count', { currency: this.currency });
    if (!pieces) {
      return;
    }
    await act('POST', `/api/shifts/${this.shift.id}/counts`, pieces.length ? { id: id(), pieces } : { id: id(), amount: { amount: 0, currency: this.currency } });
    const report = await read(`/api/shifts/${this.shift.id}/x`);
    const sure = await this.asked('sk-tell', { heading: t('till.close'), text: t('till.close-sure', { counted: money(report.shift.counted), over: report.overShort ? money(report.overShort) : '' }), yes: t('till.close'), no: t('till.count-again') });
    if (!sure) {
      return this.close();
    }
    const closed = await act('POST', `/api/shifts/${this.shift.id}/close`, {});
    await this.asked('sk-till-figures', { heading: t('till.z', { number: closed.z.number }), z: closed.z });
    await this.load();
  }

  // ---- asking

  /** Asks; what was scanned meanwhile comes after. */
  async asked(name, properties) {
    const answer = await ask(name, properties);
    if (!asking()) {
      this.scansWaiting();
    }
    return answer;
  }

  async doing(what) {
    try {
      return await what();
    } catch (error) {
      sound(false);
      toast(say(error), 'bad');
      return undefined;
    }
  }

  // ---- the page

  get peripherals() {
    const mine = this.printers.filter(it => !it.printer.serves.length || it.printer.serves.includes(this.me.device));
    const trouble = mine.find(it => it.trouble || it.held);
    const all = [];
    if (mine.length) {
      all.push({ icon: 'print', tone: trouble ? 'bad' : '', name: t('till.printer'), text: trouble ? trouble.trouble || t('till.printer-held', { count: trouble.held }) : mine.map(it => it.printer.name).join(', '), short: trouble ? t('till.printer') : '' });
      all.push({ icon: 'drawer', tone: '', name: t('till.drawer'), text: mine.some(it => it.printer.drawer) ? t('till.drawer-at', { printer: mine.find(it => it.printer.drawer).printer.name }) : t('till.drawer-none'), hidden: true });
    } else {
      all.push({ icon: 'print', tone: '', name: t('till.printer'), text: t('till.printer-none'), hidden: true });
    }
    return all;
  }

  view() {
    if (!this.signedOn) {
      return html`<sk-sign-on .me=${this.me} store=${this.status?.name ?? ''} @entered=${event => { this.me = event.detail; this.tell(() => this.load()); }}></sk-sign-on>`;
    }
    return html`<div class="till">
      ${this.top()}
      <div class="banners">${this.banners()}</div>
      ${!this.loaded ? html`<sk-busy></sk-busy>`
        : !this.shift ? html`<sk-till-opening .me=${this.me} .day=${this.day} currency=${this.currency} @opened=${() => this.tell(() => this.load())} @sign-off=${() => this.doing(() => this.signOff())}></sk-till-opening>`
        : this.sale()}
    </div>`;
  }

  top() {
    return html`<header class="top">
      <img src="/pages/skerry.svg" alt="">
      <div class="who grow"><strong class="cut">${this.me.name}</strong><span class="soft small cut">${this.status?.name ?? ''} · ${this.me.device}</span></div>
      ${this.work.training ? html`<span class="badge">${t('till.training-on')}</span>` : nothing}
      <sk-status .status=${this.status} ?reachable=${this.reachable} .more=${this.peripherals}></sk-status>
      ${this.shift ? html`
        <button type="button" class="quiet" aria-label=${t('till.lock')} @click=${() => this.doing(() => this.menuDo('lock'))}><sk-icon name="lock"></sk-icon></button>
        <button type="button" class="quiet" aria-label=${t('till.menu')} @click=${() => this.menu()}><sk-icon name="menu"></sk-icon></button>`
      : html`<button type="button" class="quiet" aria-label=${t('till.sign-off')} @click=${() => this.doing(() => this.signOff())}><sk-icon name="logout"></sk-icon></button>`}
    </header>`;
  }

  banners() {
    if (!this.reachable) {
      return html`<sk-banner tone="bad">${t('till.no-server', { count: this.work.pending })}</sk-banner>`;
    }
    if (this.lineDown) {
      return html`<sk-banner tone="warn" icon="offline">${t('till.line-down')}</sk-banner>`;
    }
    return nothing;
  }

  sale() {
    return html`
      <main class="body" data-side=${this.side}>
        ${this.basketView()}
        <section class="work ${this.mode === 'sell' ? '' : 'one'}" aria-label=${t('till.work')}>${this.mode === 'pay' ? this.payView() : this.mode === 'done' && this.work.order ? this.doneView() : this.sellView()}</section>
      </main>
      <nav class="sides">
        <button type="button" aria-pressed=${this.side === 'work'} @click=${() => { this.side = 'work'; }}><sk-icon name="grid"></sk-icon>${t('till.articles')}</button>
        <button type="button" aria-pressed=${this.side === 'basket'} @click=${() => { this.side = 'basket'; }}><sk-icon name="basket"></sk-icon>${this.work.basket ? money(this.work.basket.priced.total) : t('till.basket')}</button>
      </nav>`;
  }

  basketView() {
    const basket = this.work.basket;
    const priced = basket?.priced;
    const total = priced?.total ?? (this.mode === 'done' && this.work.order ? this.work.order.total : { amount: 0, currency: this.currency });
    const shown = money(total);
    const customer = basket?.customer;
    return html`<section class="basket" aria-label=${t('till.basket')}>
      <sk-till-basket .basket=${basket} .pending=${this.work.jobs} chosen=${this.chosen ?? ''} currency=${this.currency} @line=${event => { this.chosen = this.chosen === event.detail ? null : event.detail; }}></sk-till-basket>
      ${this.chosen && this.line ? this.editView() : html`<span></span>`}
      <div class="sum">
        ${customer || basket?.coupons.length || basket?.discount ? html`<div class="chips">
          ${customer ? html`<button type="button" @click=${() => this.customer()}><sk-icon name="customer"></sk-icon><span class="cut">${this.customerName?.id === customer ? this.customerName.name : customer}</span></button>` : nothing}
          ${basket.coupons.map(it => html`<button type="button" aria-label=${t('till.drop-coupon', { code: it })} @click=${() => this.work.add('DELETE', `/coupons/${encodeURIComponent(it)}`, undefined, '')}><sk-icon name="ticket"></sk-icon>${it}<sk-icon name="close"></sk-icon></button>`)}
        </div>` : nothing}
        ${priced?.hints.map(it => html`<p class="hint">${it}</p>`)}
        ${priced?.discounts.length ? html`<details><summary class="saved">${t('till.discounts', { count: priced.discounts.length })}</summary>${priced.discounts.map(it => html`<p class="row small"><span>${it.name}</span><span class="num">−${money(it.amount)}</span></p>`)}</details>` : nothing}
        <div class="total"><span>${t(!basket && this.mode === 'done' ? 'till.paid' : 'till.total')}<br><span class="small">${t('till.lines', { count: (!basket && this.mode === 'done' && this.work.order ? this.work.order.lines.filter(it => !it.voided) : this.work.lines).filter(it => !it.parent).length })}</span></span><output class=${shown.length > 11 ? 'long' : ''} aria-live="polite">${shown}</output></div>
      </div>
    </section>`;
  }

  editView() {
    const line = this.line;
    const fixed = line.refund != null || line.item.quantity != null;
    const button = (icon, label, what, off = false, look = '') => html`<button type="button" class=${look} ?disabled=${off} @click=${what}><sk-icon name=${icon}></sk-icon>${label}</button>`;
    return html`<div class="edit" role="toolbar" aria-label=${line.item.name}>
      ${button('minus', t('till.less'), () => this.step(-1), fixed || line.item.weighed)}
      ${button('plus', t('till.more'), () => this.step(1), fixed || line.item.weighed)}
      ${button('keypad', t('till.quantity'), () => this.askQuantity(), fixed)}
      ${button('tag', t('till.price'), () => this.askPrice(), fixed)}
      ${button('discount', t('till.discount'), () => this.discount(), fixed)}
      ${button('trash', t('till.void'), () => this.voidLine(), false, 'danger')}
    </div>`;
  }

  sellView() {
    const text = this.entry.replace(/^\d+(?:[.,]\d+)?\*/, '');
    const query = /[a-z\u00c0-\uffff]/i.test(text) && !text.includes('/') && !this.wedge.fast ? text.trim() : '';
    const key = (name, icon, label, what, off = false) => html`<button type="button" ?disabled=${off} @click=${what}><sk-icon name=${icon}></sk-icon><span class="cut">${label}</span><kbd>${name}</kbd></button>`;
    const others = this.work.others?.length ?? 0;
    const none = !this.work.lines.length;
    return html`
      <div class="entry"><sk-icon class="at" name="barcode"></sk-icon>
        <input type="text" aria-label=${t('till.scan-or-type')} placeholder=${t('till.scan-or-type')} autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="enter" .value=${this.entry}
          @input=${event => { this.entry = event.target.value; if (this.mode === 'done') { this.mode = 'sell'; } }}>
        ${this.entry ? html`<button type="button" aria-label=${t('till.clear')} @click=${() => { this.entry = ''; }}><sk-icon name="close"></sk-icon></button>` : nothing}
      </div>
      <sk-till-articles query=${query} ?editing=${this.editing} version=${this.pricesVersion} @article=${event => this.article(event.detail)}></sk-till-articles>
      <div class="keys" role="toolbar" aria-label=${t('till.keys')}>
        ${key('F2', 'search', t('till.price-check-short'), () => this.priceCheck())}
        ${key('F3', 'pause', t('till.suspend'), () => this.suspend(), none)}
        <button type="button" @click=${() => this.recall()}><sk-icon name="play"></sk-icon><span class="cut">${t('till.recall-short')}</span><kbd>F4</kbd>${others ? html`<span class="count">${others}</span>` : nothing}</button>
        ${key('F5', 'discount', t('till.discount'), () => this.discount(), none)}
        ${key('F6', 'customer', t('till.customer'), () => this.customer())}
        ${key('F7', 'ticket', t('till.coupon'), () => this.coupon(), none)}
        ${key('F8', 'returns', t('till.return-short'), () => this.returns())}
      </div>
      <div class="ways" role="toolbar" aria-label=${t('till.tenders')}>
        <button type="button" class="good" ?disabled=${none} @click=${() => this.pay()}><sk-icon name="cash"></sk-icon>${t('till.pay-cash')}<kbd>F9</kbd></button>
        <button type="button" class="primary" ?disabled=${none} @click=${() => this.pay('CARD')}><sk-icon name="card"></sk-icon>${t('till.tender.CARD')}<kbd>F10</kbd></button>
        <button type="button" ?disabled=${none} @click=${() => this.pay()}>${t('till.other-ways')}</button>
      </div>`;
  }

  payView() {
    const pending = this.work.jobs.length > 0;
    const total = this.work.basket?.priced.total ?? (pending ? { amount: 0, currency: this.currency } : null);
    if (!total) {
      return nothing;
    }
    if (!pending && (total.amount < 0 || (total.amount === 0 && !this.work.payment))) {
      return html`<div class="stack">
        <div><h3>${t(total.amount < 0 ? 'till.goes-back' : 'till.even')}</h3><output class="amount">${money({ amount: -total.amount, currency: total.currency })}</output></div>
        ${this.payProblem ? html`<p class="problem" role="alert">${this.payProblem}</p>` : nothing}
        <button type="button" class="good tall" ?disabled=${this.paying} @click=${() => this.payNow([], 'BACK')}><sk-icon name="undo"></sk-icon>${t(total.amount < 0 ? 'till.give-back-as-paid' : 'till.finish')}</button>
        ${total.amount < 0 ? html`<button type="button" class="tall" ?disabled=${this.paying} @click=${() => this.tender({ kind: 'CASH' })}><sk-icon name="cash"></sk-icon>${t('till.give-back-cash')}</button>` : nothing}
        <button type="button" class="quiet" @click=${() => this.stopPaying()}><sk-icon name="back"></sk-icon>${t('till.sell-on')}<kbd>Esc</kbd></button>
      </div>`;
    }
    return html`<sk-till-pay .total=${total} .payment=${this.work.payment} .busy=${this.paying} .problem=${this.payProblem} cards
      @tender=${event => this.tender(event.detail)} @other=${event => this.otherTender(event.detail)} @back=${() => this.stopPaying()}></sk-till-pay>`;
  }

  doneView() {
    const order = this.work.order;
    return html`<sk-till-done .order=${order} @again=${() => this.again()} @print=${() => this.print(order, false)} @gift=${() => this.print(order, true)} @show=${() => this.receipt(order)}></sk-till-done>`;
  }
}

customElements.define('sk-till', Till);
