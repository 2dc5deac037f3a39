// A ticket, as a cook reads it from two metres away.
import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t, number } from '../kit/words.js';
import '../kit/icons.js';

/** Minutes and seconds, or hours from an hour on. */
export function clock(seconds) {
  const two = value => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : t('kitchen.hours', { hours: Math.floor(minutes / 60), minutes: two(minutes % 60) });
}

/** In which colour a ticket of some age is shown; the limits are the store's. */
export function tone(shown, age) {
  const { state } = shown.ticket;
  if (state !== 'FIRED') {
    return state.toLowerCase();
  }
  return age >= shown.overdueSeconds ? 'overdue' : age >= shown.lateSeconds ? 'late' : 'normal';
}

/** What guests and cooks call an order: its number, its table, or whose it is. */
export const called = ({ number: guest, name, source }) => guest ?? (name && source === 'TABLE' ? t('kitchen.table', { name }) : name || t('kitchen.no-number'));

/** The lines of a ticket: dishes, below each what is changed about it. */
export const lines = css`
  ul.lines { display: grid; gap: .5em; }
  .dish { display: grid; grid-template-columns: minmax(1.5em, auto) 1fr; column-gap: .4em; font-size: var(--dish, 1.375rem); line-height: 1.2; font-weight: 650; overflow-wrap: anywhere; }
  .count { font-weight: 800; font-variant-numeric: tabular-nums; }
  .many { background: var(--sk-ink); color: var(--sk-surface); border-radius: .25em; padding-inline: .25em; justify-self: start; align-self: start; }
  .of { display: block; font-size: .7em; font-weight: 500; color: var(--sk-soft); }
  .changes { grid-column: 2; display: grid; gap: .15em; margin-block-start: .15em; font-size: .85em; font-weight: 550; }
  .without { color: var(--sk-bad); font-weight: 800; }
  .without b { text-transform: uppercase; letter-spacing: .03em; }
  .note { display: flex; gap: .35em; align-items: start; padding: .2em .4em; border-radius: .35em; background: var(--sk-warn-soft); color: var(--sk-warn); font-weight: 700; }
  .note sk-icon { flex: none; margin-block-start: .05em; }
  .gone { text-decoration: line-through; color: var(--sk-soft); }
  .less { display: inline-block; padding: .05em .4em; border-radius: .3em; background: var(--sk-bad); color: var(--sk-on-bad); font-size: .8em; font-weight: 800; text-decoration: none; }
`;

/** What a ticket says, for tickets and for the pass. */
export function linesOf(ticket) {
  // What is changed about a dish stands below it; about a dish of another station, alone.
  const here = new Set(ticket.lines.map(it => it.line));
  const heads = ticket.lines.filter(it => !here.has(it.parent));
  const below = line => ticket.lines.filter(it => it.parent === line).flatMap(it => [it, ...below(it.line)]);
  return html`<ul class="lines">${heads.map(it => dish(it, below(it.line)))}</ul>`;
}

function dish(line, changes) {
  if (line.quantity < 0) {
    return html`<li class="dish"><span></span><span>${without(line)}</span></li>`;
  }
  const wanted = line.quantity - line.cancelled;
  return html`
    <li class="dish">
      <span class="count ${wanted > 1 ? 'many' : ''} ${wanted === 0 ? 'gone' : ''}">${number(wanted === 0 ? line.quantity : wanted)}</span>
      <span><span class=${wanted === 0 ? 'gone' : ''}>${line.name}</span>${line.cancelled > 0 ? html` <span class="less">${wanted === 0 ? t('kitchen.not-wanted') : t('kitchen.fewer', { count: number(line.cancelled) })}</span>` : nothing}
        ${line.of ? html`<span class="of">${t('kitchen.of', { dish: line.of })}</span>` : nothing}</span>
      ${changes.length || line.choices?.length || line.note ? html`<div class="changes">
        ${line.choices?.length ? html`<span>${line.choices.join(' · ')}</span>` : nothing}
        ${changes.map(it => it.quantity < 0 ? without(it) : extra(it, line))}
        ${line.note ? html`<span class="note"><sk-icon name="edit"></sk-icon><span>${line.note}</span></span>` : nothing}
      </div>` : nothing}
    </li>`;
}

