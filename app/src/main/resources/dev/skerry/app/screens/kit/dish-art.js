// What a dish looks like, where nobody has taken its picture: drawn, by what its name and its section say.
import { LitElement, html, css, svg } from 'lit';

const steam = svg`<path d="M40 22c-4-5 4-7 0-13M50 22c-4-5 4-7 0-13M60 22c-4-5 4-7 0-13" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="3" stroke-linecap="round"/>`;

const cup = (drink, foam) => svg`
  ${steam}
  <ellipse cx="50" cy="82" rx="36" ry="7" fill="#d9c7b4"/><ellipse cx="50" cy="80" rx="36" ry="6" fill="#fffaf3"/>
  <path d="M72 42h6a11 11 0 0 1 0 22h-8" fill="none" stroke="#f4ece2" stroke-width="6"/>
  <path d="M24 36h52v18c0 15-10 24-26 24s-26-9-26-24z" fill="#fffaf3"/><path d="M62 36h14v18c0 13-7 21-19 23.5 6-5 9-14 9-24z" fill="#eadfd2"/>
  <ellipse cx="50" cy="37" rx="26" ry="7.5" fill="#fffaf3"/><ellipse cx="50" cy="37.5" rx="22.5" ry="5.7" fill=${drink}/>
  ${foam ? svg`<path d="M50 41.500c-7-2-10-3.600-10-5.200 0-1.600 2.200-2.400 4.700-2.200 2.300.1 4.300 1 5.300 2 1-1 3-1.900 5.300-2 2.500-.2 4.700.6 4.700 2.200 0 1.600-3 3.200-10 5.200z" fill=${foam}/>` : ''}`;

const glass = (drink, light, extra) => svg`
  <path d="M58 30l8-24 6 2" fill="none" stroke="#e8554d" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>
  <path d="M28 22h44l-5 62a5 5 0 0 1-5 4.500H38a5 5 0 0 1-5-4.500z" fill="#fff" fill-opacity=".55"/>
  <path d="M29.500 34h41l-4 50a4 4 0 0 1-4 3.500H37.500a4 4 0 0 1-4-3.500z" fill=${drink}/><path d="M29.500 34h41l-.500 6h-40z" fill=${light}/>
  <rect x="38" y="42" width="12" height="12" rx="2.500" fill="#fff" fill-opacity=".55" transform="rotate(-12 44 48)"/><rect x="51" y="52" width="11" height="11" rx="2.500" fill="#fff" fill-opacity=".45" transform="rotate(16 56 57)"/>
  ${extra ?? ''}
  <path d="M34 26l3 52" stroke="#fff" stroke-opacity=".6" stroke-width="3" stroke-linecap="round"/>`;

const citrus = (rind, flesh) => svg`<circle cx="71" cy="27" r="14" fill=${rind}/><circle cx="71" cy="27" r="11" fill="#fff8dc"/><circle cx="71" cy="27" r="9.500" fill=${flesh}/><path d="M71 17.500v19M61.500 27h19M64.300 20.300l13.400 13.400M77.700 20.300L64.300 33.700" stroke="#fff8dc" stroke-width="1.600"/>`;

const bread = svg`<path d="M20 44c-6-3-7-14 2-18 8-4 48-4 56 0 9 4 8 15 2 18v32a5 5 0 0 1-5 5H25a5 5 0 0 1-5-5z" fill="#b9772f"/><path d="M25 43c-5-3-5-10 1-13 7-3 41-3 48 0 6 3 6 10 1 13v30a3 3 0 0 1-3 3H28a3 3 0 0 1-3-3z" fill="#f3d39c"/>`;

const bowl = (outside, shade, inside) => svg`<path d="M12 48h76c0 22-14 38-38 38S12 70 12 48z" fill=${outside}/><path d="M88 48c0 22-14 38-38 38 16-4 26-18 26-38z" fill=${shade}/><ellipse cx="50" cy="48" rx="38" ry="12" fill=${outside}/><ellipse cx="50" cy="48.500" rx="34" ry="9.500" fill=${inside}/>`;

