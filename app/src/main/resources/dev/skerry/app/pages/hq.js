import { $, ask, hero, live, put, rows, show, tiles } from "./live.js";
import * as words from "./words.js";

const ROWS_MAX = 200;

const chosen = () => decodeURIComponent(location.hash.slice(1));
let last;

async function look() {
  const id = chosen();
  const [status, list, one] = await Promise.all([
    ask("/api/status"),
    ask("/api/stores"),
    id ? ask(`/api/stores/${encodeURIComponent(id)}`).catch(() => undefined) : undefined,
  ]);
  return { ...status, list, one };
}

function page(answer) {
  last = answer;
  document.body.dataset.name = answer.name;
  put("#name", answer.name);
  put("#place", "Headquarters");
  hero(words.hq(answer));
  tiles(words.hqFigures(answer));
  stores(answer.list);
  detail(answer.one);
  copies("#written", answer.streams, answer.at, "#written-none", words.empty.written);
  put("#foot", words.foot(answer));
}

function stores({ stores: all, at }) {
  const wanted = $("#find").value.trim().toLowerCase();
  const away = $("#away").checked;
  const matching = all
    .filter((one) => !away || one.line !== "up")
    .filter((one) => `${one.id} ${one.name} ${one.zone}`.toLowerCase().includes(wanted))
    .sort((a, b) => (a.line === "up") - (b.line === "up") || a.id.localeCompare(b.id));
  show("#stores search", all.length > 0);
  show("#stores table", matching.length > 0);
  show("#none", matching.length === 0);
  put("#none", all.length ? words.empty.noMatch : words.empty.stores);
  rows($("#stores table"), matching.slice(0, ROWS_MAX), (one) => one.id, (one) => ({
    id: one.id,
    name: one.name,
    zone: one.zone,
    line: words.storeLine(one, at),
    ...words.storeCells(one, at),
  }));
  show("#more", matching.length > ROWS_MAX);
  put("#more", words.shown(ROWS_MAX, matching.length));
}

function detail(one) {
  show("#one", one !== undefined);
  if (!one) return;
  put("#one-name", `Store ${one.id}, ${one.name}`);
  put("#one-about", one.address ? `connected from ${one.address}` : words.storeLine(one, one.at)[1]);
  copies("#one", one.streams, one.at, "#one-none", words.empty.mirrors);
}

function copies(where, streams, at, none, text) {
  show(`${where} table`, streams.length > 0);
  show(none, streams.length === 0);
  put(none, text);
  rows($(`${where} table`), streams, (s) => s.name, (s) => ({ name: s.name, ...words.copyCells(s, at) }));
}

$("#find").addEventListener("input", () => last && stores(last.list));
$("#away").addEventListener("change", () => last && stores(last.list));
addEventListener("hashchange", async () => {
  if (!chosen()) return show("#one", false);
  page(await look());
  $("#one").focus();
});

live(look, page);
