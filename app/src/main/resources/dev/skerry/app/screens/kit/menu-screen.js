// A screen that shows the menu to guests, as it is now: live, and through a restart of the node.
import { read } from './api.js';
import { Screen } from './screen.js';

const STORED = 'sk-menu';
const MINUTE_MS = 60_000;
const AGAIN_MS = 5_000;

/**
 * Others extend it. It has `card`, the answer of `GET /api/menu`, at once after a reload of the page: what was shown last is kept. It is
 * read anew when something has changed, and at the beginning of each minute, because hours and prices change by the clock.
 */
export class MenuScreen extends Screen {
  static topics = ['articles', 'prices', 'campaigns', 'availability'];

  static properties = { card: { state: true } };

  constructor() {
    super();
    try {
      this.card = JSON.parse(localStorage.getItem(STORED));
    } catch {
      this.card = null;
    }
  }

  async load() {
    // What comes in while this reads is read once more, and not once for each thing that has changed.
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    clearTimeout(this.timer);
    let wait = AGAIN_MS;
    try {
      const card = await read('/api/menu');
      this.card = card;
      localStorage.setItem(STORED, JSON.stringify(card));
      // Not all screens of all stores in the same moment.
      wait = MINUTE_MS - (Date.parse(card.at) % MINUTE_MS) + Math.random() * 1500;
    } finally {
      this.reading = false;
      this.timer = setTimeout(() => this.tell(() => this.load()), wait);
    }
    if (this.again) {
      this.again = false;
      await this.load();
    }
  }

  async changed() {
    await this.load();
  }

  /** Sections that are served now, and have something that has a price. */
  get served() {
    return (this.card?.sections ?? [])
      .filter(it => it.served)
      .map(it => ({ ...it, dishes: it.dishes.filter(dish => dish.price) }))
      .filter(it => it.dishes.length > 0);
  }

  /** Sets with a price of their own, each with the sections it is made of. */
  get deals() {
    const deals = new Map();
    for (const section of this.served) {
      for (const offer of section.dishes.filter(it => it.state !== 'OUT').flatMap(it => it.offers).filter(it => it.price)) {
        const deal = deals.get(offer.id) ?? { ...offer, sections: new Set() };
        deal.sections.add(section.name);
        deals.set(offer.id, deal);
      }
    }
    return [...deals.values()].filter(it => it.sections.size > 1);
  }
}
