// The basket at this till, and what is still to be done to it. Knows no page.
import { Action, Problem, id, read } from '../kit/api.js';

const STORED = 'sk-till-work';

/**
 * Does one thing after the other, in the order in which they were asked for. What is asked for is kept on the device until the store has
 * answered, so neither a scan nor a deed is lost while a request is under way, while the node restarts, or when the page is closed.
 *
 * Tells of `change` whenever there is something else to show.
 */
export class Work extends EventTarget {
  /** @param refused called with a job and a problem; answers with the job as it is to be tried again, or null to let it go */
  constructor(refused) {
    super();
    this.refused = refused;
    this.basket = null;
    this.payment = null;
    this.order = null;
    this.training = false;
    this.running = false;
    const stored = JSON.parse(localStorage.getItem(STORED) ?? '{}');
    this.basketId = stored.basketId ?? null;
    this.jobs = stored.jobs ?? [];
  }

  get pending() {
    return this.jobs.filter(it => it.label).length;
  }

  get lines() {
    return this.basket?.lines.filter(it => !it.voided) ?? [];
  }

  get empty() {
    return !this.lines.length && !this.jobs.length;
  }

  store() {
    // Another list, so that who shows it sees that it is not as it was.
    this.jobs = [...this.jobs];
    localStorage.setItem(STORED, JSON.stringify({ basketId: this.basketId, jobs: this.jobs }));
    this.dispatchEvent(new Event('change'));
  }

  /** Something to be done to the basket; opens one if there is none. `label` is what is shown while it waits. */
  add(method, below, body = {}, label = '') {
    this.order = null;
    this.payment ??= null;
    if (!this.basketId) {
      this.basketId = id();
      this.jobs.push({ method: 'PUT', path: `/api/baskets/${this.basketId}`, body: { training: this.training }, key: id(), label: '' });
    }
    this.jobs.push({ method, path: `/api/baskets/${this.basketId}${below}`, body, key: id(), label });
    this.store();
    this.run();
  }

  /** What was scanned or typed. Its id makes it once. */
  scan(code, quantity) {
    this.add('POST', '/lines', { id: id(), code, ...(quantity === undefined ? {} : { quantity }) }, code);
  }

  /** What was chosen. */
  choose(article, quantity, more = {}) {
    this.add('POST', '/lines', { id: id(), sku: article.sku, ...(quantity === undefined ? {} : { quantity }), ...more }, article.name);
  }

  async run() {
    if (this.running) {
      return;
    }
    this.running = true;
    while (this.jobs.length) {
      const job = this.jobs[0];
      try {
        this.took(await new Action(job.method, job.path, job.body, job.key).send());
        this.jobs.shift();
      } catch (error) {
        if (!(error instanceof Problem)) {
          throw error;
        }
        const again = await this.refused(job, error);
        if (again) {
          this.jobs[0] = { ...again, key: id() };
        } else {
          this.jobs.shift();
        }
      }
      this.store();
    }
    this.running = false;
    this.dispatchEvent(new Event('done'));
  }

  /** An answer: the basket as it stands, or the order that it has become. */
  took(answer) {
    if (answer?.priced) {
      this.basket = answer;
    } else if (answer?.order) {
      this.paid(answer.order.order ?? answer.order, answer.payment ?? null);
    }
  }

  /** All that was asked for has been done. */
  settled() {
    return this.jobs.length ? new Promise(done => this.addEventListener('done', done, { once: true })) : Promise.resolve();
  }

  paid(order, payment) {
    this.order = order;
    this.payment = payment;
    this.lastOrder = order;
    this.forget();
  }

  /** Nothing more is done to this basket here: it was paid, put aside or given up. */
  forget() {
    this.basket = null;
    this.basketId = null;
    this.jobs = [];
    this.store();
  }

  /** Takes up what this till held, also on another day and after its browser has lost everything. */
  async resume(device) {
    const { baskets } = await read('/api/baskets');
    this.others = baskets.filter(it => it.status === 'SUSPENDED' || it.status === 'PLACED');
    if (!this.jobs.length) {
      const known = this.basketId;
      const mine = baskets.find(it => it.id === this.basketId) ?? baskets.find(it => it.device === device && (it.status === 'OPEN' || it.status === 'PAYING'));
      const held = mine && mine.device === device && (mine.status === 'OPEN' || mine.status === 'PAYING');
      this.basket = held ? mine : null;
      this.basketId = held ? mine.id : null;
      this.payment = held && mine.status === 'PAYING' ? await read(`/api/payments/${mine.id}`).catch(() => null) : this.order ? this.payment : null;
      this.store();
      if (known && !mine) {
        // It may have been paid while nobody was looking: then the change is still to be given.
        const now = await read(`/api/baskets/${known}`).catch(() => null);
        if (now?.order) {
          this.took(now);
        }
      }
    }
    this.run();
  }

  /** What others did to baskets. */
  async lookAtOthers() {
    const { baskets } = await read('/api/baskets');
    this.others = baskets.filter(it => it.status === 'SUSPENDED' || it.status === 'PLACED');
    this.dispatchEvent(new Event('change'));
  }
}
