import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t, date } from '../kit/words.js';
import { typedMoney, money } from '../kit/money.js';
import { act, id } from '../kit/api.js';
import { pressed } from '../kit/keypad.js';
import { say } from '../kit/dialog.js';

const FLOAT_LENGTH_MAX = 9;

/** Before the first sale: a business day and a float. `opened` when both are there. */
class Opening extends LitElement {
  static properties = { me: { attribute: false }, day: { attribute: false }, currency: {}, text: { state: true }, problem: { state: true }, busy: { state: true } };

  static styles = [kit, css`
    :host { display: grid; place-content: center; grid-template-columns: minmax(0, 23rem); padding: var(--sk-4); overflow: auto; }
    form { padding: var(--sk-5); }
    output { display: block; }
  `];

  constructor() {
    super();
    this.text = '10000';
    this.fresh = true;
    this.shift = id();
  }

  connectedCallback() {
    super.connectedCallback();
    this.listener = event => this.keyed(event);
    window.addEventListener('keydown', this.listener);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.listener);
  }

  keyed(event) {
    if (event.composedPath()[0].matches?.('input, button, select') && event.key === 'Enter') {
      return;
    }
    if (/^[\d.,]$/.test(event.key)) {
      this.press(event.key);
    } else if (event.key === 'Backspace') {
      this.press('back');
    } else if (event.key === 'Enter') {
      this.open();
    }
  }

  /** The first digit begins anew. */
  press(key) {
    this.text = pressed(this.fresh && key !== 'back' ? '' : this.text, key).slice(0, FLOAT_LENGTH_MAX);
    this.fresh = false;
  }

  async open() {
    const cashFloat = typedMoney(this.text || '0', this.currency);
    if (!cashFloat || this.busy) {
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      if (!this.day) {
        // Of the date that it is at the store's server, not here.
        await act('POST', '/api/business-day/open', {});
      }
      await act('POST', '/api/shifts', { shift: this.shift, cashFloat });
      this.dispatchEvent(new Event('opened'));
    } catch (error) {
      this.problem = say(error);
    } finally {
      this.busy = false;
    }
  }

  render() {
    if (!this.day && !this.me.roles.includes('MANAGER')) {
      return html`<sk-empty class="card" icon="calendar" heading=${t('till.no-day')} text=${t('till.no-day-how')}>
        <button type="button" class="primary" @click=${() => this.dispatchEvent(new Event('sign-off'))}>${t('till.sign-off')}</button></sk-empty>`;
    }
    const value = typedMoney(this.text || '0', this.currency);
    return html`<form class="card stack" @submit=${event => { event.preventDefault(); this.open(); }}>
      <div><h1>${t('till.open-till')}</h1><p class="soft">${this.day ? date(this.day.day) : t('till.opens-day')}</p></div>
      <div><h3>${t('till.float')}</h3><output class="amount">${money(value)}</output></div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <sk-keypad zeros @press=${event => this.press(event.detail)}></sk-keypad>
      <button class="primary tall" ?disabled=${this.busy || !value}>${t('till.start')}<kbd>Enter</kbd></button>
    </form>`;
  }
}

customElements.define('sk-till-opening', Opening);
