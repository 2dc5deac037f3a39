import { $, ask, hero, live, put, tiles } from "./live.js";
import { many, span } from "./words.js";
import { Tour } from "./tour.js";

/** Where the slider stands, in shoppers a minute and store. */
const PACES = [0, 6, 12, 30, 60, 120, 240, 600, 1200, 3000, 6000];

/** Said while all lines are up; a sale that is on its way for a moment changes no title. */
const FLOWING = "Every sale reaches headquarters as it happens";
const LATE_SECONDS = 3;

let latest;
const tour = new Tour({ order, find: (id) => document.querySelector(`.store[data-id="${id}"]`) });

live(() => ask("/api/demo"), showAll);

// ---- asking for something

/** Tells the demo to do something; shows what came of it at once. */
async function order(path, body) {
  const answer = await fetch(path, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(4000),
  });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  showAll(await answer.json());
}

const slider = $("#slider");
slider.max = PACES.length - 1;
slider.addEventListener("input", () => pace(PACES[slider.value]));
slider.addEventListener("change", () => order("/api/demo/pace", { perMinute: PACES[slider.value] }));
$("#start").addEventListener("click", () => latest?.stores.length && tour.start(latest));

// ---- showing

function showAll(demo) {
  latest = demo;
  document.body.dataset.name = "Skerry demo";
  put("#place", `Harbour Markets · ${many(demo.stores.length, "store")}`);
  $("#hq").href = demo.hq;
  $("#console").href = `${demo.hq}/hq`;
  $("#colleague").textContent = `(sign on as ${demo.colleague}, ${demo.password})`;
  $("#start").disabled = !demo.open || tour.runs;
  hero(verdict(demo));
  tiles([
    ["Sold in all stores", demo.sold.money, many(demo.sold.receipts, "receipt")],
    ["Known at HQ", demo.atHq.money, many(demo.atHq.receipts, "receipt")],
    ["Still to come", demo.missing.money, demo.agree ? "nothing: they agree" : many(demo.missing.receipts, "receipt")],
  ]);
  if (document.activeElement !== slider) {
    slider.value = nearest(demo.perMinute);
  }
  pace(document.activeElement === slider ? PACES[slider.value] : demo.perMinute);
  demo.stores.forEach(showStore);
  tour.look(demo);
}

function verdict(demo) {
  if (!demo.open && demo.sold.receipts === 0) {
    return {
      tone: "none",
      title: "The stores are opening",
      text: "They join headquarters, fetch articles and prices, and sign their cashiers on. This takes some seconds.",
    };
  }
  const off = demo.stores.filter((s) => s.url && !s.on).map((s) => s.name);
  const bad = demo.stores.filter((s) => s.line !== "up").map((s) => s.name);
  const power = off.length ? ` ${list(off)} ${off.length === 1 ? "has" : "have"} no power for a moment.` : "";
  const late = demo.stores.some((s) => s.oldestSeconds > LATE_SECONDS && !s.agree);
  if (demo.agree) {
    return {
      tone: "good",
      title: bad.length ? "Every cent is at headquarters" : FLOWING,
      text: `${many(demo.sold.receipts, "receipt")}, ${demo.sold.money}: the books of the stores and of headquarters agree to the cent.${power}`,
    };
  }
  const one = demo.missing.receipts === 1;
  const missing = demo.missing.receipts < 0
    ? "A store has just got power again, and is being counted."
    : `${many(demo.missing.receipts, "receipt")} of ${demo.missing.money} ${one ? "is" : "are"} safe in the stores and on ${one ? "its" : "their"} way.`;
  if (!late && !bad.length) {
    return { tone: "good", title: FLOWING, text: missing + power };
  }
  return {
    tone: bad.length ? "warn" : "busy",
    title: bad.length ? "Headquarters is behind, the stores are not" : "Headquarters catches up",
    text: missing.replace(" and on its way", ", and not at headquarters yet").replace(" and on their way", ", and not at headquarters yet")
      + (bad.length ? ` ${list(bad)} ${bad.length === 1 ? "has a bad line, and sells" : "have bad lines, and sell"} on.` : "") + power,
  };
}

const list = (names) => new Intl.ListFormat("en").format(names);

function pace(perMinute) {
  const text = perMinute === 0 ? "nobody comes" : `${perMinute.toLocaleString("en")} a minute in each store`;
  put("#pace output", text);
  slider.setAttribute("aria-valuetext", text);
}

