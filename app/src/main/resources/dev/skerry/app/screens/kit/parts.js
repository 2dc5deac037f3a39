import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { t } from './words.js';
import './icons.js';

/** Nothing is here, or it could not be had; and what to do about it. */
class Empty extends LitElement {
  static properties = { icon: {}, heading: {}, text: {} };

  static styles = [base, css`
    :host { display: grid; place-content: center; justify-items: center; gap: var(--sk-2); padding: var(--sk-5); text-align: center; color: var(--sk-soft); min-block-size: 8rem; }
    sk-icon { font-size: 2rem; opacity: .8; }
    strong { color: var(--sk-ink); font-size: 1.0625rem; font-weight: 650; }
    p { max-inline-size: 26rem; }
  `];

  render() {
    return html`${this.icon ? html`<sk-icon name=${this.icon}></sk-icon>` : nothing}<strong>${this.heading}</strong>${this.text ? html`<p>${this.text}</p>` : nothing}<slot></slot>`;
  }
}

customElements.define('sk-empty', Empty);

/** A strip over the page that needs nobody to do anything: `tone` is info, warn, bad or good. */
class Banner extends LitElement {
  static properties = { tone: {}, icon: {} };

  static styles = [base, css`
    :host { display: flex; align-items: center; gap: var(--sk-3); padding: var(--sk-2) var(--sk-4); font-weight: 600; font-size: .9375rem; background: var(--sk-accent-soft); color: var(--sk-ink); }
    :host([tone=warn]) { background: var(--sk-warn-soft); color: var(--sk-warn); }
    :host([tone=bad]) { background: var(--sk-bad-soft); color: var(--sk-bad); }
    :host([tone=good]) { background: var(--sk-good-soft); color: var(--sk-good); }
    div { flex: 1; min-inline-size: 0; }
  `];

  render() {
    return html`<sk-icon name=${this.icon ?? (this.tone === 'bad' ? 'error' : this.tone === 'warn' ? 'warning' : 'info')}></sk-icon><div role="status"><slot></slot></div><slot name="end"></slot>`;
  }
}

customElements.define('sk-banner', Banner);

/** A spinner, after a moment: what is quick shows nothing. */
class Busy extends LitElement {
  static properties = { text: {} };

  static styles = [base, css`
    :host { display: grid; place-content: center; justify-items: center; gap: var(--sk-3); padding: var(--sk-6); color: var(--sk-soft); animation: appear .2s .35s both; }
    i { inline-size: 2rem; block-size: 2rem; border: 3px solid var(--sk-line); border-block-start-color: var(--sk-accent); border-radius: 50%; animation: turn .9s linear infinite; }
    @keyframes turn { to { transform: rotate(1turn); } }
    @keyframes appear { from { opacity: 0; } }
    @media (prefers-reduced-motion: reduce) { i { animation-duration: 4s; } }
  `];

  render() {
    return html`<i></i><span role="status">${this.text ?? t('kit.wait')}</span>`;
  }
}

customElements.define('sk-busy', Busy);

const SHOWN_MS = { good: 2500, info: 4000, warn: 8000, bad: 12000 };

/** What has just happened, at the edge of the page; goes away by itself, and holds nobody up. */
class Toasts extends LitElement {
  static properties = { toasts: { state: true } };

  static styles = [base, buttons, css`
    :host { position: fixed; inset-block-start: .25rem; inset-inline: 0 var(--sk-toasts-end, 0); display: grid; justify-items: center; gap: var(--sk-2); pointer-events: none; z-index: 9; padding-inline: var(--sk-2); }
    div { pointer-events: auto; display: flex; align-items: center; gap: var(--sk-3); max-inline-size: min(40rem, 100%); padding-inline: var(--sk-4) var(--sk-1); min-block-size: 3rem; border-radius: var(--sk-radius); background: var(--sk-surface); color: var(--sk-ink); border: 2px solid var(--sk-accent); box-shadow: var(--sk-shadow); font-weight: 600; animation: in .15s ease-out; }
    div.bad { border-color: var(--sk-bad); background: var(--sk-bad-soft); color: var(--sk-bad); }
    div.warn { border-color: var(--sk-warn); background: var(--sk-warn-soft); color: var(--sk-warn); }
    div.good { border-color: var(--sk-good); }
    span { overflow-wrap: anywhere; padding-block: var(--sk-2); }
    @media (max-width: 720px) { :host { inset-inline: 0; } }
    @keyframes in { from { opacity: 0; transform: translateY(-.5rem); } }
    @media (prefers-reduced-motion: reduce) { div { animation: none; } }
    @media print { :host { display: none; } }
  `];

  constructor() {
    super();
    this.toasts = [];
  }

  show(text, tone = 'info') {
    const toast = { text, tone };
    this.toasts = [...this.toasts.filter(it => it.text !== text).slice(-3), toast];
    setTimeout(() => this.drop(toast), SHOWN_MS[tone]);
  }

  drop(toast) {
    this.toasts = this.toasts.filter(it => it !== toast);
  }

  render() {
    return this.toasts.map(it => html`
      <div class=${it.tone} role=${it.tone === 'bad' ? 'alert' : 'status'}>
        <sk-icon name=${{ bad: 'error', warn: 'warning', good: 'check', info: 'info' }[it.tone]}></sk-icon>
        <span>${it.text}</span>
        <button type="button" class="quiet" tabindex="-1" aria-label=${t('kit.close')} @click=${() => this.drop(it)}><sk-icon name="close"></sk-icon></button>
      </div>`);
  }
}

customElements.define('sk-toasts', Toasts);

let toasts;

/** Says what has just happened; `tone` is info, good, warn or bad. */
export function toast(text, tone) {
  if (!toasts) {
    toasts = document.createElement('sk-toasts');
    document.body.append(toasts);
  }
  toasts.show(text, tone);
}
