import { html, css, nothing } from 'lit';
import { words, t, date, time } from '../kit/words.js';
import { money } from '../kit/money.js';
import { read, act, id } from '../kit/api.js';
import { ask } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import '../kit/count.js';
import { Page } from './page.js';
import { difference, tenders, drawer } from './figures.js';
import './dialogs.js';

await words(import.meta.url, 'cash');

/** Between two readings of takings, while tills sell. */
const TAKINGS_MS = 3_000;

const orNull = error => { if (error.status === 404) { return null; } throw error; };

/** Shifts and their drawers: `#cash`, `#cash/day/2026-03-01`, `#cash/shift/ID`. */
class Cash extends Page {
  static properties = { day: { state: true }, report: { state: true }, shifts: { state: true }, shift: { state: true }, moves: { state: true } };

  static styles = [Page.styles, css`
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: var(--sk-4); align-items: start; }
    .big { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: var(--sk-4); }
    .figure .chip { font-size: 1.125rem; padding: .3rem .8rem; }
    .days { flex-direction: row; gap: var(--sk-2); align-items: center; }
    .days input { inline-size: 11rem; }
  `];

  async load() {
    const [what, which] = this.rest;
    if (what === 'shift') {
      const [shift, { entries }] = await Promise.all([
        read(`/api/shifts/${encodeURIComponent(which)}/x`),
        this.office.may('MANAGER') ? read(`/api/exceptions?shift=${encodeURIComponent(which)}`) : { entries: [] },
      ]);
      Object.assign(this, { shift, moves: entries });
      return;
    }
    this.shift = null;
    const open = await read('/api/business-day').catch(orNull);
    this.day = what === 'day' ? which : open?.day ?? this.office.today;
    this.report = await read(`/api/business-day/${this.day}`).catch(orNull);
    this.shifts = await Promise.all((this.report?.shifts ?? []).map(it => read(`/api/shifts/${encodeURIComponent(it.id)}/x`)));
  }

  changed(topic) {
    this.soon(topic === 'payments' ? TAKINGS_MS : undefined);
  }

  goDay(day) {
    if (day) {
      this.office.go('cash', 'day', day);
    }
  }

  view() {
    return this.shift ? this.shiftView() : this.dayView();
  }

  // ---- a day

  dayView() {
    const takings = this.report?.takings;
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.cash')}</h1>
        <label class="days last"><span>${t('office.business-day')}</span><input type="date" .value=${this.day} @change=${event => this.goDay(event.target.value)}></label>
      </header>
      ${this.report ? html`
        <section><h2>${t('cash.shifts')}</h2>
          ${this.shifts.length ? html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('cash.shifts')}><table class="rows">
            <thead><tr><th>${t('cash.till')}</th><th>${t('cash.opened')}</th><th>${t('cash.state')}</th><th class="end">${t('office.expected')}</th><th class="end">${t('cash.counted')}</th><th>${t('cash.difference')}</th><th></th></tr></thead>
            <tbody>${this.shifts.map(it => this.row(it))}</tbody></table></div>`
          : html`<div class="card"><sk-empty icon="drawer" heading=${t('cash.no-shifts')} text=${t('cash.no-shifts-how')}></sk-empty></div>`}
        </section>
        <section><h2>${t('cash.takings')}</h2>
          <div class="two">
            <div class="card scroll" tabindex="0" role="region" aria-label=${t('cash.takings')}>${tenders(takings.byTender)}</div>
            <div class="card body">${drawer(takings, takings.byTender, takings.drawer)}</div>
          </div>
          ${this.report.supplement ? html`<section><h2>${t('cash.late')}</h2><div class="card scroll">${tenders(this.report.supplement.byTender)}</div></section>` : nothing}
        </section>`
      : html`<div class="card"><sk-empty icon="calendar" heading=${t('cash.no-day', { day: date(this.day) })} text=${t('cash.no-day-how')}></sk-empty></div>`}`;
  }

