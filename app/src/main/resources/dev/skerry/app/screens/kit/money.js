// Money as it arrives, {amount, currency} in minor units, is shown and typed. Nothing is added up here: that is the server's.
import { LitElement, html, css } from 'lit';
import { locale, number } from './words.js';

const formats = new Map();

function formatOf(currency) {
  if (!formats.has(currency)) {
    formats.set(currency, new Intl.NumberFormat(locale, { style: 'currency', currency }));
  }
  return formats.get(currency);
}

/** How many digits a currency has behind the point. */
export const digitsOf = currency => formatOf(currency).resolvedOptions().maximumFractionDigits;

/** Minor units as digits with a point, exactly: 1234 is 12.34. */
function plain(amount, digits) {
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const sign = amount < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** As people write it. */
export function money(value) {
  if (value == null) {
    return '';
  }
  // A text is formatted exactly, however large.
  return formatOf(value.currency).format(plain(value.amount, digitsOf(value.currency)));
}

/** As the API is asked for an amount: in major units, with a point. */
export const majorUnits = value => plain(value.amount, digitsOf(value.currency));

/** What was typed: without a point in minor units, as tills have it (1250 is 12.50), with one in major units. Null if it is none. */
export function typedMoney(text, currency) {
  const digits = digitsOf(currency);
  const match = /^(\d{1,10})(?:[.,](\d*))?$/.exec(text.trim());
  if (!match || (match[2] ?? '').length > digits) {
    return null;
  }
  const amount = match[2] === undefined ? Number(match[1]) : Number(match[1] + match[2].padEnd(digits, '0'));
  return { amount, currency };
}

/** A quantity with at most three decimals. Null if it is none. */
export function typedQuantity(text) {
  const match = /^(\d{1,6})(?:[.,](\d{0,3}))?$/.exec(text.trim());
  return match ? Number(`${match[1]}.${match[2] || '0'}`) : null;
}

/** A quantity as people write it: 0.735, 3. */
export const quantity = number;

/** Banknotes, in minor units: what people hand over. */
const NOTES = { EUR: [500, 1000, 2000, 5000, 10000, 20000], USD: [100, 500, 1000, 2000, 5000, 10000], GBP: [500, 1000, 2000, 5000], CHF: [1000, 2000, 5000, 10000, 20000], SEK: [2000, 5000, 10000, 20000, 50000], PLN: [1000, 2000, 5000, 10000, 20000], CZK: [10000, 20000, 50000, 100000, 200000], JPY: [1000, 5000, 10000], KWD: [1000, 5000, 10000, 20000] };

export const notesOf = currency => (NOTES[currency] ?? [500, 1000, 2000, 5000, 10000].map(it => it * 10 ** (digitsOf(currency) - 2))).map(amount => ({ amount, currency }));

const COINS = { EUR: [1, 2, 5, 10, 20, 50, 100, 200], USD: [1, 5, 10, 25], GBP: [1, 2, 5, 10, 20, 50, 100, 200], CHF: [5, 10, 20, 50, 100, 200, 500] };

/** All that may be in a drawer, the largest first. */
export const piecesOf = currency => [...(COINS[currency] ?? []).map(amount => ({ amount, currency })), ...notesOf(currency)].reverse();

/** An amount, in figures of one width. */
export class MoneyText extends LitElement {
  static properties = { value: { attribute: false } };

  static styles = css`:host { font-variant-numeric: tabular-nums; white-space: nowrap; }`;

  render() {
    return html`${money(this.value)}`;
  }
}

customElements.define('sk-money', MoneyText);
