import { html, css } from 'lit';
import { Dialog } from '../kit/dialog.js';
import { t } from '../kit/words.js';

/** What is chosen with a dish, group by group. Answered with the options as the API takes them. */
class Dish extends Dialog {
  static properties = { groups: { attribute: false }, chosen: { state: true } };

  static styles = [Dialog.styles, css`
    fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; display: grid; gap: var(--sk-2); }
    fieldset fieldset { margin-inline-start: var(--sk-4); }
    legend { padding: 0; font-weight: 650; margin-block-end: var(--sk-2); }
    .options { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: var(--sk-2); }
    .options [aria-pressed=true] { background: var(--sk-accent-soft); border-color: var(--sk-accent); }
  `];

  constructor() {
    super();
    this.wide = true;
    this.chosen = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.preselect(this.groups, '');
  }

  /** By its place in the tree of choices. */
  preselect(groups, path) {
    for (const group of groups ?? []) {
      for (const option of group.options.filter(it => it.preselected)) {
        this.chosen.add(`${path}/${option.id}`);
        this.preselect(option.groups, `${path}/${option.id}`);
      }
    }
  }

  picked(group, path) {
    return group.options.filter(it => this.chosen.has(`${path}/${it.id}`));
  }

  toggle(group, option, path) {
    const key = `${path}/${option.id}`;
    const on = !this.chosen.has(key);
    if (on && group.max === 1) {
      group.options.forEach(it => this.chosen.delete(`${path}/${it.id}`));
    }
    if (on) {
      this.chosen.add(key);
      this.preselect(option.groups, key);
    } else if (group.min !== 1 || group.max !== 1) {
      this.chosen.delete(key);
    }
    this.chosen = new Set(this.chosen);
    this.problem = null;
  }

  /** A group of which nothing is named has what is preselected: what is not wanted of that is named no times. */
  options(groups, path) {
    return (groups ?? []).flatMap(group => {
      const picked = this.picked(group, path);
      return picked.length
        ? picked.map(it => ({ option: it.id, ...(it.groups?.length ? { options: this.options(it.groups, `${path}/${it.id}`) } : {}) }))
        : group.options.filter(it => it.preselected).map(it => ({ option: it.id, count: 0 }));
    });
  }

  lacking(groups, path) {
    for (const group of groups ?? []) {
      const picked = this.picked(group, path);
      const inner = picked.length < group.min ? group : picked.map(it => this.lacking(it.groups, `${path}/${it.id}`)).find(Boolean);
      if (inner) {
        return inner;
      }
    }
    return null;
  }

  enter() {
    const lacking = this.lacking(this.groups, '');
    if (lacking) {
      this.problem = t('till.choose-first', { group: lacking.name });
    } else {
      this.give(this.options(this.groups, ''));
    }
  }

  rule(group) {
    return group.min === group.max ? t('till.choose-exactly', { count: group.min }) : group.min ? t('till.choose-between', group) : t('till.choose-up-to', { count: group.max });
  }

  group(group, path) {
    const picked = this.picked(group, path);
    const full = group.max > 1 && picked.length >= group.max;
    return html`<fieldset><legend>${group.name} <span class="soft small">${this.rule(group)}</span></legend>
      <div class="options">${group.options.map(it => {
        const on = this.chosen.has(`${path}/${it.id}`);
        return html`<button type="button" aria-pressed=${on} ?disabled=${full && !on} @click=${() => this.toggle(group, it, path)}>${it.name}</button>`;
      })}</div>
      ${picked.map(it => (it.groups ?? []).map(inner => this.group(inner, `${path}/${it.id}`)))}
    </fieldset>`;
  }

  content() {
    return html`${(this.groups ?? []).map(it => this.group(it, ''))}
      <button type="button" class="primary tall" autofocus @click=${() => this.enter()}>${t('till.choose-add')}</button>`;
  }
}

customElements.define('sk-till-dish', Dish);
