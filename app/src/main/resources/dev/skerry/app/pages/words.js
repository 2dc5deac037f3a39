// Every text that the pages make from figures, in one place. Pure: values in, words out.

const number = new Intl.NumberFormat("en");
export const count = (n) => number.format(n);

/** Stands where there is no value. */
export const NOTHING = "–";

/** "1 event", "1,204 events". */
export const many = (n, one, more = one + "s") => `${count(n)} ${n === 1 ? one : more}`;

/** The one unit that matters, which does not leave its number: "40 s", "3 min", "5 h", "2 days". */
export function span(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 120) return `${s}\u00a0s`;
  if (s < 2 * 3600) return `${Math.floor(s / 60)}\u00a0min`;
  return s < 2 * 86400 ? `${Math.floor(s / 3600)}\u00a0h` : `${Math.floor(s / 86400)}\u00a0days`;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes}\u00a0B`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)}\u00a0${units[unit]}`;
}

/** Seconds from a moment to the one at which the node answered. */
export const age = (moment, at) => (Date.parse(at) - Date.parse(moment)) / 1000;

const ms = (micros) => `${micros < 10_000 ? (micros / 1000).toFixed(1) : Math.round(micros / 1000)}\u00a0ms`;

/** In whole seconds: what is less is the moment that something takes. */
const STALE_SECONDS = 3;

// ---- the verdict: what somebody in a hurry reads

/** The page has lost the node. */
export const lost = (seconds, seen) => ({
  tone: "lost",
  title: "Not reachable",
  text:
    `The node has not answered for ${span(seconds)}: it was stopped, it starts again, or this device has lost it. ` +
    (seen ? `What you see below is from ${seen}. ` : "") +
    "This page goes on trying.",
});

/** How a store is. `tone` is good, busy, warn or bad. */
export function store(status) {
  const { standing } = status;
  const closed = {
    asking: ["busy", "Not open yet", "It has just started, and asks HQ whether this machine is still the store. It opens within seconds, with HQ or without."],
    restoring: ["busy", "Not open yet", restoring(standing, status)],
    "turned away": ["bad", "Closed", `HQ has turned this machine away: ${standing.why}.`],
    fenced: ["bad", "Closed for good", fenced(standing)],
  }[standing.state];
  if (closed) return verdict(...closed);
  if (!status.ready) {
    const [first] = status.obstacles;
    return verdict("bad", "In trouble", `${sentence(first.why)} To do: ${first.remedy}.`);
  }
  return open(status);
}

function open(status) {
  const waits = waiting(status);
  const halted = status.streams.filter((s) => s.state === "stuck" || s.state === "parked");
  if (status.line === "down") {
    return verdict("warn", "Open, without a line", `The store sells as always. ${waits} ${status.waitingUp.events === 1 ? "It goes there by itself" : status.waitingUp.events ? "They go there by themselves" : "What is sold now goes there by itself"} as soon as the line is back.`);
  }
  if (status.line === "silent") {
    return verdict("warn", "Open, and HQ is silent", `The store sells as always. It is connected, but HQ owes an answer. ${waits}`);
  }
  if (halted.length) {
    return verdict("warn", "Open, and something is stuck", `The store sells as always. The line is up, but ${many(halted.length, "stream")} of ${status.streams.length} ${halted.length === 1 ? "stands" : "stand"} still: ${halted.map((s) => s.name).slice(0, 3).join(", ")}${halted.length > 3 ? " …" : ""}. The reason is in the table.`);
  }
  const behind = status.streams.filter((s) => s.state === "draining" && late(s, status.at));
  if (behind.length) {
    const left = Math.max(...behind.map((s) => s.secondsLeft ?? -1));
    return verdict("busy", "Open, and catching up", `The line is up. ${waits}${down(status)} ${left >= 0 ? `As it goes now, that takes ${left < 2 ? "a moment" : span(left)}.` : ""}`);
  }
  return verdict("good", "Open", "Everything is at HQ, and everything from HQ is here.");
}

