import { html, css, nothing } from 'lit';
import { words, t, ago, date, time, number } from '../kit/words.js';
import { money } from '../kit/money.js';
import { read, act } from '../kit/api.js';
import { ask } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page } from './page.js';
import './dialogs.js';

await words(import.meta.url, 'overview');

/** Between two readings of all drawers, while tills sell. */
const DRAWERS_MS = 5_000;

/** A shift that is open for longer was forgotten. */
const SHIFT_HOURS_MAX = 18;

const orNull = error => { if (error.status === 404) { return null; } throw error; };

/** How the store is, on one page: the day, who trades, the line, and what somebody has to look at. */
class Overview extends Page {
  static properties = { day: { state: true }, shifts: { state: true }, devices: { state: true }, printers: { state: true }, attention: { state: true }, followers: { state: true }, report: { state: true } };

  static styles = [Page.styles, css`
    .todo li { display: flex; align-items: center; gap: var(--sk-3); padding: var(--sk-3) var(--sk-4); }
    .todo sk-icon { font-size: 1.25rem; }
    .todo .grow { overflow-wrap: anywhere; }
    @media (max-width: 640px) { .todo li { flex-wrap: wrap; } .todo .grow { flex-basis: calc(100% - 3rem); } .todo a { margin-inline-start: auto; } }
  `];

  async load() {
    const manager = this.office.may('MANAGER');
    const [day, { devices }, { printers }, { attention }, { followers }] = await Promise.all([
      read('/api/business-day').catch(orNull),
      manager ? read('/api/devices') : { devices: [] },
      read('/api/printers'),
      manager ? read('/api/payments/attention') : { attention: [] },
      manager ? read('/api/followers') : { followers: [] },
    ]);
    const { shifts } = day ? await read('/api/shifts') : { shifts: [] };
    const [report, ...reports] = await Promise.all([
      day ? read('/api/reports/today') : null,
      ...shifts.map(it => read(`/api/shifts/${encodeURIComponent(it.id)}/x`)),
    ]);
    Object.assign(this, { day, devices, printers, attention, followers, report, shifts: reports });
  }

  /** A sale changes one figure at once; what is in drawers follows. */
  async changed(topic) {
    if (topic === 'reports') {
      if (this.day) {
        this.report = await read('/api/reports/today');
      }
    } else {
      this.soon(topic === 'payments' ? DRAWERS_MS : undefined);
    }
  }

  // ---- the day

  async openDay() {
    const day = await ask('sk-office-open-day', { heading: t('overview.open-day'), day: this.office.today, check: wanted => act('POST', '/api/business-day/open', { day: wanted }) });
    if (day) {
      toast(t('overview.day-opened', { day: date(day.day) }), 'good');
      await this.renew();
    }
  }

  async closeDay() {
    const open = this.shifts.filter(it => !it.shift.z);
    if (open.length) {
      await ask('sk-tell', { heading: t('overview.close-day'), text: t('overview.close-shifts-first', { tills: open.map(it => it.shift.till).join(', ') }) });
      return;
    }
    if (await ask('sk-tell', { heading: t('overview.close-day'), text: t('overview.close-day-sure', { day: date(this.day.day) }), yes: t('overview.close-day'), no: t('kit.cancel') })) {
      await this.doing(async () => {
        await act('POST', '/api/business-day/close', { day: this.day.day });
        toast(t('overview.day-closed', { day: date(this.day.day) }), 'good');
        await this.renew();
      });
    }
  }

  // ---- what somebody has to look at

  get todo() {
    const all = [];
    const status = this.office.status;
    const waiting = status?.waitingUp;
    for (const it of status?.obstacles ?? []) {
      all.push({ icon: 'error', tone: 'bad', text: it.why, more: it.remedy });
    }
    if (this.office.lineDown) {
      all.push({ icon: 'offline', tone: 'warn', text: t('overview.line-down', { since: ago(status.lineSince) }), more: waiting?.events ? t('overview.waits', { count: waiting.events, number: number(waiting.events), oldest: waiting.oldest ? ago(waiting.oldest) : '' }) : status.why });
    }
    for (const it of status?.streams ?? []) {
      if (it.state === 'stuck' || it.state === 'parked') {
        all.push({ icon: 'error', tone: 'bad', text: t('overview.stream', { name: it.name }), more: it.why });
      }
    }
    for (const it of this.followers) {
      if (it.trouble || it.parked.length) {
        all.push({ icon: 'error', tone: 'bad', text: t('overview.not-taken-in', { name: it.name }), more: it.trouble ?? t('overview.put-aside', { count: it.waiting }), page: 'line' });
      }
    }
    for (const it of this.attention) {
      all.push({ icon: 'cash', tone: 'bad', text: `${t(`overview.why.${it.why}`)}: ${money(it.amount)}`, more: `${it.reason} · ${ago(it.since)}`, page: 'exceptions' });
    }
    for (const it of this.printers) {
      if (it.trouble || it.held) {
        all.push({ icon: 'print', tone: it.trouble ? 'bad' : 'warn', text: t('overview.printer', { name: it.printer.name }), more: it.trouble ?? t('overview.held', { count: it.held }) });
      }
    }
    for (const { shift } of this.shifts) {
      if (!shift.z && Date.now() - Date.parse(shift.openedAt) > SHIFT_HOURS_MAX * 3_600_000) {
        all.push({ icon: 'clock', tone: 'warn', text: t('overview.shift-long', { till: shift.till, since: ago(shift.openedAt) }), page: 'cash' });
      }
    }
    return all;
  }

