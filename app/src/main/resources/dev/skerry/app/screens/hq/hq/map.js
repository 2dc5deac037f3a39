import { LitElement, html, svg, css } from 'lit';
import { base } from '../kit/styles.js';
import { t } from '../kit/words.js';

const WIDTH = 640;
const HEIGHT = 400;
const EDGE = 28;
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30];

/** Lines are at least so far from each other. */
const APART = 110;

/** Stores where they are, drawn from their coordinates alone: a browser at headquarters may have no line to anybody's map. */
class StoreMap extends LitElement {
  static properties = { stores: { attribute: false } };

  static styles = [base, css`
    :host { display: block; }
    svg { display: block; inline-size: 100%; block-size: auto; background: var(--sk-raised); border-radius: var(--sk-radius); }
    line { stroke: var(--sk-line); stroke-width: 1; }
    text { font: 500 15px var(--sk-font); fill: var(--sk-soft); }
    circle { stroke: var(--sk-surface); stroke-width: 1.5; fill: var(--sk-edge); }
    a:hover circle { stroke: var(--sk-ink); }
    .up { fill: var(--sk-good); }
    .down { fill: var(--sk-bad); }
  `];

  /** Degrees to places in the drawing; as high as wide at the middle of the stores. */
  get projection() {
    const lats = this.stores.map(it => it.latitude);
    const lons = this.stores.map(it => it.longitude);
    const south = Math.min(...lats);
    const north = Math.max(...lats);
    const west = Math.min(...lons);
    const east = Math.max(...lons);
    const middle = (south + north) / 2;
    const narrow = Math.max(0.05, Math.cos(middle * Math.PI / 180));
    const scale = Math.min((WIDTH - 2 * EDGE) / Math.max((east - west) * narrow, 0.01), (HEIGHT - 2 * EDGE) / Math.max(north - south, 0.01));
    const x = lon => WIDTH / 2 + (lon - (west + east) / 2) * narrow * scale;
    const y = lat => HEIGHT / 2 - (lat - middle) * scale;
    return { x, y, scale, narrow, middle, centre: (west + east) / 2 };
  }

  render() {
    if (!this.stores?.length) {
      return html``;
    }
    const { x, y, scale, narrow, middle, centre } = this.projection;
    const step = STEPS.find(it => it * scale * narrow > APART) ?? 30;
    const lines = (around, half) => {
      const first = Math.ceil((around - half) / step);
      return Array.from({ length: Math.max(0, Math.floor((around + half) / step) - first + 1) }, (_, i) => (first + i) * step);
    };
    const digits = step < 1 ? 2 : 0;
    const radius = this.stores.length > 500 ? 3 : this.stores.length > 50 ? 5 : 8;
    // Those that need somebody lie on top.
    const sorted = [...this.stores].sort((a, b) => (a.line === 'down') - (b.line === 'down'));
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" aria-label=${t('hq.map', { count: this.stores.length })}>
      ${lines(centre, WIDTH / 2 / scale / narrow).map(lon => svg`<line x1=${x(lon)} x2=${x(lon)} y1="0" y2=${HEIGHT}></line><text x=${x(lon) + 3} y=${HEIGHT - 5}>${Math.abs(lon).toFixed(digits)}° ${lon < 0 ? 'W' : 'E'}</text>`)}
      ${lines(middle, HEIGHT / 2 / scale).map(lat => svg`<line y1=${y(lat)} y2=${y(lat)} x1="0" x2=${WIDTH}></line><text x="4" y=${y(lat) - 4}>${Math.abs(lat).toFixed(digits)}° ${lat < 0 ? 'S' : 'N'}</text>`)}
      ${sorted.map(it => svg`<a href="#stores/${it.id}" tabindex="-1" aria-label="${it.id} ${it.name}"><circle class=${it.line === 'up' ? 'up' : it.line === 'down' ? 'down' : ''} cx=${x(it.longitude)} cy=${y(it.latitude)} r=${radius}></circle><title>${it.id} ${it.name}</title></a>`)}
    </svg>`;
  }
}

customElements.define('hq-map', StoreMap);
