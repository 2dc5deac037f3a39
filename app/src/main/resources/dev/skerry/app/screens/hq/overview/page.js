import { html, nothing } from 'lit';
import { words, t, number, ago } from '../kit/words.js';
import { read } from '../kit/api.js';
import { Page, looks, tile, table, empty } from '../hq/page.js';
import { money } from '../kit/money.js';
import { line } from '../hq/line.js';
import '../hq/map.js';

await words(import.meta.url);

const AWAY_MAX = 12;
const MAP_EVERY_MS = 60_000;

/** How the chain is: what needs somebody stands first. What the person may not see is left out. */
class Overview extends Page {
  static topics = ['line', 'alarms', 'sales'];
  static styles = looks;

  may(...roles) {
    return roles.some(it => this.me?.roles.includes(it));
  }

  async load() {
    [this.status, this.away, this.alarms, this.kinds, this.lost, this.now] = await Promise.all([
      read('/api/status'),
      read(`/api/stores?line=down&sort=last-contact&max=${AWAY_MAX}`),
      read('/api/alarms'),
      this.may('ADMIN', 'ACCOUNTANT') ? read('/api/reconciliation') : null,
      read('/api/transfers?state=lost&max=100'),
      this.may('ADMIN', 'ANALYST', 'MERCHANT', 'ACCOUNTANT') ? read('/api/sales/now') : { sums: [] },
    ]);
    if (!this.mapAt || performance.now() - this.mapAt > MAP_EVERY_MS) {
      this.stores = (await read('/api/stores')).stores;
      this.mapAt = performance.now();
    }
  }

  view() {
    if (!this.stores) {
      return nothing;
    }
    const { stores } = this.status;
    const away = this.away.total;
    const placed = this.stores.filter(it => it.latitude != null);
    const open = this.kinds?.kinds ?? [];
    const differences = open.reduce((sum, it) => sum + it.open, 0);
    return html`
      ${this.status.obstacles.map(it => html`<sk-banner tone="bad"><strong>${it.why}</strong> ${it.remedy}</sk-banner>`)}
      <div class="tiles">
        ${this.now.sums.map(it => tile(t('overview.sales'), money(it.sales), { href: '#sales', under: t('overview.sales-then', { amount: money(it.against) }) }))}
        ${tile(t('overview.stores'), number(stores.known), { href: '#stores' })}
        ${tile(t('overview.connected'), number(stores.connected), { href: '#stores//up' })}
        ${tile(t('overview.away'), number(away), { href: '#stores//down', tone: away ? 'bad' : '' })}
        ${this.kinds ? tile(t('overview.differences'), number(differences), { href: '#reconciliation', tone: differences ? 'bad' : '' }) : nothing}
        ${tile(t('overview.lost'), number(this.lost.transfers.length), { href: '#stock/transfers', tone: this.lost.transfers.length ? 'bad' : '' })}
      </div>
      <div class="columns">
        <section class="stack">
          <h2>${t('overview.alarms')}</h2>
          ${this.alarms.alarms.length ? table([
            { name: t('overview.store'), cell: it => html`<a href="#stores/${it.store}">${it.store} ${it.name}</a>` },
            { name: t('overview.what'), cell: it => t(`overview.alarm.${it.kind}`) },
            { name: t('overview.since'), cell: it => it.since ? ago(it.since) : '–', end: true },
          ], this.alarms.alarms.slice(0, AWAY_MAX), { label: t('overview.alarms') }) : empty('check', t('overview.all-well'), t('overview.all-well-how'))}
          ${away ? html`<h2>${t('overview.away-list')}</h2>
            ${table([
              { name: t('overview.store'), cell: it => html`<a href="#stores/${it.id}">${it.id} ${it.name}</a>` },
              { name: t('overview.line'), cell: line },
              { name: t('overview.contact'), cell: it => it.lastContact ? ago(it.lastContact) : '–', end: true },
            ], this.away.stores, { label: t('overview.away-list') })}
            ${away > AWAY_MAX ? html`<p><a href="#stores//down">${t('overview.more', { count: away - AWAY_MAX })}</a></p>` : nothing}` : nothing}
          ${open.length ? html`<h2>${t('overview.differences')}</h2>
            ${table([
              { name: t('overview.what'), cell: it => html`<a href="#reconciliation/differences/${it.kind}">${t(`hq.difference.${it.kind}`)}</a>` },
              { name: t('overview.open'), cell: it => number(it.open), end: true },
              { name: t('overview.amount'), cell: it => it.amounts.map(money).join(', ') || '–', end: true },
            ], open, { label: t('overview.differences') })}` : nothing}
        </section>
        <section class="stack">
          <h2>${t('overview.map')}</h2>
          ${placed.length ? html`<hq-map class="card" .stores=${placed}></hq-map>` : empty('store', t('overview.no-map'), t('overview.no-map-how'))}
        </section>
      </div>`;
  }
}

customElements.define('hq-overview', Overview);
