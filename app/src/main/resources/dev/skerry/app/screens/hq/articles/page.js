import { html, nothing } from 'lit';
import { words, t, number, ago, date } from '../kit/words.js';
import { read, act, id } from '../kit/api.js';
import { Dialog, ask, say } from '../kit/dialog.js';
import { toast } from '../kit/parts.js';
import { Page, looks, table, tabs, badge, empty, send, chosenFile } from '../hq/page.js';
import '../hq/changes.js';

await words(import.meta.url);

const ROWS = 50;
const SETTLE_MS = 250;
const PROGRESS_EVERY_MS = 700;

/** For what is changed most often of an article; all else is changed by import. */
class EditArticle extends Dialog {
  static properties = { article: { attribute: false } };

  submit(event) {
    event.preventDefault();
    const value = name => event.target.elements[name].value.trim();
    const article = { ...this.article, name: value('name'), receiptName: value('receiptName'), brand: value('brand') || null, size: value('size') || null };
    this.attempt(async () => this.give(await act('POST', '/api/catalog/changes', { id: id(), title: t('articles.change-title', { name: article.name }), articles: [article] })));
  }

  content() {
    const field = (name, key, required) => html`<label>${t(key)}<input name=${name} ?required=${required} autocomplete="off" .value=${this.article[name] ?? ''}></label>`;
    return html`<form class="stack" @submit=${this.submit}>
      ${field('name', 'articles.name', true)}${field('receiptName', 'articles.receipt-name', true)}${field('brand', 'articles.brand')}${field('size', 'articles.size')}
      <button class="primary tall" ?disabled=${this.busy}>${t('articles.save')}</button>
    </form>`;
  }
}

customElements.define('hq-edit-article', EditArticle);

/** `#articles`: all of them; `…/article/SKU`: one, with what was published about it; `…/changes`; `…/import`. */
class Articles extends Page {
  static properties = { wanted: { state: true }, department: { state: true }, offset: { state: true }, list: { state: true }, one: { state: true }, state: { state: true } };
  static styles = looks;

  constructor() {
    super();
    this.wanted = '';
    this.department = '';
    this.offset = 0;
  }

  get part() {
    return this.args[0] ?? '';
  }

  get mayChange() {
    return ['ADMIN', 'MERCHANT'].some(it => this.me?.roles.includes(it));
  }

  async load() {
    if (this.part === 'article') {
      this.one = await read(`/api/catalog/articles/${encodeURIComponent(this.args[1])}`);
    } else if (!this.part) {
      this.list = await read(`/api/catalog/articles?${new URLSearchParams({ q: this.wanted.trim(), department: this.department.trim(), offset: this.offset, max: ROWS })}`);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.progress);
  }

