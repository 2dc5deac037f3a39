// Headquarters' console: its list of pages, who is signed on, and the page that is open.
import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { words, t, locale, languages, choose } from '../kit/words.js';
import { act, read, news, isReachable, Problem } from '../kit/api.js';
import { Feed } from '../kit/feed.js';
import '../kit/icons.js';
import { toast } from '../kit/parts.js';
import './sign-on.js';
import { asking, say } from '../kit/dialog.js';
import { pages, groups } from './pages.js';

await words(new URL('../kit/', import.meta.url).href);
await words(import.meta.url);

const TOPICS = ['line', 'alarms', 'sales', 'stock'];

/** A session ends by itself: then somebody has to sign on again. */
const ASK_WHO_EVERY_MS = 60_000;
const COME_BACK_AFTER_MS = 3_000;

/** `#stores/0042` is the page `stores` with `0042`; what this person may not see is the first page. */
function route(may) {
  const [id, ...args] = location.hash.slice(1).split('/').map(decodeURIComponent);
  return may.some(it => it.id === id) ? { id, args } : { id: pages[0].id, args: [] };
}

class Console extends LitElement {
  static properties = {
    at: { state: true },
    me: { state: true },
    stranger: { state: true },
    status: { state: true },
    reachable: { state: true },
    open: { state: true },
  };

  static styles = [kit, css`
    :host { display: block; block-size: 100dvh; overflow: hidden; background: var(--sk-ground); color: var(--sk-ink); }
    .frame { display: grid; grid-template: auto minmax(0, 1fr) / 15rem minmax(0, 1fr); block-size: 100%; }
    header { grid-column: 1 / -1; display: flex; align-items: center; gap: var(--sk-3); padding: var(--sk-2) var(--sk-4); background: var(--sk-surface); border-block-end: 1px solid var(--sk-line); min-block-size: 3.5rem; }
    header img { inline-size: 1.75rem; block-size: 1.75rem; }
    header select { inline-size: auto; font-size: .9375rem; }
    .middle { display: grid; place-content: center; min-block-size: 100dvh; }
    .menu { display: none; }
    nav.pages { overflow-y: auto; padding: var(--sk-3); background: var(--sk-surface); border-inline-end: 1px solid var(--sk-line); }
    nav h2 { font-size: .75rem; letter-spacing: .04em; text-transform: uppercase; color: var(--sk-soft); padding: var(--sk-3) var(--sk-3) var(--sk-1); }
    nav a { display: flex; align-items: center; gap: var(--sk-3); min-block-size: 2.75rem; padding-inline: var(--sk-3); border-radius: var(--sk-radius); color: var(--sk-ink); text-decoration: none; font-weight: 550; }
    nav a:hover { background: var(--sk-raised); }
    nav a[aria-current] { background: var(--sk-accent-soft); color: var(--sk-accent); font-weight: 650; }
    main { overflow: auto; padding: var(--sk-4) var(--sk-5) var(--sk-6); outline-offset: -3px; }
    main > div { max-inline-size: 100rem; margin-inline: auto; display: flex; flex-direction: column; gap: var(--sk-4); }
    @media (max-width: 800px) {
      .frame { grid-template-columns: minmax(0, 1fr); }
      .menu { display: inline-flex; }
      nav.pages { display: none; }
      nav.pages.open { display: block; grid-row: 2; grid-column: 1; z-index: 2; }
      main { grid-row: 2; grid-column: 1; padding: var(--sk-3); }
      header { padding-inline: var(--sk-2); gap: var(--sk-1); }
      header .who { display: none; }
      header select { max-inline-size: 7rem; }
    }
  `];

  constructor() {
    super();
    this.at = { id: pages[0].id, args: [] };
    this.me = null;
    this.stranger = false;
    this.status = null;
    this.reachable = true;
    this.open = false;
    this.elements = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', () => this.go());
    news.addEventListener('reach', () => { this.reachable = isReachable(); });
    this.addEventListener('stranger', () => this.begin());
    this.begin();
    setInterval(() => this.me && this.tell(async () => { this.me = await read('/api/me'); }), ASK_WHO_EVERY_MS);
  }

  /** Who is signed on, if anybody is. */
  async begin() {
    this.feed?.end();
    try {
      this.me = await read('/api/me');
      this.stranger = false;
    } catch (error) {
      this.me = null;
      this.stranger = error.status === 401;
      if (!this.stranger) {
        setTimeout(() => this.begin(), COME_BACK_AFTER_MS);
      }
      return;
    }
    this.go();
    this.feed = new Feed(TOPICS, {
      hello: () => this.hello(),
      changed: topic => {
        if (topic === 'line') {
          this.look();
        }
        this.page?.changed(topic);
      },
    });
  }

