"use strict";
/* Every page works without this file. It adds keys, line numbers, a copy button, folds that stay open
   in parts that move, and what is said when a log-in ends. */

/* A key that is a sign can be turned off, for those who speak to their computer. */
const sign = document.querySelector("[data-sign]");
if (sign) {
  sign.checked = localStorage.getItem("sign") !== "off";
  sign.addEventListener("change", () => localStorage.setItem("sign", sign.checked ? "on" : "off"));
}

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const search = document.querySelector("[data-key='k']");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    // By the key's place, for with Alt some keyboards write other signs.
    const named = document.querySelector(`[aria-keyshortcuts="Alt+${event.code.replace(/^Key/, "")}"]`);
    if (named) {
      event.preventDefault();
      named.focus();
    }
  } else if (event.key === "?" && sign?.checked && !typing(event.target) && !event.ctrlKey && !event.metaKey) {
    const keys = document.getElementById("keys");
    if (keys && !keys.open) keys.showModal();
  }
});

/* What only works with script is shown by it. */
for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;

/* A dialog's opener is a link to the page that does the same without script. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});

/* Menus close when the focus or a click goes elsewhere. */
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}

/* A log-in that ended is said where the page asks for parts of itself. After a new one, in this window or in
   another, the forms that were open take the new token. */
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) document.getElementById("logged-out")?.removeAttribute("hidden");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) document.getElementById("logged-out")?.setAttribute("hidden", "");
});
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
document.addEventListener("submit", (event) => {
  const field = event.target.querySelector("[name=csrfmiddlewaretoken]");
  if (field && token()) field.value = token();
}, true);
document.addEventListener("htmx:configRequest", (event) => {
  const sent = event.detail.parameters;
  if (sent.csrfmiddlewaretoken && token()) sent.csrfmiddlewaretoken = token();
});

/* A part that the page asks for anew keeps its open folds, and the focus on one of them. */
const foldsOf = (part) => [...part.querySelectorAll("details > summary")];
document.addEventListener("htmx:beforeSwap", (event) => {
  const folds = foldsOf(event.detail.target);
  const open = folds.filter((fold) => fold.parentElement.open).map((fold) => fold.textContent);
  const focused = folds.find((fold) => fold === document.activeElement)?.textContent;
  const { id } = event.detail.target;
  document.addEventListener("htmx:afterSwap", () => {
    for (const fold of foldsOf(document.getElementById(id) ?? document)) {
      if (open.includes(fold.textContent)) fold.parentElement.open = true;
      if (fold.textContent === focused) fold.focus();
    }
  }, { once: true });
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.nextElementSibling.textContent = "Copied";
  });
}

const marksOf = (text) => [...document.querySelectorAll(`a[data-line][href="#${text.id}"]`)];

function number(gutter, text) {
  const faulty = new Set(marksOf(text).map((mark) => Number(mark.dataset.line)));
  const lines = text.value.split("\n").length;
  gutter.replaceChildren(
    ...Array.from({ length: lines }, (_, i) => {
      const line = document.createElement(faulty.has(i + 1) ? "b" : "span");
      if (faulty.has(i + 1)) line.className = "faulty";
      line.textContent = i + 1;
      return line;
    }),
  );
  gutter.scrollTop = text.scrollTop;
}

function goTo(text, line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, line - 4);
}

for (const editor of document.querySelectorAll("[data-editor]")) {
  const text = editor.querySelector("textarea");
  const gutter = document.createElement("pre");
  gutter.className = "gutter";
  gutter.ariaHidden = "true";
  editor.prepend(gutter);
  number(gutter, text);
  text.addEventListener("input", () => number(gutter, text));
  text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; });
  document.addEventListener("htmx:afterSwap", () => number(gutter, text)); // faults checked anew
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest("a[data-line]");
  const text = mark && document.querySelector(mark.getAttribute("href"));
  if (!text) return;
  event.preventDefault();
  goTo(text, Number(mark.dataset.line));
});

document.querySelector("[data-focus]")?.focus();
