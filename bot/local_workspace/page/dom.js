// Small helpers for building elements. Text always becomes a text node: nothing here reads HTML.

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  sun: "M12 4V2M12 22v-2M4 12H2M22 12h-2M6 6L4.600 4.600M19.400 19.400L18 18M18 6l1.400-1.400M4.600 19.400L6 18M12 8a4 4 0 100 8 4 4 0 000-8z",
  moon: "M20 14.500A8.500 8.500 0 019.500 4 8.500 8.500 0 1020 14.500z",
  send: "M5 12h13M12 5.500l6.500 6.500-6.500 6.500",
  reply: "M4 5h16v11H10l-4 4v-4H4z",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  smile: "M12 3a9 9 0 100 18 9 9 0 000-18zM8.500 14.500c1.800 2.400 5.200 2.400 7 0M9 9.500v.2M15 9.500v.2",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  clip: "M8 12.500l6-6a3 3 0 014.500 4.200l-8 8a5 5 0 01-7-7l7-7",
  check: "M5 12.500l4.500 4.500L19 7.500",
  cross: "M7 7l10 10M17 7L7 17",
  lock: "M7 11V8a5 5 0 0110 0v3M5 11h14v9H5z",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
  more: "M5 12h.010M12 12h.010M19 12h.010",
  arrow: "M9 6l6 6-6 6",
};

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name in element && name !== "list" && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name, size = 18) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" })) {
    svg.setAttribute(key, String(value));
  }
  svg.classList.add("icon");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export function byId(id) {
  return document.getElementById(id);
}

// Only addresses of the web are ever linked.
export function safeAddress(text) {
  try {
    const address = new URL(text);
    return address.protocol === "http:" || address.protocol === "https:" ? address.href : "";
  } catch {
    return "";
  }
}

export function link(address, ...children) {
  const safe = safeAddress(address);
  if (!safe) return h("span", {}, children);
  return h("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, children);
}

export function toast(sentence, kind = "plain") {
  const note = h("div", { class: `toast ${kind}` }, sentence);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), 7000);
}

export function time(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function day(ts) {
  const date = new Date(Number(ts) * 1000);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}
