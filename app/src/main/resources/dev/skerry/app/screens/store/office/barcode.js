import { LitElement, html, css, nothing, svg } from 'lit';

// The bars of a digit: of the left half, odd; the even ones and those of the right half follow from them (GS1 General Specifications, 5.2).
const ODD = ['0001101', '0011001', '0010011', '0111101', '0100011', '0110001', '0101111', '0111011', '0110111', '0001011'];
const RIGHT = ODD.map(it => [...it].map(bar => bar === '1' ? '0' : '1').join(''));
const EVEN = RIGHT.map(it => [...it].reverse().join(''));

/** Which digits of the left half are odd (O) says the first digit, which has no bars. */
const PARITY = ['OOOOOO', 'OOEOEE', 'OOEEOE', 'OOEEEO', 'OEOOEE', 'OEEOOE', 'OEEEOO', 'OEOEOE', 'OEOEEO', 'OEEOEO'];

/** An EAN-13 or EAN-8 as modules, 1 for a bar; null if the GTIN has no such form. */
export function bars(gtin) {
  const digits = gtin.replace(/^0+(?=\d{8}$)/, '').replace(/^0(?=\d{13}$)/, '');
  if (/^\d{13}$/.test(digits)) {
    const left = [...digits.slice(1, 7)].map((it, i) => (PARITY[digits[0]][i] === 'O' ? ODD : EVEN)[it]).join('');
    return { digits, modules: `101${left}01010${[...digits.slice(7)].map(it => RIGHT[it]).join('')}101` };
  }
  if (/^\d{8}$/.test(digits)) {
    return { digits, modules: `101${[...digits.slice(0, 4)].map(it => ODD[it]).join('')}01010${[...digits.slice(4)].map(it => RIGHT[it]).join('')}101` };
  }
  return null;
}

/** A barcode on paper: black on white in every light. */
class Barcode extends LitElement {
  static properties = { gtin: {} };

  static styles = css`
    :host { display: block; background: #fff; color: #000; text-align: center; }
    svg { display: block; inline-size: 100%; block-size: 2.25rem; }
    span { font-size: .75rem; letter-spacing: .15em; font-variant-numeric: tabular-nums; }
  `;

  render() {
    const code = bars(this.gtin ?? '');
    if (!code) {
      return nothing;
    }
    // Of the quiet zone, 11 modules on either side are enough for all forms.
    return html`<svg viewBox="-11 0 ${code.modules.length + 22} 10" preserveAspectRatio="none" aria-hidden="true" shape-rendering="crispEdges">${[...code.modules].map((it, i) => it === '1' ? svg`<rect x=${i} width="1" height="10"></rect>` : nothing)}</svg><span dir="ltr">${code.digits}</span>`;
  }
}

customElements.define('sk-office-barcode', Barcode);
