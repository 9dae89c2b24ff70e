// A menu of things to do, on top of everything else. The browser closes it on Escape and on a click elsewhere.

import { h } from "./dom.js";

const GAP = 6;
const list = h("div", { class: "menu-list", role: "menu", popover: "auto", dataset: { testid: "menu" } });
let anchor = null;

function items() {
  return [...list.children];
}

function placeList() {
  const at = anchor.getBoundingClientRect();
  const below = at.bottom + GAP + list.offsetHeight < innerHeight;
  list.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - list.offsetHeight)}px`;
  list.style.left = `${Math.max(GAP, Math.min(at.right - list.offsetWidth, innerWidth - list.offsetWidth - GAP))}px`;
}

function close() {
  if (list.matches(":popover-open")) list.hidePopover();
}

// `entries` are {label, choose}; the focus comes back to the button when the menu closes.
export function openMenu(button, label, entries) {
  anchor = button;
  list.setAttribute("aria-label", label);
  const entry = ({ label: text, choose }) => {
    const chosen = () => {
      close();
      choose();
    };
    return h("button", { class: "menu-item", type: "button", role: "menuitem", tabindex: "-1", onclick: chosen }, text);
  };
  list.replaceChildren(...entries.map(entry));
  list.showPopover();
  placeList();
  button.setAttribute("aria-expanded", "true");
  items()[0].focus();
}

list.addEventListener("toggle", (event) => {
  if (event.newState !== "closed") return;
  anchor?.setAttribute("aria-expanded", "false");
  if (list.contains(document.activeElement) || document.activeElement === document.body) anchor?.focus();
});

list.addEventListener("keydown", (event) => {
  const all = items();
  const now = all.indexOf(document.activeElement);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
    anchor.focus();
  } else if (next !== undefined) {
    event.preventDefault();
    all[(next + all.length) % all.length].focus();
  }
});

document.body.append(list);
