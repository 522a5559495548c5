"use strict";
/* The workbench by keyboard. Every button works without this file; single letters work only while the focus is on
   an answer of the table, never in a box. */

const bench = document.getElementById("bench");
const lines = () => [...bench.querySelectorAll("[data-line]")];
const lineOf = (element) => element?.closest?.("[data-line]");
let current = null; // the id of the line that has, or had, the focus

function go(line) {
  if (!line) return;
  for (const other of bench.querySelectorAll("[data-line][tabindex='0']")) other.tabIndex = -1;
  line.tabIndex = 0;
  current = line.id;
  line.focus();
}

function follow(rel, anchor) {
  const link = document.querySelector(`.pagination [rel='${rel}']`);
  if (link) location.assign(`${link.href}#${anchor}`);
}

function step(line, by) {
  const all = lines();
  const next = all[all.indexOf(line) + by];
  if (next) go(next);
  else follow(by > 0 ? "next" : "prev", by > 0 ? "first" : "last");
}

function press(line, key) {
  const button = line.querySelector(`[data-act='${key}']`) ?? document.querySelector(`#steps [data-act='${key}']`);
  button?.click();
}

function write(line, selector) {
  const box = line.querySelector(selector);
  const fold = box?.closest("details");
  if (fold) fold.open = true;
  box?.focus();
}

const KEYS = {
  j: (line) => step(line, 1),
  ArrowDown: (line) => step(line, 1),
  k: (line) => step(line, -1),
  ArrowUp: (line) => step(line, -1),
  c: (line) => write(line, "[data-code]"),
  Enter: (line) => write(line, "[data-code]"),
  m: (line) => write(line, "[data-memo]"),
  r: (line) => { // and on to the next; a read one is marked as not read, and stays
    const goes = line.querySelector("[data-act='r'][value='read']") && lines().at(-1) !== line;
    press(line, "r");
    if (goes) step(line, 1);
  },
  n: (line) => press(line, "n"),
  f: (line) => press(line, "f"),
  u: (line) => press(line, "u"),
  U: (line) => press(line, "U"),
  1: (line) => line.querySelectorAll("[data-offer]")[0]?.click(),
  2: (line) => line.querySelectorAll("[data-offer]")[1]?.click(),
  3: (line) => line.querySelectorAll("[data-offer]")[2]?.click(),
  "/": () => document.querySelector("[data-key='/']")?.focus(),
};

bench?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const line = lineOf(event.target);
  if (event.key === "Escape" && line && event.target !== line) return go(line);
  if (event.target !== line || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key](line);
});
bench?.addEventListener("focusin", (event) => {
  const line = lineOf(event.target);
  if (line) current = line.id;
});

/* A code that begins as typed is written out, the rest selected: Enter takes it, Backspace leaves what was typed. */
bench?.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.matches("[data-code]") || !event.inputType?.startsWith("insert") || event.isComposing) return;
  const typed = box.value;
  const known = [...document.querySelectorAll("#codes option")].map((option) => option.value);
  const begun = known.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  if (!typed || !begun.length || box.selectionStart !== typed.length) return;
  box.value = typed + begun[0].slice(typed.length);
  box.setSelectionRange(typed.length, box.value.length);
});

/* Words that are selected in an answer are what is coded or masked next. Places are counted in code points. */
const points = (text) => [...text].length;
document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const words = range.commonAncestorContainer.parentElement?.closest("[data-words]")
    ?? range.commonAncestorContainer.closest?.("[data-words]");
  const line = lineOf(words);
  if (!line) return;
  const before = document.createRange();
  before.setStart(words, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = points(before.toString());
  const end = start + points(range.toString());
  for (const box of line.querySelectorAll("[data-start]")) box.value = start;
  for (const box of line.querySelectorAll("[data-end]")) box.value = end;
  line.querySelector("[data-quote]").value = range.toString();
  line.querySelector("[data-selected]").textContent = `Only “${range.toString()}”`;
});
bench?.addEventListener("input", (event) => {
  if (!event.target.matches("[data-quote]")) return; // typed by hand: found by its words
  for (const box of lineOf(event.target).querySelectorAll("[data-start], [data-end]")) box.value = "";
});

/* A line that was drawn anew keeps the focus, unless it went on to another one. htmx gives it back to the box that
   had it, which comes first. */
document.addEventListener("htmx:oobAfterSwap", (event) => event.detail.target?.matches?.("[data-offers]") || setTimeout(() => {
  const line = current && document.getElementById(current);
  const focus = document.activeElement;
  if (line && (!bench.contains(focus) || (line.contains(focus) && focus.matches("[data-code]") && !focus.value))) go(line);
}));

/* After a decision the suggestions on the other lines are asked for anew, once it is quiet. The line in focus keeps
   what it shows: nothing changes under a finger. */
let quiet = null;
document.addEventListener("htmx:afterRequest", (event) => {
  if (!bench?.dataset.offers || event.detail.requestConfig?.verb !== "post") return;
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    const others = lines().filter((line) => !line.matches(".done") && !line.contains(document.activeElement));
    const asked = new URLSearchParams(others.map((line) => ["answer", line.id.slice(2)]));
    if (others.length) htmx.ajax("GET", `${bench.dataset.offers}?${asked}`, { source: bench, swap: "none" });
  }, 200);
});

if (bench) {
  const wanted = location.hash === "#last" ? lines().at(-1) : document.getElementById(location.hash.slice(1));
  const first = wanted?.matches?.("[data-line]") ? wanted : lines()[0];
  if (first) first.tabIndex = 0;
  if (first && location.hash) go(first);
}
