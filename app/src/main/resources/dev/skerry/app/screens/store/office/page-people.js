import { html, css, nothing } from 'lit';
import { words, t, ago, date, has, time } from '../kit/words.js';
import { read, act } from '../kit/api.js';
import { Dialog, ask } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page } from './page.js';

await words(import.meta.url, 'people');

const AUDIT_PAGE = 100;

/** Kinds of lines of the audit that one looks at together. */
const FILTERS = {
  all: null,
  refused: ['REFUSED', 'PAIRING_REFUSED'],
  approved: ['APPROVED'],
  changes: ['PIN_SET', 'HELPER_TAKEN', 'HELPER_RELEASED', 'LOCK_OUT_LIFTED', 'ROLES_CHANGED'],
  devices: ['DEVICE_PAIRED', 'DEVICE_RENAMED', 'DEVICE_REMOVED'],
  signing: ['SIGNED_ON', 'SIGNED_OFF', 'LOCKED', 'UNLOCKED'],
};

const HELPER_ROLES = ['cashier', 'stock', 'cook'];
const HELPER_DAYS = [1, 3, 7, 28];

const roleOf = role => has(`people.role.${role}`) ? t(`people.role.${role}`) : role;
const moment = at => `${date(at)}, ${time(at)}`;

/** Who works here, who is signed on where, and what people did to get in: the audit. */
class People extends Page {
  static properties = { people: { state: true }, devices: { state: true }, audit: { state: true }, more: { state: true }, filter: { state: true } };

