import { html, css, nothing } from 'lit';
import { words, t, ago, date, has, number, time } from '../kit/words.js';
import { read, act } from '../kit/api.js';
import { ask } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page } from './page.js';

await words(import.meta.url, 'line');

/** A clock that differs by more makes times on receipts and campaigns wrong. */
const SKEW_MS_MAX = 5000;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** As people write it: 1.2 GB. */
function size(bytes) {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit: UNITS[power], maximumFractionDigits: 1 }).format(bytes / 1000 ** power);
}

const moment = at => `${date(at)}, ${time(at)}`;
const word = (prefix, value) => has(`${prefix}.${value}`) ? t(`${prefix}.${value}`) : value;

/** The line to headquarters, what waits on it, the disk; and what the contexts could not take in. */
class LinePage extends Page {
  static properties = { status: { state: true }, followers: { state: true } };

  static styles = [Page.styles, css`
    .gone { display: flex; flex-direction: column; gap: var(--sk-3); }
    .gone > li { padding: var(--sk-4); display: flex; flex-direction: column; gap: var(--sk-2); }
    .gone h3 { font-size: 1.0625rem; color: var(--sk-ink); overflow-wrap: anywhere; }
    .event { display: flex; flex-direction: column; gap: var(--sk-2); padding-block-start: var(--sk-3); border-block-start: 1px solid var(--sk-line); }
    code { font-family: var(--sk-mono); font-size: .875rem; overflow-wrap: anywhere; }
    td:first-child, th[scope=row] { overflow-wrap: anywhere; }
  `];

  async load() {
    const manager = this.office.may('MANAGER');
    const [status, { followers }] = await Promise.all([read('/api/status'), manager ? read('/api/followers') : { followers: [] }]);
    Object.assign(this, { status, followers });
  }

  get troubled() {
    return this.followers.filter(it => it.trouble || it.parked.length);
  }

  // ---- what a manager decides

  async retry(follower, event) {
    await this.doing(async () => {
      const { applied, waiting, error } = await act('POST', '/api/followers/retry', { name: follower.name, key: event.key });
      toast(waiting ? t('line.retried-not', { count: waiting, error: error ?? '' }) : t('line.retried', { count: applied }), waiting ? 'bad' : 'good');
      await this.renew();
    });
  }

  async skip(follower, event) {
    const done = await ask('sk-ask-text', {
      heading: t('line.skip-sure'),
      label: t('line.why'),
      enter: t('line.skip'),
      check: why => act('POST', '/api/followers/skip', { name: follower.name, why, ...(event.id == null ? { stream: event.stream, offset: event.offset } : { parked: event.id }) }),
    });
    if (done) {
      toast(t('line.skipped'), 'good');
      await this.renew();
    }
  }

  async resume(follower) {
    await this.doing(async () => {
      await act('POST', '/api/followers/resume', { name: follower.name });
      await this.renew();
    });
  }

  // ---- what is shown

