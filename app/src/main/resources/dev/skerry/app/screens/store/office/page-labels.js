import { html, css, nothing } from 'lit';
import { words, t, ago, date, has, time } from '../kit/words.js';
import { money } from '../kit/money.js';
import { read, act, id } from '../kit/api.js';
import { toast } from '../kit/parts.js';
import { sound } from '../kit/wedge.js';
import { Page } from './page.js';
import './find.js';
import './barcode.js';

await words(import.meta.url, 'labels');

/** As many as the store tells at once. */
const DUE_MAX = 500;

/** Articles that wait for a label, batches of labels, and one of them: to be printed, hung and ticked off. */
class Labels extends Page {
  static properties = { due: { state: true }, batches: { state: true }, batch: { state: true }, at: { state: true }, chosen: { state: true }, busy: { state: true } };

  static styles = [Page.styles, css`
    header.head h1 { flex: 1 1 8rem; }
    table a { color: var(--sk-accent); }
    td input, th input { inline-size: 1.5rem; min-block-size: 1.5rem; accent-color: var(--sk-accent); display: block; }
    td label, th label { display: grid; place-items: center; min-block-size: 2.75rem; min-inline-size: 2.75rem; }
    td:first-child, th:first-child { padding-inline-end: 0; }
    s { color: var(--sk-soft); }
    .list a { display: flex; align-items: center; gap: var(--sk-3); min-block-size: var(--sk-touch); padding: var(--sk-3) var(--sk-4); color: inherit; text-decoration: none; }
    .list a:hover { background: var(--sk-raised); }
    .sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: var(--sk-3); }
    .sheet > li { display: flex; flex-direction: column; gap: var(--sk-2); }
    .label { display: grid; grid-template: 1fr auto / 1fr; gap: .25rem; padding: .75rem; border: 1px solid #555; border-radius: .35rem; background: #fff; color: #000; min-block-size: 10rem; }
    .label strong { font-size: 1rem; line-height: 1.2; overflow-wrap: anywhere; }
    .label .price { font-size: 2.25rem; font-weight: 800; letter-spacing: -.03em; line-height: 1; text-align: end; font-variant-numeric: tabular-nums; }
    .label .unit { font-size: .8125rem; text-align: end; }
    .screen { display: contents; }
    .screen > .chip { align-self: start; }
    @media print {
      .screen { display: none; }
      .sheet { grid-template-columns: repeat(3, 6.2cm); gap: .3cm; }
      .label { block-size: 3.7cm; min-block-size: 0; break-inside: avoid; }
    }
  `];

  constructor() {
    super();
    this.at = '';
    this.chosen = new Set();
    this.busy = false;
  }

  get open() {
    return this.rest[0] ?? null;
  }

  async load() {
    const open = this.open;
    if (open) {
      const batch = await read(`/api/labels/batches/${encodeURIComponent(open)}`);
      if (open === this.open) {
        this.batch = batch;
      }
      return;
    }
    const [{ labels }, { batches }] = await Promise.all([
      read(`/api/labels/due${this.at ? `?at=${encodeURIComponent(this.at)}` : ''}`),
      read('/api/labels/batches'),
    ]);
    this.due = labels;
    this.batches = batches;
    this.chosen = new Set([...this.chosen].filter(sku => labels.some(it => it.sku === sku)));
  }

  // ---- what is done

  async make() {
    this.busy = true;
    const batch = await this.doing(() => act('POST', '/api/labels/batches', {
      id: id().slice(0, 12),
      ...(this.chosen.size ? { skus: [...this.chosen] } : {}),
      ...(this.at ? { at: this.at } : {}),
    }));
    this.busy = false;
    if (batch) {
      this.chosen = new Set();
      this.office.go('labels', batch.id);
    }
  }

  async hang(skus) {
    await this.doing(async () => {
      this.batch = await act('POST', `/api/labels/batches/${encodeURIComponent(this.batch.id)}/hung`, skus ? { skus } : {});
      toast(t('labels.hung-now', { count: skus?.length ?? this.batch.labels.length }), 'good');
    });
  }

  async scanned({ article }) {
    const label = this.batch.labels.find(it => it.sku === article.sku);
    if (!label) {
      sound(false);
      toast(t('labels.not-here', { name: article.name }), 'warn');
    } else if (!label.hungAt) {
      await this.hang([article.sku]);
    }
  }

  choose(sku, on) {
    const chosen = new Set(this.chosen);
    (on ? chosen.add(sku) : chosen.delete(sku));
    this.chosen = chosen;
  }

  // ---- what is shown

  view() {
    if (this.open) {
      return this.batch?.id === this.open ? this.viewBatch() : html`<sk-busy></sk-busy>`;
    }
    return this.due ? this.viewDue() : html`<sk-busy></sk-busy>`;
  }

