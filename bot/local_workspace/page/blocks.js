// Block Kit as DOM nodes. Each block's node carries its block_id; controls read it from there when they are used.

import { control } from "./controls.js";
import { h, icon, link } from "./dom.js";
import { markdown, mrkdwn, plain, richText, textObject } from "./mrkdwn.js";

const STATUS = {
  pending: ["", "to do"],
  in_progress: ["", "in progress"],
  complete: ["check", "done"],
  error: ["cross", "failed"],
};

let labels = 0;

function picture(block) {
  const file = block.slack_file;
  const address = block.image_url ?? file?.url ?? (file?.id ? `/workspace/files/${encodeURIComponent(file.id)}` : "");
  const local = /^(\/|data:image\/|https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/)/.test(address);
  if (!local) return link(address, `Image: ${block.alt_text}`);
  return h("img", { src: address, alt: block.alt_text, loading: "lazy" });
}

function task(card) {
  const [mark, word] = STATUS[card.status] ?? STATUS.pending;
  return h(
    "li",
    { class: `task ${card.status}`, dataset: { taskId: card.task_id, status: card.status } },
    h("span", { class: "task-mark", role: "img", "aria-label": word }, mark ? icon(mark, 12) : null),
    h(
      "div",
      { class: "task-text" },
      h("span", { class: "task-title" }, plain(card.title)),
      card.details ? h("div", { class: "task-details" }, richText(card.details)) : null,
      card.output ? h("div", { class: "task-details" }, richText(card.output)) : null,
      (card.sources ?? []).map((source) => link(source.url, source.text || source.url)),
    ),
  );
}

function planBlock(block) {
  return h(
    "div",
    { class: "plan-block" },
    h("strong", { class: "plan-title" }, plain(block.title)),
    h("ul", {}, (block.tasks ?? []).map(task)),
  );
}

function cell(content) {
  if (!content) return "";
  return content.type === "rich_text" ? richText(content) : plain(content.text ?? "");
}

function table(block) {
  const [head = [], ...rows] = block.rows;
  return h(
    "div",
    { class: "table-scroll", tabindex: "0" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map((each) => h("th", {}, cell(each))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((each) => h("td", {}, cell(each)))))),
    ),
  );
}

function inputBlock(block, act) {
  const id = `label-${(labels += 1)}`;
  return h(
    "div",
    { class: "input-block" },
    h("div", { class: "input-label", id }, plain(block.label.text), block.optional ? h("span", { class: "optional" }, " (optional)") : null),
    control(block.element, act, { reports: Boolean(block.dispatch_action), labelledBy: id }),
    block.hint ? h("div", { class: "hint" }, plain(block.hint.text)) : null,
    h("div", { class: "input-error", role: "alert" }),
  );
}

function section(block, act) {
  const accessory = block.accessory;
  return h(
    "div",
    { class: "section" },
    h(
      "div",
      { class: "section-text" },
      block.text ? h("div", {}, textObject(block.text)) : null,
      block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, textObject(field)))) : null,
    ),
    accessory ? h("div", { class: "accessory" }, accessory.type === "image" ? picture(accessory) : control(accessory, act)) : null,
  );
}

const DRAW = {
  section,
  header: (block) => h("div", { class: "header-block", role: "heading", "aria-level": "3" }, plain(block.text.text)),
  divider: () => h("hr"),
  context: (block) => h("div", { class: "context" }, block.elements.map((each) => (each.type === "image" ? picture(each) : h("span", {}, textObject(each))))),
  actions: (block, act) => h("div", { class: "actions" }, block.elements.map((each) => control(each, act))),
  context_actions: (block, act) => h("div", { class: "actions" }, block.elements.map((each) => control(each, act))),
  image: (block) => h("figure", {}, picture(block), block.title ? h("figcaption", {}, plain(block.title.text)) : null),
  input: inputBlock,
  plan: planBlock,
  task_card: (block) => h("div", { class: "plan-block" }, h("ul", {}, task(block))),
  rich_text: (block) => h("div", { class: "rich-text" }, richText(block)),
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text)),
  table,
};

export function renderBlock(block, act) {
  const draw = DRAW[block.type];
  const node = draw ? draw(block, act) : h("div", { class: "unknown" }, `[${block.type}]`);
  node.classList.add("block");
  node.dataset.blockId = block.block_id ?? "";
  return node;
}

// Draw blocks into a holder, keeping the nodes of blocks that stayed the same, so that an edit moves nothing.
export function drawBlocks(holder, blocks, act) {
  const former = new Map([...holder.children].map((node) => [node.signature, node]));
  const nodes = blocks.map((block) => {
    const signature = JSON.stringify({ ...block, block_id: "" });
    const kept = former.get(signature);
    former.delete(signature);
    const node = kept ?? renderBlock(block, act);
    node.signature = signature;
    node.dataset.blockId = block.block_id ?? "";
    return node;
  });
  nodes.forEach((node, index) => {
    if (holder.children[index] !== node) holder.insertBefore(node, holder.children[index] ?? null);
  });
  while (holder.children.length > nodes.length) holder.lastElementChild.remove();
}

export function textAsBlock(text) {
  const node = h("div", { class: "block text" }, mrkdwn(text));
  node.signature = `text:${text}`;
  return node;
}
