import { html, css } from 'lit';
import { Dialog } from '../kit/dialog.js';
import { t } from '../kit/words.js';
import { money, quantity, typedQuantity } from '../kit/money.js';

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

const RETURN_REASONS = ['unwanted', 'damaged', 'wrong', 'expired'];

/** What of an order comes back. Answered with `{lines: [{line, quantity}], reason}`. */
class Return extends Dialog {
  static properties = { order: { attribute: false }, note: {} };

  static styles = [Dialog.styles, css`
    fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: var(--sk-2); }
    fieldset label { display: grid; grid-template-columns: minmax(0, 1fr) 6rem; align-items: center; gap: var(--sk-3); color: var(--sk-ink); }
    fieldset input { text-align: end; font-variant-numeric: tabular-nums; }
  `];

  get lines() {
    return this.order.lines.filter(it => !it.voided && !it.returnOf && it.net.amount > 0);
  }

  enter(event) {
    event.preventDefault();
    const form = event.target;
    const lines = this.lines
      .map(it => ({ line: it.id, quantity: typedQuantity(form.elements[`line-${it.id}`].value.trim() || '0') }))
      .filter(it => it.quantity !== 0);
    if (!lines.length || lines.some(it => it.quantity === null)) {
      this.problem = t('kit.no-number');
      return;
    }
    this.give({ lines, reason: t(`office.reason.${form.elements.reason.value}`) });
  }

  content() {
    return html`<form class="stack" @submit=${this.enter}>
      <p class="soft">${this.note}</p>
      <fieldset>${this.lines.map((it, i) => html`<label><span>${it.name}<br><span class="soft small num">${quantity(it.quantity)} · ${money(it.net)}</span></span><input name="line-${it.id}" inputmode="decimal" autocomplete="off" placeholder="0" ?autofocus=${i === 0}></label>`)}</fieldset>
      <label>${t('office.why')}<select name="reason">${RETURN_REASONS.map(it => html`<option value=${it}>${t(`office.reason.${it}`)}</option>`)}</select></label>
      <button class="primary tall">${t('office.take-back')}</button>
    </form>`;
  }
}

customElements.define('sk-office-return', Return);

/** The code that a screen shows, and what it is to be called. Answered with what `check` makes of it. */
class LetIn extends Dialog {
  static properties = { check: { attribute: false } };

  async enter(event) {
    event.preventDefault();
    const form = event.target;
    const answer = await this.attempt(() => this.check({ code: form.code.value.replace(/\D/g, ''), name: form.name.value.trim().toLowerCase() }));
    if (answer) {
      this.give(answer);
    }
  }

  content() {
    return html`<form class="stack" @submit=${this.enter}>
      <p class="soft">${t('office.let-in-how')}</p>
      <label>${t('office.code')}<input name="code" autofocus inputmode="numeric" autocomplete="off" maxlength="8" required></label>
      <label>${t('office.device-name')}<input name="name" autocomplete="off" maxlength="31" placeholder="till-2" required></label>
      <button class="primary tall" ?disabled=${this.busy}>${t('office.let-in')}</button>
    </form>`;
  }
}

customElements.define('sk-office-let-in', LetIn);

/** What another system shows with each request. It is told once. */
class Token extends Dialog {
  static properties = { token: {} };

  content() {
    return html`<p>${t('office.token-how')}</p>
      <label>${t('office.token')}<input readonly autofocus .value=${this.token} @focus=${event => event.target.select()}></label>
      <button type="button" class="primary tall" @click=${() => this.give(true)}>${t('kit.ok')}</button>`;
  }
}

customElements.define('sk-office-token', Token);
