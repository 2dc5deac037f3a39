import { html, css, nothing } from 'lit';
import { words, t, has, date } from '../kit/words.js';
import { read, act } from '../kit/api.js';
import { ask } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page } from './page.js';
import './dialogs.js';

await words(import.meta.url, 'devices');

/** The screens and systems that belong to the store: `#devices`. */
class Devices extends Page {
  static properties = { devices: { state: true } };

  static styles = [Page.styles, css`
    td .actions { justify-content: flex-end; }
  `];

  async load() {
    this.devices = (await read('/api/devices')).devices;
  }

  kind(kind) {
    return has(`kit.kind.${kind}`) ? t(`kit.kind.${kind}`) : t(`devices.kind.${kind}`);
  }

  async letIn() {
    const added = await ask('sk-office-let-in', { heading: t('devices.let-in'), check: wanted => act('POST', '/api/devices', wanted) });
    if (added) {
      toast(t('devices.is-in', { name: added.device.device, kind: this.kind(added.device.kind) }), 'good');
      await this.renew();
    }
  }

  /** A system that shows no code is told its token, once. */
  async addSystem() {
    const added = await ask('sk-ask-text', { heading: t('devices.add-system'), label: t('devices.name'), check: name => act('POST', '/api/devices', { name: name.toLowerCase(), kind: 'INTEGRATION' }) });
    if (added) {
      await this.renew();
      await ask('sk-office-token', { heading: t('devices.token-of', { name: added.device.device }), token: added.token });
    }
  }

  async rename(it) {
    const renamed = await ask('sk-ask-text', { heading: t('devices.rename-of', { name: it.device }), label: t('devices.name'), value: it.device, check: name => act('PATCH', `/api/devices/${encodeURIComponent(it.device)}`, { name: name.toLowerCase() }) });
    if (renamed) {
      await this.renew();
    }
  }

  async takeOut(it) {
    if (await ask('sk-tell', { heading: t('devices.remove-of', { name: it.device }), text: t(it.session ? 'devices.remove-in-use' : 'devices.remove-sure', { who: it.session?.name ?? '' }), yes: t('devices.remove'), no: t('kit.cancel'), look: 'danger' })) {
      await this.doing(async () => {
        await act('DELETE', `/api/devices/${encodeURIComponent(it.device)}`);
        toast(t('devices.is-out', { name: it.device }), 'good');
        await this.renew();
      });
    }
  }

  view() {
    const own = this.office.me.device;
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.devices')}</h1>
        <div class="actions last">
          <button type="button" @click=${() => this.addSystem()}><sk-icon name="server"></sk-icon>${t('devices.add-system')}</button>
          <button type="button" class="primary" @click=${() => this.letIn()}><sk-icon name="plus"></sk-icon>${t('devices.let-in')}</button>
        </div></header>
      <div class="card scroll" tabindex="0" role="region" aria-label=${t('office.page.devices')}><table class="rows">
        <thead><tr><th>${t('devices.name')}</th><th>${t('devices.role')}</th><th>${t('devices.since')}</th><th>${t('devices.who')}</th><th></th></tr></thead>
        <tbody>${this.devices.map(it => html`<tr>
          <th scope="row">${it.device}${it.device === own ? html` <span class="chip">${t('devices.this')}</span>` : nothing}</th>
          <td data-label=${t('devices.role')}>${this.kind(it.kind)}</td>
          <td data-label=${t('devices.since')}><span>${date(it.pairedAt)}<br><span class="soft small">${t('devices.by', { name: this.office.nameOf(it.pairedBy) })}</span></span></td>
          <td data-label=${t('devices.who')}>${it.session ? it.session.name : html`<span class="soft">–</span>`}</td>
          <td class="end"><div class="actions">
            <button type="button" aria-label=${t('devices.rename-of', { name: it.device })} @click=${() => this.rename(it)}>${t('devices.rename')}</button>
            <button type="button" class="danger" aria-label=${t('devices.remove-of', { name: it.device })} ?disabled=${it.device === own} @click=${() => this.takeOut(it)}>${t('devices.remove')}</button>
          </div></td></tr>`)}</tbody></table></div>
      <p class="soft small body">${t('devices.how')}</p>`;
  }
}

customElements.define('sk-office-devices', Devices);
