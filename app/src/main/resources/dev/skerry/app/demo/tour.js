// A guided tour of six steps and two minutes. Does what the buttons on the page do, and says what to look at.
import { $, put } from "./live.js";
import { count, many, span } from "./words.js";

/**
 * title, text: what is said. seconds: how long it stays at least. begin: what it does. now: what it counts meanwhile.
 * done: what it waits for besides. looks: what it points at, within the store's card.
 */
const STEPS = [
  {
    title: "The line to headquarters is cut",
    text: "A digger in the street, a storm, a forgotten invoice: this store has no line any more. Its tills do not notice.",
    seconds: 14,
    looks: ".switch",
    begin: (tour) => tour.line("cut"),
    now: (store) => (store.linked ? "The store is about to notice …" : "The store knows that it is alone."),
  },
  {
    title: "It sells on",
    text: "Prices, offers, cash, cards up to a limit, baskets parked at one till and recalled at another: the store’s own server does it all.",
    seconds: 28,
    looks: ".sides > :first-child",
    now: (store, since) => `${many(store.sold.receipts - since.sold.receipts, "receipt")} printed since the line was cut.`,
  },
  {
    title: "What headquarters does not know waits",
    text: "Everything stays in the store’s database, in order. It could wait for weeks; how much waits, and since when, is always in sight.",
    seconds: 24,
    looks: ".facts",
    now: (store) => `${count(store.waiting)} events wait${store.oldestSeconds < 0 ? "" : `, the oldest for ${span(store.oldestSeconds)}`}.`,
  },
  {
    title: "The line is mended",
    text: "The store finds out by itself, and sends from where headquarters’ copy ends: sales first. Nobody presses anything.",
    seconds: 8,
    looks: ".switch",
    begin: (tour) => tour.line("up"),
    now: (store) => (store.linked ? "Connected again." : "The store tries again every few seconds …"),
    done: (store) => store.linked,
  },
  {
    title: "Every cent arrives",
    text: "Each sale once, none twice. Both sums are counted from the first receipt, each on its own side of the line.",
    seconds: 14,
    looks: ".balance",
    now: (store) => (store.agree ? `${store.sold.money} here, ${store.atHq.money} at headquarters: equal.` : "Still on its way …"),
    done: (store, since, tour) => (tour.agreed ||= store.agree),
  },
  {
    title: "Now a power cut",
    text: "The store’s server stops in the middle of whatever it does, and starts again on its files five seconds later. Tills repeat what got no answer; what was done already is not done twice.",
    seconds: 32,
    looks: ".doors",
    begin: (tour) => tour.power(),
    now: (store) => {
      if (!store.on) return "No power …";
      return store.agree && store.handedOutInBooks
        ? `Running: ${many(store.handedOut.receipts, "receipt")} in shoppers’ hands, all of them in the books, and at headquarters.`
        : "Running again, and catching up …";
    },
  },
];

const PACE = 120;

/** For one page; `order` tells the demo to do something, `find` finds a store's card. */
export class Tour {
  runs = false;

  constructor({ order, find }) {
    this.order = order;
    this.find = find;
    $("#next").addEventListener("click", () => this.to(this.at + 1));
    $("#end").addEventListener("click", () => this.end());
    $("#tour").addEventListener("keydown", (e) => e.key === "Escape" && this.end());
  }

  start(demo) {
    this.runs = true;
    this.agreed = false;
    this.id = demo.stores[Math.min(1, demo.stores.length - 1)].id;
    this.since = demo.stores.find((s) => s.id === this.id);
    if (demo.perMinute < PACE) this.order("/api/demo/pace", { perMinute: PACE });
    $("#tour").hidden = false;
    document.body.classList.add("touring");
    this.latest = demo;
    this.to(0);
    $("#next").focus({ preventScroll: true });
  }

  line(state) {
    return this.order(`/api/demo/stores/${this.id}/line`, { state });
  }

  power() {
    return this.order(`/api/demo/stores/${this.id}/power`, { state: "cut" });
  }

  to(at) {
    if (at >= STEPS.length) {
      this.end();
      return;
    }
    this.at = at;
    this.begun = Date.now();
    const step = STEPS[at];
    put("#tour h2", step.title);
    put("#tour [data-put=text]", step.text);
    put("#step", `Step ${at + 1} of ${STEPS.length}`);
    put("#next", at === STEPS.length - 1 ? "Finish" : "Next");
    this.point(step.looks);
    step.begin?.(this);
    this.look(this.latest);
  }

  point(at) {
    document.querySelectorAll(".pointed").forEach((e) => e.classList.remove("pointed"));
    document.querySelectorAll(".toured").forEach((e) => e.classList.remove("toured"));
    const card = this.find(this.id);
    if (!card || !at) return;
    card.classList.add("toured");
    const part = $(at, card);
    part.classList.add("pointed");
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
  }

  /** Each time there are new figures. */
  look(demo) {
    this.latest = demo;
    if (!this.runs) return;
    const step = STEPS[this.at];
    const store = demo.stores.find((s) => s.id === this.id);
    const seconds = (Date.now() - this.begun) / 1000;
    put("#now", step.now(store, this.since));
    $("#bar i").style.setProperty("width", `${Math.min(100, (100 * (this.at + Math.min(1, seconds / step.seconds))) / STEPS.length)}%`);
    if (seconds >= step.seconds && (step.done?.(store, this.since, this) ?? true)) this.to(this.at + 1);
  }

  end() {
    this.runs = false;
    $("#tour").hidden = true;
    document.body.classList.remove("touring");
    this.point(null);
    if (this.latest?.stores.find((s) => s.id === this.id)?.line !== "up") this.line("up");
    $("#start").disabled = false;
    $("#start").focus({ preventScroll: true });
  }
}
