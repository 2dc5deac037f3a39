// The receipts of one store: /journal?0001. Shows amounts as the store tells them; adds nothing up.
import { $, ask, put } from "./live.js";

const SHOWN_MAX = 60;
const EVERY_MS = 5000;
const id = location.search.slice(1);
let shown = "";

/** Minor units, with the point where the currency has it. */
function money({ amount, currency }) {
  const form = new Intl.NumberFormat("en", { style: "currency", currency });
  return form.format(`${amount}e-${form.resolvedOptions().maximumFractionDigits}`);
}

async function turn() {
  try {
    const { orders } = await ask(`/api/demo/stores/${encodeURIComponent(id)}/receipts`);
    document.body.dataset.name = id;
    document.body.dataset.reach = "yes";
    put("#name", `Receipts of store ${id}`);
    document.title = `Receipts of store ${id}`;
    put("#said", orders.length === 0 ? "Nothing has been sold yet." : `The last ${Math.min(SHOWN_MAX, orders.length)} of today.`);
    const now = orders.slice(0, SHOWN_MAX);
    const mark = JSON.stringify(now.map((o) => [o.order.id, !!o.voided]));
    if (mark !== shown) $("#receipts").replaceChildren(...now.map(receipt));
    shown = mark;
  } catch {
    put("#said", "The store’s server does not answer. Has its power been cut? This page asks again.");
  }
  setTimeout(turn, EVERY_MS);
}

function receipt({ order, voided }) {
  const card = $("#receipt").content.firstElementChild.cloneNode(true);
  const number = order.receipt;
  put($("h2", card), `${number.till} · ${String(number.sequence).padStart(4, "0")}`);
  put($("[data-put=who]", card), `${order.at.slice(11, 19)} · cashier ${order.cashier}${order.customer ? ` · card ${order.customer}` : ""}`);
  $("tbody", card).append(...order.lines.filter((l) => !l.voided).flatMap(lines));
  put($(".total b", card), money(order.total));
  put($("[data-put=paid]", card), [
    ...order.tenders.map((t) => `${t.kind.toLowerCase().replace("_", " ")} ${money(t.amount)}${t.detail ? ` (${t.detail})` : ""}`),
    ...(order.change.amount ? [`change ${money(order.change)}`] : []),
  ].join(", "));
  put($("[data-put=stamp]", card), voided ? `void: ${voided.reason}, allowed by ${voided.approvedBy}` : "");
  return card;
}

function lines(line) {
  const amount = line.quantity === 1 ? "" : `${line.quantity} × ${money(line.unitPrice)}`;
  return [
    row(line.name, amount, money(line.gross)),
    ...line.discounts.map((d) => row(d.name, "", `−${money(d.amount)}`, "off")),
  ];
}

function row(name, amount, price, kind = "") {
  const row = document.createElement("tr");
  row.className = kind;
  for (const text of [name, amount, price]) row.insertCell().textContent = text;
  return row;
}

turn();
