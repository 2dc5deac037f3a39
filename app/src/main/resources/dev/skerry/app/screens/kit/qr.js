import { LitElement, html, css, svg } from 'lit';
import { base } from './styles.js';

/** Light around it, without which no scanner finds it. */
const QUIET = 4;

/** A QR code as the store's server has drawn it: `rows` from top to bottom, `1` where it is dark. Dark on light, whatever the look. */
class Qr extends LitElement {
  static properties = { rows: { attribute: false }, label: {} };

  static styles = [base, css`
    :host { display: block; inline-size: min(70vmin, 18rem); direction: ltr; }
    svg { display: block; inline-size: 100%; block-size: auto; background: #fff; border-radius: var(--sk-radius); }
    path { fill: #000; }
  `];

  render() {
    const rows = this.rows ?? [];
    const side = rows.length + 2 * QUIET;
    const runs = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map(it => `M${it.index + QUIET} ${y + QUIET}h${it[0].length}v1h-${it[0].length}z`));
    return html`<svg viewBox=${`0 0 ${side} ${side}`} role="img" aria-label=${this.label} shape-rendering="crispEdges">${svg`<path d=${runs.join('')}></path>`}</svg>`;
  }
}

customElements.define('sk-qr', Qr);
