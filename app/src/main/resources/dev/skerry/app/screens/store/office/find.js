import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t, words } from '../kit/words.js';
import { Problem, read } from '../kit/api.js';
import { asking, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Wedge, focused, isField, sound } from '../kit/wedge.js';

await words(import.meta.url, 'find');

const SHOWN_MAX = 8;

/** A pause while somebody types, after which it is looked for what is there. */
const PAUSE_MS = 180;

/**
 * Finds an article: by a scan, wherever the focus is; by a code or number and Enter; by words and a touch. Tells of it as `found`, with
 * the `article`, the `label` of what was scanned, or null, and as `kind` what `/api/identify` says of selling it.
 */
class Find extends LitElement {
  static properties = { label: {}, hint: {}, text: { state: true }, articles: { state: true }, at: { state: true }, more: { state: true } };

  static styles = [kit, css`
    :host { display: block; position: relative; }
    .field { position: relative; }
    .field sk-icon { position: absolute; inset-inline-start: 1rem; inset-block-start: 50%; transform: translateY(-50%); color: var(--sk-soft); font-size: 1.25rem; pointer-events: none; }
    input { min-block-size: 3.5rem; padding-inline: 3rem 1rem; font-size: 1.125rem; }
    ul { position: absolute; inset-inline: 0; inset-block-start: calc(100% + .25rem); z-index: 3; max-block-size: min(26rem, 60dvh); overflow: auto; box-shadow: var(--sk-shadow); }
    li[aria-selected=true] { background: var(--sk-accent-soft); }
    li { padding: var(--sk-3) var(--sk-4); min-block-size: var(--sk-touch); cursor: pointer; overflow-wrap: anywhere; }
    li:hover { background: var(--sk-raised); }
    p { padding: var(--sk-2) var(--sk-4); }
  `];

  constructor() {
    super();
    this.forget();
  }

  forget() {
    this.text = '';
    this.articles = null;
    this.at = -1;
    this.more = false;
    this.asked = null;
    clearTimeout(this.timer);
  }

  connectedCallback() {
    super.connectedCallback();
    this.wedge = new Wedge({ scanned: code => this.scanned(code), key: event => this.keyed(event) });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.wedge.end();
    clearTimeout(this.timer);
  }

  focus() {
    this.renderRoot.querySelector('input')?.focus();
  }

  /** What is typed while no field has the focus is typed here: also by a scanner that is too slow to be told from a person. */
  keyed(event) {
    if (event.key.length === 1 && event.key !== ' ' && !asking() && !isField(focused())) {
      this.focus();
    }
  }

  /** A scan while a question is open is not for this. */
  async scanned(code) {
    if (asking()) {
      sound(false);
      return;
    }
    await this.identify(code);
  }

  async identify(code) {
    this.forget();
    try {
      const answer = await read(`/api/identify?code=${encodeURIComponent(code)}`);
      if (answer.article) {
        this.tell(answer.article, answer.label, answer.kind);
        return;
      }
      sound(false);
      toast(answer.why ? t('find.unreadable', { why: answer.why }) : t('find.unknown', { code }), 'bad');
    } catch (error) {
      this.refused(error);
    }
  }

  refused(error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    sound(false);
    toast(say(error), 'bad');
  }

  tell(article, label, kind) {
    sound(true);
    this.dispatchEvent(new CustomEvent('found', { detail: { article, label, kind } }));
  }

  choose(article) {
    this.forget();
    this.tell(article, null, 'Found');
  }

  typed(event) {
    this.text = event.target.value;
    this.at = -1;
    clearTimeout(this.timer);
    if (this.text.trim()) {
      this.timer = setTimeout(() => this.look(), PAUSE_MS);
    } else {
      this.forget();
    }
  }

  /** The newest question wins, however late an older one is answered. */
  async look() {
    const asked = this.asked = Symbol();
    try {
      const { articles, more } = await read(`/api/articles?q=${encodeURIComponent(this.text.trim())}&max=${SHOWN_MAX}`);
      if (asked === this.asked) {
        this.articles = articles;
        this.more = more;
      }
    } catch (error) {
      this.refused(error);
    }
  }

  pressed(event) {
    const count = this.articles?.length ?? 0;
    if (event.key === 'Enter' && this.text.trim()) {
      event.preventDefault();
      if (this.at >= 0) {
        this.choose(this.articles[this.at]);
      } else {
        this.enter(this.text.trim());
      }
    } else if (['ArrowDown', 'ArrowUp'].includes(event.key) && count) {
      event.preventDefault();
      this.at = (this.at + (event.key === 'ArrowDown' ? 1 : this.at < 0 ? 0 : -1) + count) % count;
    } else if (event.key === 'Escape') {
      this.forget();
    }
  }

  /** What is a number is a code; else it is words, and one article of these is meant. */
  async enter(text) {
    if (/^[\d\s()]+$/.test(text)) {
      await this.identify(text);
      return;
    }
    clearTimeout(this.timer);
    await this.look();
    if (this.articles?.length === 1) {
      this.choose(this.articles[0]);
    } else if (this.articles?.length) {
      this.at = 0;
    }
  }

  updated(changes) {
    if (changes.has('at') && this.at >= 0) {
      this.renderRoot.querySelector(`#option-${this.at}`)?.scrollIntoView({ block: 'nearest' });
    }
  }

  render() {
    const open = this.articles !== null;
    return html`
      <label><span class="visually-hidden">${this.label ?? t('find.label')}</span>
        <span class="field"><sk-icon name="barcode"></sk-icon>
          <input role="combobox" autocomplete="off" spellcheck="false" enterkeyhint="search" aria-expanded=${open} aria-controls=${open ? 'options' : nothing} aria-activedescendant=${this.at >= 0 ? `option-${this.at}` : nothing}
            placeholder=${this.hint ?? t('find.hint')} .value=${this.text} @input=${this.typed} @keydown=${this.pressed}></span>
      </label>
      ${open ? html`<div class="list">
        ${this.articles.length ? html`<ul id="options" class="card list" role="listbox" aria-label=${t('find.results')}>
          ${this.articles.map((it, i) => html`<li role="option" id="option-${i}" aria-selected=${i === this.at} @click=${() => this.choose(it)}><strong>${it.name}</strong><br><span class="soft small num">${it.sku}${it.size ? ` · ${it.size}` : ''} · ${it.department.join(' / ')}</span></li>`)}
        </ul>` : html`<p class="soft" role="status">${t('find.nothing')}</p>`}
      </div>` : nothing}`;
  }
}

customElements.define('sk-office-find', Find);
