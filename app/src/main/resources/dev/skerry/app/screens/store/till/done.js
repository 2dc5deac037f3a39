import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t } from '../kit/words.js';
import { money } from '../kit/money.js';

/** The sale is made: what goes back to the customer, until the next scan. Tells of `again`, `print`, `gift` and `show`. */
class Done extends LitElement {
  static properties = { order: { attribute: false }, training: { type: Boolean } };

  static styles = [kit, css`
    :host { display: grid; place-content: safe center center; justify-items: center; gap: var(--sk-5); text-align: center; padding: var(--sk-4); overflow: auto; grid-template-columns: minmax(0, 34rem); }
    .tick { inline-size: 4rem; block-size: 4rem; border-radius: 50%; display: grid; place-content: center; background: var(--sk-good-soft); color: var(--sk-good); font-size: 2rem; }
    output { display: block; font-size: clamp(3.25rem, 9vw, 6.5rem); font-weight: 800; letter-spacing: -.04em; line-height: 1.15; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    h2 { color: var(--sk-soft); }
    .ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: var(--sk-2); inline-size: 100%; }
    .again { inline-size: 100%; }
  `];

  render() {
    const order = this.order;
    const back = order.total.amount < 0;
    const given = order.tenders.reduce((first, it) => first ?? it.amount, null);
    return html`
      <div class="tick"><sk-icon name="check"></sk-icon></div>
      <div role="status">
        <h2>${t(back ? 'till.given-back' : order.change.amount ? 'till.change' : 'till.paid')}</h2>
        <output>${money(back ? { amount: -order.total.amount, currency: order.total.currency } : order.change.amount ? order.change : order.total)}</output>
        ${order.change.amount && given ? html`<p class="soft num">${t('till.of', { given: money(given), total: money(order.total) })}</p>` : nothing}
        <p class="soft num small">${t('till.receipt-number', { number: `${order.receipt.till}-${String(order.receipt.sequence).padStart(4, '0')}` })}${order.number ? ` · ${t('till.order-number', { number: order.number })}` : ''}</p>
      </div>
      <div class="ways">
        <button type="button" @click=${() => this.say('show')}><sk-icon name="receipt"></sk-icon>${t('till.show-receipt')}</button>
        <button type="button" @click=${() => this.say('print')}><sk-icon name="print"></sk-icon>${t('till.print-again')}</button>
        <button type="button" @click=${() => this.say('gift')}><sk-icon name="gift"></sk-icon>${t('till.gift-receipt')}</button>
      </div>
      <button type="button" class="primary tall again" @click=${() => this.say('again')}>${t('till.next-customer')}<kbd>Esc</kbd></button>`;
  }

  say(what) {
    this.dispatchEvent(new Event(what));
  }
}

customElements.define('sk-till-done', Done);
