import { ask, hero, live, put, rows, show, tiles } from "./live.js";
import * as words from "./words.js";

live(
  () => ask("/api/status"),
  (status) => {
    document.body.dataset.name = `${status.name} (${status.store})`;
    put("#name", status.name);
    put("#place", `Store ${status.store} · zone ${status.zone} · epoch ${status.epoch}`);
    hero(words.store(status));
    tiles(words.storeFigures(status));
    show("#streams table", status.streams.length > 0);
    show("#none", status.streams.length === 0);
    put("#none", words.empty.streams);
    rows(document.querySelector("#streams table"), status.streams, (s) => s.name, (s) => ({
      name: s.name,
      way: words.way(s),
      state: words.streamState(s, status.standing),
      why: s.why ?? "",
      ...words.streamCells(s, status.at),
    }));
    put("#foot", words.foot(status));
  },
);