  static styles = [Page.styles, css`
    header.head h1 { flex: 1 1 8rem; }
    .tabs { display: flex; gap: var(--sk-2); overflow-x: auto; padding: 3px; margin: -3px -3px var(--sk-4); }
    .tabs a, .tabs button { flex: none; }
    .tabs [aria-current], .tabs [aria-pressed=true] { background: var(--sk-accent-soft); border-color: var(--sk-accent); }
    .people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: var(--sk-3); }
    .people > li { padding: var(--sk-4); display: flex; flex-direction: column; gap: var(--sk-2); }
    .people h3 { font-size: 1.0625rem; color: var(--sk-ink); font-weight: 650; overflow-wrap: anywhere; }
    .people .actions { margin-block-start: auto; padding-block-start: var(--sk-2); }
    .chips { display: flex; flex-wrap: wrap; gap: var(--sk-2); }
    .log li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--sk-1) var(--sk-3); padding: var(--sk-3) var(--sk-4); }
    .log sk-icon { font-size: 1.25rem; margin-block-start: .1rem; }
    .log p { overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    this.filter = 'all';
    this.audit = null;
  }

  get showsAudit() {
    return this.rest[0] === 'audit';
  }

  async load() {
    const [{ people }, { devices }, audit] = await Promise.all([
      read('/api/people'), read('/api/devices'), this.showsAudit ? read(`/api/audit?max=${AUDIT_PAGE}`) : null,
    ]);
    Object.assign(this, { people, devices });
    if (audit) {
      // What was read of older lines stays.
      const newest = audit.audit;
      const last = newest.at(-1)?.number ?? 0;
      this.audit = [...newest, ...(this.audit ?? []).filter(it => it.number < last)];
      this.more = this.audit.at(-1)?.number > 0 && newest.length === AUDIT_PAGE;
    }
  }

  async older() {
    await this.doing(async () => {
      const { audit } = await read(`/api/audit?max=${AUDIT_PAGE}&before=${this.audit.at(-1).number}`);
      this.audit = [...this.audit, ...audit];
      this.more = audit.length === AUDIT_PAGE;
    });
  }

  // ---- what is done

  nameOf(person) {
    return this.people.find(it => it.person === person)?.name ?? person ?? '';
  }

  async setPin(person) {
    const done = await ask('sk-office-ask-pin', { heading: t('people.new-pin-of', { name: person.name }), check: pin => act('PUT', `/api/people/${encodeURIComponent(person.person)}/pin`, { pin }) });
    if (done) {
      toast(t('people.pin-set', { name: person.name }), 'good');
      await this.renew();
    }
  }

  async takeHelper(known = null) {
    const done = await ask('sk-office-ask-helper', {
      heading: t(known ? 'people.longer' : 'people.take'),
      known,
      free: this.freeId,
      check: ({ person, ...helper }) => act('PUT', `/api/people/${encodeURIComponent(person)}`, helper),
    });
    if (done) {
      toast(t('people.taken', { name: done.name, until: moment(done.until) }), 'good');
      await this.renew();
    }
  }

  /** Such as h1; the server refuses what somebody else has meanwhile. */
  get freeId() {
    for (let i = 1; ; i++) {
      if (!this.people.some(it => it.person === `h${i}`)) {
        return `h${i}`;
      }
    }
  }

  async sure(heading, text, what, said) {
    if (await ask('sk-tell', { heading, text, yes: heading, no: t('kit.cancel'), look: 'danger' })) {
      await this.doing(async () => {
        await what();
        toast(said, 'good');
        await this.renew();
      });
    }
  }

  release(person) {
    return this.sure(t('people.release'), t('people.release-sure', { name: person.name }), () => act('DELETE', `/api/people/${encodeURIComponent(person.person)}`), t('people.released', { name: person.name }));
  }

  signOff(device, name) {
    return this.sure(t('people.sign-off'), t('people.sign-off-sure', { name, device }), () => act('POST', `/api/devices/${encodeURIComponent(device)}/sign-off`), t('people.signed-off', { name, device }));
  }

  async forgive(path, name) {
    await this.doing(async () => {
      await act('DELETE', `${path}/lock-out`);
      toast(t('people.forgiven', { name }), 'good');
      await this.renew();
    });
  }

  // ---- what is shown

  view() {
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.people')}</h1>
        <button type="button" class="primary" @click=${() => this.takeHelper()}><sk-icon name="plus"></sk-icon>${t('people.take')}</button>
        <p class="soft">${t('people.how')}</p></header>
      <nav class="tabs" aria-label=${t('office.page.people')}>
        <a class="button" href="#people" aria-current=${this.showsAudit ? nothing : 'true'}>${t('people.people')}</a>
        <a class="button" href="#people/audit" aria-current=${this.showsAudit ? 'true' : nothing}>${t('people.audit')}</a></nav>
      ${this.showsAudit ? this.viewAudit() : this.viewPeople()}`;
  }

  viewPeople() {
    const locked = this.devices.filter(it => it.lockedUntil);
    const helpers = this.people.filter(it => it.until);
    const others = this.people.filter(it => !it.until);
    return html`
      ${locked.map(it => html`<sk-banner tone="warn">${t('people.device-locked', { device: it.device, until: time(it.lockedUntil) })}<button slot="end" type="button" @click=${() => this.forgive(`/api/devices/${encodeURIComponent(it.device)}`, it.device)}>${t('people.forgive')}</button></sk-banner>`)}
      ${helpers.length ? html`<section><h2>${t('people.helpers')}</h2><ul class="people">${helpers.map(it => this.viewPerson(it))}</ul></section>` : nothing}
      <section><h2>${t('people.from-hq')}</h2>
        ${others.length ? html`<ul class="people">${others.map(it => this.viewPerson(it))}</ul>` : html`<sk-empty class="card" icon="people" heading=${t('kit.nobody')} text=${t('kit.nobody-how')}></sk-empty>`}</section>`;
  }