  state({ shift }) {
    return shift.z ? html`<span class="chip">${t('cash.z', { number: shift.z.number })}</span>`
      : shift.counted ? html`<span class="chip good">${t('cash.is-counted')}</span>`
      : html`<span class="chip warn">${t('cash.is-open')}</span>`;
  }

  row(it) {
    const { shift, takings } = it;
    return html`<tr>
      <th scope="row"><a href="#cash/shift/${encodeURIComponent(shift.id)}" tabindex="-1">${shift.till}</a></th><td data-label=${t('cash.opened')}>${time(shift.openedAt)} · ${this.office.nameOf(shift.openedBy)}</td><td data-label=${t('cash.state')}>${this.state(it)}</td>
      <td class="end" data-label=${t('office.expected')}>${shift.z ? money(shift.z.expectedCash) : takings ? money(takings.drawer) : html`<span class="soft">${t('cash.blind')}</span>`}</td>
      <td class="end" data-label=${t('cash.counted')}>${shift.counted ? money(shift.counted) : html`<span class="soft">–</span>`}</td>
      <td data-label=${t('cash.difference')}>${difference(shift.z ? shift.z.overShort : it.overShort)}</td>
      <td class="end"><a class="button" href="#cash/shift/${encodeURIComponent(shift.id)}" aria-label=${t('cash.look-at', { till: shift.till })}>${t('cash.look')}</a></td>
    </tr>`;
  }

  // ---- a shift

  async move(what) {
    const heading = t(`cash.do.${what}`);
    const amount = await ask('sk-ask-number', { heading, kind: 'money', currency: this.currency });
    const reason = amount && (what === 'pick-ups' ? heading : await ask('sk-ask-text', { heading, label: t('cash.why') }));
    if (reason) {
      await this.doing(async () => {
        await act('POST', `/api/shifts/${encodeURIComponent(this.shift.shift.id)}/${what}`, { id: id(), amount, reason });
        toast(`${heading}: ${money(amount)}`, 'good');
        await this.renew();
      });
    }
  }

  async count() {
    const pieces = await ask('sk-ask-count', { currency: this.currency });
    if (pieces) {
      await this.doing(async () => {
        await act('POST', `/api/shifts/${encodeURIComponent(this.shift.shift.id)}/counts`, pieces.length ? { id: id(), pieces } : { id: id(), amount: { amount: 0, currency: this.currency } });
        await this.renew();
      });
    }
  }

  async close(evenIfUnfinished = false) {
    const { shift, takings, overShort } = this.shift;
    const sure = evenIfUnfinished || await ask('sk-tell', {
      heading: t('cash.close'),
      text: t('cash.close-sure', { counted: money(shift.counted), expected: takings ? money(takings.drawer) : '', difference: money(overShort) }),
      yes: t('cash.close'), no: t('kit.cancel'),
    });
    if (!sure) {
      return;
    }
    await this.doing(async () => {
      try {
        const closed = await act('POST', `/api/shifts/${encodeURIComponent(shift.id)}/close`, { evenIfUnfinished });
        toast(t('cash.closed', { till: shift.till, number: closed.z.number }), 'good');
        await this.renew();
      } catch (error) {
        if (error.kind !== 'unfinished-payments') {
          throw error;
        }
        if (await ask('sk-tell', { heading: t('cash.unfinished'), text: t('cash.unfinished-how', { detail: error.detail }), yes: t('cash.close-even-so'), no: t('kit.cancel'), look: 'danger' })) {
          await this.close(true);
        }
      }
    });
  }

  async printX() {
    await this.doing(async () => {
      await act('POST', `/api/shifts/${encodeURIComponent(this.shift.shift.id)}/x/print`, {});
      toast(t('cash.printing'), 'good');
    });
  }