/** A sale that has just been made is no backlog. */
const late = (s, at) => s.direction === "down" || !s.oldestWaiting || age(s.oldestWaiting, at) >= STALE_SECONDS;

function down(status) {
  const events = status.streams.filter((s) => s.direction === "down").reduce((sum, s) => sum + s.eventsWaiting, 0);
  return events ? ` ${many(events, "event")} from HQ ${events === 1 ? "is" : "are"} still to come.` : "";
}

function waiting({ waitingUp: { events, bytes, oldest }, at }) {
  if (!events) return "Nothing waits for HQ.";
  return `${many(events, "event")} (${size(bytes)}) ${events === 1 ? "waits" : "wait"} for HQ${oldest ? `, the oldest for ${span(age(oldest, at))}` : ""}.`;
}

function restoring({ eventsLeft }, { line }) {
  const what = "This machine fetches back from HQ what the store wrote before. It opens by itself when it has everything.";
  if (line === "down") return `${what} There is no line to HQ now: mend that first.`;
  return eventsLeft < 0 ? what : `${what} ${many(eventsLeft, "event")} to go.`;
}

const fenced = ({ why, exported }) =>
  `This machine is not the store any more: ${why}. ` +
  (exported ? `What HQ never got from it is saved in ${exported}. ` : "") +
  "To make it the store again, join anew with a token from HQ.";

/** How HQ is. */
export function hq(status) {
  const { known, joined, connected } = status.stores;
  if (!status.ready) {
    const [first] = status.obstacles;
    return verdict("bad", "In trouble", `${sentence(first.why)} To do: ${first.remedy}.`);
  }
  if (!known) return verdict("good", "Ready", "There are no stores yet. Add the first with ./skerry hq store add.");
  const away = joined - connected;
  const fresh = known - joined ? ` ${many(known - joined, "store")} never joined.` : "";
  return away > 0
    ? verdict("warn", `${many(away, "store")} away`, `${count(connected)} of ${many(joined, "store")} ${connected === 1 ? "is" : "are"} connected. The others trade alone, and catch up by themselves when their lines are back.${fresh}`)
    : verdict("good", "Ready", `${joined === 0 ? "No store has joined yet." : joined === 1 ? "The one store is connected." : `All ${count(joined)} stores are connected.`}${fresh}`);
}

const verdict = (tone, title, text) => ({ tone, title, text: text.trim() });
const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;

// ---- figures

/** A store's tiles: [label, value, what it is about]. */
export function storeFigures(status) {
  const { waitingUp: up, at } = status;
  return [
    ["Line to HQ", line(status), lineAbout(status)],
    toGo(status),
    ["Oldest of it", up.oldest ? span(age(up.oldest, at)) : NOTHING, up.oldest ? "has waited so long" : "nothing waits"],
    ["Last heard of HQ", status.lastContact ? `${span(age(status.lastContact, at))} ago` : "never", status.lastContact ? skew(status.hqClockAheadMs, "HQ's clock") : "since the start"],
    disk(status),
  ];
}

function toGo({ standing: { state, eventsLeft }, waitingUp: { events, bytes } }) {
  if (state === "restoring") return ["To fetch back", eventsLeft < 0 ? "not known yet" : count(eventsLeft), "events, before it opens"];
  return [
    state === "fenced" ? "HQ never got" : "Waiting for HQ",
    events ? count(events) : "nothing",
    events ? `${events === 1 ? "event" : "events"}, ${size(bytes)}` : "HQ has everything",
  ];
}

const line = ({ line: state, lineSince, at }) => `${state} for ${span(age(lineSince, at))}`;

function lineAbout({ line: state, roundTripMicros, why }) {
  if (state === "down") return why || "no connection";
  return roundTripMicros === undefined ? "connected" : `round trip ${ms(roundTripMicros)}`;
}

const skew = (ahead, whose) => (ahead === undefined ? "clock not compared" : `${whose} ${Math.abs(ahead) < CLOCK_OFF_MS ? "" : "is "}${off(ahead)}`);

