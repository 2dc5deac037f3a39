import { LitElement, html, css, nothing } from 'lit';
import { kit } from './styles.js';
import { t, ago, time } from './words.js';

/** How the store is, at the edge of every screen; touched, it tells more. What is well is quiet. */
class Status extends LitElement {
  static properties = { status: { attribute: false }, reachable: { type: Boolean }, more: { attribute: false } };

  static styles = [kit, css`
    :host { display: flex; align-items: center; gap: var(--sk-2); }
    button { gap: var(--sk-3); padding-inline: var(--sk-3); font-size: .875rem; color: inherit; }
    span.one { display: inline-flex; align-items: center; gap: .3rem; }
    .warn { color: var(--sk-warn); font-weight: 700; }
    .bad { color: var(--sk-bad); font-weight: 700; }
    @media (max-width: 640px) { .name { display: none; } }
  `];

  get parts() {
    const status = this.status;
    const waiting = status?.waitingUp?.events ?? 0;
    const up = status?.line === 'up';
    const all = [{
      icon: this.reachable ? 'server' : 'error',
      tone: this.reachable ? '' : 'bad',
      name: t('kit.server'),
      text: t(this.reachable ? 'kit.server-up' : 'kit.no-server'),
      short: this.reachable ? '' : t('kit.no-server'),
    }];
    if (status) {
      all.push({
        icon: up ? 'cloud' : 'offline',
        tone: up ? '' : 'warn',
        name: t('kit.line'),
        text: up ? t('kit.line-up') : t('kit.line-down', { since: time(status.lineSince) }),
        short: up ? '' : t('kit.line-off'),
      });
      if (waiting > 0 && !up) {
        all.push({ icon: 'up_arrow', tone: 'warn', name: t('kit.queue'), text: t('kit.queue-of', { count: waiting, oldest: status.waitingUp.oldest ? ago(status.waitingUp.oldest) : '' }), short: String(waiting) });
      } else {
        all.push({ icon: 'up_arrow', tone: '', name: t('kit.queue'), text: t('kit.queue-empty'), hidden: true });
      }
      const prices = status.streams?.find(it => it.name === 'hq/prices');
      if (prices) {
        all.push({ icon: 'tag', tone: '', name: t('kit.prices'), text: t('kit.prices-version', { version: prices.tail }), hidden: true });
      }
      all.push({ icon: 'store', tone: '', name: t('kit.software'), text: status.software, hidden: true });
    }
    return [...all, ...(this.more ?? [])];
  }

  render() {
    const parts = this.parts;
    return html`<button type="button" class="quiet" aria-label=${t('kit.status')} @click=${() => import('./dialog.js').then(it => it.ask('sk-status-of', { heading: t('kit.status'), parts }))}>
      ${parts.filter(it => !it.hidden).map(it => html`<span class="one ${it.tone}"><sk-icon name=${it.icon} label=${`${it.name}: ${it.text}`}></sk-icon>${it.short ? html`<span class="name">${it.short}</span>` : nothing}</span>`)}
    </button>`;
  }
}

customElements.define('sk-status', Status);