  viewPerson(it) {
    const sessions = this.devices.filter(device => device.session?.person === it.person);
    return html`<li class="card">
      <div class="row"><h3 class="grow">${it.name}</h3><span class="soft num">${it.person}</span></div>
      <p>${it.roles.map(roleOf).join(', ')}</p>
      <div class="chips">
        ${sessions.map(device => html`<span class="chip good"><sk-icon name="device"></sk-icon>${t(device.session.locked ? 'people.locked-at' : 'people.on-at', { device: device.device, since: time(device.session.since) })}</span>`)}
        ${it.lockedUntil ? html`<span class="chip bad"><sk-icon name="lock"></sk-icon>${t('people.locked-until', { until: time(it.lockedUntil) })}</span>` : nothing}
        ${it.signsOn ? nothing : html`<span class="chip warn">${t('people.no-pin')}</span>`}
        ${it.pinSetHere ? html`<span class="chip"><sk-icon name="key"></sk-icon>${t('people.pin-here')}</span>` : nothing}
        ${it.until ? html`<span class="chip"><sk-icon name="clock"></sk-icon>${t('people.until', { until: moment(it.until) })}</span>` : nothing}
      </div>
      <div class="actions">
        ${it.lockedUntil ? html`<button type="button" aria-label=${t('people.forgive-of', { name: it.name })} @click=${() => this.forgive(`/api/people/${encodeURIComponent(it.person)}`, it.name)}><sk-icon name="unlock"></sk-icon>${t('people.forgive')}</button>` : nothing}
        <button type="button" aria-label=${t('people.new-pin-of', { name: it.name })} @click=${() => this.setPin(it)}><sk-icon name="key"></sk-icon>${t('people.new-pin')}</button>
        ${sessions.filter(device => device.device !== this.office.me.device).map(device => html`<button type="button" @click=${() => this.signOff(device.device, it.name)}>${t('people.sign-off-at', { device: device.device })}</button>`)}
        ${it.until ? html`<button type="button" aria-label=${t('people.longer-of', { name: it.name })} @click=${() => this.takeHelper(it)}>${t('people.longer')}</button>
          <button type="button" class="danger" aria-label=${t('people.release-of', { name: it.name })} @click=${() => this.release(it)}>${t('people.release')}</button>` : nothing}
      </div></li>`;
  }

  viewAudit() {
    const wanted = FILTERS[this.filter];
    const shown = (this.audit ?? []).filter(it => !wanted || wanted.includes(it.what));
    return html`
      <div class="tabs" role="group" aria-label=${t('people.filter')}>${Object.keys(FILTERS).map(it => html`<button type="button" aria-pressed=${this.filter === it} @click=${() => { this.filter = it; }}>${t(`people.filter.${it}`)}</button>`)}</div>
      ${!this.audit ? html`<sk-busy></sk-busy>` : shown.length ? html`<ul class="card list log">${shown.map(it => this.viewLine(it))}</ul>` : html`<sk-empty class="card" icon="book" heading=${t('people.no-audit')}></sk-empty>`}
      ${this.more ? html`<section><button type="button" @click=${this.older}>${t('people.older')}</button></section>` : nothing}`;
  }

  viewLine(it) {
    const person = it.person ? this.nameOf(it.person) : t('people.somebody');
    const [icon, tone] = { REFUSED: ['error', 'bad'], PAIRING_REFUSED: ['error', 'bad'], APPROVED: ['check', 'good'], SIGNED_ON: ['person', ''], SIGNED_OFF: ['logout', ''], LOCKED: ['lock', ''], UNLOCKED: ['unlock', ''] }[it.what] ?? (it.what.includes('DEVICE') ? ['device', ''] : ['key', '']);
    return html`<li><sk-icon name=${icon} class=${tone}></sk-icon><div><p>${t(`people.audit.${it.what}`, { person, device: it.device ?? t('people.no-device'), by: it.by ? this.nameOf(it.by) : '', detail: it.detail ?? '' })}${it.why ? html` <span class="soft">(${t(`people.why.${it.why}`)})</span>` : nothing}${it.what === 'REFUSED' && it.detail ? html`: ${it.detail}` : nothing}${it.until ? html` · ${t('people.until', { until: moment(it.until) })}` : nothing}</p>
      <p class="soft small"><time datetime=${it.at}>${moment(it.at)}</time> · ${ago(it.at)}</p></div></li>`;
  }
}

