// A dish with all that is chosen with it and left out of it, before it is added to the order.
import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t, number, has } from '../kit/words.js';
import { money } from '../kit/money.js';
import '../kit/dish-art.js';
import '../kit/icons.js';

const COUNT_MAX = 20;

/** An allergen in the language of the guest, where there is a word for it. */
export const allergen = name => (has(`kiosk.allergen.${name}`) ? t(`kiosk.allergen.${name}`) : name);

/** Answers with `add` (what the API takes as a line, without an id) or `close`. What runs out meanwhile cannot be chosen any more. */
class KioskDish extends LitElement {
  static properties = { dish: { attribute: false }, section: {}, busy: { type: Boolean }, problem: {}, chosen: { state: true }, without: { state: true }, count: { state: true }, missing: { state: true } };

  static styles = [kit, css`
    dialog { inline-size: min(60rem, 100vw); max-inline-size: none; block-size: min(64rem, 100dvh); max-block-size: none; margin: auto; padding: 0; border: 0; border-radius: 1.5rem; background: var(--sk-surface); color: var(--sk-ink); overflow: hidden; }
    dialog[open] { display: grid; grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); }
    dialog::backdrop { background: rgb(10 6 2 / .6); }
    .scroll { overflow-y: auto; overscroll-behavior: contain; }
    .top { position: relative; }
    sk-dish-art { block-size: clamp(9rem, 26dvh, 18rem); }
    .close { position: absolute; inset-block-start: var(--sk-3); inset-inline-end: var(--sk-3); inline-size: 3.5rem; block-size: 3.5rem; border-radius: 50%; box-shadow: var(--sk-shadow); }
    .body { display: grid; gap: var(--sk-5); padding: var(--sk-5) clamp(1rem, 4vw, 2.5rem) var(--sk-6); }
    h2 { font-size: 1.875rem; line-height: 1.15; overflow-wrap: anywhere; }
    .price { font-size: 1.5rem; font-weight: 750; color: var(--deep); white-space: nowrap; }
    s { display: block; text-align: end; color: var(--sk-soft); font-weight: 500; font-size: .75em; line-height: 1.2; }
    .body h3 { font-size: 1rem; margin-block-end: var(--sk-2); }
    .allergens { display: flex; flex-wrap: wrap; gap: var(--sk-2); align-items: center; }
    .allergens li { padding: .25rem .7rem; border-radius: 2rem; background: var(--sk-warn-soft); color: var(--sk-warn); font-weight: 650; font-size: .9375rem; }
    fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; }
    legend { display: flex; gap: var(--sk-3); align-items: baseline; padding: 0; font-size: 1.25rem; font-weight: 700; margin-block-end: var(--sk-3); }
    legend small { font-size: .9375rem; font-weight: 500; color: var(--sk-soft); }
    legend .must { color: var(--sk-bad); font-weight: 700; }
    .options { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); gap: var(--sk-3); }
    label.option { position: relative; display: flex; flex-direction: row; align-items: center; gap: var(--sk-3); min-block-size: 4rem; padding: var(--sk-2) var(--sk-4); border: 2px solid var(--sk-line); border-radius: 1rem; font-size: 1.0625rem; font-weight: 600; color: var(--sk-ink); background: var(--sk-surface); cursor: pointer; }
    label.option input { position: absolute; inset: 0; opacity: 0; inline-size: 100%; block-size: 100%; margin: 0; min-block-size: 0; cursor: pointer; }
    label.option i { flex: none; display: grid; place-content: center; inline-size: 1.75rem; block-size: 1.75rem; border: 2px solid var(--sk-edge); border-radius: .5rem; color: transparent; }
    label.option.radio i { border-radius: 50%; }
    label.option:has(:checked) { border-color: var(--brand); background: color-mix(in srgb, var(--brand) 10%, var(--sk-surface)); }
    label.option:has(:checked) i { background: var(--brand); border-color: var(--brand); color: var(--on-brand); }
    label.option:has(:focus-visible) { outline: 3px solid var(--sk-accent); outline-offset: 2px; }
    label.option.out { color: var(--sk-soft); background: var(--sk-raised); border-style: dashed; cursor: default; }
    label.option .adds { margin-inline-start: auto; color: var(--sk-soft); white-space: nowrap; font-weight: 650; }
    label.option.left:has(:checked) { border-color: var(--sk-bad); background: var(--sk-bad-soft); } label.option.left:has(:checked) i { background: var(--sk-bad); border-color: var(--sk-bad); color: var(--sk-on-bad); }
    label.option.left:has(:checked) .what { text-decoration: line-through; }
    .nested { margin-block-start: var(--sk-4); margin-inline-start: var(--sk-2); padding-inline-start: var(--sk-4); border-inline-start: 4px solid var(--brand); display: grid; gap: var(--sk-4); }
    .nested legend { font-size: 1.0625rem; }
    footer { display: flex; flex-wrap: wrap; gap: var(--sk-4); align-items: center; padding: var(--sk-4) clamp(1rem, 4vw, 2.5rem); border-block-start: 1px solid var(--sk-line); background: var(--sk-surface); }
    .count { display: flex; align-items: center; gap: var(--sk-2); font-size: 1.5rem; font-weight: 750; } .count button { inline-size: 3.5rem; block-size: 3.5rem; border-radius: 50%; } .count span { min-inline-size: 2.25rem; text-align: center; font-variant-numeric: tabular-nums; }
    .add { flex: 1; min-block-size: 4.25rem; min-inline-size: 12rem; font-size: 1.25rem; background: var(--brand); border-color: var(--brand); color: var(--on-brand); border-radius: 1rem; }
    .add:hover { background: var(--brand); filter: brightness(1.06); }
    .problem { inline-size: 100%; }
    @media (max-width: 600px) { dialog { border-radius: 0; block-size: 100dvh; } h2 { font-size: 1.5rem; } }
  `];

