// Words of a screen in the language of the device, with English behind it.

const LANGUAGES = ['en', 'de'];
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];
const STORED = 'sk-language';

const all = {};

/** What the device wants, as a BCP 47 tag: what was chosen on it, else what its browser prefers. */
export const locale = localStorage.getItem(STORED) ?? navigator.languages.find(it => LANGUAGES.includes(it.slice(0, 2))) ?? 'en';

const language = LANGUAGES.includes(locale.slice(0, 2)) ? locale.slice(0, 2) : 'en';

export const languages = LANGUAGES;

document.documentElement.lang = locale;
document.documentElement.dir = RIGHT_TO_LEFT.includes(locale.slice(0, 2)) ? 'rtl' : 'ltr';

/**
 * Adds the words that lie in `words/` beside a module: `en.js`, or with a part `goods` those of `en-goods.js`. Call it as
 * `await words(import.meta.url)` before the words are used.
 */
export async function words(module, part = '') {
  const wanted = language === 'en' ? ['en'] : ['en', language];
  const found = await Promise.all(wanted.map(it => import(new URL(`./words/${it}${part && `-${part}`}.js`, module).href)));
  found.forEach(it => Object.assign(all, it.default));
}

/** A text, with what stands in its braces replaced. A text of two forms, `one | many`, is chosen by `count`. */
export function t(key, values = {}) {
  let text = all[key] ?? key;
  if (text.includes(' | ')) {
    const [one, many] = text.split(' | ');
    text = new Intl.PluralRules(locale).select(values.count) === 'one' ? one : many;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Whether there are such words. */
export const has = key => key in all;

export function choose(other) {
  localStorage.setItem(STORED, other);
  location.reload();
}

const formats = new Map();

function format(kind, options) {
  const key = kind.name + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new kind(locale, options));
  }
  return formats.get(key);
}

export const number = value => format(Intl.NumberFormat, { maximumFractionDigits: 3 }).format(value);

export const time = moment => format(Intl.DateTimeFormat, { hour: '2-digit', minute: '2-digit' }).format(new Date(moment));

export const date = day => format(Intl.DateTimeFormat, { dateStyle: 'medium' }).format(new Date(day.length === 10 ? `${day}T12:00` : day));

/** How long ago, in words, by the clock of this device. */
export function ago(moment) {
  const seconds = Math.round((Date.now() - new Date(moment)) / 1000);
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : seconds < 5400 ? [Math.round(seconds / 60), 'minute'] : seconds < 129600 ? [Math.round(seconds / 3600), 'hour'] : [Math.round(seconds / 86400), 'day'];
  return format(Intl.RelativeTimeFormat, { numeric: 'auto' }).format(-Math.max(0, value), unit);
}

/** The sign between whole and parts: a comma or a point. */
export const point = format(Intl.NumberFormat, { minimumFractionDigits: 1 }).formatToParts(1.5).find(it => it.type === 'decimal').value;
