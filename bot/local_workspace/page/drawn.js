// The commonest emoji, drawn: machines without an emoji font show them too, and they look the same everywhere.
// Each shape is [path on a grid of 24, colour, width of the line or "fill"].

import { h } from "./dom.js";
import { emoji } from "./emoji.js";

const SVG = "http://www.w3.org/2000/svg";
const SQUARE = "M5 3h14a2 2 0 012 2v14a2 2 0 01-2 2H5a2 2 0 01-2-2V5a2 2 0 012-2z";
const DISC = "M12 2.500a9.500 9.500 0 100 19 9.500 9.500 0 000-19z";

const DRAWN = {
  "✅": [[SQUARE, "#3f9a5f", "fill"], ["M7 12.500l3.500 3.500L17 8.500", "#fff", 2.6]],
  "❌": [["M6 6l12 12M18 6L6 18", "#cf5146", 3.6]],
  "⚠": [["M12 3l10.500 18h-21z", "#eeb844", "fill"], ["M12 9.500v5.500M12 18v.2", "#4a3608", 2.2]],
  "⛔": [[DISC, "#cf5146", "fill"], ["M7 12h10", "#fff", 3]],
  "🛑": [["M8 2h8l6 6v8l-6 6H8l-6-6V8z", "#cf5146", "fill"], ["M9 9h6v6H9z", "#fff", "fill"]],
  "🎉": [["M3 21.500L8 8l8.500 8.500z", "#e9b04a", "fill"], ["M14 3.500v3M20 6l-2.200 2.200M20.500 13h-3", "#5a86c4", 2], ["M17.500 3.500v.1M11 5v.1M21 10v.1", "#cf5146", 2.6]],
  "👀": [
    ["M7 5c2.600 0 4.200 3 4.200 7s-1.600 7-4.200 7-4.200-3-4.200-7S4.400 5 7 5zM17 5c2.600 0 4.200 3 4.200 7s-1.600 7-4.200 7-4.200-3-4.200-7S14.400 5 17 5z", "#fff", "fill"],
    ["M7 5c2.600 0 4.200 3 4.200 7s-1.600 7-4.200 7-4.200-3-4.200-7S4.400 5 7 5zM17 5c2.600 0 4.200 3 4.200 7s-1.600 7-4.200 7-4.200-3-4.200-7S14.400 5 17 5z", "#7d8894", 1.3],
    ["M8.300 13v.1M18.300 13v.1", "#33302c", 4.4],
  ],
  "👍": [["M8.500 11l3.800-8c2 0 3 1.500 2.600 3.500L14.400 9h4.800c1.500 0 2.300 1.200 2 2.500l-1.500 7c-.2 1-1 1.500-2 1.500H8.500z", "#efbf73", "fill"], ["M3 11h4v9H3z", "#5a86c4", "fill"]],
  "📐": [["M3 21V3l18 18z", "#5f97c9", "fill"], ["M7.500 16.800v-5l5 5z", "#fdfcfa", "fill"]],
  "📋": [["M5 4h14v17.500H5z", "#b98a55", "fill"], ["M7.500 7h9v12h-9z", "#fff", "fill"], ["M9 2.500h6V6H9z", "#7d8894", "fill"], ["M9.500 10.500h5M9.500 14h5", "#9aa4ae", 1.5]],
  "📝": [["M4 3h13v18H4z", "#fff", "fill"], ["M4 3h13v18H4z", "#9aa4ae", 1.4], ["M7 8h7M7 12h5", "#9aa4ae", 1.5], ["M11.500 18.500L20 10", "#e0a030", 3.4]],
  "🔧": [["M15 2.500a5.500 5.500 0 00-5 7.700L3 17.700 6.300 21l7.500-7.500a5.500 5.500 0 007.500-6.700L17.800 10 14 6.300l3.400-3.500a5.500 5.500 0 00-2.400-.3z", "#8a96a3", "fill"]],
  "🔨": [["M12.500 10L5 20.500", "#a9744f", 3.4], ["M9 2.500l10 6.500-2.700 4-10-6.500z", "#7d8894", "fill"]],
  "🚀": [["M8 12.500L4 18h4.500zM16 12.500l4 5.500h-4.500z", "#cf5146", "fill"], ["M12 1.500c4.300 3.500 5.300 9 4 15H8c-1.300-6-.3-11.500 4-15z", "#cdd5dd", "fill"], ["M12 9v.1", "#5a86c4", 4.4], ["M10 18h4l-2 4.500z", "#eeb844", "fill"]],
  "💡": [["M12 2.500a6.800 6.800 0 00-3.600 12.500v2.700h7.200V15A6.800 6.800 0 0012 2.500z", "#f3c94f", "fill"], ["M9.500 20.700h5", "#7d8894", 2.2]],
  "☀": [["M12 7.500a4.500 4.500 0 100 9 4.500 4.500 0 000-9z", "#f0b437", "fill"], ["M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M5 19l1.400-1.400M17.600 6.400L19 5", "#f0b437", 2]],
  "⏳": [["M6 3h12v2.500L13.500 12l4.500 6.500V21H6v-2.500L10.500 12 6 5.500z", "#ecd6a8", "fill"], ["M5.500 3h13M5.500 21h13", "#a9744f", 2.2], ["M9 18.500h6l-3-4z", "#d19a3f", "fill"]],
  "⏸": [[SQUARE, "#5a86c4", "fill"], ["M9.500 8.500v7M14.500 8.500v7", "#fff", 2.6]],
  "▶": [[SQUARE, "#5a86c4", "fill"], ["M9.500 7.500l7 4.500-7 4.500z", "#fff", "fill"]],
  "⏹": [[SQUARE, "#5a86c4", "fill"], ["M8.500 8.500h7v7h-7z", "#fff", "fill"]],
  "🔄": [[SQUARE, "#5a86c4", "fill"], ["M7.500 11a4.700 4.700 0 018.300-1.500M16.500 13a4.700 4.700 0 01-8.300 1.500M16 6.500v3.200h-3.200M8 17.500v-3.200h3.200", "#fff", 1.8]],
  "📦": [["M3 7.500L12 3l9 4.500v9.500L12 21.500 3 17z", "#c89a62", "fill"], ["M3 7.500l9 4.500 9-4.500M12 12v9", "#8f6636", 1.6]],
  "📊": [["M5.500 20v-6", "#3f9a5f", 4], ["M12 20V5", "#5a86c4", 4], ["M18.500 20V10", "#cf5146", 4]],
  "📁": [["M2.500 5.500h7l2 2.500h10v12h-19z", "#e3b55b", "fill"]],
  "📄": [["M5 2.500h9.500L19 7v14.500H5z", "#fff", "fill"], ["M5 2.500h9.500L19 7v14.500H5zM8.500 11h7M8.500 15h7", "#9aa4ae", 1.5]],
  "📎": [["M8 12.500l6-6a3 3 0 014.500 4.200l-8 8a5 5 0 01-7-7l7-7", "#7d8894", 2.2]],
  "🚪": [["M6 2.500h12v19H6z", "#a9744f", "fill"], ["M8.500 5h7v6.500h-7zM8.500 14h7v5h-7z", "#c89a62", "fill"], ["M15.800 12.500v.1", "#f3c94f", 2.6]],
  "✋": [["M7.500 12V6M10.500 11V3.800M13.500 11V4.200M16.500 12V6.500", "#efbf73", 3], ["M6 11h12v4a6 6 0 01-6 6.500c-4 0-6-3-8.500-7.500 1-1.500 2.500-.5 3.500 1z", "#efbf73", "fill"]],
  "🔒": [["M8 11V8a4 4 0 018 0v3", "#7d8894", 2.4], ["M5 10.500h14v11H5z", "#e3a93f", "fill"]],
  "❓": [["M8 8.500c0-5.500 8.500-5 8.500 0 0 3.500-4.300 3.300-4.300 7M12.200 20v.1", "#cf5146", 3]],
  "🟢": [[DISC, "#3f9a5f", "fill"]],
  "🟡": [[DISC, "#eeb844", "fill"]],
  "🔴": [[DISC, "#cf5146", "fill"]],
};

const KNOWN = new RegExp(`(${Object.keys(DRAWN).join("|")})\\uFE0F?`, "u");

function draw(character, name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "emoji");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  for (const [d, colour, width] of DRAWN[character]) {
    const path = document.createElementNS(SVG, "path");
    const filled = width === "fill";
    const attributes = filled ? { d, fill: colour } : { d, fill: "none", stroke: colour, "stroke-width": String(width), "stroke-linecap": "round", "stroke-linejoin": "round" };
    for (const [key, value] of Object.entries(attributes)) path.setAttribute(key, value);
    svg.append(path);
  }
  return svg;
}

// A text with its emoji drawn: strings and nodes.
export function withDrawn(text) {
  return text.split(KNOWN).map((piece, index) => (index % 2 ? draw(piece, piece) : piece)).filter((piece) => piece !== "");
}

// An emoji by its short name, or null where the name is unknown.
export function named(name) {
  const character = emoji(name);
  if (!character) return null;
  const bare = character.replace("\uFE0F", "");
  return bare in DRAWN ? draw(bare, name) : h("span", { role: "img", "aria-label": name }, character);
}
