// Slack's mrkdwn, plain text, rich text and markdown blocks, as DOM nodes.
// Every piece of text ends in a text node, so nothing that people or models write can become markup.

import { h, link, time } from "./dom.js";
import { named, withDrawn } from "./drawn.js";

const TOKEN = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\4(?![\p{L}\p{N}])/gu;
const EMPHASIS = { "*": "strong", _: "em", "~": "s" };

let names = { people: new Map(), channels: new Map(), you: "" };

export function know(people, channels, you) {
  names = { people, channels, you };
}

function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

// Runs of shaded squares are how plain text draws progress; here they become a bar.
function withBars(line) {
  return line.split(/([▓█]+[░▒]*|░{4,})/).map((piece) => {
    if (!/^[▓█░▒]{4,}$/.test(piece)) return withDrawn(piece);
    const share = Math.round((100 * piece.replace(/[░▒]/g, "").length) / piece.length);
    const fill = h("span", { class: "bar-fill" });
    fill.style.width = `${share}%`;
    return h("span", { class: "text-bar", role: "img", "aria-label": `${share} %`, title: `${share} %` }, fill);
  });
}

function withBreaks(text) {
  const lines = text.split("\n").flatMap((line, index) => [index ? h("br") : "", ...withBars(line).flat()]);
  return lines.filter((piece) => piece !== "");
}

function mention(id) {
  const person = names.people.get(id);
  return h("span", { class: id === names.you ? "mention you" : "mention" }, `@${person?.name ?? id}`);
}

function channelName(id, label = "") {
  return h("span", { class: "mention" }, `#${names.channels.get(id)?.name || label || id}`);
}

function entity(inside) {
  const [target, label = ""] = inside.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channelName(target.slice(1), label);
  if (target.startsWith("!date^")) {
    const date = new Date(Number(target.split("^")[1]) * 1000);
    return h("time", {}, Number.isNaN(date.getTime()) ? unescape(label) : date.toLocaleString([], { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }));
  }
  if (target.startsWith("!")) return h("span", { class: "mention" }, `@${unescape(label || target.slice(1)).replace(/^@/, "")}`);
  if (!/^[a-z]+:/i.test(target)) return `<${unescape(inside)}>`;
  return link(unescape(target), unescape(label || target));
}

function inline(text) {
  const nodes = [];
  let position = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(...withBreaks(unescape(text.slice(position, match.index))));
    nodes.push(token(match));
    position = match.index + match[0].length;
  }
  nodes.push(...withBreaks(unescape(text.slice(position))));
  return nodes;
}

function token([whole, code, inside, shortName, mark, emphasised]) {
  if (code !== undefined) return h("code", {}, unescape(code));
  if (inside !== undefined) return entity(inside);
  if (shortName !== undefined) return named(shortName) ?? whole;
  return h(EMPHASIS[mark], {}, inline(emphasised));
}

function paragraphs(text) {
  const nodes = [];
  for (const run of text.split(/((?:^(?:&gt;|>).*(?:\n|$))+)/m)) {
    if (!run) continue;
    if (/^(&gt;|>)/.test(run)) {
      const lines = run.replace(/\n$/, "").split("\n").map((line) => line.replace(/^(&gt;|>) ?/, ""));
      nodes.push(h("blockquote", {}, inline(lines.join("\n"))));
    } else {
      nodes.push(...inline(run));
    }
  }
  return nodes;
}

export function mrkdwn(text) {
  return String(text ?? "").split(/```\n?([\s\S]*?)```\n?/).flatMap((piece, index) =>
    index % 2 ? [h("pre", { tabindex: "0" }, h("code", {}, unescape(piece.replace(/\n$/, ""))))] : paragraphs(piece),
  );
}

export function plain(text) {
  const pieces = unescape(String(text ?? "")).split(/(:[a-z0-9_+-]+:)/);
  return pieces.flatMap((piece, index) => (index % 2 ? [named(piece.slice(1, -1)) ?? piece] : withBreaks(piece)));
}

export function textObject(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object.text);
}

// Rich text, as in task cards and tables

function styled(node, style = {}) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

function richElement(element) {
  const draw = {
    text: () => h("span", {}, withBreaks(element.text)),
    link: () => link(element.url, element.text || element.url),
    user: () => mention(element.user_id),
    channel: () => channelName(element.channel_id),
    emoji: () => named(element.name) ?? `:${element.name}:`,
    broadcast: () => h("span", { class: "mention" }, `@${element.range}`),
    date: () => h("time", {}, element.fallback || time(element.timestamp)),
    color: () => element.value,
  };
  return styled(draw[element.type]?.() ?? "", element.style);
}

function richPart(part) {
  const inner = (part.elements ?? []).map((element) => (element.type.startsWith("rich_text") ? richPart(element) : richElement(element)));
  if (part.type === "rich_text_list") return h(part.style === "ordered" ? "ol" : "ul", {}, inner.map((item) => h("li", {}, item)));
  if (part.type === "rich_text_preformatted") return h("pre", { tabindex: "0" }, h("code", {}, inner));
  if (part.type === "rich_text_quote") return h("blockquote", {}, inner);
  return h("span", {}, inner);
}

export function richText(block) {
  return (block.elements ?? []).map(richPart);
}

// The markdown block: headings, lists, quotes, fences, and inline marks

function inlineMarkdown(text) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\([^)\s]+\))/).map((piece) => {
    if (piece.startsWith("**")) return h("strong", {}, piece.slice(2, -2));
    if (piece.startsWith("`") && piece.length > 2) return h("code", {}, piece.slice(1, -1));
    const target = piece.match(/^\[([^\]]+)\]\(([^)\s]+)\)$/);
    return target ? link(target[2], target[1]) : piece;
  });
}

function markdownLine(line) {
  const heading = line.match(/^(#{1,4}) (.*)/);
  if (heading) return h("p", { class: `heading level-${heading[1].length}` }, inlineMarkdown(heading[2]));
  const item = line.match(/^(\s*)(?:[-*]|\d+\.) (.*)/);
  if (item) return h("p", { class: item[1] ? "item deeper" : "item" }, inlineMarkdown(item[2]));
  if (line.startsWith("> ")) return h("blockquote", {}, inlineMarkdown(line.slice(2)));
  return line.trim() ? h("p", {}, inlineMarkdown(line)) : null;
}

export function markdown(text) {
  return String(text).split(/```[^\n]*\n([\s\S]*?)```\n?/).flatMap((piece, index) =>
    index % 2 ? [h("pre", { tabindex: "0" }, h("code", {}, piece.replace(/\n$/, "")))] : piece.split("\n").map(markdownLine).filter(Boolean),
  );
}

// A stored text as one would type it again.
export function typedForm(text, people) {
  return text
    .replace(/<@([A-Z0-9]+)>/g, (_, id) => `@${people.get(id)?.name ?? id}`)
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, "#$1")
    .replace(/<(https?:[^>|]+)(\|[^>]*)?>/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