  viewDue() {
    const { due } = this;
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.labels')}</h1>
        <button type="button" class="primary" ?disabled=${this.busy || !due.length} @click=${this.make}><sk-icon name="print"></sk-icon>${t(this.chosen.size ? 'labels.make-chosen' : 'labels.make', { count: this.chosen.size || due.length })}</button>
        <p class="soft">${t('labels.how')}</p></header>
      <div class="filters"><label>${t('labels.at')}<input type="datetime-local" .value=${this.at} @change=${event => { this.at = event.target.value; this.renew(); }}></label></div>
      <section><h2>${t('labels.due', { count: due.length })}</h2>
        ${due.length >= DUE_MAX ? html`<sk-banner tone="info">${t('labels.due-more', { count: due.length })}</sk-banner>` : nothing}
        ${due.length ? html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('labels.due', { count: due.length })}><table>
          <thead><tr><th><label><span class="visually-hidden">${t('labels.all')}</span><input type="checkbox" .checked=${this.chosen.size === due.length} @change=${event => { this.chosen = new Set(event.target.checked ? due.map(it => it.sku) : []); }}></label></th>
            <th scope="col">${t('find.label')}</th><th scope="col" class="end">${t('labels.says')}</th><th scope="col" class="end">${t('labels.price')}</th></tr></thead>
          <tbody>${due.map(it => html`<tr>
            <td><label><span class="visually-hidden">${t('labels.choose', { name: it.name })}</span><input type="checkbox" .checked=${this.chosen.has(it.sku)} @change=${event => this.choose(it.sku, event.target.checked)}></label></td>
            <th scope="row">${it.name}<br><span class="soft small num">${it.sku}</span></th>
            <td class="end">${it.said ? html`<s>${money(it.said)}</s>` : html`<span class="soft">${t('labels.none-yet')}</span>`}</td>
            <td class="end"><strong>${money(it.price)}</strong></td></tr>`)}</tbody></table></div>`
        : html`<sk-empty class="card" icon="check" heading=${t('labels.nothing-due')} text=${t('labels.nothing-due-how')}></sk-empty>`}</section>
      <section><h2>${t('labels.batches')}</h2>
        ${this.batches.length ? html`<ul class="card list">${this.batches.map(it => html`<li><a href="#labels/${encodeURIComponent(it.id)}">
          <span class="grow"><strong>${t('labels.count', { count: it.labels })}</strong><br><span class="soft small">${date(it.at)}, ${time(it.at)} · ${it.by || '–'}</span></span>
          <span class="chip ${it.hung === it.labels ? 'good' : 'warn'}">${t('labels.hung-of', { hung: it.hung, all: it.labels })}</span></a></li>`)}</ul>`
        : html`<sk-empty class="card" icon="tag" heading=${t('labels.no-batches')}></sk-empty>`}</section>`;
  }

  viewBatch() {
    const { batch } = this;
    const left = batch.labels.filter(it => !it.hungAt);
    return html`
      <div class="screen">
        <header class="head"><a class="button quiet" href="#labels" aria-label=${t('labels.back')}><sk-icon name="back"></sk-icon></a><h1 tabindex="-1">${t('labels.count', { count: batch.labels.length })}</h1>
          <button type="button" @click=${() => window.print()}><sk-icon name="print"></sk-icon>${t('labels.print')}</button>
          <button type="button" class="primary" ?disabled=${!left.length} @click=${() => this.hang(null)}><sk-icon name="check"></sk-icon>${t('labels.all-hung')}</button>
          <p class="soft">${date(batch.at)}, ${time(batch.at)} · ${batch.by || '–'} · ${left.length ? t('labels.left', { count: left.length }) : t('labels.done')}</p></header>
        ${left.length ? html`<sk-office-find hint=${t('labels.scan')} @found=${event => this.scanned(event.detail)}></sk-office-find><p class="soft small">&nbsp;</p>` : nothing}
      </div>
      <ul class="sheet">${batch.labels.map(it => html`<li>
        <div class="label">
          <strong>${it.name}</strong>
          <div><div class="price">${money(it.price)}</div><div class="unit">${[it.size, it.unit && has(`labels.unit.${it.unit}`) ? t(`labels.unit.${it.unit}`) : null].filter(Boolean).join(' · ')}</div></div>
          ${it.code ? html`<sk-office-barcode gtin=${it.code}></sk-office-barcode>` : html`<span class="unit">${it.sku}</span>`}
        </div>
        <div class="screen">${it.hungAt ? html`<span class="chip good"><sk-icon name="check"></sk-icon>${t('labels.hung', { ago: ago(it.hungAt) })}</span>` : html`<button type="button" aria-label=${t('labels.hang', { name: it.name })} @click=${() => this.hang([it.sku])}>${t('labels.hangs')}</button>`}</div></li>`)}</ul>`;
  }
}

customElements.define('sk-office-labels', Labels);
