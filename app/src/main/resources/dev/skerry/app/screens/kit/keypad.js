import { LitElement, html, css } from 'lit';
import { base, buttons } from './styles.js';
import { point, t } from './words.js';
import './icons.js';

/** Digits to touch. Tells of each as `press`, with `digits`, `00`, the point, `back` or `enter` as its detail. */
export class Keypad extends LitElement {
  static properties = { decimals: { type: Boolean }, zeros: { type: Boolean }, enter: {}, disabled: { type: Boolean } };

  static styles = [base, buttons, css`
    :host { display: grid; grid-template-columns: repeat(3, 1fr); gap: var(--sk-2); }
    button { min-block-size: 3.5rem; font-size: 1.375rem; font-weight: 600; font-variant-numeric: tabular-nums; padding: 0; }
    .enter { grid-column: 1 / -1; font-size: 1.125rem; }
  `];

  press(key) {
    this.dispatchEvent(new CustomEvent('press', { detail: key }));
  }

  render() {
    const key = (name, label = name) => html`<button type="button" tabindex="-1" @click=${() => this.press(name)}>${label}</button>`;
    return html`
      ${['7', '8', '9', '4', '5', '6', '1', '2', '3'].map(it => key(it))}
      ${this.decimals ? key(point) : this.zeros ? key('00') : html`<span></span>`}
      ${key('0')}
      <button type="button" tabindex="-1" aria-label=${t('kit.delete')} @click=${() => this.press('back')}><sk-icon name="delete"></sk-icon></button>
      ${this.enter ? html`<button type="button" class="primary enter" ?disabled=${this.disabled} @click=${() => this.press('enter')}>${this.enter}</button>` : ''}
    `;
  }
}

customElements.define('sk-keypad', Keypad);

/** What a text becomes by a press. */
export const pressed = (text, key) => key === 'back' ? text.slice(0, -1) : text + key;
