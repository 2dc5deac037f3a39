import { LitElement, html } from 'lit';
import { read } from '../kit/api.js';

const names = new Map();

/** The name of an article, of which only the number is known. */
class ArticleName extends LitElement {
  static properties = { sku: {}, name: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changes) {
    if (changes.has('sku')) {
      this.name = this.sku;
      const asked = this.sku;
      if (!names.has(asked)) {
        names.set(asked, read(`/api/articles/${encodeURIComponent(asked)}`).then(it => it.name, () => { names.delete(asked); return asked; }));
      }
      names.get(asked).then(name => { if (asked === this.sku) { this.name = name; } });
    }
  }

  render() {
    return html`${this.name}`;
  }
}

customElements.define('sk-office-article-name', ArticleName);