const leaves = svg`<path d="M20 46c-4-16 10-22 18-16 2-12 20-14 24-2 10-6 24 4 18 18-8 8-52 8-60 0z" fill="#6fae3f"/><path d="M26 47c0-12 10-14 15-9 3-8 15-8 18 0 7-4 16 1 15 9-8 6-40 6-48 0z" fill="#93cc5a"/>`;

const patty = (y, colour = '#6b3a20') => svg`<rect x="16" y=${y} width="68" height="12" rx="6" fill=${colour}/>`;
const cheese = y => svg`<path d=${`M17 ${y}h66l-13 9-9-6-10 8-12-8-8 5z`} fill="#ffc53d"/>`;
const lettuce = y => svg`<path d=${`M14 ${y}c4-5 9-5 12 0 4-5 9-5 12 0 4-5 9-5 12 0 4-5 9-5 12 0 4-5 9-5 12 0 4-5 9-5 12 0l-2 6H16z`} fill="#7ebb46"/>`;
const bun = svg`<path d="M16 42c0-20 16-28 34-28s34 8 34 28z" fill="#e2a04a"/><path d="M68 18c10 4 16 12 16 24H68c3-9 3-17 0-24z" fill="#cf8a35"/><g fill="#fff1cf"><ellipse cx="36" cy="26" rx="3" ry="2" transform="rotate(-20 36 26)"/><ellipse cx="50" cy="21" rx="3" ry="2"/><ellipse cx="62" cy="27" rx="3" ry="2" transform="rotate(20 62 27)"/><ellipse cx="44" cy="34" rx="3" ry="2"/><ellipse cx="28" cy="35" rx="3" ry="2" transform="rotate(-20 28 35)"/></g>`;
const bottom = y => svg`<path d=${`M16 ${y}h68v5c0 6-5 9-10 9H26c-5 0-10-3-10-9z`} fill="#e2a04a"/>`;

const bacon = y => svg`<path d=${`M14 ${y}c8-5 12 5 20 0s12 5 20 0 12 5 20 0 8 3 12 0v6c-6 4-8-3-14 1s-12-4-19 0-12-4-19 0-12-3-20 0z`} fill="#c8473b"/>`;

const box = svg`<g fill="#ffcf4a"><rect x="26" y="16" width="8" height="46" rx="2" transform="rotate(-8 30 40)"/><rect x="36" y="10" width="8" height="50" rx="2"/><rect x="46" y="14" width="8" height="46" rx="2" transform="rotate(4 50 40)"/><rect x="56" y="9" width="8" height="50" rx="2"/><rect x="65" y="17" width="8" height="44" rx="2" transform="rotate(9 69 40)"/></g><g fill="#f0b429"><rect x="31" y="22" width="7" height="40" rx="2" transform="rotate(-4 34 40)"/><rect x="51" y="20" width="7" height="40" rx="2" transform="rotate(3 54 40)"/></g><path d="M20 44c10 8 50 8 60 0l-6 40a5 5 0 0 1-5 4H31a5 5 0 0 1-5-4z" fill="#d8453b"/><path d="M62 48.500c7-1 14-2.500 18-4.500l-6 40a5 5 0 0 1-5 4H58c3-12 4-25 4-39.500z" fill="#b93329"/>`;

const slice = (sponge, cream, top) => svg`<path d="M14 56L74 34c8 4 12 10 12 16v6z" fill=${top}/><path d="M14 56h72v8H14z" fill=${cream}/><path d="M14 63h72v8H14z" fill=${sponge}/><path d="M14 70h72v6H14z" fill=${cream}/><path d="M14 75h72v7a3 3 0 0 1-3 3H17a3 3 0 0 1-3-3z" fill=${sponge}/>`;

