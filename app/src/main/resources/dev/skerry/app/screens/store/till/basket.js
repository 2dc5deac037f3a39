import { LitElement, html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { kit } from '../kit/styles.js';
import { t } from '../kit/words.js';
import { money, quantity } from '../kit/money.js';

/** The basket as the customer will pay it. Tells of a touched line as `line`, with its id. */
class Basket extends LitElement {
  static properties = { basket: { attribute: false }, pending: { attribute: false }, chosen: {}, currency: {} };

  static styles = [kit, css`
    :host { display: flex; flex-direction: column; min-block-size: 0; background: var(--sk-surface); }
    .lines { flex: 1; min-block-size: 0; overflow: auto; overscroll-behavior: contain; scrollbar-width: thin; }
    .lines > li { border-block-end: 1px solid var(--sk-line); }
    button.line { display: grid; grid-template-columns: 3.25rem 1fr auto; align-items: start; gap: 0 var(--sk-3); inline-size: 100%; min-block-size: 3.25rem; padding: var(--sk-2) var(--sk-4); border: 0; border-radius: 0; background: transparent; text-align: start; font-weight: 400; line-height: 1.3; }
    button.line:focus-visible { outline-offset: -3px; }
    li[data-chosen] button.line { background: var(--sk-accent-soft); box-shadow: inset 4px 0 0 var(--sk-accent); }
    :host-context([dir=rtl]) li[data-chosen] button.line { box-shadow: inset -4px 0 0 var(--sk-accent); }
    .count { font-weight: 700; text-align: end; }
    .count small { font-weight: 500; }
    .name { overflow-wrap: anywhere; }
    .net { font-weight: 650; }
    .under { grid-column: 2 / 4; display: flex; justify-content: space-between; gap: var(--sk-3); color: var(--sk-soft); font-size: .875rem; }
    .off { color: var(--sk-good); font-weight: 600; }
    .back { color: var(--sk-bad); }
    .child { padding-inline-start: 1rem; color: var(--sk-soft); }
    .waits { opacity: .6; font-style: italic; }
    sk-empty { flex: 1; }
  `];

  updated(changed) {
    const count = (this.basket?.lines.length ?? 0) + (this.pending?.length ?? 0);
    if (changed.has('basket') || changed.has('pending')) {
      if (count > (this.count ?? 0)) {
        const list = this.renderRoot.querySelector('.lines');
        list?.scrollTo({ top: list.scrollHeight });
      }
      this.count = count;
    } else if (changed.has('chosen')) {
      this.renderRoot.querySelector('[data-chosen]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  render() {
    const lines = this.basket?.lines.filter(it => !it.voided) ?? [];
    const waiting = (this.pending ?? []).filter(it => it.label);
    if (!lines.length && !waiting.length) {
      return html`<sk-empty icon="barcode" heading=${t('till.empty')} text=${t('till.empty-how')}></sk-empty>`;
    }
    return html`<ol class="lines" aria-label=${t('till.basket')}>
      ${repeat(lines, it => it.id, it => this.line(it))}
      ${waiting.map(it => html`<li><div class="row waits small" role="presentation"><button type="button" class="line" disabled><span class="count">…</span><span class="name">${it.label}</span><span></span></button></div></li>`)}
    </ol>`;
  }

  line(line) {
    const priced = this.basket.priced.lines[line.id];
    const back = line.refund != null;
    const weighed = line.item.weighed;
    return html`<li ?data-chosen=${line.id === this.chosen}>
      <button type="button" class="line" aria-pressed=${line.id === this.chosen} @click=${() => this.dispatchEvent(new CustomEvent('line', { detail: line.id }))}>
        <span class="count num">${back ? '−' : ''}${quantity(line.quantity)}${weighed ? html` <small>kg</small>` : nothing}</span>
        <span class="name ${line.parent ? 'child' : ''}">${line.item.name}</span>
        <span class="net num ${back ? 'back' : ''}">${priced ? money(priced.net) : nothing}</span>
        ${priced && !back && (line.quantity !== 1 || weighed) ? html`<span class="under num"><span>${t(weighed ? 'till.per-kg' : 'till.each', { price: money(priced.unitPrice) })}</span></span>` : nothing}
        ${back ? html`<span class="under"><span class="back">${t('till.comes-back')}${line.returnReason ? ` · ${line.returnReason}` : ''}</span></span>` : nothing}
        ${line.override ? html`<span class="under"><span>${t('till.price-changed', { reason: line.override.reason })}</span></span>` : nothing}
        ${priced?.discounts.map(it => html`<span class="under"><span class="off">${it.name}</span><span class="off num">−${money(it.amount)}</span></span>`)}
        ${line.note ? html`<span class="under"><span>${line.note}</span></span>` : nothing}
        ${line.item.warning ? html`<span class="under"><span class="problem">${line.item.warning}</span></span>` : nothing}
      </button></li>`;
  }
}

customElements.define('sk-till-basket', Basket);