  constructor() {
    super();
    this.chosen = new Map();
    this.without = new Set();
    this.count = 1;
    this.missing = '';
  }

  willUpdate(changed) {
    if (changed.has('dish') && !changed.get('dish')) {
      this.preselect(this.dish.groups, '');
    }
  }

  /** What the menu has chosen beforehand; what is chosen has its place in the tree of choices as its key. */
  preselect(groups, path) {
    for (const group of groups) {
      for (const option of group.options.filter(it => it.preselected && it.available)) {
        this.chosen.set(`${path}/${option.id}`, true);
        this.preselect(option.groups, `${path}/${option.id}`);
      }
    }
  }

  firstUpdated() {
    const dialog = this.renderRoot.querySelector('dialog');
    dialog.showModal();
    dialog.addEventListener('cancel', event => { event.preventDefault(); this.close(); });
  }

  close() {
    this.dispatchEvent(new Event('close'));
  }

  toggle(group, option, path, on) {
    const chosen = new Map(this.chosen);
    const key = `${path}/${option.id}`;
    if (on) {
      if (group.max === 1) {
        group.options.forEach(it => chosen.delete(`${path}/${it.id}`));
      }
      chosen.set(key, true);
      this.chosen = chosen;
      this.preselect(option.groups, key);
    } else {
      chosen.delete(key);
    }
    this.chosen = chosen;
    this.missing = '';
  }

  leave(part, path, out) {
    const without = new Set(this.without);
    out ? without.add(`${path}|${part.sku}`) : without.delete(`${path}|${part.sku}`);
    this.without = without;
  }

  picked(group, path) {
    return group.options.filter(it => it.available && this.chosen.has(`${path}/${it.id}`));
  }

  /** As the API takes it. What was preselected and is not wanted is said to be wanted no times. */
  choices(groups, path) {
    return groups.flatMap(group => group.options.filter(it => it.available).flatMap(option => {
      const key = `${path}/${option.id}`;
      if (!this.chosen.has(key)) {
        return option.preselected && this.picked(group, path).length === 0 ? [{ option: option.id, count: 0 }] : [];
      }
      const choice = { option: option.id };
      if (option.groups.length) {
        choice.options = this.choices(option.groups, key);
      }
      const without = this.leftOut(option.removable, key);
      if (without.length) {
        choice.without = without;
      }
      return [choice];
    }));
  }

  leftOut(parts, path) {
    return parts.filter(it => this.without.has(`${path}|${it.sku}`)).map(it => it.sku);
  }

  /** The first group of which too little is chosen; null if there is none. */
  lacking(groups, path) {
    for (const group of groups) {
      const picked = this.picked(group, path);
      if (picked.length < group.min) {
        return `${path}/${group.id}`;
      }
      for (const option of picked) {
        const deeper = this.lacking(option.groups, `${path}/${option.id}`);
        if (deeper) {
          return deeper;
        }
      }
    }
    return null;
  }

  add() {
    const missing = this.lacking(this.dish.groups, '');
    if (missing) {
      this.missing = missing;
      this.updateComplete.then(() => {
        const group = [...this.renderRoot.querySelectorAll('fieldset')].find(it => it.dataset.path === missing);
        group?.scrollIntoView({ block: 'center', behavior: 'smooth' });
        group?.querySelector('input:not([disabled])')?.focus();
      });
      return;
    }
    const line = { sku: this.dish.sku, quantity: this.count, options: this.choices(this.dish.groups, '') };
    const without = this.leftOut(this.dish.removable, '');
    if (without.length) {
      line.without = without;
    }
    this.dispatchEvent(new CustomEvent('add', { detail: line }));
  }

