// What changes in the store, as it happens.

const PAUSES_MS = [300, 600, 1200, 2500, 5000];

/**
 * Follows topics for as long as the page is open. `hello` is called at the beginning and after every gap: read anew what you show.
 * `changed` is called with a topic and a key: read that thing anew. Who is no device of the store has another `path`.
 */
export class Feed {
  constructor(topics, { hello, changed }, path = `/api/feed?topics=${topics.join(',')}`) {
    this.path = path;
    this.hello = hello;
    this.changed = changed;
    this.failures = 0;
    this.ended = false;
    this.connect();
  }

  connect() {
    const source = new EventSource(this.path);
    this.source = source;
    source.addEventListener('hello', event => {
      this.failures = 0;
      this.hello(JSON.parse(event.data));
    });
    source.addEventListener('changed', event => {
      const { topic, key, version } = JSON.parse(event.data);
      this.changed(topic, key, version);
    });
    // The browser's own way of coming back gives up for good at an answer such as 503.
    source.onerror = () => this.again();
  }

  again() {
    this.source.close();
    if (!this.ended) {
      const pause = PAUSES_MS[Math.min(this.failures++, PAUSES_MS.length - 1)];
      this.timer = setTimeout(() => this.connect(), pause * (0.75 + Math.random() / 2));
    }
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    this.source.close();
  }
}
