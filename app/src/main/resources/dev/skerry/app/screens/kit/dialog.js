// Questions to the person at the screen. Each is asked with `await ask('sk-ask-…', {…})` and answered with a value, or null.
import { LitElement, html, css, nothing } from 'lit';
import { kit } from './styles.js';
import { t, has } from './words.js';
import { money, typedMoney, typedQuantity } from './money.js';
import { pressed } from './keypad.js';
import { Problem } from './api.js';
import './icons.js';

/** Keys of a scanner follow each other sooner. */
const ALONE_MS = 120;

let open = 0;

/** Whether a question waits for its answer. */
export const asking = () => open > 0;

/** A problem in the language of the screen, where there are such words; else in the server's. */
export function say(error) {
  const own = `problem.${error.kind}`;
  if (has(own)) {
    return t(own, { detail: error.detail ?? '' });
  }
  return error instanceof Problem ? error.detail || error.title : t('kit.failed', { detail: error.message });
}

/** A question over the page, for as long as it is not answered. Others extend it and draw `content()`. */
export class Dialog extends LitElement {
  static properties = { heading: {}, problem: { state: true }, busy: { state: true }, wide: { type: Boolean } };

  static styles = [kit, css`
    dialog { margin: auto; padding: 0; border: 0; border-radius: 1rem; background: var(--sk-surface); color: var(--sk-ink); box-shadow: 0 24px 64px rgb(0 0 0 / .35); inline-size: min(26rem, calc(100vw - 1rem)); max-block-size: calc(100dvh - 1rem); overflow: hidden; }
    dialog[open] { display: flex; flex-direction: column; }
    dialog.wide { inline-size: min(52rem, calc(100vw - 1rem)); }
    dialog::backdrop { background: rgb(6 14 18 / .55); }
    header { display: flex; align-items: center; gap: var(--sk-3); padding: var(--sk-4) var(--sk-4) var(--sk-2) var(--sk-5); }
    header h2 { flex: 1; font-size: 1.25rem; overflow-wrap: anywhere; }
    .content { padding: var(--sk-2) var(--sk-5) var(--sk-5); overflow: auto; display: flex; flex-direction: column; gap: var(--sk-4); }
    .answers { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: var(--sk-3); }
    .choices { display: grid; gap: var(--sk-2); }
    .choices button { justify-content: flex-start; text-align: start; }
    @media (max-width: 480px) { header { padding-inline-start: var(--sk-4); } .content { padding: var(--sk-2) var(--sk-4) var(--sk-4); } }
  `];

  /** What the question is answered with when nobody answers it. */
  give(answer) {
    this.answer = answer;
    this.renderRoot.querySelector('dialog').close();
  }

