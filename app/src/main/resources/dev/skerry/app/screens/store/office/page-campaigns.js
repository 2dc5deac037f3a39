import { html, css, nothing } from 'lit';
import { words, t, date, has, number, time } from '../kit/words.js';
import { digitsOf, money, typedMoney, typedQuantity } from '../kit/money.js';
import { Problem, read, act, poll, id } from '../kit/api.js';
import { ask, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page } from './page.js';
import './find.js';
import './article-name.js';

await words(import.meta.url, 'campaigns');

const REASONS = ['surplus', 'near-expiry', 'damaged-packaging', 'end-of-season', 'neighbourhood'];

/** A pause while somebody types, after which it is looked what the campaign would do. */
const PAUSE_MS = 400;

/** A moment of the store, as it stands in the API, as people write it. */
const moment = text => `${date(text.slice(0, 10))}, ${time(text)}`;

const two = value => String(value).padStart(2, '0');

/** Midnight after today, as this device has it; the person sees it. */
function tonight() {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T00:00`;
}

const reasonOf = reason => has(`campaigns.reason.${reason}`) ? t(`campaigns.reason.${reason}`) : reason;

/** The store's own markdowns: those that there are, and a new one with what it would do. */
class Campaigns extends Page {
  static properties = { campaigns: { state: true }, ended: { state: true }, draft: { state: true }, preview: { state: true }, problem: { state: true }, busy: { state: true }, departments: { state: true } };

  static styles = [Page.styles, css`
    header.head h1 { flex: 1 1 8rem; }
    .campaigns { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: var(--sk-3); }
    .campaigns > li { padding: var(--sk-4); display: flex; flex-direction: column; gap: var(--sk-2); }
    .campaigns h2 { overflow-wrap: anywhere; }
    .campaigns .actions { margin-block-start: auto; padding-block-start: var(--sk-2); }
    .off { font-size: 1.5rem; font-weight: 750; font-variant-numeric: tabular-nums; }
    form { display: grid; gap: var(--sk-4); }
    fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; display: grid; gap: var(--sk-3); }
    legend { font-weight: 650; font-size: 1.125rem; padding: 0; margin-block-end: var(--sk-3); }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); gap: var(--sk-3); align-items: end; }
    .choice { display: flex; gap: var(--sk-2); }
    .choice button { flex: 1; }
    .choice button[aria-pressed=true] { background: var(--sk-accent-soft); border-color: var(--sk-accent); }
    .chosen { display: flex; flex-wrap: wrap; gap: var(--sk-2); }
    .chosen button { min-block-size: 2.75rem; padding-block: var(--sk-1); text-align: start; }
    td s { color: var(--sk-soft); }
    td .now { font-weight: 700; }
  `];

  constructor() {
    super();
    this.draft = null;
    this.preview = null;
    this.problem = null;
    this.busy = false;
    this.ended = false;
  }

  get writing() {
    return this.rest[0] === 'new' || this.rest[0] === 'change';
  }

  get idle() {
    return !this.writing;
  }

  willUpdate(changes) {
    super.willUpdate(changes);
    if (changes.has('rest') && !this.writing) {
      this.draft = null;
      this.preview = null;
      this.problem = null;
    }
  }

  async load() {
    const [{ campaigns }, { departments }] = await Promise.all([
      read(`/api/campaigns${this.ended ? '?ended=true' : ''}`),
      this.departments ? { departments: this.departments } : read('/api/departments'),
    ]);
    this.campaigns = campaigns;
    this.departments = departments;
    if (this.writing && !this.draft) {
      const known = campaigns.find(it => it.campaign.id === this.rest[1])?.campaign;
      this.draft = known ? draftOf(known) : this.fresh();
      this.look();
    } else if (this.writing) {
      this.look();
    }
  }

  fresh() {
    const sku = this.rest[0] === 'new' ? this.rest[1] : null;
    return { id: id(), name: '', reason: 'surplus', by: 'percent', percent: '30', price: '', skus: sku ? [sku] : [], departments: [], lot: '', days: '', from: '', to: tonight() };
  }

  changed(topic, key) {
    return topic === 'campaigns' || this.writing ? this.soon() : undefined;
  }

  // ---- a new one

  set(what) {
    this.draft = { ...this.draft, ...what };
    this.problem = null;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.look(), PAUSE_MS);
  }

  get body() {
    const { draft } = this;
    const percent = draft.by === 'percent' ? typedQuantity(draft.percent) : null;
    const price = draft.by === 'price' ? typedMoney(draft.price, this.currency) : null;
    return {
      name: draft.name.trim() || reasonOf(draft.reason),
      reason: draft.reason,
      ...(percent === null ? {} : { percent }),
      ...(price === null ? {} : { price }),
      ...(draft.skus.length ? { skus: draft.skus } : {}),
      ...(draft.departments.length ? { departments: draft.departments } : {}),
      ...(draft.lot.trim() ? { lot: draft.lot.trim() } : {}),
      ...(draft.days.trim() ? { expiresWithinDays: Number(draft.days) } : {}),
      ...(draft.from ? { from: draft.from } : {}),
      to: draft.to,
    };
  }

  get complete() {
    const { draft } = this;
    return !!draft && (draft.skus.length + draft.departments.length > 0) && !!draft.to
      && (draft.by === 'percent' ? typedQuantity(draft.percent) : typedMoney(draft.price, this.currency)) !== null;
  }

  /** What it would do, from the server; the newest question wins. */
  async look() {
    const asked = this.asked = Symbol();
    if (!this.draft || !this.complete) {
      this.preview = null;
      return;
    }
    try {
      const { body } = await poll('POST', '/api/campaigns/preview', this.body);
      if (asked === this.asked) {
        this.preview = body;
        this.problem = null;
      }
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      if (asked === this.asked) {
        this.preview = null;
        this.problem = say(error);
      }
    }
  }

  async begin(event) {
    event.preventDefault();
    if (!this.complete) {
      this.problem = t('campaigns.incomplete');
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      const { state, campaign } = await act('PUT', `/api/campaigns/${encodeURIComponent(this.draft.id)}`, this.body);
      toast(t(`campaigns.begun.${state}`, { name: campaign.name }), 'good');
      this.office.go('campaigns');
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      this.problem = say(error);
    } finally {
      this.busy = false;
    }
  }

  async stop(campaign) {
    const sure = await ask('sk-tell', { heading: t('campaigns.stop'), text: t('campaigns.stop-sure', { name: campaign.name }), yes: t('campaigns.stop'), no: t('kit.cancel'), look: 'danger' });
    if (sure) {
      await this.doing(async () => {
        await act('DELETE', `/api/campaigns/${encodeURIComponent(campaign.id)}`, undefined);
        toast(t('campaigns.stopped', { name: campaign.name }), 'good');
        await this.renew();
      });
    }
  }

  // ---- what is shown

  off(campaign) {
    return campaign.percent == null ? money(campaign.price) : `−${number(campaign.percent)} %`;
  }

  view() {
    return this.writing && this.draft ? this.viewForm() : this.viewList();
  }

  viewList() {
    const manager = this.office.may('MANAGER');
    return html`
      <header class="head"><h1 tabindex="-1">${t('office.page.campaigns')}</h1>
        <button type="button" aria-pressed=${this.ended} @click=${() => { this.ended = !this.ended; this.renew(); }}>${t(this.ended ? 'campaigns.hide-ended' : 'campaigns.show-ended')}</button>
        <button type="button" class="primary" @click=${() => this.office.go('campaigns', 'new')}><sk-icon name="plus"></sk-icon>${t('campaigns.new')}</button>
        <p class="soft">${t('campaigns.how')}</p></header>
      ${this.campaigns.length ? html`<ul class="campaigns">${this.campaigns.map(({ campaign, state }) => html`<li class="card">
        <div class="row"><h2 class="grow">${campaign.name}</h2><span class="chip ${{ RUNNING: 'good', PLANNED: '', OVER: 'warn', STOPPED: 'warn' }[state]}">${t(`campaigns.state.${state}`)}</span></div>
        <p class="off">${this.off(campaign)}</p>
        <p>${campaign.departments.length ? campaign.departments.join(', ') : nothing}${campaign.skus.slice(0, 3).map((sku, i) => html`${i || campaign.departments.length ? ', ' : ''}<sk-office-article-name sku=${sku}></sk-office-article-name>`)}${campaign.skus.length > 3 ? ` ${t('campaigns.and-more', { count: campaign.skus.length - 3 })}` : ''}</p>
        ${campaign.lot || campaign.expiresWithinDays != null ? html`<p class="soft small">${[campaign.lot && t('campaigns.only-lot', { lot: campaign.lot }), campaign.expiresWithinDays != null && t('campaigns.only-days', { count: campaign.expiresWithinDays })].filter(Boolean).join(' · ')}</p>` : nothing}
        <p class="soft small">${reasonOf(campaign.reason)} · ${moment(campaign.from)} – ${moment(campaign.to)}</p>
        ${manager && (state === 'RUNNING' || state === 'PLANNED') ? html`<div class="actions">
          <button type="button" @click=${() => this.office.go('campaigns', 'change', campaign.id)}><sk-icon name="edit"></sk-icon>${t('campaigns.change')}</button>
          <button type="button" class="danger" @click=${() => this.stop(campaign)}>${t('campaigns.stop')}</button></div>` : nothing}
      </li>`)}</ul>` : html`<sk-empty class="card" icon="discount" heading=${t('campaigns.none')} text=${t('campaigns.none-how')}></sk-empty>`}`;
  }

  viewForm() {
    const { draft } = this;
    const manager = this.office.may('MANAGER');
    return html`
      <header class="head"><a class="button quiet" href="#campaigns" aria-label=${t('campaigns.back')}><sk-icon name="back"></sk-icon></a><h1 tabindex="-1">${t(this.rest[0] === 'change' ? 'campaigns.change' : 'campaigns.new')}</h1></header>
      <form @submit=${this.begin} novalidate>
        <fieldset class="card body"><legend class="visually-hidden">${t('campaigns.what')}</legend>
          <div class="two">
            <label>${t('campaigns.reason')}<select @change=${event => this.set({ reason: event.target.value })}>
              ${[...new Set([...REASONS, draft.reason])].map(it => html`<option value=${it} ?selected=${draft.reason === it}>${reasonOf(it)}</option>`)}</select></label>
            <label>${t('campaigns.name')}<input autocomplete="off" maxlength="60" placeholder=${reasonOf(draft.reason)} .value=${draft.name} @input=${event => this.set({ name: event.target.value })}></label>
          </div>
          <div class="two">
            <div class="choice" role="group" aria-label=${t('campaigns.by')}>${['percent', 'price'].map(it => html`<button type="button" aria-pressed=${draft.by === it} @click=${() => this.set({ by: it })}>${t(`campaigns.by-${it}`)}</button>`)}</div>
            ${draft.by === 'percent'
              ? html`<label>${t('campaigns.percent')}<input inputmode="decimal" autocomplete="off" .value=${draft.percent} @input=${event => this.set({ percent: event.target.value })}></label>`
              : html`<label>${t('campaigns.price')}<input inputmode="decimal" autocomplete="off" placeholder=${t('kit.minor-units')} .value=${draft.price} @input=${event => this.set({ price: event.target.value })}></label>`}
          </div>
        </fieldset>
        <fieldset class="card body"><legend class="visually-hidden">${t('campaigns.for')}</legend>
          <div class="two">
            <sk-office-find label=${t('campaigns.article')} hint=${t('campaigns.article')} @found=${event => this.found(event.detail)}></sk-office-find>
            <label>${t('campaigns.department')}<select @change=${event => { this.set({ departments: [...new Set([...draft.departments, event.target.value])] }); event.target.value = ''; }}>
              <option value="">${t('campaigns.department-choose')}</option>${this.paths.map(it => html`<option value=${it}>${it.replaceAll('/', ' / ')}</option>`)}</select></label>
          </div>
          ${draft.skus.length + draft.departments.length ? html`<div class="chosen">
            ${draft.departments.map(it => html`<button type="button" aria-label=${t('campaigns.without', { name: it })} @click=${() => this.set({ departments: draft.departments.filter(other => other !== it) })}>${it.replaceAll('/', ' / ')}<sk-icon name="close"></sk-icon></button>`)}
            ${draft.skus.map(it => html`<button type="button" @click=${() => this.set({ skus: draft.skus.filter(other => other !== it) })}><sk-office-article-name sku=${it}></sk-office-article-name><span class="visually-hidden">${t('campaigns.take-out')}</span><sk-icon name="close"></sk-icon></button>`)}</div>` : html`<p class="soft">${t('campaigns.for-what')}</p>`}
          <div class="two">
            <label>${t('campaigns.lot')}<input autocomplete="off" maxlength="20" .value=${draft.lot} @input=${event => this.set({ lot: event.target.value })}></label>
            <label>${t('campaigns.days')}<input inputmode="numeric" autocomplete="off" maxlength="3" .value=${draft.days} @input=${event => this.set({ days: event.target.value.replace(/\D/g, '') })}></label>
          </div>
        </fieldset>
        <fieldset class="card body"><legend class="visually-hidden">${t('campaigns.when')}</legend><div class="two">
          <label>${t('campaigns.from')}<input type="datetime-local" .value=${draft.from} @input=${event => this.set({ from: event.target.value })}></label>
          <label>${t('campaigns.to')}<input type="datetime-local" required .value=${draft.to} @input=${event => this.set({ to: event.target.value })}></label>
        </div></fieldset>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <div class="actions">
          <button class="primary tall" ?disabled=${this.busy || !manager}><sk-icon name="check"></sk-icon>${t(draft.from ? 'campaigns.plan' : 'campaigns.begin')}</button>
          ${manager ? nothing : html`<p class="soft">${t('campaigns.manager')}</p>`}
        </div>
      </form>
      <section aria-live="polite"><h2>${t('campaigns.preview')}</h2>${this.viewPreview()}</section>`;
  }

  found({ article, label }) {
    this.set({ skus: [...new Set([...this.draft.skus, article.sku])], ...(label?.lot ? { lot: label.lot } : {}) });
  }

  get paths() {
    const all = new Set();
    this.departments.forEach(it => it.path.forEach((_, i) => all.add(it.path.slice(0, i + 1).join('/'))));
    return [...all].sort();
  }

  viewPreview() {
    const { preview } = this;
    if (!preview) {
      return html`<sk-empty class="card" icon="discount" heading=${t('campaigns.no-preview')}></sk-empty>`;
    }
    return html`
      ${preview.all ? nothing : html`<sk-banner tone="info">${t('campaigns.preview-part', { count: preview.lines.length })}</sk-banner>`}
      ${preview.unpriced.length ? html`<sk-banner tone="warn">${t('campaigns.unpriced', { count: preview.unpriced.length })}</sk-banner>` : nothing}
      ${preview.lines.length ? html`<div class="card scroll" tabindex="0" role="region" aria-label=${t('campaigns.preview')}><table>
        <thead><tr><th scope="col">${t('find.label')}</th><th scope="col" class="end">${t('campaigns.regular')}</th><th scope="col" class="end">${t('campaigns.after')}</th><th scope="col" class="end">${t('campaigns.stock')}</th></tr></thead>
        <tbody>${preview.lines.map(it => html`<tr><th scope="row">${it.name}</th>
          <td class="end">${it.before.amount === it.regular.amount ? money(it.regular) : html`<s>${money(it.regular)}</s> ${money(it.before)}`}</td>
          <td class="end now">${money(it.after)}</td><td class="end">${number(it.stock)}</td></tr>`)}</tbody></table></div>`
        : html`<sk-empty class="card" icon="warning" heading=${t('campaigns.does-nothing')}></sk-empty>`}`;
  }
}

/** A price as it is typed. */
function typed(price) {
  const digits = digitsOf(price.currency);
  const text = String(price.amount).padStart(digits + 1, '0');
  return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
}

const draftOf = it => ({ id: it.id, name: it.name, reason: it.reason, by: it.price ? 'price' : 'percent', percent: it.percent == null ? '' : String(it.percent), price: it.price ? typed(it.price) : '', skus: it.skus, departments: it.departments, lot: it.lot ?? '', days: it.expiresWithinDays == null ? '' : String(it.expiresWithinDays), from: it.from.slice(0, 16), to: it.to.slice(0, 16) });

customElements.define('sk-office-campaigns', Campaigns);
