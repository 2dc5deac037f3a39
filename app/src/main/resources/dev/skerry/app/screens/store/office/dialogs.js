import { html } from 'lit';
import { Dialog } from '../kit/dialog.js';
import { t } from '../kit/words.js';

/** Which day begins. Answered with the day that was opened. */
class OpenDay extends Dialog {
  static properties = { day: {}, check: { attribute: false } };

  async enter(event) {
    event.preventDefault();
    const answer = await this.attempt(() => this.check(this.renderRoot.querySelector('input').value));
    if (answer) {
      this.give(answer);
    }
  }

  content() {
    return html`<form class="stack" @submit=${this.enter}>
      <p class="soft">${t('office.open-day-how')}</p>
      <label>${t('office.business-day')}<input type="date" required autofocus .value=${this.day} ?disabled=${this.busy}></label>
      <button class="primary tall" ?disabled=${this.busy}>${t('office.open-day')}</button>
    </form>`;
  }
}

customElements.define('sk-office-open-day', OpenDay);
