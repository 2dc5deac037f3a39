import { LitElement, html, css, nothing } from 'lit';
import { kit } from './styles.js';
import { t } from './words.js';
import { act, poll } from './api.js';
import { say } from './dialog.js';

const HERE = ['localhost', '127.0.0.1', '[::1]'];

/** Shows a code until somebody has let this screen into the store; then `paired`. */
class Pairing extends LitElement {
  static properties = { kind: {}, code: { state: true }, problem: { state: true } };

  static styles = [kit, css`
    :host { display: grid; place-content: center; justify-items: center; gap: var(--sk-4); block-size: 100dvh; padding: var(--sk-5); text-align: center; background: var(--sk-ground); }
    .code { font-size: clamp(3rem, 16vw, 6rem); font-weight: 800; letter-spacing: .06em; font-variant-numeric: tabular-nums; direction: ltr; line-height: 1.1; }
    p { max-inline-size: 30rem; }
    sk-icon { font-size: 3rem; color: var(--sk-accent); }
  `];

  connectedCallback() {
    super.connectedCallback();
    this.ask();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  async ask() {
    try {
      const asking = await act('POST', '/api/pairing', { kind: this.kind });
      this.problem = null;
      // On the server itself this may have been enough.
      if (!await this.collect(asking)) {
        this.code = asking.code;
      }
    } catch (error) {
      this.problem = say(error);
      this.later(() => this.ask(), 5000);
    }
  }

  later(what, ms) {
    this.timer = setTimeout(() => this.isConnected && what(), ms);
  }

  async collect(asking) {
    let answer;
    try {
      answer = await poll('POST', `/api/pairing/${asking.pairing}/token`, { secret: asking.secret, cookie: true });
    } catch (error) {
      // Codes lapse, also by a restart of the node: the next one is shown.
      if (error.status === 410) {
        this.later(() => this.ask(), 500);
        return false;
      }
      answer = { status: 202 };
    }
    if (answer.status === 202) {
      this.later(() => this.collect(asking), 1500);
      return false;
    }
    this.dispatchEvent(new Event('paired'));
    return true;
  }

  render() {
    if (this.problem) {
      return html`<sk-icon name="warning"></sk-icon><h1>${t('kit.cannot-pair')}</h1><p class="problem">${this.problem}</p>`;
    }
    if (!this.code) {
      return html`<sk-busy></sk-busy>`;
    }
    return html`
      <sk-icon name="device"></sk-icon>
      <h1>${t('kit.pairing')}</h1>
      <div class="code" aria-label=${[...this.code].join(' ')}>${this.code.slice(0, 3)} ${this.code.slice(3)}</div>
      <p>${t('kit.pairing-how')}</p>
      ${HERE.includes(location.hostname) ? html`<p class="small">${t('kit.pairing-operator', { name: this.kind.toLowerCase(), code: this.code })}</p>` : nothing}
      <p class="soft small">${t('kit.pairing-role', { role: t(`kit.kind.${this.kind}`) })}</p>`;
  }
}

customElements.define('sk-pairing', Pairing);