  /** Of the dish and of what is chosen with it. */
  get allergens() {
    const all = new Set(this.dish.allergens);
    const visit = (groups, path) => groups.forEach(group => this.picked(group, path).forEach(it => {
      it.allergens.forEach(name => all.add(name));
      visit(it.groups, `${path}/${it.id}`);
    }));
    visit(this.dish.groups, '');
    return [...all].map(allergen).sort((a, b) => a.localeCompare(b));
  }

  group(group, path) {
    const picked = this.picked(group, path);
    const single = group.max === 1 && group.min === 1;
    const full = !single && group.max > 1 && picked.length >= group.max;
    const rule = group.min === 0 ? t('kiosk.up-to', { count: group.max }) : group.min === group.max ? t('kiosk.choose', { count: group.min }) : t('kiosk.choose-range', { min: group.min, max: group.max });
    const key = `${path}/${group.id}`;
    const nested = picked.filter(it => it.groups.length || it.removable.length);
    return html`
      <fieldset data-path=${key}>
        <legend>${group.name}<small class=${this.missing === key ? 'must' : ''}>${rule}</small></legend>
        <div class="options">${group.options.map(option => {
          const on = option.available && this.chosen.has(`${path}/${option.id}`);
          return html`<label class="option ${single ? 'radio' : ''} ${option.available ? '' : 'out'}">
            <input type=${single ? 'radio' : 'checkbox'} name=${key} .checked=${on} ?disabled=${!option.available || (full && !on)} @change=${event => this.toggle(group, option, path, event.target.checked)}>
            <i><sk-icon name="check"></sk-icon></i><span class="what">${option.name}</span>
            <span class="adds">${!option.available ? t('kiosk.out') : option.price ? `+ ${money(option.price)}` : nothing}</span>
          </label>`;
        })}</div>
        ${nested.map(it => html`<div class="nested">
          ${it.groups.map(inner => this.group(inner, `${path}/${it.id}`))}
          ${this.parts(it.removable, `${path}/${it.id}`, it.name)}
        </div>`)}
      </fieldset>`;
  }

  parts(parts, path, name) {
    return parts.length === 0 ? nothing : html`
      <fieldset>
        <legend>${name ? t('kiosk.leave-out-of', { dish: name }) : t('kiosk.leave-out')}</legend>
        <div class="options">${parts.map(it => html`<label class="option left">
          <input type="checkbox" .checked=${this.without.has(`${path}|${it.sku}`)} @change=${event => this.leave(it, path, event.target.checked)}>
          <i><sk-icon name="close"></sk-icon></i><span class="what">${it.name}</span>
          <span class="adds">${it.less ? `− ${money(it.less)}` : nothing}</span>
        </label>`)}</div>
      </fieldset>`;
  }

  render() {
    const { dish } = this;
    const reduced = dish.regular && dish.price && dish.regular.amount > dish.price.amount;
    const allergens = this.allergens;
    return html`
      <dialog aria-labelledby="name">
        <div class="scroll">
          <div class="top"><sk-dish-art name=${dish.name} section=${this.section}></sk-dish-art>
            <button type="button" class="close" aria-label=${t('kit.close')} @click=${this.close}><sk-icon name="close"></sk-icon></button></div>
          <div class="body">
            <div class="row"><h2 id="name" class="grow">${dish.name}</h2><span class="price num">${reduced ? html`<s>${money(dish.regular)}</s>` : nothing}${money(dish.price)}</span></div>
            ${dish.without.length ? html`<p class="problem">${t('kiosk.today-without', { parts: dish.without.map(it => it.name).join(', ') })}</p>` : nothing}
            <div><h3>${t('kiosk.allergens')}</h3>${allergens.length ? html`<ul class="allergens">${allergens.map(it => html`<li>${it}</li>`)}</ul>` : html`<p>${t('kiosk.no-allergens')}</p>`}</div>
            ${dish.groups.map(it => this.group(it, ''))}
            ${this.parts(dish.removable, '', '')}
          </div>
        </div>
        <footer>
          <div class="count"><button type="button" aria-label=${t('kiosk.fewer')} ?disabled=${this.count <= 1} @click=${() => { this.count--; }}><sk-icon name="minus"></sk-icon></button>
            <span role="status" aria-label=${t('kiosk.count', { count: this.count })}>${number(this.count)}</span>
            <button type="button" aria-label=${t('kiosk.more')} ?disabled=${this.count >= COUNT_MAX} @click=${() => { this.count++; }}><sk-icon name="plus"></sk-icon></button></div>
          <button type="button" class="add" ?disabled=${this.busy} @click=${this.add}><sk-icon name="basket"></sk-icon>${t('kiosk.add')}</button>
          ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        </footer>
      </dialog>`;
  }
}

customElements.define('sk-kiosk-dish', KioskDish);
