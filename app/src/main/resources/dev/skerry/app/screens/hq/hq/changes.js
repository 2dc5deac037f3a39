// Changes of a context that wait for a second person, were published or rejected: the same for articles and prices.
import { html, nothing } from 'lit';
import { t, number, ago, has } from '../kit/words.js';
import { read, act, id } from '../kit/api.js';
import { ask, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page, looks, table, badge, empty } from './page.js';

const TONES = { WAITING: 'warn', PUBLISHED: 'good', REJECTED: '' };
const ROWS = 50;

/** What is different, as far as it is: fields that are equal are left out. */
function fields(before, after) {
  const all = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...all].filter(it => JSON.stringify(before?.[it]) !== JSON.stringify(after?.[it]));
}

const shown = value => value == null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** `base` is the context's path, such as `/api/catalog`. */
class Changes extends Page {
  static properties = { base: {}, state: { state: true }, list: { state: true }, opened: { state: true } };
  static styles = looks;

  constructor() {
    super();
    this.state = '';
  }

  firstUpdated() {
    this.again();
  }

  async load() {
    this.list = (await read(`${this.base}/changes?max=${ROWS}${this.state ? `&state=${this.state}` : ''}`)).changes;
    if (this.opened) {
      this.details = await read(`${this.base}/changes/${encodeURIComponent(this.opened)}`);
    }
    this.requestUpdate();
  }

  async decide(change, what, body) {
    try {
      await act('POST', `${this.base}/changes/${encodeURIComponent(change.id)}/${what}`, body);
    } catch (error) {
      toast(say(error), 'bad');
    }
    this.again();
  }

  async reject(change) {
    const done = await ask('sk-ask-text', {
      heading: t('hq.changes.reject-title'),
      label: t('hq.changes.reason'),
      check: reason => act('POST', `${this.base}/changes/${encodeURIComponent(change.id)}/rejection`, { reason }),
    });
    if (done) {
      this.again();
    }
  }

  acts(it) {
    return html`<span class="row">${it.state === 'WAITING' ? html`
      <button type="button" class="good" ?disabled=${it.by === this.me?.person} title=${it.by === this.me?.person ? t('hq.changes.another') : ''} @click=${() => this.decide(it, 'approval', {})}>${t('hq.changes.approve')}</button>
      <button type="button" @click=${() => this.reject(it)}>${t('hq.changes.reject')}</button>` : nothing}
      ${it.state === 'PUBLISHED' && !it.undoneBy ? html`<button type="button" @click=${() => this.decide(it, 'undoing', { id: id() })}>${t('hq.changes.undo')}</button>` : nothing}
      ${it.undoneBy ? badge(t('hq.changes.undone')) : nothing}</span>`;
  }

  view() {
    if (!this.list) {
      return nothing;
    }
    return html`
      <div class="tools"><label>${t('hq.changes.state')}<select @change=${event => { this.state = event.target.value; this.again(); }}>
        <option value="">${t('hq.changes.every')}</option>
        ${Object.keys(TONES).map(it => html`<option value=${it.toLowerCase()}>${t(`hq.changes.${it}`)}</option>`)}
      </select></label></div>
      ${this.list.length ? table([
        { name: t('hq.changes.title'), cell: it => html`<button type="button" class="quiet" aria-expanded=${it.id === this.opened} @click=${() => { this.opened = it.id === this.opened ? null : it.id; this.again(); }}>${it.title}</button>` },
        { name: t('hq.changes.state'), cell: it => html`${badge(t(`hq.changes.${it.state}`), TONES[it.state])}${it.reason ? html`<br><span class="soft small">${it.reason}</span>` : nothing}` },
        { name: t('hq.changes.entries'), end: true, wide: true, cell: it => number(it.statements) },
        { name: t('hq.changes.by'), wide: true, cell: it => [it.by, it.decidedBy].filter(Boolean).join(', ') },
        { name: t('hq.changes.at'), end: true, wide: true, cell: it => ago(it.decidedAt ?? it.at) },
        { name: t('hq.changes.decide'), cell: it => this.acts(it) },
      ], this.list, { label: t('hq.changes.changes') }) : empty('list', t('hq.changes.none'), t('hq.changes.none-how'))}
      ${this.opened && this.details?.change.id === this.opened ? html`
        <h2>${this.details.change.title}</h2>
        ${this.details.differences.map(one => html`<section class="card pad stack"><h3>${one.key}</h3>
          ${table([
            { name: t('hq.changes.field'), cell: it => has(`hq.changes.field.${it}`) ? t(`hq.changes.field.${it}`) : it },
            { name: t('hq.changes.before'), cell: it => shown(one.before?.[it]) },
            { name: t('hq.changes.after'), cell: it => one.after ? shown(one.after[it]) : t('hq.changes.ended') },
          ], fields(one.before, one.after), { label: one.key })}</section>`)}
        ${this.details.more ? html`<p class="soft">${t('hq.changes.more')}</p>` : nothing}` : nothing}`;
  }
}

customElements.define('hq-changes', Changes);