  /** Does something that the server may refuse: then it says why, and stays. */
  async attempt(what) {
    this.problem = null;
    this.busy = true;
    try {
      return await what();
    } catch (error) {
      this.problem = say(error);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  firstUpdated() {
    const dialog = this.renderRoot.querySelector('dialog');
    dialog.showModal();
    dialog.addEventListener('close', () => this.dispatchEvent(new Event('answered')));
  }

  render() {
    return html`
      <dialog class=${this.wide ? 'wide' : ''} aria-labelledby="heading" @cancel=${event => this.busy && event.preventDefault()}>
        <header>
          <h2 id="heading">${this.heading}</h2>
          <button type="button" class="quiet" aria-label=${t('kit.close')} @click=${() => this.give(null)}><sk-icon name="close"></sk-icon></button>
        </header>
        <div class="content">
          ${this.content()}
          ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        </div>
      </dialog>`;
  }
}

/** Asks a question, and waits for its answer; null if it was put away. */
export function ask(name, properties = {}) {
  return new Promise(done => {
    const element = Object.assign(document.createElement(name), properties);
    open++;
    element.addEventListener('answered', () => {
      open--;
      element.remove();
      done(element.answer ?? null);
    }, { once: true });
    document.body.append(element);
  });
}

/** For a number: `kind` is money, quantity, weight, percent or digits. Answered with money, a number, or digits. */
class AskNumber extends Dialog {
  static properties = { kind: {}, currency: {}, note: {}, quick: { attribute: false }, enter: {}, optional: { type: Boolean }, text: { state: true }, check: { attribute: false } };

  constructor() {
    super();
    this.text = '';
    this.kind = 'quantity';
    this.quick = [];
  }

  get value() {
    switch (this.kind) {
      case 'money': return typedMoney(this.text, this.currency);
      case 'digits': return this.text || null;
      default: return typedQuantity(this.text);
    }
  }

  get shown() {
    const value = this.value;
    if (this.kind === 'money') {
      return money(value ?? { amount: 0, currency: this.currency });
    }
    return this.text || '0';
  }

  async enterNow() {
    const value = this.value;
    if (value === null && !(this.optional && this.text === '')) {
      this.problem = t('kit.no-number');
      return;
    }
    if (this.check) {
      const answer = await this.attempt(() => this.check(value));
      if (this.problem) {
        return;
      }
      this.give(answer ?? true);
    } else {
      this.give(value);
    }
  }

  content() {
    const unit = { weight: 'kg', percent: '%' }[this.kind];
    return html`
      ${this.note ? html`<p class="soft">${this.note}</p>` : nothing}
      <label>
        <span class="visually-hidden">${this.heading}</span>
        ${this.kind === 'money' ? html`<output class="amount" aria-hidden="true">${this.shown}</output>` : nothing}
        <input class=${this.kind === 'money' ? '' : 'amount'} autofocus inputmode="none" autocomplete="off" placeholder=${this.kind === 'money' ? t('kit.minor-units') : unit ?? ''}
          .value=${this.text} ?disabled=${this.busy}
          @input=${event => { this.text = event.target.value; this.problem = null; }}
          @keydown=${event => { if (event.key === 'Enter') { event.preventDefault(); this.enterNow(); } }}>
      </label>
      ${this.quick.length ? html`<div class="answers">${this.quick.map(it => html`<button type="button" @click=${() => this.give(it.value)}>${it.label}</button>`)}</div>` : nothing}
      <sk-keypad ?decimals=${this.kind !== 'money' && this.kind !== 'digits'} ?zeros=${this.kind === 'money'} enter=${this.enter ?? t('kit.enter')} ?disabled=${this.busy}
        @press=${event => { if (event.detail === 'enter') { this.enterNow(); } else { this.text = pressed(this.text, event.detail); this.problem = null; } }}></sk-keypad>`;
  }
}

customElements.define('sk-ask-number', AskNumber);

/** For a text. With `check`, what that says of it is the answer. */
class AskText extends Dialog {
  static properties = { label: {}, enter: {}, value: {}, optional: { type: Boolean }, check: { attribute: false }, scans: { type: Boolean } };

  async enterNow() {
    const value = this.renderRoot.querySelector('input').value.trim();
    if (!value && !this.optional) {
      return;
    }
    if (!this.check) {
      this.give(value);
      return;
    }
    const answer = await this.attempt(() => this.check(value));
    if (!this.problem) {
      this.give(answer ?? true);
    }
  }

  /** What a scanner read, while this is open. */
  scanned(code) {
    this.renderRoot.querySelector('input').value = code;
    this.enterNow();
  }

  content() {
    return html`
      <form class="stack" @submit=${event => { event.preventDefault(); this.enterNow(); }}>
        <label>${this.label}<input autofocus autocomplete="off" .value=${this.value ?? ''} ?disabled=${this.busy}></label>
        <button class="primary tall" ?disabled=${this.busy}>${this.enter ?? t('kit.enter')}</button>
      </form>`;
  }
}

customElements.define('sk-ask-text', AskText);

/** For one of several. Digits choose, too. */
class AskChoice extends Dialog {
  static properties = { note: {}, choices: { attribute: false } };

  /** A digit chooses if it stands alone: those of a scanner press nothing. */
  keyed(event) {
    clearTimeout(this.timer);
    const alone = event.timeStamp - (this.last ?? -Infinity) > ALONE_MS;
    this.last = event.timeStamp;
    const choice = this.choices[Number(event.key) - 1];
    if (choice && !choice.disabled) {
      event.preventDefault();
      if (alone) {
        this.timer = setTimeout(() => this.give(choice.value), ALONE_MS);
      }
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  content() {
    return html`
      ${this.note ? html`<p class="soft">${this.note}</p>` : nothing}
      <div class="choices" @keydown=${this.keyed}>${this.choices.map((it, i) => html`
        <button type="button" class="tall ${it.look ?? ''}" ?autofocus=${i === 0} ?disabled=${it.disabled} @click=${() => this.give(it.value)}>
          ${it.icon ? html`<sk-icon name=${it.icon}></sk-icon>` : nothing}<span class="grow">${it.label}</span>${this.choices.length < 10 ? html`<kbd>${i + 1}</kbd>` : nothing}
        </button>`)}</div>`;
  }
}

customElements.define('sk-ask-choice', AskChoice);

/** For the PIN of somebody who may allow it. Answered with `{person, pin}`, or what `check` makes of it. */
class AskApproval extends Dialog {
  static properties = { note: {}, people: { attribute: false }, check: { attribute: false }, person: { state: true }, pin: { state: true } };

  constructor() {
    super();
    this.pin = '';
  }

  willUpdate() {
    this.person ??= this.people[0]?.person ?? '';
  }

  async enterNow() {
    const approval = { person: this.person, pin: this.pin };
    if (!this.pin) {
      return;
    }
    const answer = await this.attempt(() => this.check(approval));
    if (this.problem) {
      this.pin = '';
    } else {
      this.give(answer ?? true);
    }
  }

  content() {
    return html`
      ${this.note ? html`<p>${this.note}</p>` : nothing}
      <label>${t('kit.who-allows')}
        <select .value=${this.person} @change=${event => { this.person = event.target.value; }}>
          ${this.people.map(it => html`<option value=${it.person} ?selected=${it.person === this.person}>${it.name}</option>`)}
        </select>
      </label>
      <label>${t('kit.pin')}
        <input type="password" autofocus inputmode="none" autocomplete="off" .value=${this.pin} ?disabled=${this.busy}
          @input=${event => { this.pin = event.target.value; }} @keydown=${event => { if (event.key === 'Enter') { event.preventDefault(); this.enterNow(); } }}>
      </label>
      <sk-keypad enter=${t('kit.allow')} ?disabled=${this.busy} @press=${event => { if (event.detail === 'enter') { this.enterNow(); } else { this.pin = pressed(this.pin, event.detail); } }}></sk-keypad>`;
  }
}

customElements.define('sk-ask-approval', AskApproval);

/** Says something, and waits until it was seen; or asks whether to do it. */
class Tell extends Dialog {
  static properties = { text: {}, yes: {}, no: {}, look: {} };

  content() {
    return html`
      <p>${this.text}</p>
      <div class="answers">
        ${this.no ? html`<button type="button" class="tall" @click=${() => this.give(null)}>${this.no}</button>` : nothing}
        <button type="button" autofocus class="tall ${this.look ?? 'primary'}" @click=${() => this.give(true)}>${this.yes ?? t('kit.ok')}</button>
      </div>`;
  }
}

customElements.define('sk-tell', Tell);

/** What the status strip knows, in words. */
class StatusOf extends Dialog {
  static properties = { parts: { attribute: false } };

  content() {
    return html`<ul class="list">${this.parts.map(it => html`
      <li class="row"><sk-icon name=${it.icon}></sk-icon><span class="grow"><strong>${it.name}</strong><br><span class=${it.tone ? 'problem' : 'soft'}>${it.text}</span></span></li>`)}</ul>`;
  }
}

customElements.define('sk-status-of', StatusOf);
