import { LitElement, html, svg, css } from 'lit';
import { base } from '../kit/styles.js';

const WIDTH = 960;
const HEIGHT = 220;
const FOOT = 22;
const NAMES_MAX = 12;

/** Columns side by side, such as the hours of a day. What they say stands in a table beside it, so a screen reader passes them over. */
class Bars extends LitElement {
  static properties = { rows: { attribute: false }, label: {} };

  static styles = [base, css`
    :host { display: block; padding: var(--sk-4); }
    svg { display: block; inline-size: 100%; block-size: auto; }
    rect { fill: var(--sk-accent); }
    text { font: 500 12px var(--sk-font); fill: var(--sk-soft); text-anchor: middle; }
    line { stroke: var(--sk-line); }
  `];

  render() {
    const rows = this.rows ?? [];
    const most = Math.max(1, ...rows.map(it => it.size));
    const step = WIDTH / Math.max(rows.length, 6);
    const each = Math.ceil(rows.length / NAMES_MAX);
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${this.label}>
      <line x1="0" x2=${WIDTH} y1=${HEIGHT - FOOT} y2=${HEIGHT - FOOT}></line>
      ${rows.map((it, i) => {
        const high = Math.max(0, it.size) / most * (HEIGHT - FOOT - 8);
        return svg`<g><title>${it.name}: ${it.text}</title>
          <rect x=${i * step + step * 0.12} y=${HEIGHT - FOOT - high} width=${step * 0.76} height=${high} rx="4"></rect>
          ${i % each === 0 ? svg`<text x=${i * step + step / 2} y=${HEIGHT - 5}>${it.name}</text>` : ''}</g>`;
      })}
    </svg>`;
  }
}

customElements.define('hq-bars', Bars);

/** The same of one row, in a table. */
export const bar = (size, most) => html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${svg`<rect width=${Math.max(0, size) / Math.max(1, most) * 100} height="8" rx="2"></rect>`}</svg>`;
