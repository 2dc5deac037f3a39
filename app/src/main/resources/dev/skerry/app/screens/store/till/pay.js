import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t } from '../kit/words.js';
import { money, notesOf, typedMoney } from '../kit/money.js';
import { pressed } from '../kit/keypad.js';

/** How a basket is paid. Tells of what the customer hands over as `tender`: `{kind, amount, account}`; of `back`, and of `stop`. */
class Pay extends LitElement {
  static properties = { total: { attribute: false }, payment: { attribute: false }, busy: { attribute: false }, cards: { type: Boolean }, text: { state: true }, problem: {} };

  static styles = [kit, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr); gap: var(--sk-5); min-block-size: 0; overflow: auto; align-content: safe center; max-inline-size: 62rem; margin-inline: auto; inline-size: 100%; padding: var(--sk-2); }
    .due { display: flex; flex-direction: column; gap: var(--sk-1); }
    .due output { font-size: clamp(2.25rem, 5vw, 3.5rem); font-weight: 800; letter-spacing: -.03em; line-height: 1.05; font-variant-numeric: tabular-nums; }
    .given { font-size: 1.75rem; font-weight: 700; padding: var(--sk-2) var(--sk-3); border: 2px solid var(--sk-line); border-radius: var(--sk-radius); background: var(--sk-surface); text-align: end; min-block-size: 3.5rem; font-variant-numeric: tabular-nums; }
    .given.soft { font-weight: 500; font-size: 1.125rem; display: grid; align-items: center; }
    .notes { display: grid; grid-template-columns: repeat(3, 1fr); gap: var(--sk-2); }
    .notes button { font-variant-numeric: tabular-nums; min-block-size: 3.5rem; padding-inline: var(--sk-1); }
    .kinds { display: grid; grid-template-columns: 1fr 1fr; gap: var(--sk-2); }
    .waiting { display: grid; justify-items: center; gap: var(--sk-4); padding: var(--sk-6); text-align: center; grid-column: 1 / -1; }
    .waiting sk-icon { font-size: 3rem; color: var(--sk-accent); }
    @media (max-width: 720px) { kbd { display: none; } :host { grid-template-columns: 1fr; gap: var(--sk-4); } }
  `];

  constructor() {
    super();
    this.text = '';
  }

  get currency() {
    return this.total.currency;
  }

  get left() {
    return this.payment?.left ?? this.total;
  }

  /** A key of the page's. Answers whether it was one of these. */
  keyed(event) {
    if (this.busy) {
      return false;
    }
    if (/^[\d.,]$/.test(event.key)) {
      this.text += event.key;
    } else if (event.key === 'Backspace') {
      this.text = this.text.slice(0, -1);
    } else if (event.key === 'Enter' || event.key === 'F9') {
      this.cash();
    } else if (event.key === 'F10') {
      this.give('CARD');
    } else {
      return false;
    }
    return true;
  }

  get typed() {
    return this.text ? typedMoney(this.text, this.currency) : null;
  }

  cash() {
    if (this.text && !this.typed) {
      this.problem = t('kit.no-number');
      return;
    }
    this.give('CASH');
  }

  give(kind, account = undefined) {
    const amount = this.typed ?? undefined;
    this.text = '';
    this.dispatchEvent(new CustomEvent('tender', { detail: { kind, amount, account } }));
  }

  note(amount) {
    this.text = '';
    this.dispatchEvent(new CustomEvent('tender', { detail: { kind: 'CASH', amount } }));
  }

  render() {
    if (this.busy) {
      return html`<div class="waiting" role="status"><sk-icon name=${this.busy === 'CARD' ? 'card' : 'cash'}></sk-icon><h2>${t(this.busy === 'CARD' ? 'till.card-waits' : 'till.paying')}</h2><p class="soft">${this.busy === 'CARD' ? t('till.card-waits-how') : nothing}</p><sk-busy text=" "></sk-busy></div>`;
    }
    const left = this.left;
    const taken = (this.payment?.tenders ?? []).filter(it => ['TAKEN', 'APPROVED', 'STORED'].includes(it.state));
    // Only what covers it is offered: the rest can be typed.
    const notes = notesOf(this.currency).filter(it => it.amount > left.amount).slice(0, 3);
    return html`
      <section class="stack">
        <div class="due">
          <h3>${t(taken.length ? 'till.left' : 'till.to-pay')}</h3>
          <output>${money(left)}</output>
          ${taken.map(it => html`<p class="row small"><span class="grow">${t(`till.tender.${it.kind}`)}</span><span class="num">${money(it.amount)}</span></p>`)}
        </div>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <button type="button" class="good tall" @click=${() => this.note(undefined)}><sk-icon name="cash"></sk-icon><span class="grow">${t('till.exact')}</span>${this.text ? nothing : html`<kbd>Enter</kbd>`}</button>
        ${notes.length ? html`<div class="notes">${notes.map(it => html`<button type="button" @click=${() => this.note(it)}>${money(it)}</button>`)}</div>` : nothing}
        <button type="button" class="primary tall" ?disabled=${!this.cards} @click=${() => this.give('CARD')}><sk-icon name="card"></sk-icon><span class="grow">${t('till.tender.CARD')}</span><kbd>F10</kbd></button>
        <div class="kinds">
          ${[['GIFT_CARD', 'gift'], ['VOUCHER', 'voucher'], ['MANUFACTURER_COUPON', 'ticket'], ['ON_ACCOUNT', 'account']].map(([kind, icon]) => html`
            <button type="button" @click=${() => this.dispatchEvent(new CustomEvent('other', { detail: { kind, amount: this.typed ?? undefined } }))}><sk-icon name=${icon}></sk-icon>${t(`till.tender.${kind}`)}</button>`)}
        </div>
        <button type="button" class="quiet" @click=${() => this.dispatchEvent(new Event('back'))}><sk-icon name="back"></sk-icon>${t(taken.length ? 'till.hand-back' : 'till.sell-on')}<kbd>Esc</kbd></button>
      </section>
      <section class="stack">
        <h3>${t('till.handed')}</h3>
        <div class="given ${this.text ? '' : 'soft'}" aria-live="polite">${this.text ? money(this.typed) || this.text : t('till.handed-how')}</div>
        <sk-keypad zeros enter=${this.text ? t('till.take-cash') : t('till.exact')} @press=${event => { if (event.detail === 'enter') { this.cash(); } else { this.text = pressed(this.text, event.detail); } }}></sk-keypad>
      </section>`;
  }
}

customElements.define('sk-till-pay', Pay);