customElements.define('sk-office-people', People);

/** For a new PIN, twice. */
class AskPin extends Dialog {
  static properties = { check: { attribute: false } };

  async enterNow(event) {
    event.preventDefault();
    const [pin, again] = [...this.renderRoot.querySelectorAll('input')].map(it => it.value);
    if (pin !== again) {
      this.problem = t('people.not-the-same');
      return;
    }
    const answer = await this.attempt(() => this.check(pin));
    if (!this.problem) {
      this.give(answer);
    }
  }

  content() {
    return html`<form class="stack" @submit=${this.enterNow}>
      <p class="soft">${t('people.new-pin-how')}</p>
      <label>${t('people.new-pin')}<input type="password" inputmode="numeric" autocomplete="new-password" autofocus maxlength="8" ?disabled=${this.busy}></label>
      <label>${t('people.once-more')}<input type="password" inputmode="numeric" autocomplete="new-password" maxlength="8" ?disabled=${this.busy}></label>
      <button class="primary tall" ?disabled=${this.busy}>${t('people.save')}</button></form>`;
  }
}

customElements.define('sk-office-ask-pin', AskPin);

/** For a helper: who, as what, for how long, with which PIN. */
class AskHelper extends Dialog {
  static properties = { known: { attribute: false }, free: {}, check: { attribute: false }, days: { state: true } };

  static styles = [Dialog.styles, css`
    .roles { display: grid; gap: var(--sk-2); border: 0; padding: 0; margin: 0; }
    .roles label { flex-direction: row; align-items: center; gap: var(--sk-3); min-block-size: 2.75rem; color: var(--sk-ink); font-size: 1rem; }
    .roles input { inline-size: 1.5rem; min-block-size: 1.5rem; accent-color: var(--sk-accent); }
    legend { font-size: .875rem; font-weight: 600; color: var(--sk-soft); padding: 0; }
  `];

  constructor() {
    super();
    this.days = 1;
  }

  async enterNow(event) {
    event.preventDefault();
    const form = new FormData(this.renderRoot.querySelector('form'));
    const until = new Date();
    until.setDate(until.getDate() + this.days);
    until.setHours(0, 0, 0, 0);
    const roles = form.getAll('role');
    if (!roles.length) {
      this.problem = t('people.no-role');
      return;
    }
    const answer = await this.attempt(() => this.check({ person: this.known?.person ?? this.free, name: form.get('name').trim(), roles, pin: form.get('pin'), until: until.toISOString() }));
    if (!this.problem) {
      this.give(answer);
    }
  }

  content() {
    return html`<form class="stack" @submit=${this.enterNow}>
      <p class="soft">${t('people.take-how', { id: this.known?.person ?? this.free })}</p>
      <label>${t('people.name')}<input name="name" autocomplete="off" autofocus required maxlength="60" .value=${this.known?.name ?? ''} ?disabled=${this.busy}></label>
      <fieldset class="roles"><legend>${t('people.as')}</legend>${HELPER_ROLES.map(it => html`<label><input type="checkbox" name="role" value=${it} ?checked=${this.known ? this.known.roles.includes(it) : it === 'cashier'}>${roleOf(it)}</label>`)}</fieldset>
      <label>${t('people.how-long')}<select @change=${event => { this.days = Number(event.target.value); }}>${HELPER_DAYS.map(it => html`<option value=${it} ?selected=${it === this.days}>${t('people.days', { count: it })}</option>`)}</select></label>
      <label>${t('people.new-pin')}<input name="pin" type="password" inputmode="numeric" autocomplete="new-password" required maxlength="8" ?disabled=${this.busy}></label>
      <button class="primary tall" ?disabled=${this.busy}>${t('people.save')}</button></form>`;
  }
}

customElements.define('sk-office-ask-helper', AskHelper);
