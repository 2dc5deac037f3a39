import { html } from 'lit';
import { words } from '../kit/words.js';
import { Screen } from '../kit/screen.js';

await words(import.meta.url);

class Till extends Screen {
  static kind = 'TILL';
  static topics = ['baskets'];

  view() {
    if (!this.signedOn) {
      return html`<sk-sign-on .me=${this.me} store=${this.status?.name ?? ''} @entered=${event => { this.me = event.detail; }}></sk-sign-on>`;
    }
    return html`<sk-status .status=${this.status} ?reachable=${this.reachable}></sk-status>`;
  }
}

customElements.define('sk-till', Till);