  view() {
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.overview')}</h1></header>
      <div class="tiles">${this.dayTile()}${this.salesTile()}${this.lineTile()}${this.printerTile()}</div>
      <section>
        <h2>${t('overview.todo')}</h2>
        ${this.todoView()}
      </section>
      <section>
        <h2>${t('overview.trades')}</h2>
        ${this.tradesView()}
      </section>`;
  }

  dayTile() {
    const manager = this.office.may('MANAGER');
    return html`<div class="card"><h3>${t('overview.day')}</h3>
      ${this.day ? html`<p class="figure">${date(this.day.day)}</p><p class="soft small">${t('overview.open-since', { at: time(this.day.openedAt), by: this.office.nameOf(this.day.openedBy) })}</p>
        ${manager ? html`<div class="actions"><button type="button" @click=${() => this.closeDay()}>${t('overview.close-day')}</button></div>` : nothing}`
      : html`<p class="figure">${t('overview.closed')}</p><p class="soft small">${t('overview.closed-how')}</p>
        ${manager ? html`<div class="actions"><button type="button" class="primary" @click=${() => this.openDay()}>${t('overview.open-day')}</button></div>` : nothing}`}
    </div>`;
  }

  salesTile() {
    return html`<div class="card"><h3>${t('overview.sales')}</h3>
      ${this.report ? html`<p class="figure">${money(this.report.total)}</p><p class="soft small">${t('overview.orders', { count: this.report.orders, number: number(this.report.orders) })}${this.report.voids ? ` · ${t('overview.voids', { count: this.report.voids })}` : ''}</p>`
      : html`<p class="figure">–</p>`}
    </div>`;
  }

  lineTile() {
    const status = this.office.status;
    const up = status?.line === 'up';
    const waiting = status?.waitingUp;
    return html`<div class="card"><h3>${t('kit.line')}</h3>
      <p class="figure ${up ? '' : 'warn'}">${t(up ? 'overview.line-is-up' : 'overview.line-is-down')}</p>
      <p class="soft small">${t('overview.line-since', { since: status ? ago(status.lineSince) : '' })}</p>
      <p class="small ${waiting?.events && !up ? 'warn' : 'soft'}">${waiting?.events ? t('overview.waits', { count: waiting.events, number: number(waiting.events), oldest: waiting.oldest ? ago(waiting.oldest) : '' }) : t('overview.nothing-waits')}</p>
    </div>`;
  }

  printerTile() {
    const trouble = this.printers.filter(it => it.trouble || it.held);
    return html`<div class="card"><h3>${t('overview.printers')}</h3>
      ${this.printers.length ? html`<p class="figure ${trouble.length ? 'bad' : ''}">${trouble.length ? t('overview.printers-trouble', { count: trouble.length }) : t('overview.printers-well')}</p>
        <p class="soft small">${t('overview.printers-of', { count: this.printers.length })}</p>` : html`<p class="figure">–</p><p class="soft small">${t('overview.printers-none')}</p>`}
    </div>`;
  }

  todoView() {
    const todo = this.todo;
    if (!todo.length) {
      return html`<div class="card body row"><sk-icon class="good" name="check"></sk-icon><span>${t('overview.nothing-todo')}</span></div>`;
    }
    return html`<ul class="list card todo">${todo.map(it => html`<li>
      <sk-icon class=${it.tone} name=${it.icon}></sk-icon>
      <span class="grow"><strong>${it.text}</strong>${it.more ? html`<br><span class="soft small">${it.more}</span>` : nothing}</span>
      ${it.page && this.office.pages.some(page => page.id === it.page) ? html`<a class="button" href="#${it.page}">${t('overview.look')}</a>` : nothing}
    </li>`)}</ul>`;
  }

  tradesView() {
    const open = this.shifts.filter(it => !it.shift.z);
    const signedOn = this.devices.filter(it => it.session && !open.some(one => one.shift.till === it.device));
    if (!open.length && !signedOn.length) {
      return html`<div class="card"><sk-empty icon="people" heading=${t('overview.nobody')} text=${t(this.day ? 'overview.nobody-how' : 'overview.nobody-closed')}></sk-empty></div>`;
    }
    const session = device => this.devices.find(it => it.device === device)?.session;
    const who = it => it ? html`${it.name}${it.locked ? html` <span class="chip">${t('overview.locked')}</span>` : nothing}` : html`<span class="soft">–</span>`;
    return html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('overview.trades')}><table>
      <thead><tr><th>${t('overview.device')}</th><th>${t('overview.who')}</th><th>${t('overview.since')}</th><th class="end">${t('office.float')}</th><th class="end">${t('office.expected')}</th></tr></thead>
      <tbody>
        ${open.map(({ shift, takings }) => html`<tr>
          <th scope="row">${shift.till}</th><td>${this.office.may('MANAGER') ? who(session(shift.till)) : this.office.nameOf(shift.openedBy)}</td><td>${time(shift.openedAt)}</td>
          <td class="end">${money(shift.cashFloat)}</td><td class="end">${takings ? money(takings.drawer) : html`<span class="soft">${t('overview.blind')}</span>`}</td></tr>`)}
        ${signedOn.map(it => html`<tr><th scope="row">${it.device}</th><td>${who(it.session)}</td><td>${time(it.session.since)}</td><td class="end soft">–</td><td class="end soft">–</td></tr>`)}
      </tbody></table></div>`;
  }
}

customElements.define('sk-office-overview', Overview);
