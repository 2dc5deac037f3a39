import { html, css, nothing } from 'lit';
import { words, t, ago, date, time } from '../kit/words.js';
import { read, act } from '../kit/api.js';
import { Dialog, ask, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page, looks, table, tabs, badge, empty } from '../hq/page.js';

await words(import.meta.url);

const ROLES = ['ADMIN', 'MERCHANT', 'ANALYST', 'ACCOUNTANT', 'SUPPORT'];

/** For a person who is let in or changed, or for a program. */
class Someone extends Dialog {
  static properties = { person: { attribute: false }, program: { type: Boolean }, token: { state: true } };

  static styles = [Dialog.styles, css`
    fieldset { border: 0; margin: 0; padding: 0; display: grid; }
    legend { font-size: .875rem; font-weight: 600; color: var(--sk-soft); padding: 0; }
    label.check { flex-direction: row; align-items: center; gap: var(--sk-3); min-block-size: var(--sk-touch); font-size: 1rem; font-weight: 400; color: var(--sk-ink); }
    label.check input { inline-size: 1.25rem; min-block-size: 1.25rem; }
  `];

  submit(event) {
    event.preventDefault();
    const form = event.target;
    const value = name => form.elements[name]?.value.trim() ?? '';
    const roles = ROLES.filter(it => form.elements[it].checked);
    this.attempt(async () => {
      if (this.program) {
        const { token } = await act('POST', '/api/programs', { name: value('name'), roles });
        this.heading = t('people.token', { name: value('name') });
        this.token = token;
      } else {
        const id = this.person?.person ?? value('person');
        this.give(await act('PUT', `/api/people/${encodeURIComponent(id)}`, { name: value('name'), roles, password: form.elements.password.value || null }));
      }
    });
  }

  content() {
    if (this.token) {
      return html`<p>${t('people.token-how')}</p><input readonly aria-label=${this.heading} .value=${this.token} @focus=${event => event.target.select()}>`;
    }
    return html`<form class="stack" @submit=${this.submit}>
      ${this.program || this.person ? nothing : html`<label>${t('people.person')}<input name="person" required autofocus autocomplete="off" autocapitalize="none" spellcheck="false"></label>`}
      <label>${t('people.name')}<input name="name" required autocomplete="off" .value=${this.person?.name ?? ''}></label>
      <fieldset class="roles"><legend>${t('people.roles')}</legend>
        ${ROLES.map(it => html`<label class="check"><input type="checkbox" name=${it} ?checked=${this.person?.roles.includes(it)}><span>${t(`people.role.${it}`)}</span></label>`)}
      </fieldset>
      ${this.program ? nothing : html`<label>${t('people.password')}<input name="password" type="password" autocomplete="new-password" ?required=${!this.person}></label>
        ${this.person ? html`<p class="soft small">${t('people.password-keep')}</p>` : nothing}`}
      <button class="primary tall" ?disabled=${this.busy}>${t('people.save')}</button>
    </form>`;
  }
}

customElements.define('hq-someone', Someone);

/** Who may do what at headquarters, and who did what about that. */
class People extends Page {
  static properties = { people: { state: true }, programs: { state: true }, audit: { state: true }, before: { state: true } };
  static styles = looks;

  get part() {
    return this.args[0] ?? '';
  }

  async load() {
    if (this.part === 'programs') {
      this.programs = (await read('/api/programs')).programs;
    } else if (this.part === 'audit') {
      this.audit = await read(`/api/audit${this.args[1] ? `?before=${this.args[1]}` : ''}`);
    } else {
      this.people = (await read('/api/people')).people;
    }
  }

  async edit(properties) {
    await ask('hq-someone', properties);
    this.again();
  }

  async takeOut(path, name) {
    if (await ask('sk-tell', { heading: t('people.remove'), text: t('people.remove-sure', { name }), yes: t('people.remove'), no: t('kit.cancel'), look: 'danger' })) {
      try {
        await act('DELETE', path);
      } catch (error) {
        toast(say(error), 'bad');
      }
      this.again();
    }
  }

  roles(it) {
    return html`${it.roles.map(role => html`${badge(t(`people.role.${role}`))} `)}`;
  }

  view() {
    const parts = ['', 'programs', 'audit'].map(id => ({ id, name: t(`people.${id || 'people'}`) }));
    return html`${tabs('people', parts, this.part)}${this.part === 'programs' ? this.ofPrograms() : this.part === 'audit' ? this.ofAudit() : this.ofPeople()}`;
  }

  ofPeople() {
    if (!this.people) {
      return nothing;
    }
    return html`
      <div class="tools"><span class="grow"></span><button type="button" class="primary" @click=${() => this.edit({ heading: t('people.add') })}><sk-icon name="plus"></sk-icon>${t('people.add')}</button></div>
      ${this.people.length ? table([
        { name: t('people.name'), cell: it => html`${it.name} <span class="soft small">${it.person}</span>` },
        { name: t('people.roles'), cell: it => this.roles(it) },
        { name: t('people.signs-on'), wide: true, cell: it => it.lockedUntil ? badge(t('people.locked', { until: time(it.lockedUntil) }), 'bad') : t(it.signsOn ? 'people.yes' : 'people.no') },
        { name: t('people.edit'), end: true, cell: it => html`<button type="button" aria-label="${t('people.edit')} ${it.name}" @click=${() => this.edit({ heading: it.name, person: it })}><sk-icon name="edit"></sk-icon></button>
          <button type="button" class="danger" aria-label="${t('people.remove')} ${it.name}" ?disabled=${it.person === this.me.person} @click=${() => this.takeOut(`/api/people/${encodeURIComponent(it.person)}`, it.name)}><sk-icon name="trash"></sk-icon></button>` },
      ], this.people, { label: t('people.people') }) : empty('people', t('people.none'))}`;
  }

  ofPrograms() {
    if (!this.programs) {
      return nothing;
    }
    return html`
      <div class="tools"><span class="grow"></span><button type="button" class="primary" @click=${() => this.edit({ heading: t('people.add-program'), program: true })}><sk-icon name="plus"></sk-icon>${t('people.add-program')}</button></div>
      ${this.programs.length ? table([
        { name: t('people.program'), cell: it => it.program },
        { name: t('people.roles'), cell: it => this.roles(it) },
        { name: t('people.since'), wide: true, cell: it => date(it.since) },
        { name: t('people.by'), wide: true, cell: it => it.by },
        { name: t('people.remove'), end: true, cell: it => html`<button type="button" class="danger" aria-label="${t('people.remove')} ${it.program}" @click=${() => this.takeOut(`/api/programs/${encodeURIComponent(it.program)}`, it.program)}><sk-icon name="trash"></sk-icon></button>` },
      ], this.programs, { label: t('people.programs') }) : empty('key', t('people.no-programs'), t('people.no-programs-how'))}`;
  }

  ofAudit() {
    if (!this.audit) {
      return nothing;
    }
    return html`${table([
      { name: t('people.when'), cell: it => html`<span title=${it.at}>${ago(it.at)}</span>` },
      { name: t('people.what'), cell: it => it.what },
      { name: t('people.about'), cell: it => it.about },
      { name: t('people.by'), cell: it => it.by || '–' },
    ], this.audit.events, { label: t('people.audit') })}
    ${this.audit.next ? html`<p><a href="#people/audit/${this.audit.next}">${t('people.more')}</a></p>` : nothing}`;
  }
}

customElements.define('hq-people', People);