function without(line) {
  const still = line.quantity + line.cancelled < 0;
  return html`<span class="without ${still ? '' : 'gone'}"><b>${t('kitchen.without')}</b> ${line.name}${line.of ? html`<span class="of">${t('kitchen.of', { dish: line.of })}</span>` : nothing}</span>`;
}

function extra(line, dish) {
  const wanted = line.quantity - line.cancelled;
  const each = wanted !== dish.quantity - dish.cancelled && wanted > 0 ? `${number(wanted)} × ` : '';
  return html`<span class=${wanted > 0 ? '' : 'gone'}>+ ${each}${line.name}${line.choices?.length ? html` (${line.choices.join(', ')})` : nothing}${line.note ? html` <span class="note"><span>${line.note}</span></span>` : nothing}</span>`;
}

export const ICONS = { TILL: 'store', KIOSK: 'device', TABLE: 'people', PHONE: 'bell', SCAN_AND_GO: 'qr', VENDOR: 'cloud' };

/** One ticket. `bump`, `fire` and `pick` (it was touched) are told. */
class TicketCard extends LitElement {
  static properties = {
    shown: { attribute: false },
    age: { type: Number },
    place: { type: Number },
    selected: { type: Boolean, reflect: true },
    fresh: { type: Boolean, reflect: true },
    station: { type: Boolean },
    done: { type: Boolean },
  };

  static styles = [kit, lines, css`
    :host { display: block; --tone: var(--sk-accent); --on: var(--sk-on-accent); }
    article { display: flex; flex-direction: column; background: var(--sk-surface); border: 2px solid var(--tone); border-radius: var(--sk-radius); overflow: hidden; box-shadow: var(--sk-shadow); }
    :host([selected]) article { outline: 4px solid var(--sk-ink); outline-offset: 1px; }
    .late { --tone: light-dark(#8a4b00, #f2b24d); --on: light-dark(#fff, #2b1a00); }
    .overdue { --tone: light-dark(#b3201b, #ff7a70); --on: light-dark(#fff, #330402); }
    .held { --tone: var(--sk-edge); --on: light-dark(#fff, #0c1418); border-style: dashed; }
    .held header { background: light-dark(#56666f, #8195a0); }
    .bumped { --tone: var(--sk-good); --on: var(--sk-on-good); }
    .cancelled { --tone: var(--sk-bad); --on: var(--sk-on-bad); }
    header { display: grid; grid-template-columns: minmax(0, max-content) minmax(0, 1fr) auto; align-items: center; gap: 0 var(--sk-2); padding: var(--sk-2) var(--sk-3); background: var(--tone); color: var(--on); }
    .number { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 1.75rem; font-weight: 800; line-height: 1.1; font-variant-numeric: tabular-nums; }
    .who { min-inline-size: 0; font-weight: 650; font-size: .9375rem; line-height: 1.15; }
    .timer { font-size: 1.375rem; font-weight: 750; font-variant-numeric: tabular-nums; display: flex; align-items: center; gap: .2em; }
    .overdue .timer { animation: call 1.2s steps(2, jump-none) infinite alternate; }
    @keyframes call { from { opacity: .8; } to { opacity: 1; } }
    @media (prefers-reduced-motion: reduce) { .overdue .timer { animation: none; } }
    .strip { display: flex; align-items: center; gap: var(--sk-2); flex-wrap: wrap; padding: .3rem var(--sk-3); font-size: .9375rem; font-weight: 700; background: var(--sk-raised); color: var(--sk-soft); border-block-end: 1px solid var(--sk-line); }
    .strip span { display: inline-flex; align-items: center; gap: .3rem; }
    .strip .add { color: var(--sk-warn); }
    .stop { padding: var(--sk-2) var(--sk-3); background: var(--sk-bad-soft); color: var(--sk-bad); font-weight: 800; font-size: 1.125rem; display: flex; gap: var(--sk-2); align-items: center; }
    .cancelled .lines { text-decoration: line-through; color: var(--sk-soft); }
    .body { padding: var(--sk-3); cursor: pointer; }
    .held .body { opacity: .75; }
    footer { display: flex; border-block-start: 1px solid var(--sk-line); }
    footer button { flex: 1; border: 0; border-radius: 0; min-block-size: 3.5rem; font-size: 1.125rem; font-weight: 700; }
    .key { margin-inline-start: auto; font-size: 1rem; padding: .3rem .5rem; opacity: 1; border-color: var(--sk-edge); color: var(--sk-soft); }
    footer button { padding-inline: var(--sk-4); }
    :host([fresh]) article { animation: fresh 2.4s ease-out; }
    @keyframes fresh { 0%, 60% { box-shadow: 0 0 0 6px var(--sk-accent); } }
    @media (prefers-reduced-motion: reduce) { :host([fresh]) article { animation: none; } }
  `];