const ART = {
  coffee: ['#f2d8bd', () => cup('#7a4a2b', '#f6dfc2')],
  espresso: ['#eccfb4', () => cup('#3d2214', null)],
  chocolate: ['#efd3c3', () => cup('#5b2f1c', '#fff3e6')],
  tea: ['#dfe9cf', () => cup('#c9812b', null)],
  lemonade: ['#fdf0b8', () => glass('#ffe27a', '#fff0b3', citrus('#f2c230', '#ffe15c'))],
  juice: ['#ffdfb5', () => glass('#ff9f2e', '#ffb85e', citrus('#f28a1c', '#ffab3d'))],
  iced: ['#ead9c8', () => glass('#b98556', '#e9d3bc')],
  water: ['#d5ebf7', () => glass('#a8d8f0', '#d2ecf8', svg`<g fill="#fff" fill-opacity=".8"><circle cx="42" cy="70" r="2.500"/><circle cx="56" cy="76" r="2"/><circle cx="50" cy="66" r="1.600"/></g>`)],
  croissant: ['#fbe3bd', () => svg`<path d="M10 66c-2-8 6-14 14-16 2-12 12-22 26-22s24 10 26 22c8 2 16 8 14 16-2 6-10 6-14 1-4-6-8-9-12-10-4-3-24-3-28 0-4 1-8 4-12 10-4 5-12 5-14-1z" fill="#d98f3b"/><path d="M24 50c2-12 12-22 26-22s24 10 26 22c-5 0-9 2-12 7-4-3-24-3-28 0-3-5-7-7-12-7z" fill="#e9a84f"/><path d="M38 31c-2 8-2 17-2 26M62 31c2 8 2 17 2 26M50 28v27M25 50c3 3 5 8 4 15M75 50c-3 3-5 8-4 15" fill="none" stroke="#b8702a" stroke-width="2.500" stroke-linecap="round"/>`],
  eggs: ['#fdeccb', () => svg`<ellipse cx="50" cy="58" rx="42" ry="27" fill="#e4e8ea"/><ellipse cx="50" cy="56" rx="42" ry="26" fill="#fff"/><ellipse cx="50" cy="56" rx="31" ry="18" fill="#f1f4f5"/><path d="M26 56c-2-10 8-16 16-12 4-6 16-5 18 2 8-1 13 6 9 12 1 8-10 12-17 9-6 5-17 3-18-3-5 0-9-3-8-8z" fill="#fff"/><path d="M26 57c-2-10 8-16 16-12 4-6 16-5 18 2 8-1 13 6 9 12 1 8-10 12-17 9-6 5-17 3-18-3-5 0-9-3-8-8z" fill="none" stroke="#e7e2d6" stroke-width="2"/><circle cx="46" cy="55" r="9" fill="#ffb52e"/><circle cx="43" cy="52" r="3" fill="#ffd981"/><path d="M66 66c5-2 8 3 13-1M64 72c5-2 8 3 12-1" stroke="#c8473b" stroke-width="4" stroke-linecap="round" fill="none"/>`],
  toast: ['#e4f0cd', () => svg`${bread}<path d="M29 46c4-10 13-12 20-9s16 0 19 7 0 16-9 19-14 9-22 4-11-12-8-21z" fill="#a9c957"/><path d="M35 48c4-6 9-7 14-5s11 1 13 5-1 9-7 10-9 5-14 2-8-7-6-12z" fill="#c6de7a"/><circle cx="49" cy="52" r="8" fill="#fff"/><circle cx="49" cy="52" r="4.500" fill="#ffb52e"/>`],
  yoghurt: ['#f1dcea', () => svg`${bowl('#8f6fc0', '#7a5bab', '#fffdfa')}<g fill="#5b4a9e"><circle cx="40" cy="46" r="4.500"/><circle cx="48" cy="50" r="4.500"/></g><g fill="#d43d51"><circle cx="58" cy="45" r="5"/><circle cx="33" cy="51" r="4"/></g><g fill="#c78a3f"><rect x="62" y="48" width="8" height="4" rx="2"/><rect x="52" y="53" width="7" height="4" rx="2"/><rect x="44" y="41" width="7" height="4" rx="2"/></g>`],
  sandwich: ['#f6e3c0', () => svg`<path d="M10 70L50 18l40 52z" fill="#f0cb8e"/><path d="M50 18l40 52H78L46 23z" fill="#c98c45"/><path d="M8 70c5-5 9-5 12 0 4-5 9-5 12 0 4-5 9-5 12 0 4-5 9-5 12 0 4-5 9-5 12 0 4-5 9-5 12 0 4-5 8-5 12 0l-3 5H11z" fill="#7ebb46"/><rect x="10" y="73" width="80" height="5" fill="#e8554d"/><rect x="10" y="77" width="80" height="4" fill="#ffd45e"/><path d="M10 80h80v3a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4z" fill="#e2b06a"/>`],
  bagel: ['#f7e0c6', () => svg`<ellipse cx="50" cy="64" rx="40" ry="20" fill="#c98336"/>${lettuce(56)}<path d="M12 54c12 8 64 8 76 0v6c-12 8-64 8-76 0z" fill="#ff9d7a"/><path d="M12 50c12 8 64 8 76 0v5c-12 8-64 8-76 0z" fill="#fffaf0"/><ellipse cx="50" cy="44" rx="40" ry="20" fill="#dd9a48"/><ellipse cx="50" cy="41" rx="12" ry="5.500" fill="#8f5820"/><g fill="#fff1cf"><circle cx="26" cy="40" r="2"/><circle cx="34" cy="32" r="2"/><circle cx="48" cy="29" r="2"/><circle cx="64" cy="32" r="2"/><circle cx="74" cy="40" r="2"/><circle cx="68" cy="48" r="2"/><circle cx="34" cy="50" r="2"/><circle cx="50" cy="54" r="2"/></g>`],
  burger: ['#fde0c2', () => svg`${bun}${lettuce(47)}${patty(54)}<rect x="18" y="64" width="64" height="5" rx="2.500" fill="#e8554d"/>${bottom(70)}`],
  cheeseburger: ['#fde3b5', () => svg`${bun}${lettuce(46)}${cheese(51)}${patty(54)}${cheese(52)}${bottom(68)}`],
  baconburger: ['#fdd9c4', () => svg`${bun}${bacon(45)}${cheese(50)}${patty(54)}${cheese(52)}${bottom(68)}`],
  double: ['#fbd9b6', () => svg`${bun}${lettuce(44)}${patty(48)}${cheese(50)}${patty(60)}${cheese(60)}${bottom(72)}`],
  veggie: ['#e3efc8', () => svg`${bun}${lettuce(47)}${patty(54, '#c98a3c')}<rect x="18" y="64" width="64" height="5" rx="2.500" fill="#e8554d"/>${bottom(70)}`],
  salad: ['#dcefc9', () => svg`${leaves}<circle cx="34" cy="36" r="7" fill="#e8554d"/><circle cx="66" cy="38" r="6" fill="#e8554d"/><circle cx="50" cy="32" r="6" fill="#fff"/><circle cx="50" cy="32" r="3" fill="#ffb52e"/>${bowl('#3f7d78', '#336863', '#85c152')}<path d="M20 48c8-7 14-6 18-2 5-7 17-7 22-1 6-5 14-4 20 2-6 5-20 7-30 7s-24-2-30-6z" fill="#93cc5a"/><circle cx="42" cy="48" r="4.500" fill="#e8554d"/><circle cx="60" cy="50" r="4" fill="#fff4d2"/>`],
  soup: ['#fbdcc2', () => svg`${steam}${bowl('#cf5a3c', '#b4482d', '#f4a24a')}<ellipse cx="44" cy="47" rx="9" ry="2.500" fill="#fff3e0" fill-opacity=".8"/><g fill="#6fae3f"><circle cx="58" cy="50" r="2.200"/><circle cx="64" cy="46" r="1.800"/><circle cx="36" cy="51" r="1.800"/></g>`],
  fries: ['#fdeaba', () => box],
  loaded: ['#fde2b8', () => svg`${box}<path d="M28 30c8-6 12 5 22 0s16 4 24 0l-2 10c-7 4-11-3-19 1s-15-3-23 0z" fill="#ffc53d"/><g fill="#c8473b"><rect x="34" y="26" width="8" height="4" rx="2"/><rect x="52" y="30" width="9" height="4" rx="2"/><rect x="62" y="24" width="8" height="4" rx="2"/></g>`],
  cake: ['#f8dcd5', () => svg`${slice('#d9a066', '#fff8ef', '#fffdf8')}<circle cx="66" cy="36" r="6" fill="#d43d51"/><path d="M67 31c1-5 4-7 7-8" stroke="#4c7d3a" stroke-width="2.500" fill="none" stroke-linecap="round"/>`],
  carrot: ['#fbe0c6', () => svg`${slice('#c07a3a', '#fff8ef', '#fff8ef')}<path d="M58 40l12-5 2 7z" fill="#f28a1c"/><path d="M70 36c3-3 6-3 8-2-2 2-4 4-7 4z" fill="#6fae3f"/>`],
  cheesecake: ['#fbeac8', () => svg`<path d="M14 56L74 34c8 4 12 10 12 16v6z" fill="#ffe9a8"/><path d="M14 56h72v20H14z" fill="#fff6d8"/><path d="M14 75h72v7a3 3 0 0 1-3 3H17a3 3 0 0 1-3-3z" fill="#b9772f"/><path d="M30 52l44-15c7 3 10 7 11 11-20 6-36 7-55 4z" fill="#c93b57"/>`],
  brownie: ['#ecd3c6', () => svg`<path d="M16 48l34-16 34 16-34 17z" fill="#6a3c26"/><path d="M16 48l34 17v22L16 70z" fill="#4b2717"/><path d="M84 48L50 65v22l34-17z" fill="#582f1d"/><g fill="#8a5638"><circle cx="42" cy="46" r="3"/><circle cx="56" cy="42" r="2.500"/><circle cx="60" cy="51" r="3"/><circle cx="48" cy="54" r="2"/></g>`],
  pie: ['#fbe2bf', () => svg`<path d="M12 62L76 34c8 6 12 14 12 24z" fill="#e0a04c"/><path d="M24 58l50-21M34 60l46-17M50 60l36-9M40 50l14 11M54 44l18 16M66 39l20 17" stroke="#f3cd8d" stroke-width="5" stroke-linecap="round"/><path d="M12 62l76-4v14c0 4-3 7-7 7H20c-5 0-8-4-8-9z" fill="#c07b30"/><path d="M12 62l76-4v6l-76 5z" fill="#f6c866"/>`],
  muffin: ['#dfe0f5', () => svg`<path d="M26 54h48l-6 30a4 4 0 0 1-4 3H36a4 4 0 0 1-4-3z" fill="#8c6ab0"/><path d="M38 54l3 33M50 54v33M62 54l-3 33" stroke="#6f4f93" stroke-width="3"/><path d="M18 54c-5-10 4-18 11-17 2-12 14-16 21-16s19 4 21 16c7-1 16 7 11 17-3 6-61 6-64 0z" fill="#e0a65a"/><g fill="#4a4fa0"><circle cx="36" cy="42" r="4"/><circle cx="52" cy="34" r="4.500"/><circle cx="64" cy="44" r="4"/><circle cx="48" cy="48" r="3.500"/></g>`],
  combo: ['#fbdcd0', () => svg`<path d="M66 26l4-18 5 1" fill="none" stroke="#e8554d" stroke-width="3.500" stroke-linecap="round"/><path d="M56 26h32l-4 56a4 4 0 0 1-4 4H64a4 4 0 0 1-4-4z" fill="#fff"/><path d="M57.500 44h29l-2 24h-25z" fill="#e8554d"/><rect x="53" y="22" width="38" height="7" rx="3.500" fill="#f4ece2"/><g transform="translate(-4 26) scale(.68)">${bun}${lettuce(46)}${cheese(51)}${patty(54)}${bottom(68)}</g>`],
  sweet: ['#f6ddd0', () => svg`<g transform="translate(2 -2) scale(.66)">${cup('#7a4a2b', '#f6dfc2')}</g><g transform="translate(34 34) scale(.64)"><path d="M10 66c-2-8 6-14 14-16 2-12 12-22 26-22s24 10 26 22c8 2 16 8 14 16-2 6-10 6-14 1-4-6-8-9-12-10-4-3-24-3-28 0-4 1-8 4-12 10-4 5-12 5-14-1z" fill="#d98f3b"/><path d="M24 50c2-12 12-22 26-22s24 10 26 22c-5 0-9 2-12 7-4-3-24-3-28 0-3-5-7-7-12-7z" fill="#e9a84f"/></g>`],
  plate: ['#e3e8ee', () => svg`<ellipse cx="50" cy="54" rx="34" ry="32" fill="#fff"/><ellipse cx="50" cy="54" rx="23" ry="21" fill="#eef2f5"/><path d="M8 22v22M4 22v12c0 6 8 6 8 0V22M8 44v42M92 86V22c-7 4-8 18-7 32h7" fill="none" stroke="#8fa0ad" stroke-width="3.500" stroke-linecap="round"/>`],
};