  /** After a gap anything may have happened; and the program may be newer. */
  async hello() {
    await this.tell(async () => {
      const { version } = await read('/screens/version');
      if (version !== document.querySelector('meta[name=skerry-version]').content && !asking()) {
        location.reload();
      }
    });
    await this.look();
    this.page?.again();
  }

  look() {
    return this.tell(async () => { this.status = await read('/api/status'); });
  }

  /** What fails here is read anew with the next `hello`; or nobody is signed on any more. */
  async tell(what) {
    try {
      await what();
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      if (error.status === 401) {
        this.begin();
      }
    }
  }

  async signOff() {
    try {
      await act('POST', '/api/sign-off', {});
    } catch (error) {
      toast(say(error), 'bad');
    }
    this.begin();
  }

  /** Opens the page of the address; its code comes when it is opened first. */
  async go() {
    if (!this.me) {
      return;
    }
    this.at = route(this.pages);
    this.open = false;
    const { id } = this.at;
    if (!this.elements.has(id)) {
      await import(new URL(`../${id}/page.js`, import.meta.url).href);
      this.elements.set(id, null);
      this.requestUpdate();
    }
    document.title = `${t(`hq.page.${id}`)} · ${this.status?.name ?? 'Skerry'}`;
  }

  /** The element of the page that is open: one for each page, kept as long as it is shown. */
  get page() {
    return this.renderRoot?.querySelector('main > div > [data-page]');
  }

  updated() {
    const place = this.renderRoot.querySelector('main > div');
    if (!place || !this.elements.has(this.at.id)) {
      return;
    }
    let page = this.page;
    if (page?.dataset.page !== this.at.id) {
      page?.remove();
      page = Object.assign(document.createElement(`hq-${this.at.id}`), { me: this.me, args: this.at.args });
      page.dataset.page = this.at.id;
      place.append(page);
      this.renderRoot.querySelector('main').scrollTop = 0;
    } else {
      Object.assign(page, { me: this.me, args: this.at.args });
    }
  }

  get pages() {
    return pages.filter(it => !it.roles.length || it.roles.some(role => this.me.roles.includes(role)));
  }

  render() {
    if (this.stranger) {
      return html`<hq-sign-on @signed-on=${() => this.begin()}></hq-sign-on>`;
    }
    if (!this.me) {
      return html`<div class="middle"><sk-busy text=${t(this.reachable ? 'kit.wait' : 'hq.no-server')}></sk-busy></div>`;
    }
    return html`<div class="frame">
      <header>
        <button type="button" class="menu quiet" aria-label=${t('hq.menu')} aria-expanded=${this.open} @click=${() => { this.open = !this.open; }}><sk-icon name="menu"></sk-icon></button>
        <img src="/pages/skerry.svg" alt="">
        <strong class="grow cut">${this.status?.name ?? t('hq.name')}</strong>
        <select aria-label=${t('kit.language')} @change=${event => choose(event.target.value)}>
          ${languages.map(it => html`<option value=${it} ?selected=${locale.startsWith(it)}>${new Intl.DisplayNames(it, { type: 'language' }).of(it)}</option>`)}
        </select>
        <button type="button" class="quiet" aria-label=${t('hq.sign-off', { name: this.me.name })} title=${t('hq.sign-off', { name: this.me.name })} @click=${() => this.signOff()}><span class="who cut">${this.me.name}</span><sk-icon name="logout"></sk-icon></button>
      </header>
      <nav class="pages ${this.open ? 'open' : ''}" aria-label=${t('hq.pages')}>
        ${groups.filter(group => this.pages.some(it => it.group === group)).map(group => html`
          <h2>${t(`hq.group.${group}`)}</h2>
          <ul>${this.pages.filter(it => it.group === group).map(it => html`
            <li><a href="#${it.id}" aria-current=${it.id === this.at.id ? 'page' : nothing} @click=${() => { this.open = false; }}><sk-icon name=${it.icon}></sk-icon>${t(`hq.page.${it.id}`)}</a></li>`)}</ul>`)}
      </nav>
      <main tabindex="-1">
        <div>
          ${this.reachable ? nothing : html`<sk-banner tone="bad">${t('hq.no-server')}</sk-banner>`}
          <h1>${t(`hq.page.${this.at.id}`)}</h1>
        </div>
      </main>
    </div>`;
  }
}

customElements.define('sk-hq', Console);