  tell(what) {
    this.dispatchEvent(new CustomEvent(what, { detail: this.shown, bubbles: true, composed: true }));
  }

  render() {
    const { ticket } = this.shown;
    const name = tone(this.shown, this.age);
    const title = called(ticket);
    return html`
      <article class=${name} aria-label=${t('kitchen.ticket', { number: title, station: ticket.station })}>
        <header>
          <span class="number">${title}</span>
          <span class="who cut">${ticket.number ? ticket.name : nothing}</span>
          <span class="timer">${this.timer(name)}</span>
        </header>
        ${name === 'cancelled' ? html`<div class="stop" role="status"><sk-icon name="error"></sk-icon><span>${t('kitchen.cancelled')}</span></div>` : nothing}
        <div class="strip">
          <span><sk-icon name=${ICONS[ticket.source] ?? 'tag'}></sk-icon>${t(`kitchen.source.${ticket.source}`)}</span>
          ${this.station ? html`<span><sk-icon name="chef"></sk-icon>${ticket.station}</span>` : nothing}
          ${ticket.course > 1 || name === 'held' ? html`<span><sk-icon name="list"></sk-icon>${t('kitchen.course', { course: ticket.course })}</span>` : nothing}
          ${ticket.supplement ? html`<span class="add"><sk-icon name="plus"></sk-icon>${t('kitchen.supplement')}</span>` : nothing}
        </div>
        <div class="body" @click=${() => this.tell('pick')}>${linesOf(ticket)}</div>
        <footer>${this.button(name)}</footer>
      </article>`;
  }

  timer(name) {
    switch (name) {
      case 'held': return html`<sk-icon name="pause"></sk-icon><span>${t('kitchen.held')}</span>`;
      case 'late': return html`<sk-icon name="clock" label=${t('kitchen.late')}></sk-icon>${clock(this.age)}`;
      case 'overdue': return html`<sk-icon name="warning" label=${t('kitchen.overdue')}></sk-icon>${clock(this.age)}`;
      case 'bumped': return html`<sk-icon name="check"></sk-icon>${clock(this.age)}`;
      default: return clock(this.age);
    }
  }

  button(name) {
    const key = this.place ? html`<span class="key" aria-hidden="true">${this.place}</span>` : nothing;
    const title = called(this.shown.ticket);
    if (name === 'bumped') {
      return html`<button type="button" aria-label=${`${t('kitchen.recall')} ${title}`} @click=${() => this.tell('recall')}><sk-icon name="undo"></sk-icon>${t('kitchen.recall')}</button>`;
    }
    if (name === 'held') {
      return html`<button type="button" aria-label=${`${t('kitchen.fire')} ${title}`} @click=${() => this.tell('fire')}><sk-icon name="fire"></sk-icon>${t('kitchen.fire')}${key}</button>`;
    }
    const word = t(name === 'cancelled' ? 'kitchen.seen' : 'kitchen.bump');
    return html`<button type="button" aria-label=${`${word} ${title}`} @click=${() => this.tell('bump')}><sk-icon name="check"></sk-icon>${word}${key}</button>`;
  }
}

customElements.define('sk-ticket', TicketCard);
