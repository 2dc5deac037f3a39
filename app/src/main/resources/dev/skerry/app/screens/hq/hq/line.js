// How the line to a store is, in a word.
import { t } from '../kit/words.js';
import { badge } from './page.js';

const LINES = { up: ['hq.line.up', 'good'], down: ['hq.line.down', 'bad'], 'never joined': ['hq.line.never', ''] };

export function line(store) {
  const [word, tone] = LINES[store.line] ?? LINES.down;
  return badge(t(word), tone);
}
