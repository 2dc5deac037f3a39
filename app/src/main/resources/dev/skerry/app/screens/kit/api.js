// The node's API. A device is known by a cookie that no script reads, so nothing here knows a token.

const PAUSES_MS = [150, 300, 600, 1000, 2000, 3000];
const TIMEOUT_MS = 40_000;

/** Tells of `reach` (the node answers, or not), `unpaired` (this device is unknown) and `people` (who is signed on has changed). */
export const news = new EventTarget();

let reachable = true;

export const isReachable = () => reachable;

function reach(now) {
  if (now !== reachable) {
    reachable = now;
    news.dispatchEvent(new Event('reach'));
  }
}

/** What the server says of a request that it did not do: see RFC 9457. */
export class Problem extends Error {
  constructor(status, kind, title, detail, retryAfter, fields = {}) {
    super(detail || title);
    this.status = status;
    this.kind = kind;
    this.title = title;
    this.detail = detail;
    this.retryAfter = retryAfter;
    // What it says beside that.
    this.fields = fields;
  }
}

/** Unlike any other, also on another device. */
export function id() {
  // crypto.randomUUID() is only there over HTTPS and on loopback.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(it => it.toString(16).padStart(2, '0')).join('');
}

const pause = ms => new Promise(done => setTimeout(done, ms));

async function problem(response) {
  let said = {};
  try {
    said = await response.json();
  } catch {
    // A proxy between may answer in its own words.
  }
  const kind = (said.type ?? '').replace(/^urn:skerry:problem:/, '') || `http-${response.status}`;
  return new Problem(response.status, kind, said.title ?? response.statusText, said.detail ?? '', Number(response.headers.get('Retry-After')) || 0, said);
}

async function once(method, path, body, key) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (key) {
    headers['Idempotency-Key'] = key;
  }
  const response = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) {
    throw await problem(response);
  }
  const type = response.headers.get('Content-Type') ?? '';
  return { status: response.status, body: response.status === 204 ? null : type.includes('json') ? await response.json() : await response.text() };
}

/** Trying again may help: the node restarts, is not open yet, or the answer was lost. */
const passes = error => !(error instanceof Problem) || [502, 503, 504].includes(error.status);

/** Asks until there is an answer. The key is the same each time, so nothing is done twice, however many answers were lost. */
async function ask(method, path, body, key, patienceMs) {
  const end = performance.now() + patienceMs;
  for (let tries = 0; ; tries++) {
    try {
      const answer = await once(method, path, body, key);
      reach(true);
      return answer;
    } catch (error) {
      const gone = !(error instanceof Problem);
      reach(!gone && !(passes(error) && error.kind.startsWith('http-')));
      const wait = Math.max((error.retryAfter ?? 0) * 1000, PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]);
      if (!passes(error) || performance.now() + wait > end) {
        if (error.kind === 'unknown-device') {
          news.dispatchEvent(new Event('unpaired'));
        } else if (error.kind === 'sign-on-needed') {
          news.dispatchEvent(new Event('people'));
        }
        throw gone ? new Problem(0, 'unreachable', 'The store server does not answer', '', 0) : error;
      }
      await pause(Math.min(wait, 5000));
    }
  }
}

const READ_PATIENCE_MS = 8_000;

/** Reads. Gives up after some seconds: what is read is read again when the node is back. */
export async function read(path) {
  return (await ask('GET', path, undefined, undefined, READ_PATIENCE_MS)).body;
}

/**
 * One thing that a person does. Made when the person does it, sent any number of times: it is done once. A restart of the node is
 * waited for, for ever if nobody says otherwise, because a person at a till must never have to wonder whether it was done.
 */
export class Action {
  constructor(method, path, body = {}, key = id()) {
    this.method = method;
    this.path = path;
    this.body = body;
    this.key = key;
  }

  /** The answer; 202 is asked again until it is another. */
  async send(patienceMs = Infinity) {
    for (;;) {
      const answer = await ask(this.method, this.path, this.body, this.key, patienceMs);
      if (answer.status !== 202) {
        return answer.body;
      }
      await pause(400);
    }
  }
}

export const act = (method, path, body) => new Action(method, path, body).send();

/** Once, with the status of the answer: for what waits for a person elsewhere. */
export const poll = (method, path, body) => ask(method, path, body, undefined, 0);
