"use strict";
/* The codebook by dragging, and by Alt with an arrow. Each row's "Move" does the same without this file. */

const book = document.getElementById("codebook");
const form = document.getElementById("shape");
const ABOVE = { code: "theme", theme: "organising" };
let dragged = null;

function send(fields) {
  for (const name of ["node", "under", "before", "leaving"]) form.elements[name].value = fields[name] ?? "";
  form.requestSubmit();
}

/* Onto a parent: under it. Onto a sibling of the same level: before it, under its parent. */
function target(row) {
  if (!row || !dragged || row === dragged) return null;
  const { node, parent, level } = dragged.dataset;
  if (row.dataset.level === ABOVE[level]) return { node, under: row.dataset.node, leaving: parent };
  if (row.dataset.level === level) {
    return { node, under: row.dataset.parent, before: row.dataset.node, leaving: parent };
  }
  return null;
}

if (book && form) {
  book.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-node]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.node);
  });
  book.addEventListener("dragover", (event) => {
    const row = event.target.closest("[data-node]");
    for (const other of book.querySelectorAll(".over")) other.classList.remove("over");
    if (!target(row)) return;
    event.preventDefault();
    row.classList.add("over");
  });
  book.addEventListener("dragend", () => {
    for (const other of book.querySelectorAll(".over")) other.classList.remove("over");
    dragged = null;
  });
  book.addEventListener("drop", (event) => {
    const fields = target(event.target.closest("[data-node]"));
    if (!fields) return;
    event.preventDefault();
    send(fields);
  });
  book.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-node]");
    if (!event.altKey || !row) return;
    const { node, parent, before, after } = row.dataset;
    if (event.key === "ArrowUp" && !("first" in row.dataset)) send({ node, under: parent, before });
    else if (event.key === "ArrowDown" && !("last" in row.dataset)) send({ node, under: parent, before: after });
    else return;
    event.preventDefault();
  });
}