/** What a clock may be off without anybody having to care. */
const CLOCK_OFF_MS = 1000;

function off(ahead) {
  const by = Math.abs(ahead);
  if (by < CLOCK_OFF_MS) return "agrees";
  return `${by < 10_000 ? `${(by / 1000).toFixed(1)} s` : span(by / 1000)} ${ahead < 0 ? "behind" : "ahead"}`;
}

function disk({ disk: space }) {
  if (!space) return ["Disk", "unknown", "the data folder cannot be read"];
  return ["Disk", `${size(space.freeBytes)} free`, `of ${size(space.totalBytes)}; data ${size(space.dataBytes)}`];
}

/** HQ's tiles. */
export function hqFigures(status) {
  const { known, joined, connected } = status.stores;
  return [
    ["Connected", count(connected), connected === 1 ? "store" : "stores"],
    ["Away", count(joined - connected), joined - connected === 1 ? "store with its line down" : "stores with their lines down"],
    ["Never joined", count(known - joined), "registered only"],
    ["Running for", span(age(status.startedAt, status.at)), status.software],
    disk(status),
  ];
}

// ---- tables

/** A stream's state: [tone, words]. What is fetched back is not up to date, though HQ has all that is here. */
export function streamState(stream, standing) {
  if (standing.state === "restoring" && stream.direction === "up") return ["busy", "fetched back"];
  if (standing.state === "fenced") return stream.eventsWaiting ? ["bad", "HQ never got it"] : ["none", "closed"];
  const words = {
    "up to date": ["good", "up to date"],
    draining: ["busy", stream.secondsLeft === undefined ? "draining" : `draining, ${span(stream.secondsLeft)} left`],
    stuck: ["bad", "stuck"],
    parked: ["bad", "parked"],
    offline: ["warn", stream.eventsWaiting ? "offline, waits" : "offline"],
  };
  return words[stream.state] ?? ["warn", stream.state];
}

export const way = (stream) => (stream.direction === "up" ? "↑ to HQ" : "↓ from HQ");

export function streamCells(stream, at) {
  const up = stream.direction === "up";
  return {
    waiting: stream.eventsWaiting ? count(stream.eventsWaiting) : NOTHING,
    size: stream.eventsWaiting && up ? size(stream.bytesWaiting) : NOTHING,
    oldest: stream.oldestWaiting ? span(age(stream.oldestWaiting, at)) : NOTHING,
    tail: count(stream.tail),
    cursor: count(stream.cursor),
  };
}

/** A store's line, at HQ: [tone, words]. */
export function storeLine(one, at) {
  if (one.line === "up") return ["good", `up for ${span(age(one.since, at))}`];
  return one.line === "down" ? ["warn", "away"] : ["none", "never joined"];
}

export function storeCells(one, at) {
  return {
    heard: one.lastContact ? `${span(age(one.lastContact, at))} ago` : NOTHING,
    clock: one.clockAheadMs === undefined ? NOTHING : off(one.clockAheadMs),
    epoch: one.epoch ? count(one.epoch) : NOTHING,
    software: one.software ?? NOTHING,
  };
}

export const copyCells = (copy, at) => ({
  tail: count(copy.tail),
  size: size(copy.storedBytes),
  last: copy.lastAppend ? `${span(age(copy.lastAppend, at))} ago` : NOTHING,
});

export const empty = {
  streams: "There are no streams yet. The first appears here as soon as something is sold, or HQ sends something.",
  stores: "There are no stores yet. Add one: ./skerry hq store add 0042 \"Main Street\" --zone north --data …",
  noMatch: "No store matches.",
  mirrors: "HQ has nothing of this store yet.",
  written: "HQ has written nothing for its stores yet.",
};

export const shown = (some, all) => (some < all ? `The first ${count(some)} of ${count(all)}: narrow the search to see others.` : "");

export const foot = (status) => `${status.software}, running for ${span(age(status.startedAt, status.at))}`;
