import { html, css, nothing } from 'lit';
import { words, t } from '../kit/words.js';
import { Screen } from '../kit/screen.js';
import { act, read } from '../kit/api.js';
import { asking, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { pages, sections } from './pages.js';

await words(import.meta.url);

/** The back office: pages for who runs the store. Which of them is open stands in the address: `#journal`. */
class Office extends Screen {
  static kind = 'OFFICE';
  static topics = [...new Set(['sign-ons', 'people', ...pages.flatMap(it => it.topics)])].filter(it => it !== 'line');

  static properties = { page: { state: true }, failed: { state: true }, open: { state: true } };

  static styles = [Screen.styles, css`
    .office { display: grid; grid-template: auto auto minmax(0, 1fr) / 15rem minmax(0, 1fr); block-size: 100dvh; }
    header.top { grid-column: 1 / -1; display: flex; align-items: center; gap: var(--sk-2); padding: var(--sk-1) var(--sk-3); background: var(--sk-surface); border-block-end: 1px solid var(--sk-line); min-block-size: 3.5rem; }
    header.top img { inline-size: 1.75rem; block-size: 1.75rem; }
    .who { display: flex; flex-direction: column; line-height: 1.2; min-inline-size: 0; }
    .who strong { font-weight: 650; }
    .banners { grid-column: 1 / -1; }
    nav { overflow: auto; padding: var(--sk-3); background: var(--sk-surface); border-inline-end: 1px solid var(--sk-line); }
    nav h2 { font-size: .8125rem; font-weight: 600; color: var(--sk-soft); padding: var(--sk-3) var(--sk-3) var(--sk-1); }
    nav a { display: flex; align-items: center; gap: var(--sk-3); min-block-size: var(--sk-touch); padding: var(--sk-2) var(--sk-3); border-radius: var(--sk-radius); color: var(--sk-ink); text-decoration: none; font-weight: 500; overflow-wrap: anywhere; }
    nav a:hover { background: var(--sk-raised); }
    nav a[aria-current] { background: var(--sk-accent-soft); font-weight: 700; }
    nav a sk-icon { color: var(--sk-soft); } nav a[aria-current] sk-icon { color: var(--sk-accent); }
    main { overflow: auto; padding: var(--sk-5); position: relative; }
    main > * { display: block; max-inline-size: 80rem; margin-inline: auto; }
    .menu { display: none; }
    @media (max-width: 900px) {
      .office { grid-template-columns: minmax(0, 1fr); }
      .menu { display: inline-flex; }
      .office:not(.open) nav { display: none; }
      .office.open nav { grid-row: 3; grid-column: 1; z-index: 2; border: 0; }
      main { grid-row: 3; grid-column: 1; padding: var(--sk-4); }
      .office.open main { visibility: hidden; }
      header.top img { display: none; }
    }
    @media (max-width: 480px) { main { padding: var(--sk-3); } .who span { display: none; } }
    @media print { .office { display: block; } header.top, nav, .banners { display: none; } main { overflow: visible; } }
  `];

  constructor() {
    super();
    this.page = null;
    this.failed = null;
    this.open = false;
    this.names = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.listener = () => this.follow();
    window.addEventListener('hashchange', this.listener);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.listener);
  }

  get idle() {
    return !asking() && (this.page?.idle ?? true);
  }

  get currency() {
    return this.status?.currency ?? 'EUR';
  }

  /** As it is on this device: what is proposed where somebody chooses a day. */
  get today() {
    const now = new Date();
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  }

  may(role) {
    return this.me?.roles.includes(role) ?? false;
  }

  get pages() {
    return pages.filter(it => this.may(it.role));
  }

  /** Goes to a page, and there to what stands behind its name. */
  go(page, ...rest) {
    location.hash = [page, ...rest].map(encodeURIComponent).join('/');
  }

  async load() {
    if (!this.signedOn) {
      this.page = null;
      this.shown = null;
      return;
    }
    await this.readPeople();
    await this.follow();
    this.page?.soon();
  }

  async readPeople() {
    this.names = new Map((await read('/api/people')).people.map(it => [it.person, it.name]));
  }

  /** What stands on the name tag of a person; the number of who works here no more. */
  nameOf(person) {
    return this.names.get(person) ?? person;
  }

  async changed(topic, key) {
    if (topic === 'sign-ons' && (!key || key === this.me.device)) {
      await this.people();
    } else if (topic === 'people') {
      await this.readPeople();
    }
    this.tellPage(topic, key);
  }

  async look() {
    await super.look();
    this.tellPage('line');
    this.page?.requestUpdate();
  }

  tellPage(topic, key) {
    if (this.page && this.shown.topics.includes(topic)) {
      this.tell(async () => this.page.changed(topic, key));
    }
  }

  /** Shows what the address says, or the first page that the person may see. */
  async follow() {
    if (!this.signedOn) {
      return;
    }
    const [id, ...rest] = location.hash.slice(1).split('/').map(decodeURIComponent);
    const page = this.pages.find(it => it.id === id) ?? this.pages[0];
    this.open = false;
    if (!page) {
      this.page = null;
      return;
    }
    document.title = `${t(`office.page.${page.id}`)} · ${this.status?.name ?? 'Skerry'}`;
    const own = page.id === id ? rest : [];
    if (this.shown === page && this.page) {
      this.page.rest = own;
      return;
    }
    this.failed = null;
    this.shown = page;
    try {
      await page.load();
    } catch {
      // A newer program has other files; `renew` loads the screen anew.
      this.failed = page;
      this.page = null;
      return;
    }
    if (this.shown === page) {
      this.page = Object.assign(document.createElement(`sk-office-${page.id}`), { office: this, rest: own });
    }
  }

  async leaveAs(path) {
    try {
      this.me = await act('POST', path, {});
      await this.load();
    } catch (error) {
      toast(say(error), 'bad');
    }
  }

  view() {
    if (!this.signedOn) {
      return html`<sk-sign-on .me=${this.me} store=${this.status?.name ?? ''} @entered=${event => { this.me = event.detail; this.tell(() => this.load()); }}></sk-sign-on>`;
    }
    return html`<div class="office ${this.open ? 'open' : ''}">
      <header class="top">
        <button type="button" class="quiet menu" aria-label=${t('office.pages')} aria-expanded=${this.open} @click=${() => { this.open = !this.open; }}><sk-icon name=${this.open ? 'close' : 'menu'}></sk-icon></button>
        <img src="/pages/skerry.svg" alt="">
        <div class="who grow"><strong class="cut">${this.status?.name ?? ''}</strong><span class="soft small cut">${this.me.name} · ${this.me.device}</span></div>
        <sk-status .status=${this.status} ?reachable=${this.reachable}></sk-status>
        <button type="button" class="quiet" aria-label=${t('office.lock')} @click=${() => this.leaveAs('/api/lock')}><sk-icon name="lock"></sk-icon></button>
        <button type="button" class="quiet" aria-label=${t('office.sign-off')} @click=${() => this.leaveAs('/api/sign-off')}><sk-icon name="logout"></sk-icon></button>
      </header>
      <div class="banners">${this.reachable ? nothing : html`<sk-banner tone="bad">${t('kit.no-server')}</sk-banner>`}</div>
      <nav aria-label=${t('office.pages')}>${sections.map(section => {
        const all = this.pages.filter(it => it.section === section);
        return all.length ? html`<h2>${t(`office.section.${section}`)}</h2>${all.map(it => html`
          <a href="#${it.id}" aria-current=${this.shown === it ? 'page' : nothing} @click=${() => { this.open = false; }}><sk-icon name=${it.icon}></sk-icon>${t(`office.page.${it.id}`)}</a>`)}` : nothing;
      })}</nav>
      <main>${this.failed
        ? html`<sk-empty icon="error" heading=${t('office.cannot-show')} text=${t('kit.no-server')}><button type="button" @click=${() => { this.shown = null; this.follow(); }}>${t('office.again')}</button></sk-empty>`
        : this.page ?? (this.pages.length ? html`<sk-busy></sk-busy>` : html`<sk-empty class="card" icon="lock" heading=${t('office.nothing-for-you')} text=${t('office.nothing-for-you-how')}></sk-empty>`)}</main>
    </div>`;
  }
}

customElements.define('sk-office', Office);
