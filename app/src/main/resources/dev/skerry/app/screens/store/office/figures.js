// Figures that several pages show in the same way.
import { html, nothing } from 'lit';
import { t, number } from '../kit/words.js';
import { money } from '../kit/money.js';

/** What was counted less what should be there, with its direction in words and not in colour alone. */
export function difference(value) {
  if (!value) {
    return html`<span class="soft">–</span>`;
  }
  const [tone, word, sign] = value.amount === 0 ? ['good', 'office.exact', ''] : value.amount > 0 ? ['warn', 'office.over', '+'] : ['bad', 'office.short', ''];
  return html`<span class="chip ${tone}"><span class="num">${sign}${money(value)}</span>${t(word)}</span>`;
}

/** Takings by tender, as they are in an X, a Z and a day. */
export function tenders(takings) {
  return html`<table>
    <thead><tr><th>${t('office.tender')}</th><th class="end">${t('office.count')}</th><th class="end">${t('office.received')}</th><th class="end">${t('office.refunded')}</th></tr></thead>
    <tbody>${takings.map(it => html`<tr><th scope="row">${t(`office.tender.${it.kind}`)}</th><td class="end">${number(it.count)}</td><td class="end">${money(it.received)}</td><td class="end">${money(it.refunded)}</td></tr>`)}
      ${takings.length ? nothing : html`<tr><td colspan="4" class="soft">${t('office.nothing-taken')}</td></tr>`}</tbody>
  </table>`;
}

/** What is taken off. */
const less = value => value.amount ? `−${money(value)}` : money(value);

/** How what should be in a drawer comes about. `it` are takings, or a Z. */
export function drawer(it, takings, expected) {
  const cash = takings.find(one => one.kind === 'CASH');
  return html`<dl class="facts">
    <dt>${t('office.float')}</dt><dd>${money(it.cashFloat)}</dd>
    ${cash ? html`<dt>${t('office.cash-received')}</dt><dd>${money(cash.received)}</dd><dt>${t('office.cash-refunded')}</dt><dd>${less(cash.refunded)}</dd>` : nothing}
    <dt>${t('office.paid-in')}</dt><dd>${money(it.paidIn)}</dd>
    <dt>${t('office.paid-out')}</dt><dd>${less(it.paidOut)}</dd>
    <dt>${t('office.picked-up')}</dt><dd>${less(it.pickedUp)}</dd>
    <dt class="sum">${t('office.expected')}</dt><dd class="sum">${money(expected)}</dd>
    <dt>${t('office.payments')}</dt><dd>${number(it.payments)}</dd>
    <dt>${t('office.cash-rounding')}</dt><dd>${money(it.rounding)}</dd>
  </dl>`;
}
