import { LitElement, html, css, nothing } from 'lit';
import { kit } from '../kit/styles.js';
import { t } from '../kit/words.js';
import { act, Problem } from '../kit/api.js';
import { say } from '../kit/dialog.js';

/** Signs a person on by name and password; or lets the first person in, with the admin token. */
class SignOn extends LitElement {
  static properties = { first: { state: true }, problem: { state: true }, busy: { state: true } };

  static styles = [kit, css`
    :host { display: grid; place-content: center; min-block-size: 100dvh; padding: var(--sk-4); background: var(--sk-ground); }
    form { inline-size: min(24rem, calc(100vw - 2rem)); padding: var(--sk-5); display: flex; flex-direction: column; gap: var(--sk-4); }
    header { display: flex; align-items: center; gap: var(--sk-3); }
    img { inline-size: 2.5rem; block-size: 2.5rem; }
  `];

  value(name) {
    return this.renderRoot.querySelector(`[name=${name}]`).value;
  }

  async attempt(what) {
    this.problem = null;
    this.busy = true;
    try {
      await what();
      this.dispatchEvent(new Event('signed-on'));
    } catch (error) {
      this.problem = say(error);
    } finally {
      this.busy = false;
    }
  }

  enter(person, password) {
    return act('POST', '/api/sign-on', { person, password, cookie: true });
  }

  /** The token goes with this one request, and is kept nowhere. */
  async letIn(person, name, password) {
    const response = await fetch(`/api/people/${encodeURIComponent(person)}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', Authorization: `Bearer ${this.value('token').trim()}`, 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(4)).join('-') },
      body: JSON.stringify({ name, roles: ['ADMIN', 'MERCHANT', 'ANALYST', 'ACCOUNTANT', 'SUPPORT'], password }),
    });
    if (!response.ok) {
      const said = await response.json().catch(() => ({}));
      throw new Problem(response.status, (said.type ?? '').replace(/^urn:skerry:problem:/, ''), said.title ?? response.statusText, said.detail ?? '', 0);
    }
    await this.enter(person, password);
  }

  submit(event) {
    event.preventDefault();
    if (this.first) {
      this.attempt(() => this.letIn(this.value('person').trim(), this.value('name').trim(), this.value('password')));
    } else {
      this.attempt(() => this.enter(this.value('person').trim(), this.value('password')));
    }
  }

  render() {
    return html`<main>
      <form class="card" @submit=${this.submit}>
        <header><img src="/pages/skerry.svg" alt=""><h1>${t(this.first ? 'hq.first' : 'hq.welcome')}</h1></header>
        ${this.first ? html`<p class="soft">${t('hq.first-how')}</p>
          <label>${t('hq.token')}<input name="token" required autocomplete="off" spellcheck="false"></label>
          <label>${t('hq.your-name')}<input name="name" required autocomplete="name"></label>` : nothing}
        <label>${t(this.first ? 'hq.your-id' : 'hq.person')}<input name="person" required autocomplete="username" autocapitalize="none" spellcheck="false"></label>
        <label>${t(this.first ? 'hq.new-password' : 'hq.password')}<input name="password" type="password" required autocomplete=${this.first ? 'new-password' : 'current-password'}></label>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <button class="primary tall" ?disabled=${this.busy}>${t(this.first ? 'hq.let-in' : 'hq.enter')}</button>
        <button type="button" class="quiet" @click=${() => { this.first = !this.first; this.problem = null; }}>${t(this.first ? 'hq.back' : 'hq.first')}</button>
      </form>
    </main>`;
  }
}

customElements.define('hq-sign-on', SignOn);
