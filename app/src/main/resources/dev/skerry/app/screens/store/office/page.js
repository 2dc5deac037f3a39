// What every page of the office does alike: reads what it shows, and reads it anew when it has changed.
import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t } from '../kit/words.js';
import { Problem } from '../kit/api.js';
import { say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';

/** Between two readings of a page, however much happens in the store. */
const PAUSE_MS = 500;

/** Looks that the pages share. A `table.rows` becomes a list where it is narrow; its cells then show their `data-label`. */
export const office = css`
  :host { display: block; }
  header.head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--sk-2) var(--sk-3); margin-block-end: var(--sk-4); }
  header.head h1 { flex: 0 1 auto; min-inline-size: 0; overflow-wrap: anywhere; }
  header.head h1:focus { outline: none; }
  header.head > .last { margin-inline-start: auto; }
  header.head p { flex-basis: 100%; }
  * + section { margin-block-start: var(--sk-5); }
  section > h2 { margin-block-end: var(--sk-3); }
  .body { padding: var(--sk-4); }
  .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); gap: var(--sk-3); }
  .tiles > * { display: flex; flex-direction: column; gap: var(--sk-1); padding: var(--sk-4); min-inline-size: 0; }
  .tiles a { color: inherit; text-decoration: none; }
  .tiles a:hover { background: var(--sk-raised); }
  .figure { font-size: 1.75rem; font-weight: 750; letter-spacing: -.02em; line-height: 1.15; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
  .good { color: var(--sk-good); } .warn { color: var(--sk-warn); } .bad { color: var(--sk-bad); }
  .chip { display: inline-flex; align-items: center; gap: .3rem; padding: .1rem .55rem; border-radius: 1rem; background: var(--sk-accent-soft); font-size: .8125rem; font-weight: 650; white-space: nowrap; }
  .chip.good { background: var(--sk-good-soft); } .chip.warn { background: var(--sk-warn-soft); } .chip.bad { background: var(--sk-bad-soft); }
  .scroll { overflow-x: auto; }
  .scroll:focus-visible { outline-offset: -3px; }
  table { inline-size: 100%; border-collapse: collapse; }
  th, td { padding: var(--sk-3) var(--sk-4); text-align: start; vertical-align: middle; }
  th { font-size: .8125rem; font-weight: 600; color: var(--sk-soft); white-space: nowrap; }
  tbody tr { border-block-start: 1px solid var(--sk-line); }
  tbody th { color: var(--sk-ink); font-size: 1rem; white-space: normal; overflow-wrap: break-word; min-inline-size: 5rem; }
  tbody a { color: var(--sk-accent); }
  tfoot tr { border-block-start: 2px solid var(--sk-line); font-weight: 700; }
  th.end, td.end { text-align: end; }
  td.num, td.end { font-variant-numeric: tabular-nums; white-space: nowrap; }
  td button, td a.button { min-block-size: 2.75rem; white-space: nowrap; }
  .filters { display: flex; flex-wrap: wrap; align-items: end; gap: var(--sk-3); margin-block-end: var(--sk-4); }
  .filters label { flex: 1 1 11rem; }
  .filters button { flex: none; }
  .actions { display: flex; flex-wrap: wrap; gap: var(--sk-2); }
  .actions + p { margin-block-start: var(--sk-2); }
  pre.paper { margin: 0; padding: var(--sk-4); overflow: auto; background: #fff; color: #111; border: 1px solid var(--sk-line); border-radius: .25rem; font: .8125rem/1.45 var(--sk-mono); direction: ltr; }
  @media (max-width: 640px) {
    table.rows, .rows tbody, .rows tr, .rows td, .rows tbody th { display: block; text-align: start; }
    .rows thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    .rows tr { padding-block: var(--sk-2); }
    .rows td, .rows tbody th { display: flex; justify-content: space-between; align-items: center; gap: var(--sk-3); padding-block: var(--sk-1); min-block-size: 1.75rem; white-space: normal; }
    .rows td::before { content: attr(data-label); color: var(--sk-soft); font-size: .875rem; flex: none; }
    .rows td > span { text-align: end; }
    .rows td:empty { display: none; }
  }
  @media (max-width: 640px) { th, td { padding: var(--sk-2) var(--sk-3); } .body, .tiles > * { padding: var(--sk-3); } .figure { font-size: 1.5rem; } }
`;

/**
 * A page of the office. Others extend it:
 *
 * - `async load()`: reads all that it shows; called at the beginning, after each gap, and soon after something of its topics has changed
 * - `async changed(topic, key)`: where that is too much, reads anew one thing
 * - `view()`: the page, once it was loaded; its `<h1 tabindex="-1">` gets the focus
 *
 * It has `office` (the screen: `me`, `status`, `currency`, `today`, `may(role)`, `nameOf(person)`, `go(page, ...rest)`), and `rest`, what stands behind its name in
 * the address.
 */
export class Page extends LitElement {
  static properties = { office: { attribute: false }, rest: { attribute: false }, loaded: { state: true }, failure: { state: true } };

  static styles = [kit, office];

  constructor() {
    super();
    this.rest = [];
    this.loaded = false;
    this.failure = null;
  }

  get currency() {
    return this.office.currency;
  }

  async load() {}

  changed() {
    return this.soon();
  }

  connectedCallback() {
    super.connectedCallback();
    this.renew();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.timer = null;
  }

  /** Reads anew in a moment, once for all that changes until then. What each sale changes is read with a longer pause. */
  soon(pauseMs = PAUSE_MS) {
    const due = performance.now() + pauseMs;
    if (this.timer && this.due <= due) {
      return;
    }
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => { this.timer = null; this.renew(); }, pauseMs);
  }

  /** Reads anew. Asked for in the middle of that, it reads once more, so that what is shown is never older than the last call. */
  renew() {
    this.wanted = true;
    this.reading ??= this.readAll().finally(() => { this.reading = null; });
    return this.reading;
  }

  /** What fails is said where the page would be, or left as it was: the frame says that the server is away. */
  async readAll() {
    while (this.wanted) {
      this.wanted = false;
      try {
        await this.load();
        this.failure = null;
        this.loaded = true;
      } catch (error) {
        if (!(error instanceof Problem)) {
          throw error;
        }
        this.failure = error;
      }
    }
  }

  /** Another place on the same page is read like another page. */
  willUpdate(changes) {
    if (changes.get('rest') && String(changes.get('rest')) !== String(this.rest)) {
      this.loaded = false;
      this.renew();
    }
  }

  /** Does what a person asked for; what is refused is said. Answered with what it gives, or undefined. */
  async doing(what) {
    try {
      return await what();
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      toast(say(error), 'bad');
      return undefined;
    }
  }

  updated(changes) {
    if (changes.has('loaded') && this.loaded) {
      this.renderRoot.querySelector('h1')?.focus();
    }
  }

  render() {
    if (this.loaded) {
      return this.view();
    }
    return this.failure
      ? html`<sk-empty class="card" icon="error" heading=${t('office.cannot-show')} text=${say(this.failure)}><button type="button" @click=${() => { this.failure = null; this.renew(); }}><sk-icon name="refresh"></sk-icon>${t('office.again')}</button></sk-empty>`
      : html`<sk-busy></sk-busy>`;
  }

  view() {
    return nothing;
  }
}