  view() {
    const { status } = this;
    const up = status.line === 'up';
    const waiting = status.waitingUp;
    const skew = status.hqClockAheadMs;
    const { disk } = status;
    const low = disk.freeBytes < disk.freeBytesMin;
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.line')}</h1><p class="soft">${t('line.how')}</p></header>
      ${(status.obstacles ?? []).map(it => html`<sk-banner tone="bad">${it.why} ${it.remedy}</sk-banner>`)}
      <div class="tiles">
        <div class="card"><h3>${t('kit.line')}</h3><p class="figure ${up ? 'good' : 'warn'}">${t(up ? 'line.up' : 'line.down')}</p>
          <p class="soft small">${t('line.since', { since: moment(status.lineSince), ago: ago(status.lineSince) })}</p>
          ${status.lastContact ? html`<p class="soft small">${t('line.contact', { ago: ago(status.lastContact) })}</p>` : html`<p class="soft small">${t('line.no-contact')}</p>`}
          ${up ? nothing : html`<p class="small">${status.why}</p>`}</div>
        <div class="card"><h3>${t('kit.queue')}</h3><p class="figure ${waiting.events && !up ? 'warn' : ''}">${number(waiting.events)}</p>
          <p class="soft small">${waiting.events ? t('line.waits', { size: size(waiting.bytes), oldest: waiting.oldest ? ago(waiting.oldest) : '' }) : t('kit.queue-empty')}</p></div>
        <div class="card"><h3>${t('line.clock')}</h3>${skew == null ? html`<p class="figure">–</p>` : html`<p class="figure ${Math.abs(skew) > SKEW_MS_MAX ? 'warn' : ''}">${t('line.seconds', { seconds: number(Math.round(Math.abs(skew) / 100) / 10) })}</p>
          <p class="soft small">${t(Math.abs(skew) <= SKEW_MS_MAX ? 'line.clock-right' : skew > 0 ? 'line.clock-behind' : 'line.clock-ahead')}</p>`}</div>
        <div class="card"><h3>${t('line.disk')}</h3><p class="figure ${low ? 'bad' : ''}">${size(disk.freeBytes)}</p>
          <p class="soft small">${t('line.disk-of', { all: size(disk.totalBytes), data: size(disk.dataBytes) })}</p>
          ${low ? html`<p class="bad small">${t('line.disk-low')}</p>` : nothing}</div>
      </div>
      ${this.office.may('MANAGER') ? this.viewTroubled() : nothing}
      ${this.viewStreams('up', t('line.streams-up'))}
      ${this.viewStreams('down', t('line.streams-down'))}
      <p class="soft small"><br>${t('line.program', { software: status.software, started: moment(status.startedAt), epoch: status.epoch })}</p>`;
  }

  viewTroubled() {
    const troubled = this.troubled;
    return html`<section><h2>${t('line.troubled')}</h2>
      ${troubled.length ? html`<ul class="gone">${troubled.map(it => html`<li class="card">
        <div class="row"><h3 class="grow">${it.name}</h3><span class="chip ${it.state === 'STOPPED' ? 'bad' : 'warn'}">${t(`line.state.${it.state}`)}</span></div>
        <p class="soft small">${t('line.reads', { reads: it.reads })}</p>
        ${it.trouble ? html`<p><code>${it.trouble}</code></p>` : nothing}
        ${it.state === 'STOPPED' ? html`<div class="actions"><button type="button" @click=${() => this.resume(it)}><sk-icon name="refresh"></sk-icon>${t('line.resume')}</button>
          ${it.faulty ? html`<button type="button" class="danger" @click=${() => this.skip(it, it.faulty)}>${t('line.skip')}…</button>` : nothing}</div>` : nothing}
        ${it.parked.map(event => html`<div class="event">
          <p><strong>${event.key ?? t('line.no-key')}</strong> <span class="soft">${t('line.place', { stream: event.stream, offset: event.offset })}${event.since ? ` · ${ago(event.since)}` : ''}</span></p>
          <p><code>${event.error}</code></p>
          <div class="actions">${event.key == null ? nothing : html`<button type="button" @click=${() => this.retry(it, event)}><sk-icon name="refresh"></sk-icon>${t('line.retry')}</button>`}
            <button type="button" class="danger" @click=${() => this.skip(it, event)}>${t('line.skip')}…</button></div></div>`)}
      </li>`)}</ul>` : html`<sk-empty class="card" icon="check" heading=${t('line.no-trouble')} text=${t('line.no-trouble-how', { count: this.followers.length })}></sk-empty>`}</section>`;
  }

  viewStreams(direction, heading) {
    const streams = this.status.streams.filter(it => it.direction === direction).sort((a, b) => b.eventsWaiting - a.eventsWaiting || a.name.localeCompare(b.name));
    return html`<section><h2>${heading}</h2><div class="card scroll" tabindex="0" role="region" aria-label=${heading}><table>
      <thead><tr><th scope="col">${t('line.stream')}</th><th scope="col">${t('line.how-it-is')}</th><th scope="col" class="end">${t('line.waiting')}</th><th scope="col" class="end">${t('line.oldest')}</th></tr></thead>
      <tbody>${streams.map(it => html`<tr><th scope="row">${it.name}<br><span class="soft small">${word('line.lane', it.lane)} · ${t('line.events', { count: it.tail, number: number(it.tail) })}</span></th>
        <td>${word('line.stream-state', it.state)}${it.why ? html`<br><span class="bad small">${it.why}</span>` : nothing}</td>
        <td class="end">${it.eventsWaiting ? html`<strong>${number(it.eventsWaiting)}</strong><br><span class="soft small">${size(it.bytesWaiting)}</span>` : '0'}</td>
        <td class="end">${it.oldestWaiting ? ago(it.oldestWaiting) : '–'}</td></tr>`)}</tbody></table></div></section>`;
  }
}

customElements.define('sk-office-line', LinePage);