/** The first that fits, in the name before the section. */
const RULES = [
  [/combo|menu|menü|sparmenü/, 'combo'], [/something sweet|kuchen und/, 'sweet'],
  [/veg|chickpea|kichererbse|falafel/, 'veggie'], [/double.*burger|doppel.*burger/, 'double'], [/bacon.*burger|speck.*burger/, 'baconburger'], [/cheeseburger/, 'cheeseburger'], [/burger/, 'burger'],
  [/iced|eiskaffee|frapp/, 'iced'], [/espresso|ristretto/, 'espresso'], [/chocolate|schokolade|mocha|mokka/, 'chocolate'], [/\bchai|\btea\b|\btee\b/, 'tea'], [/coffee|kaffee|cappuccino|latte|flat white|macchiato|americano/, 'coffee'],
  [/lemonade|limonade/, 'lemonade'], [/juice|saft/, 'juice'], [/water|wasser/, 'water'],
  [/salad|salat/, 'salad'], [/soup|suppe/, 'soup'], [/fries.*(with|mit)|loaded/, 'loaded'], [/fries|pommes/, 'fries'],
  [/croissant/, 'croissant'], [/bagel/, 'bagel'], [/toastie|sandwich|panini/, 'sandwich'], [/avocado|\btoast\b(?!.*egg)/, 'toast'], [/egg|breakfast|frühstück|ei\b/, 'eggs'], [/yoghurt|yogurt|joghurt|granola|müsli|porridge/, 'yoghurt'],
  [/carrot|karotten|rübli/, 'carrot'], [/cheesecake|käsekuchen/, 'cheesecake'], [/brownie/, 'brownie'], [/pie|tarte/, 'pie'], [/muffin|cupcake/, 'muffin'], [/cake|kuchen|torte|dessert/, 'cake'],
  [/drink|getränk/, 'water'], [/burgers/, 'burger'], [/sandwiches/, 'sandwich'],
];

/** Which drawing. */
export function artOf(name, section = '') {
  for (const text of [name.toLowerCase(), section.toLowerCase()]) {
    const rule = RULES.find(([pattern]) => pattern.test(text));
    if (rule) {
      return rule[1];
    }
  }
  return 'plate';
}

/** Fills its box. Says nothing to a screen reader: the name stands beside it. */
class DishArt extends LitElement {
  static properties = { name: {}, section: {}, bare: { type: Boolean } };

  static styles = css`
    :host { display: block; overflow: hidden; }
    svg { display: block; inline-size: 100%; block-size: 100%; overflow: visible; }
  `;

  render() {
    const [ground, draw] = ART[artOf(this.name ?? '', this.section)];
    if (this.bare) {
      return html`<svg viewBox="0 0 100 100" aria-hidden="true">${draw()}</svg>`;
    }
    return html`<svg viewBox="15 0 120 100" aria-hidden="true">
      <rect x="-1000" y="-1000" width="2150" height="2100" fill=${ground}/><circle cx="75" cy="52" r="62" fill="#fff" fill-opacity=".35"/>
      <g transform="translate(31 7) scale(.88)">${draw()}</g></svg>`;
  }
}

customElements.define('sk-dish-art', DishArt);