  shiftView() {
    const { shift, takings, supplement, overShort } = this.shift;
    const z = shift.z;
    const figures = z ?? takings;
    const button = (icon, label, what, look = '', off = false) => html`<button type="button" class=${look} ?disabled=${off} @click=${what}><sk-icon name=${icon}></sk-icon>${label}</button>`;
    return html`
      <header class="head">
        <a class="button" href="#cash/day/${shift.day}"><sk-icon name="back"></sk-icon>${date(shift.day)}</a>
        <h1 tabindex="-1">${z ? t('cash.z-of', { number: z.number, till: shift.till }) : t('cash.shift-of', { till: shift.till })}</h1>
        ${this.state(this.shift)}
      </header>
      <div class="card body big">
        <div><h3>${t('office.expected')}</h3><p class="figure">${z ? money(z.expectedCash) : takings ? money(takings.drawer) : html`<span class="soft">${t('cash.blind')}</span>`}</p></div>
        <div><h3>${t('cash.counted')}</h3><p class="figure">${shift.counted ? money(shift.counted) : html`<span class="soft">${t('cash.not-counted')}</span>`}</p></div>
        <div><h3>${t('cash.difference')}</h3><p class="figure">${difference(z ? z.overShort : overShort)}</p></div>
        <div><h3>${t('cash.opened')}</h3><p class="figure">${time(shift.openedAt)}</p><p class="soft small">${z ? t('cash.by-and', { by: this.office.nameOf(shift.openedBy), closer: this.office.nameOf(z.closedBy) }) : t('cash.by', { by: this.office.nameOf(shift.openedBy) })}</p></div>
      </div>
      ${z ? nothing : html`<section><div class="actions" role="toolbar" aria-label=${t('cash.drawer')}>
        ${button('plus', t('cash.do.paid-in'), () => this.move('paid-in'))}
        ${button('minus', t('cash.do.paid-out'), () => this.move('paid-out'))}
        ${button('up_arrow', t('cash.do.pick-ups'), () => this.move('pick-ups'))}
        ${button('print', t('cash.print-x'), () => this.printX(), '', !takings)}
        ${button('count', t('kit.count'), () => this.count(), shift.counted ? '' : 'primary')}
        ${button('lock', t('cash.close'), () => this.close(), 'primary', !shift.counted)}
      </div>${shift.counted ? nothing : html`<p class="soft small">${t('cash.count-first')}</p>`}</section>`}
      <section><h2>${z ? t('cash.figures-z') : t('cash.figures-x')}</h2>
        ${figures ? html`<div class="two">
          <div class="card scroll" tabindex="0" role="region" aria-label=${t('cash.takings')}>${tenders(z ? z.takings : takings.byTender)}</div>
          <div class="card body">${drawer(figures, z ? z.takings : takings.byTender, z ? z.expectedCash : takings.drawer)}</div>
        </div>` : html`<div class="card"><sk-empty icon="count" heading=${t('cash.counted-blind')} text=${t('cash.counted-blind-how')}></sk-empty></div>`}
      </section>
      ${this.moves.length ? html`<section><h2>${t('cash.moves')}</h2><div class="card scroll" tabindex="0" role="region" aria-label=${t('cash.moves')}><table class="rows">
        <thead><tr><th>${t('cash.what')}</th><th>${t('cash.when')}</th><th>${t('cash.who')}</th><th>${t('cash.reason')}</th><th class="end">${t('cash.amount')}</th></tr></thead>
        <tbody>${this.moves.map(it => html`<tr><th scope="row">${t(`cash.move.${it.kind}`)}</th><td data-label=${t('cash.when')}>${time(it.at)}</td><td data-label=${t('cash.who')}>${this.office.nameOf(it.person)}</td><td data-label=${t('cash.reason')}>${it.detail}</td><td class="end" data-label=${t('cash.amount')}>${it.amount ? money(it.amount) : '–'}</td></tr>`)}</tbody></table></div></section>` : nothing}
      ${supplement ? html`<section><h2>${t('cash.late')}</h2><div class="card scroll" tabindex="0" role="region" aria-label=${t('cash.late')}>${tenders(supplement.byTender)}</div></section>` : nothing}`;
  }
}

customElements.define('sk-office-cash', Cash);
