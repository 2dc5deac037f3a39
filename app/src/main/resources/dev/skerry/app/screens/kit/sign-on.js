import { LitElement, html, css, nothing } from 'lit';
import { kit } from './styles.js';
import { t, languages, locale, choose } from './words.js';
import { act, read } from './api.js';
import { pressed } from './keypad.js';
import { say } from './dialog.js';

const KNOWN = 'sk-signed-on-before';

/** Who signs on here, or unlocks: `entered` with the answer of the server. */
class SignOn extends LitElement {
  static properties = {
    me: { attribute: false },
    store: {},
    people: { state: true },
    person: { state: true },
    pin: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  static styles = [kit, css`
    :host { display: grid; grid-template-rows: auto 1fr; block-size: 100dvh; background: var(--sk-ground); overflow: auto; }
    header { display: flex; align-items: center; gap: var(--sk-3); padding: var(--sk-3) var(--sk-5); color: var(--sk-soft); font-weight: 600; }
    header img { inline-size: 2rem; block-size: 2rem; }
    header select { inline-size: auto; min-block-size: 2.75rem; font-size: .9375rem; }
    main { display: grid; grid-template-columns: minmax(0, 22rem) 20rem; gap: var(--sk-6); place-content: center; align-items: start; padding: var(--sk-4); }
    .people { max-block-size: 32rem; overflow: auto; }
    .people button[aria-pressed=true] { background: var(--sk-accent-soft); box-shadow: inset 4px 0 0 var(--sk-accent); }
    [dir=rtl] .people button[aria-pressed=true] { box-shadow: inset -4px 0 0 var(--sk-accent); }
    .people strong { display: block; font-weight: 600; }
    .pin { display: flex; flex-direction: column; gap: var(--sk-3); }
    input { text-align: center; font-size: 1.5rem; letter-spacing: .3em; }
    .hint { background: var(--sk-accent-soft); border-radius: var(--sk-radius); padding: var(--sk-3); font-size: .875rem; }
    @media (max-width: 720px) { main { grid-template-columns: minmax(0, 24rem); gap: var(--sk-4); align-content: start; } .people { max-block-size: 13.5rem; } header { padding: var(--sk-2) var(--sk-4); } }
  `];

  constructor() {
    super();
    this.people = null;
    this.person = '';
    this.pin = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.listener = event => this.keyed(event);
    window.addEventListener('keydown', this.listener);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.listener);
  }

  async load() {
    try {
      const { people } = await read('/api/people');
      this.people = people.filter(it => it.signsOn);
      if (!this.me.locked && !this.people.some(it => it.person === this.person)) {
        const last = localStorage.getItem(KNOWN);
        this.person = this.people.find(it => it.person === last)?.person ?? '';
      }
    } catch {
      setTimeout(() => this.isConnected && this.load(), 2000);
    }
  }

  /** Digits go to the PIN, wherever the focus is. */
  keyed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.composedPath()[0].matches?.('input, select')) {
      return;
    }
    if (/^\d$/.test(event.key)) {
      this.pin += event.key;
    } else if (event.key === 'Backspace') {
      this.pin = this.pin.slice(0, -1);
    } else if (event.key === 'Enter' && this.pin) {
      event.preventDefault();
      this.enter();
    }
  }

  async enter() {
    if (this.busy || !this.pin || !(this.me.locked || this.person)) {
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      const me = this.me.locked ? await act('POST', '/api/unlock', { pin: this.pin }) : await act('POST', '/api/sign-on', { person: this.person, pin: this.pin });
      localStorage.setItem(KNOWN, me.person);
      this.dispatchEvent(new CustomEvent('entered', { detail: me }));
    } catch (error) {
      this.problem = say(error);
    } finally {
      this.pin = '';
      this.busy = false;
    }
  }

  render() {
    const locked = this.me.locked;
    return html`
      <header>
        <img src="/pages/skerry.svg" alt="">
        <span class="grow cut">${this.store ? `${this.store} · ` : ''}${this.me.device}</span>
        <select aria-label=${t('kit.language')} @change=${event => choose(event.target.value)}>
          ${languages.map(it => html`<option value=${it} ?selected=${locale.startsWith(it)}>${new Intl.DisplayNames(it, { type: 'language' }).of(it)}</option>`)}
        </select>
      </header>
      <main>
        <section class="stack">
          <h1>${locked ? t('kit.locked', { name: this.me.name }) : t('kit.who')}</h1>
          ${locked ? html`<p class="soft">${t('kit.locked-how')}</p>` : this.list()}
        </section>
        <section class="pin">
          <label>${t('kit.pin')}
            <input type="password" inputmode="none" autocomplete="off" maxlength="12" .value=${this.pin} ?disabled=${this.busy}
              @input=${event => { this.pin = event.target.value; }} @keydown=${event => { if (event.key === 'Enter') { this.enter(); } }}>
          </label>
          ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : this.hint()}
          <sk-keypad enter=${t(locked ? 'kit.unlock' : 'kit.sign-on')} ?disabled=${this.busy || !this.pin || !(locked || this.person)}
            @press=${event => { if (event.detail === 'enter') { this.enter(); } else { this.pin = pressed(this.pin, event.detail); } }}></sk-keypad>
        </section>
      </main>`;
  }

  list() {
    if (!this.people) {
      return html`<sk-busy></sk-busy>`;
    }
    if (!this.people.length) {
      return html`<div class="card"><sk-empty icon="users" heading=${t('kit.nobody')} text=${t('kit.nobody-how')}></sk-empty></div>`;
    }
    return html`<ul class="list card people">${this.people.map(it => html`
      <li><button type="button" aria-pressed=${it.person === this.person} @click=${() => { this.person = it.person; this.pin = ''; this.problem = null; }}>
        <sk-icon name="person"></sk-icon><span class="grow"><strong class="cut">${it.name}</strong><span class="soft small">${it.roles.join(', ')}</span></span><span class="soft num">${it.person}</span>
      </button></li>`)}</ul>`;
  }

  /** Who tries the example chain for the first time, on the machine itself, knows no PIN. */
  hint() {
    const here = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
    if (!here || localStorage.getItem(KNOWN) || this.me.locked) {
      return nothing;
    }
    return html`<p class="hint">${t('kit.example-pin')}</p>`;
  }
}

customElements.define('sk-sign-on', SignOn);