  type(changes) {
    Object.assign(this, { offset: 0, ...changes });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.again(), SETTLE_MS);
  }

  show(offset) {
    this.offset = offset;
    this.again();
  }

  told(change) {
    if (change) {
      toast(t(change.state === 'WAITING' ? 'articles.proposed' : 'articles.published'), 'good');
      this.again();
    }
  }

  async takeOut(article) {
    if (await ask('sk-tell', { heading: article.name, text: t('articles.remove-sure', { name: article.name }), yes: t('articles.save'), no: t('kit.cancel'), look: 'danger' })) {
      try {
        this.told(await act('POST', '/api/catalog/changes', { id: id(), title: t('articles.change-title', { name: article.name }), removed: [article.sku] }));
      } catch (error) {
        toast(say(error), 'bad');
      }
    }
  }

  /** A file of 100,000 articles takes a while: how far it is, is asked for meanwhile. */
  async bring() {
    const file = await chosenFile();
    if (!file) {
      return;
    }
    const name = `import-${id()}`;
    const checked = it => this.renderRoot.querySelector(`[name=${it}]`).checked;
    const asked = new URLSearchParams({ draft: checked('draft'), skipFaulty: checked('skip') });
    this.state = { id: name, state: 'RUNNING', lines: 0, changed: 0, faults: [] };
    const watch = async () => {
      try {
        const state = await read(`/api/catalog/imports/${name}`);
        this.state = this.state.state === 'RUNNING' ? state : this.state;
      } catch {
        // It has not begun yet.
      }
      if (this.state.state === 'RUNNING') {
        this.progress = setTimeout(watch, PROGRESS_EVERY_MS);
      }
    };
    this.progress = setTimeout(watch, PROGRESS_EVERY_MS);
    try {
      this.state = await send(`/api/catalog/imports/${name}?${asked}`, file);
    } catch (error) {
      this.state = null;
      toast(say(error), 'bad');
    }
    clearTimeout(this.progress);
  }

  async approveImport() {
    try {
      const { published } = await act('POST', `/api/catalog/imports/${this.state.id}/approval`, {});
      toast(t('articles.approved', { count: published }), 'good');
    } catch (error) {
      toast(say(error), 'bad');
    }
  }

  view() {
    const parts = this.mayChange ? ['', 'changes', 'import'] : [''];
    return html`${tabs('articles', parts.map(it => ({ id: it, name: t(`articles.${it || 'articles'}`) })), this.part === 'article' ? '' : this.part)}
      ${{ '': () => this.all(), article: () => this.single(), changes: () => html`<hq-changes base="/api/catalog" .me=${this.me}></hq-changes>`, import: () => this.importing() }[this.part]?.() ?? nothing}`;
  }

  all() {
    if (!this.list) {
      return nothing;
    }
    const { articles, more } = this.list;
    return html`
      <div class="tools">
        <label>${t('articles.find')}<input type="search" autocomplete="off" .value=${this.wanted} @input=${event => this.type({ wanted: event.target.value })}></label>
        <label>${t('articles.department')}<input autocomplete="off" placeholder="Food/Dairy" .value=${this.department} @input=${event => this.type({ department: event.target.value })}></label>
        <span class="grow"></span>
        <a class="button" href="/api/catalog/export" download="articles.csv">${t('articles.export')}</a>
      </div>
      ${articles.length ? html`<div>${table([
        { name: t('articles.article'), cell: it => html`<a href="#articles/article/${encodeURIComponent(it.sku)}">${it.name}</a> <span class="soft small">${it.sku}</span>` },
        { name: t('articles.size'), wide: true, cell: it => it.size ?? '–' },
        { name: t('articles.department'), cell: it => it.department.join(' / ') },
        { name: t('articles.tax'), wide: true, cell: it => it.taxCategory },
        { name: t('articles.codes'), wide: true, end: true, cell: it => it.codes.map(code => code.gtin).join(', ') || '–' },
      ], articles, { label: t('articles.articles') })}
      <nav class="pager" aria-label=${t('hq.rows')}>
        <span class="soft num">${number(this.offset + 1)}–${number(this.offset + articles.length)}</span>
        <button type="button" aria-label=${t('hq.rows-before')} ?disabled=${!this.offset} @click=${() => this.show(Math.max(0, this.offset - ROWS))}><sk-icon name="previous"></sk-icon></button>
        <button type="button" aria-label=${t('hq.rows-behind')} ?disabled=${!more} @click=${() => this.show(this.offset + ROWS)}><sk-icon name="next"></sk-icon></button>
      </nav></div>` : this.wanted || this.department ? empty('tag', t('articles.none-found')) : empty('tag', t('articles.none'), t('articles.none-how'))}`;
  }

  single() {
    const known = this.one;
    if (!known || known.article.sku !== this.args[1]) {
      return nothing;
    }
    const it = known.article;
    const fact = (key, value) => value ? html`<dt>${t(key)}</dt><dd>${value}</dd>` : nothing;
    return html`
      <p><a href="#articles">${t('articles.all')}</a></p>
      <div class="tools"><h2>${it.name} <span class="soft">${it.sku}</span></h2><span class="grow"></span>
        ${this.mayChange ? html`<button type="button" @click=${async () => this.told(await ask('hq-edit-article', { heading: it.name, article: it }))}>${t('articles.edit')}</button>
          <button type="button" class="danger" @click=${() => this.takeOut(it)}>${t('articles.remove')}</button>` : nothing}</div>
      <dl class="facts card pad">
        ${fact('articles.receipt-name', it.receiptName)}${fact('articles.department', it.department.join(' / '))}${fact('articles.brand', it.brand)}${fact('articles.size', it.size)}
        ${fact('articles.codes', it.codes.map(code => code.gtin).join(', '))}${fact('articles.tax', it.taxCategory)}${fact('articles.unit', it.unit)}${fact('articles.menu', it.menu)}
        ${fact('articles.active', it.activeFrom || it.activeTo ? t('articles.from-to', { from: it.activeFrom ? date(it.activeFrom.slice(0, 10)) : '…', to: it.activeTo ? date(it.activeTo.slice(0, 10)) : '…' }) : null)}
      </dl>
      <p><a href="#stock/article/${encodeURIComponent(it.sku)}">${t('hq.page.stock')}</a></p>
      <h2>${t('articles.history')}</h2>
      ${known.history.length ? table([
        { name: t('articles.title'), cell: step => step.change.title },
        { name: t('articles.by'), cell: step => [step.change.by, step.change.decidedBy].filter((name, i, all) => name && all.indexOf(name) === i).join(', ') },
        { name: t('articles.at'), end: true, cell: step => ago(step.change.decidedAt ?? step.change.at) },
      ], known.history, { label: t('articles.history') }) : empty('list', t('articles.no-changes'))}`;
  }

  importing() {
    const it = this.state;
    const running = it?.state === 'RUNNING';
    return html`<section class="card pad stack">
      <p class="soft">${t('articles.import-how')}</p>
      <label class="check"><input type="checkbox" name="draft"><span>${t('articles.draft')}</span></label>
      <label class="check"><input type="checkbox" name="skip"><span>${t('articles.skip')}</span></label>
      <div class="row"><button type="button" class="primary" ?disabled=${running} @click=${() => this.bring()}>${t('articles.choose')}</button></div>
      ${it ? html`<p role="status">${running ? t('articles.running', { lines: number(it.lines), changed: number(it.changed) }) : it.problem ? nothing : t('articles.done', { lines: number(it.lines), changed: number(it.changed), left: number(it.leftOut) })}</p>
        ${running ? html`<progress aria-label=${t('articles.import')}></progress>` : nothing}
        ${it.problem ? html`<p class="problem" role="alert">${it.problem}</p>` : nothing}
        ${!running && this.renderRoot.querySelector('[name=draft]')?.checked ? html`<div><button type="button" @click=${() => this.approveImport()}>${t('articles.approve-all')}</button></div>` : nothing}` : nothing}
    </section>
    ${it?.faults?.length ? table([
      { name: t('articles.line'), end: true, cell: fault => number(fault.line) },
      { name: t('articles.problem'), cell: fault => fault.problem },
    ], it.faults, { label: t('articles.problem') }) : nothing}`;
  }
}

customElements.define('hq-articles', Articles);