const nearest = (perMinute) => PACES.reduce((best, p, i) => (Math.abs(p - perMinute) < Math.abs(PACES[best] - perMinute) ? i : best), 0);

function showStore(store) {
  const card = $(`.store[data-id="${store.id}"]`) ?? make(store);
  card.dataset.line = store.line;
  card.dataset.on = store.on;
  card.dataset.agree = store.agree;
  card.dataset.late = store.line !== "up" || store.oldestSeconds > LATE_SECONDS;
  const say = (name, text) => put($(`[data-put=${name}]`, card), text);
  const [tone, state] = stateOf(store);
  $("[data-put=state]", card).dataset.tone = tone;
  say("state", state);
  say("sold", store.sold.money);
  say("soldCount", many(store.sold.receipts, "receipt"));
  say("atHq", store.atHq.money);
  say("atHqCount", many(store.atHq.receipts, "receipt"));
  say("balance", balance(store));
  say("waiting", store.waiting === 0 ? "nothing" : many(store.waiting, "event"));
  say("oldest", store.oldestSeconds < 0 ? "–" : span(store.oldestSeconds));
  say("handedOut", handedOut(store));
  for (const radio of card.querySelectorAll("[type=radio]")) radio.checked = radio.value === store.line;
  $(".power", card).disabled = !store.on;
  doors(card, store);
  tape(card, store.recent);
}

function stateOf(store) {
  if (!store.url) return ["none", "opening"];
  if (!store.on) return ["bad", "no power"];
  return store.open ? ["good", "selling"] : ["none", "opening"];
}

function balance(store) {
  if (store.agree) return "Both agree to the cent.";
  if (store.missing.receipts < 0) return "The store has just got power again, and is being counted.";
  return `${many(store.missing.receipts, "receipt")}, ${store.missing.money}, still to come.`;
}

function handedOut(store) {
  if (!store.handedOutInBooks) return `${many(store.handedOut.receipts, "receipt")}: more than are in the books!`;
  return store.handedOut.receipts === 0 ? "none" : `${many(store.handedOut.receipts, "receipt")}, all in the store’s books`;
}

function make(store) {
  const card = $("#store").content.firstElementChild.cloneNode(true);
  card.dataset.id = store.id;
  card.setAttribute("aria-label", store.name);
  put($("h2", card), store.name);
  put($("[data-put=place]", card), `${FORMATS[store.format].name} in ${store.city} · store ${store.id} · zone ${store.zone}`);
  for (const radio of card.querySelectorAll("[type=radio]")) {
    radio.name = `line-${store.id}`;
    radio.addEventListener("change", () => order(`/api/demo/stores/${store.id}/line`, { state: radio.value }));
  }
  $(".power", card).addEventListener("click", () => order(`/api/demo/stores/${store.id}/power`, { state: "cut" }));
  $("#stores").append(card);
  return card;
}

// Where dishes are made there are screens for them; where goods stand on shelves, people scan them.
const FORMATS = {
  MARKET: { name: "Supermarket", screens: ["till", "go", "office"] },
  CAFE: { name: "Café", screens: ["till", "kiosk", "kitchen", "board", "office"] },
  SHOP: { name: "Small shop", screens: ["till", "go", "office"] },
};

function doors(card, store) {
  const ways = { status: store.url && `${store.url}/`, receipts: `/journal?${store.id}`, api: store.url && `${store.url}/api/openapi.json` };
  for (const screen of ["till", "kiosk", "kitchen", "board", "go", "office"]) {
    ways[screen] = store.url && `${store.url}/${screen}`;
    $(`[data-door=${screen}]`, card).hidden = !FORMATS[store.format].screens.includes(screen);
  }
  for (const [door, way] of Object.entries(ways)) {
    const link = $(`[data-door=${door}]`, card);
    link.target = "_blank";
    if (way) link.href = way;
  }
}

function tape(card, receipts) {
  const tape = $(".tape", card);
  if (tape.dataset.last === receipts[0]?.number) return;
  tape.dataset.last = receipts[0]?.number ?? "";
  tape.replaceChildren(...receipts.map((r) => {
    const line = $("#receipt").content.firstElementChild.cloneNode(true);
    put($("[data-put=number]", line), r.number);
    put($("[data-put=what]", line), r.what === "sale" ? "" : r.what);
    put($("[data-put=money]", line), r.money);
    return line;
  }));
}
