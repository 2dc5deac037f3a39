import { html, css, nothing } from 'lit';
import { words, t, has, date, number } from '../kit/words.js';
import { money, quantity, digitsOf } from '../kit/money.js';
import { read } from '../kit/api.js';
import { Page } from './page.js';

await words(import.meta.url, 'reports');
// One script for all charts; it is loaded with this page alone.
await import(new URL('../chart/dist/chart.umd.js', import.meta.url));

/** The tables of a report, by their names in it, and whether their columns have quantities and tax. */
const TABLES = [
  { name: 'byDay', many: true },
  { name: 'byHour' },
  { name: 'byDepartment', quantity: true },
  { name: 'byTender' },
  { name: 'byTax', tax: true },
  { name: 'byDiscount' },
  { name: 'byCashier' },
  { name: 'bySource' },
];

const CHARTED_MAX = 12;

const orNull = error => { if (error.status === 404) { return null; } throw error; };

/** The figures of a day, or of several: `#reports`. */
class Reports extends Page {
  static properties = { day: { state: true }, until: { state: true }, report: { state: true }, shown: { state: true } };

  static styles = [Page.styles, css`
    .two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--sk-4); align-items: start; }
    .chart { position: relative; block-size: 22rem; padding: var(--sk-4); }
    nav.tabs { display: flex; flex-wrap: wrap; gap: var(--sk-2); margin-block: var(--sk-5) var(--sk-3); }
    nav.tabs button { min-block-size: 2.75rem; }
    nav.tabs button[aria-pressed=true] { background: var(--sk-accent-soft); border-color: var(--sk-accent); }
    td, tbody th { padding-block: var(--sk-2); }
    @media (max-width: 1000px) { .two { grid-template-columns: minmax(0, 1fr); } .chart { block-size: 18rem; } }
    @media print { form, nav.tabs { display: none; } }
  `];

  constructor() {
    super();
    this.shown = 'byHour';
    this.day = '';
    this.until = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.looks = matchMedia('(prefers-color-scheme: dark)');
    this.relook = () => this.draw();
    this.looks.addEventListener('change', this.relook);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.looks.removeEventListener('change', this.relook);
    this.chart?.destroy();
    this.chart = null;
  }

  async load() {
    if (!this.day) {
      const open = await read('/api/business-day').catch(orNull);
      this.day = this.until = open?.day ?? this.office.today;
    }
    this.report = await read(`/api/reports/${this.day}?until=${this.until}`);
  }

  submit(event) {
    event.preventDefault();
    const form = event.target;
    this.day = form.day.value;
    this.until = form.until.value < form.day.value ? form.day.value : form.until.value;
    this.doing(async () => {
      await this.load();
      if (this.until !== this.day) {
        this.shown = 'byDay';
      } else if (this.shown === 'byDay') {
        this.shown = 'byHour';
      }
    });
  }

  get tables() {
    return TABLES.filter(it => !it.many || this.day !== this.until);
  }

  /** How a row is called. */
  name(table, key) {
    switch (table) {
      case 'byDay': return date(key);
      case 'byHour': return t('reports.hour', { from: `${key}:00`, until: `${key}:59` });
      case 'byCashier': return key ? this.office.nameOf(key) : t('reports.nobody');
      case 'byTender': return t(`office.tender.${key}`);
      case 'bySource': return has(`reports.source.${key}`) ? t(`reports.source.${key}`) : key;
      case 'byDiscount': return key.replace(/^([A-Z]+): /, (whole, kind) => (has(`reports.discount.${kind}`) ? `${t(`reports.discount.${kind}`)}: ` : whole));
      case 'byDepartment': return key || t('reports.no-department');
      default: return key;
    }
  }

  updated(changes) {
    super.updated(changes);
    if (this.loaded) {
      this.draw();
    }
  }

