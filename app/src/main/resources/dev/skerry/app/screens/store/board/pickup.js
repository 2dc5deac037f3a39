// The numbers of guests who wait: what is being made, and what can be collected.
import { LitElement, html, css } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../kit/styles.js';
import { t } from '../kit/words.js';

/** Of their size, how large numbers are where more of them have to stand. */
const SIZES = [1, .8, .62, .48];

class Pickup extends LitElement {
  static properties = { orders: { attribute: false } };

  static styles = [base, css`
    :host { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 2fr) minmax(0, 3fr); gap: 2.2vmin; block-size: 100%; }
    section { display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); gap: 3vmin; padding: 3.2vmin; border-radius: 2.4vmin; background: light-dark(rgb(255 255 255 / .82), rgb(255 255 255 / .055)); overflow: hidden; }
    h2 { font-size: 4.6vmin; font-weight: 800; letter-spacing: -.01em; }
    ul { display: flex; flex-wrap: wrap; align-content: start; gap: calc(2.4vmin * var(--fit, 1)) calc(3.4vmin * var(--fit, 1)); font-weight: 800; font-variant-numeric: tabular-nums; line-height: 1; overflow: hidden; }
    .making li { font-size: calc(8vmin * var(--fit, 1)); color: var(--sk-soft); }
    .ready { background: light-dark(#0b683f, #0d5a38); color: #fff; }
    .ready li { font-size: calc(15vmin * var(--fit, 1)); letter-spacing: -.02em; animation: come 2.4s ease-out; }
    @keyframes come { 0% { scale: .6; opacity: 0; } 20% { scale: 1.12; opacity: 1; } 40%, 70% { scale: 1; } 55%, 85% { scale: 1.06; } }
    @media (prefers-reduced-motion: reduce) { .ready li { animation: none; } }
    @media (orientation: portrait) { :host { grid-template: minmax(0, 2fr) minmax(0, 3fr) / minmax(0, 1fr); } .ready { order: -1; } }
  `];

  part(name, state) {
    // Where there is no room for all, however small, those that have waited longest go, and never what is new.
    const orders = this.orders.filter(it => it.state === state).reverse();
    return html`<section class=${name}><h2>${t(`board.${name}`)}</h2><ul aria-live=${name === 'ready' ? 'polite' : 'off'}>${repeat(orders, it => it.number, it => html`<li>${it.number}</li>`)}</ul></section>`;
  }

  updated() {
    for (const list of this.renderRoot.querySelectorAll('ul')) {
      for (const size of SIZES) {
        list.style.setProperty('--fit', size);
        if (list.scrollHeight <= list.clientHeight) {
          break;
        }
      }
    }
  }

  render() {
    return html`${this.part('making', 'PREPARING')}${this.part('ready', 'READY')}`;
  }
}

customElements.define('sk-pickup', Pickup);
