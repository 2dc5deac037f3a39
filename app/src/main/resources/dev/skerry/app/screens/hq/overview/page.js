import { html } from 'lit';
import { words, t, number, ago } from '../kit/words.js';
import { read } from '../kit/api.js';
import { Page, looks, tile, table } from '../hq/page.js';
import { line } from '../hq/line.js';
import '../hq/map.js';

await words(import.meta.url);

const AWAY_MAX = 12;

/** How the chain is: what needs somebody stands first. */
class Overview extends Page {
  static topics = ['line'];
  static styles = looks;

  async load() {
    [this.status, this.stores] = await Promise.all([read('/api/status'), read('/api/stores')]);
  }

  get away() {
    return this.stores.stores.filter(it => it.line === 'down');
  }

  view() {
    if (!this.status || !this.stores) {
      return html``;
    }
    const { stores } = this.status;
    const placed = this.stores.stores.filter(it => it.latitude != null);
    return html`
      ${this.status.obstacles.map(it => html`<sk-banner tone="bad"><strong>${it.why}</strong> ${it.remedy}</sk-banner>`)}
      <div class="tiles">
        ${tile(t('overview.stores'), number(stores.known), { href: '#stores' })}
        ${tile(t('overview.connected'), number(stores.connected), { href: '#stores' })}
        ${tile(t('overview.away'), number(this.away.length), { href: '#stores', tone: this.away.length ? 'bad' : '' })}
      </div>
      <div class="columns">
        <section class="stack">
          <h2>${t('overview.away-list')}</h2>
          ${this.away.length ? table([
            { name: t('overview.store'), cell: it => html`<a href="#stores/${it.id}">${it.id} ${it.name}</a>` },
            { name: t('overview.line'), cell: line },
            { name: t('overview.contact'), cell: it => it.lastContact ? ago(it.lastContact) : '–', end: true },
          ], this.away.slice(0, AWAY_MAX), { label: t('overview.away-list') }) : html`<div class="card"><sk-empty icon="check" heading=${t('overview.all-well')} text=${t('overview.all-well-how')}></sk-empty></div>`}
          ${this.away.length > AWAY_MAX ? html`<p><a href="#stores">${t('overview.more', { count: this.away.length - AWAY_MAX })}</a></p>` : ''}
        </section>
        <section class="stack">
          <h2>${t('overview.map')}</h2>
          ${placed.length ? html`<hq-map class="card" .stores=${placed}></hq-map>` : html`<div class="card"><sk-empty icon="store" heading=${t('overview.no-map')} text=${t('overview.no-map-how')}></sk-empty></div>`}
        </section>
      </div>`;
  }
}

customElements.define('hq-overview', Overview);
