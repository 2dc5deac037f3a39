import { html, css } from 'lit';
import { Dialog } from './dialog.js';
import { t } from './words.js';
import { money, piecesOf } from './money.js';

/** What is in the drawer, by pieces. Answered with those; the server adds them up. */
class AskCount extends Dialog {
  static properties = { currency: {}, counts: { state: true } };

  static styles = [Dialog.styles, css`
    .pieces { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: var(--sk-2) var(--sk-4); }
    .pieces label { flex-direction: row; align-items: center; justify-content: space-between; gap: var(--sk-2); font-variant-numeric: tabular-nums; color: var(--sk-ink); }
    .pieces input { inline-size: 5rem; text-align: end; }
  `];

  constructor() {
    super();
    this.counts = {};
    this.wide = true;
  }

  connectedCallback() {
    super.connectedCallback();
    this.heading = t('kit.count');
  }

  enter(event) {
    event.preventDefault();
    const inputs = [...this.renderRoot.querySelectorAll('input')];
    const all = inputs.map(it => ({ value: { amount: Number(it.name), currency: this.currency }, count: it.value.trim() === '' ? 0 : Number(it.value) }));
    if (all.some(it => !Number.isInteger(it.count) || it.count < 0)) {
      this.problem = t('kit.no-number');
    } else {
      this.give(all.filter(it => it.count > 0));
    }
  }

  content() {
    return html`<form class="stack" @submit=${this.enter}>
      <p class="soft">${t('kit.count-how')}</p>
      <div class="pieces">${piecesOf(this.currency).map((it, i) => html`<label>${money(it)}<input name=${it.amount} inputmode="numeric" autocomplete="off" ?autofocus=${i === 0}></label>`)}</div>
      <button class="primary tall">${t('kit.counted-all')}</button>
    </form>`;
  }
}

customElements.define('sk-ask-count', AskCount);
