// Keeps a page in step with its node: asks every second, changes only what has changed, and says so when nobody answers.
import { lost, NOTHING } from "./words.js";

const EVERY_MS = 1000;
const ANSWER_MS_MAX = 4000;

/** Answers missed before the page says that the node is not reachable. */
const MISSED_MAX = 2;

export async function ask(path) {
  const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
  return answer.json();
}

/**
 * Calls `look` (which asks) and `show` (which gets the answer) again and again while the page can be seen.
 * A node that comes back as another version brings its own page.
 */
export function live(look, show) {
  let missed = 0;
  let seenAt = Date.now();
  let software;
  const turn = async () => {
    if (!document.hidden) {
      try {
        const answer = await look();
        if (software && software !== answer.software) location.reload();
        software = answer.software;
        missed = 0;
        seenAt = Date.now();
        document.body.dataset.reach = "yes";
        show(answer);
        put("#clock", clock(new Date()));
      } catch (e) {
        if (!(e instanceof TypeError) && e.name !== "TimeoutError") console.warn(e);
        if (++missed >= MISSED_MAX || !software) {
          document.body.dataset.reach = "no";
          hero(lost((Date.now() - seenAt) / 1000, software && clock(new Date(seenAt))));
        }
      }
    }
    setTimeout(turn, EVERY_MS);
  };
  turn();
}

const clock = (moment) => moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

// ---- changing the page

export const $ = (selector, within = document) => within.querySelector(selector);

/** Sets a text, if it is another. */
export function put(where, text) {
  const element = typeof where === "string" ? $(where) : where;
  if (element.textContent !== text) element.textContent = text;
}

export function show(where, visible) {
  $(where).hidden = !visible;
}

const ICONS = {
  good: "M5 13l5 5L20 7",
  busy: "M8 20V5m-4 4l4-4 4 4M16 4v15m-4-4l4 4 4-4",
  warn: "M12 8v6m0 3v.1M12 3L2 20h20z",
  bad: "M6 6l12 12M18 6L6 18",
  lost: "M4 4l16 16M6 12a8 8 0 0 1 3-2m6 0a8 8 0 0 1 3 2M12 18v.1",
};

/** The verdict at the top. Read out when its title changes, and not every second. */
export function hero({ tone, title, text }) {
  const box = $("#verdict");
  if (box.dataset.tone !== tone) {
    box.dataset.tone = tone;
    $("path", box).setAttribute("d", ICONS[tone]);
  }
  put("#verdict h1", title);
  put("#verdict p", text);
  if (document.title !== `${title} · ${document.body.dataset.name ?? "Skerry"}`) {
    document.title = `${title} · ${document.body.dataset.name ?? "Skerry"}`;
  }
}

export function tiles(figures) {
  keyed($("#figures"), figures, ([label]) => label, () => $("#tile").content.firstElementChild.cloneNode(true), (tile, [label, value, about]) => {
    put($("dt", tile), label);
    put($("dd", tile), value);
    put($(".about", tile), about);
  });
}

/** A table's body: `cells` tells texts by `data-cell`; `[tone, text]` becomes a badge. */
export function rows(table, items, key, cells) {
  const body = $("tbody", table);
  const template = $("template", table).content.firstElementChild;
  keyed(body, items, key, () => template.cloneNode(true), (row, item) => {
    for (const [name, value] of Object.entries(cells(item))) {
      const cell = $(`[data-cell=${name}]`, row);
      if (Array.isArray(value)) cell.dataset.tone = value[0];
      put(cell, Array.isArray(value) ? value[1] : value);
      if (cell.classList.contains("why")) cell.hidden = !value;
      cell.classList.toggle("nothing", value === NOTHING);
      if (cell.tagName === "A") cell.href = `#${item.id}`;
    }
  });
}

/** Elements that stay where they are while their item does, so that focus and selection survive. */
function keyed(parent, items, key, make, update) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, i) => {
    const name = key(item);
    const element = known.get(name) ?? make();
    element.dataset.key = name;
    known.delete(name);
    update(element, item);
    if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null);
  });
  known.forEach((gone) => gone.remove());
}