  /** The chart as the page is now; its heights are amounts, which nobody adds up. */
  draw() {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas) {
      this.chart?.destroy();
      this.chart = null;
      return;
    }
    const rows = this.charted;
    const of = name => this.colour(name);
    const inTime = this.shown === 'byHour' || this.shown === 'byDay';
    const digits = digitsOf(this.currency);
    const shown = value => money({ amount: Math.round(value * 10 ** digits), currency: this.currency });
    if (this.chart && this.chart.canvas !== canvas) {
      this.chart.destroy();
      this.chart = null;
    }
    const axis = { grid: { color: of('--sk-line') }, ticks: { color: of('--sk-soft'), font: { family: 'Inter' } }, border: { display: false } };
    const amounts = { ...axis, beginAtZero: true, ticks: { ...axis.ticks, maxTicksLimit: 6, callback: shown } };
    const names = { ...axis, grid: { display: false }, ticks: { ...axis.ticks, autoSkip: inTime, callback(value) { const label = this.getLabelForValue(value); return label.length > 22 ? `${label.slice(0, 21)}…` : label; } } };
    const config = {
      type: 'bar',
      data: {
        labels: rows.map(it => (this.shown === 'byHour' ? `${it.key}:00` : this.name(this.shown, it.key))),
        datasets: [{ data: rows.map(it => it.amount.amount / 10 ** digits), backgroundColor: of('--sk-accent'), borderRadius: 4, maxBarThickness: 44 }],
      },
      options: {
        indexAxis: inTime ? 'x' : 'y', maintainAspectRatio: false, animation: false,
        plugins: { legend: { display: false }, tooltip: { callbacks: { label: item => shown(item.raw) } } },
        scales: inTime ? { x: names, y: amounts } : { x: amounts, y: names },
      },
    };
    if (this.chart && this.chart.config.options.indexAxis === config.options.indexAxis) {
      Object.assign(this.chart, { data: config.data, options: config.options });
      this.chart.update();
    } else {
      this.chart?.destroy();
      this.chart = new globalThis.Chart(canvas, config);
    }
  }

  /** A colour of the page as a canvas takes it: light or dark is decided already. */
  colour(name) {
    const probe = this.renderRoot.querySelector('.probe');
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }

  /** What is charted: all hours and days; of the others the largest. */
  get charted() {
    const rows = this.report[this.shown];
    return this.shown === 'byHour' || this.shown === 'byDay' ? rows : [...rows].sort((a, b) => b.amount.amount - a.amount.amount).slice(0, CHARTED_MAX);
  }

  view() {
    const { report } = this;
    const tile = (label, value, more) => html`<div class="card"><h3>${label}</h3><p class="figure">${value}</p>${more ? html`<p class="soft small">${more}</p>` : nothing}</div>`;
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.reports')}</h1>
        <a class="button last" href="/api/reports/${this.day}?until=${this.until}&format=csv" download><sk-icon name="down_arrow"></sk-icon>${t('reports.csv')}</a></header>
      <form class="filters card body" role="search" @submit=${this.submit}>
        <label>${t('reports.from')}<input type="date" name="day" required .value=${this.day}></label>
        <label>${t('reports.until')}<input type="date" name="until" required .value=${this.until}></label>
        <button class="primary">${t('reports.show')}</button>
      </form>
      <div class="tiles">
        ${tile(t('reports.total'), money(report.total), t('reports.orders', { count: report.orders, number: number(report.orders) }))}
        ${tile(t('reports.tax'), money(report.tax))}
        ${tile(t('reports.discounts'), money(report.discounts))}
        ${tile(t('reports.voids'), number(report.voids), report.rounding.amount ? t('reports.rounding', { amount: money(report.rounding) }) : '')}
      </div>
      <nav class="tabs" aria-label=${t('reports.by')}>${this.tables.map(it => html`<button type="button" aria-pressed=${this.shown === it.name} @click=${() => { this.shown = it.name; }}>${t(`reports.${it.name}`)}</button>`)}</nav>
      <i class="probe" hidden></i>
      ${report[this.shown].length ? html`<div class="two">
        <div class="card scroll" tabindex="0" role="region" aria-label=${t(`reports.${this.shown}`)}>${this.table()}</div>
        <div class="card chart"><canvas role="img" aria-label=${t('reports.chart', { of: t(`reports.${this.shown}`) })}></canvas></div>
      </div>` : html`<div class="card"><sk-empty icon="chart" heading=${t('reports.none')} text=${t('reports.none-how')}></sk-empty></div>`}`;
  }

  table() {
    const table = TABLES.find(it => it.name === this.shown);
    return html`<table>
      <thead><tr><th>${t(`reports.${table.name}`)}</th><th class="end">${t('reports.count')}</th>${table.quantity ? html`<th class="end">${t('reports.quantity')}</th>` : nothing}<th class="end">${t(table.tax ? 'reports.net' : 'reports.amount')}</th>${table.tax ? html`<th class="end">${t('reports.tax')}</th>` : nothing}</tr></thead>
      <tbody>${this.report[table.name].map(it => html`<tr><th scope="row">${this.name(table.name, it.key)}</th><td class="end">${number(it.count)}</td>${table.quantity ? html`<td class="end">${quantity(it.quantity)}</td>` : nothing}<td class="end">${money(it.amount)}</td>${table.tax ? html`<td class="end">${money(it.tax)}</td>` : nothing}</tr>`)}</tbody>
    </table>`;
  }
}

customElements.define('sk-office-reports', Reports);
