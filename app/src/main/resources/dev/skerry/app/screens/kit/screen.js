// What every screen does alike: belongs to the store, knows who is signed on, lives on what the store tells, survives its restarts.
import { LitElement, html, css } from 'lit';
import { kit } from './styles.js';
import { t, words } from './words.js';
import { Problem, news, read, isReachable } from './api.js';
import { Feed } from './feed.js';
import './parts.js';
import './dialog.js';
import './pairing.js';
import './sign-on.js';
import './status.js';

await words(import.meta.url);

/** How long the line may be down before anybody is told. */
const LINE_GRACE_MS = 8_000;
const STATUS_EVERY_MS = 10_000;

/**
 * A page of the store. Others extend it:
 *
 * - `static kind`: as which device it is let in, such as `TILL`
 * - `static topics`: of the feed, that it shows something of
 * - `async load()`: reads anew all that it shows; called at the beginning, after each gap, and when people come and go
 * - `async changed(topic, key)`: reads anew one thing
 * - `view()`: the page
 * - `idle`: whether it may be loaded anew, because there is a newer version
 *
 * It has `me` (this device, and who is signed on), `status` (of the store and its line), and `lineDown`.
 */
export class Screen extends LitElement {
  static kind = 'TILL';
  static topics = [];

  static properties = {
    me: { state: true },
    status: { state: true },
    reachable: { state: true },
    lineDown: { state: true },
    unpaired: { state: true },
  };

  static styles = [kit, css`
    :host { display: block; block-size: 100dvh; overflow: hidden; background: var(--sk-ground); color: var(--sk-ink); }
    .middle { display: grid; place-content: center; min-block-size: 100dvh; }
  `];

  constructor() {
    super();
    this.me = null;
    this.status = null;
    this.reachable = true;
    this.lineDown = false;
    this.unpaired = false;
  }

  get idle() {
    return true;
  }

  /** Whether a person is signed on, and the device is not locked. */
  get signedOn() {
    return !!this.me?.person && !this.me.locked;
  }

  async load() {}

  async changed() {}

  connectedCallback() {
    super.connectedCallback();
    news.addEventListener('unpaired', () => this.leave());
    news.addEventListener('people', () => this.people());
    news.addEventListener('reach', () => { this.reachable = isReachable(); });
    this.begin();
  }

  async begin() {
    try {
      this.me = await read('/api/me');
      this.unpaired = false;
    } catch (error) {
      if (error.kind !== 'unknown-device') {
        setTimeout(() => this.begin(), 1500);
      }
      return;
    }
    await this.look();
    this.looking ??= setInterval(() => this.look(), STATUS_EVERY_MS);
    this.feed?.end();
    this.feed = new Feed(['line', ...this.constructor.topics], {
      hello: () => this.hello(),
      changed: (topic, key, version) => {
        if (topic === 'line') {
          this.look();
        } else {
          this.tell(() => this.changed(topic, key, version));
        }
      },
    });
  }

  /** After a gap anything may have happened. */
  async hello() {
    await this.tell(async () => {
      await this.renew();
      this.me = await read('/api/me');
      await this.look();
      await this.load();
    });
  }

  async people() {
    await this.tell(async () => {
      this.me = await read('/api/me');
      await this.load();
    });
  }

  /** What fails here is read anew with the next `hello`. */
  async tell(what) {
    try {
      await what();
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
    }
  }

  async look() {
    await this.tell(async () => {
      this.status = await read('/api/status');
      const down = this.status.line !== 'up' && Date.parse(this.status.at) - Date.parse(this.status.lineSince) > LINE_GRACE_MS;
      this.lineDown = down;
    });
  }

  /** A page stays open for weeks: once the program is newer, and nobody is in the middle of something, so is the page. */
  async renew() {
    const { version } = await read('/screens/version');
    const mine = document.querySelector('meta[name=skerry-version]').content;
    this.outdated = version !== mine;
    if (this.outdated && this.idle) {
      location.reload();
    }
  }

  leave() {
    this.feed?.end();
    this.unpaired = true;
    this.me = null;
  }

  render() {
    if (this.unpaired) {
      return html`<sk-pairing kind=${this.constructor.kind} @paired=${() => this.begin()}></sk-pairing>`;
    }
    if (!this.me) {
      return html`<div class="middle"><sk-busy text=${t(this.reachable ? 'kit.wait' : 'kit.no-server')}></sk-busy></div>`;
    }
    return this.view();
  }
}

