// The frame around channels and threads: light and dark, and the menu of narrow windows.

import { byId, icon } from "./dom.js";

function openMenu() {
  byId("app").classList.add("menu-open");
  byId("channels").querySelector("button")?.focus();
}

export function closeMenu() {
  byId("app").classList.remove("menu-open");
}

function drawTheme() {
  const kept = localStorage.getItem("theme");
  const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").replaceChildren(icon(dark ? "sun" : "moon"));
  byId("theme").setAttribute("aria-label", dark ? "Light colours" : "Dark colours");
}

export function menuIsOpen() {
  return byId("app").classList.contains("menu-open");
}

// Said once, when the page begins.
export function drawFrame() {
  byId("menu").append(icon("menu"));
  byId("menu").addEventListener("click", openMenu);
  byId("veil").addEventListener("click", closeMenu);
  byId("theme").addEventListener("click", () => {
    localStorage.setItem("theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    drawTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawTheme);
  drawTheme();
}
