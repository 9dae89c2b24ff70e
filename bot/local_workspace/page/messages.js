// A list of messages that changes in place: an edited message keeps its node, its unchanged blocks, its focus.

import { drawBlocks, textAsBlock } from "./blocks.js";
import { restoreValues, valuesIn } from "./controls.js";
import { day, h, icon, time } from "./dom.js";
import { named } from "./drawn.js";
import { REACTIONS } from "./emoji.js";
import { openMenu } from "./menu.js";

const GROUP_SECONDS = 300;
const NEAR_BOTTOM = 120;
const PREVIEW = /\.(md|txt|json|ya?ml|toml|py|sql|jdl|log|csv)$/i;

export function avatar(person) {
  if (person?.name === "planthread") return h("img", { class: "avatar", src: "/page/icon.svg", alt: "" });
  const name = person?.name ?? "?";
  return h("span", { class: `avatar tint-${name.charCodeAt(0) % 5}`, "aria-hidden": "true" }, name[0].toUpperCase());
}

function fileCard(file) {
  const address = `/workspace/files/${file.id}`;
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.mimetype)) {
    return h("figure", { class: "file-image" }, h("img", { src: address, alt: file.title, loading: "lazy" }), h("figcaption", {}, file.title));
  }
  const size = file.size < 1024 ? `${file.size} B` : `${(file.size / 1024).toFixed(1)} kB`;
  const card = h(
    "div",
    { class: "file" },
    icon("file", 22),
    h("div", {}, h("strong", {}, file.title), h("small", {}, `${file.name} · ${size}`)),
    h("a", { href: address, download: file.name, class: "action" }, "Save"),
  );
  if (!PREVIEW.test(file.name) || file.size > 300_000) return card;
  const text = h("pre", { tabindex: "0" });
  const preview = h("details", { class: "preview" }, h("summary", {}, "Look inside"), text);
  preview.addEventListener("toggle", async () => {
    if (preview.open && !text.textContent) text.textContent = await (await fetch(address)).text();
  });
  return h("div", { class: "file-holder" }, card, preview);
}

export class MessageList {
  // `does` holds what a message can ask for: act, react, openThread, edit, remove; `world` gives people and who one is.
  constructor(holder, scroll, world, does, inThread = false) {
    Object.assign(this, { holder, scroll, world, does, inThread });
    this.nodes = new Map();
    this.fresh = new Set();
    // Changes are counted, so that an answer that was asked for before a change can't undo it.
    Object.assign(this, { tick: 0, changed: new Map(), loading: 0, asked: 0, shown: 0 });
    // What is drawn late (images, previews) must not push the newest message out of sight.
    this.pinned = true;
    this.newer = 0;
    this.button = h("button", { class: "newer", type: "button", hidden: true, dataset: { testid: "newer" }, onclick: () => this.catchUp() });
    scroll.append(this.button);
    scroll.addEventListener("scroll", () => {
      this.pinned = this.distance() < NEAR_BOTTOM;
      if (this.pinned) this.offerNewer(0);
    });
    new ResizeObserver(() => this.pinned && this.toEnd()).observe(holder);
  }

  distance() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  // What only this person sees answers what they have just done; one that is higher than the list is read from its top.
  showPrivate(node) {
    if (node.offsetHeight < this.scroll.clientHeight) this.toEnd();
    else node.scrollIntoView({ block: "start" });
  }

  offerNewer(count) {
    this.newer = count;
    this.button.hidden = !count;
    this.button.textContent = count > 1 ? `${count} new messages ↓` : "New message ↓";
  }

  catchUp() {
    this.scroll.focus({ preventScroll: true });
    this.toEnd();
  }

  get(ts) {
    return this.nodes.get(ts)?.message;
  }

  all() {
    return [...this.nodes.values()].map((node) => node.message);
  }

  clear() {
    this.nodes.clear();
    this.holder.replaceChildren();
    this.pinned = true;
    this.offerNewer(0);
  }

  // `fetch` resolves to the messages, or to null when they aren't wanted any more. An answer that comes after the
  // answer to a later question is older than what is shown.
  async load(fetch) {
    const [before, turn] = [this.tick, (this.asked += 1)];
    this.loading += 1;
    try {
      const messages = await fetch();
      if (!messages || turn < this.shown) return;
      this.shown = turn;
      this.show(messages, before);
    } finally {
      this.loading -= 1;
    }
  }

  show(messages, before) {
    const older = (ts) => (this.changed.get(ts) ?? 0) <= before;
    const listed = new Set(messages.map((message) => message.ts));
    for (const ts of [...this.nodes.keys()]) if (!listed.has(ts) && older(ts)) this.drop(ts);
    const known = this.nodes.size;
    const came = messages.filter((message) => !this.nodes.has(message.ts) && message.user !== this.world().you.id).length;
    messages.filter((message) => older(message.ts)).forEach((message) => this.put(message));
    this.regroup();
    if (this.pinned) this.toEnd();
    else if (known) this.offerNewer(this.newer + came);
  }

  upsert(message) {
    this.changed.set(message.ts, (this.tick += 1));
    const isNew = !this.nodes.has(message.ts);
    const mine = message.user === this.world().you.id;
    this.put(message);
    this.regroup();
    if (isNew && message.only_for) this.showPrivate(this.nodes.get(message.ts));
    else if (this.pinned || (isNew && mine)) this.toEnd();
    else if (isNew) this.offerNewer(this.newer + 1);
  }

  remove(ts) {
    this.changed.set(ts, (this.tick += 1));
    this.drop(ts);
    this.regroup();
  }

  markFresh(ts) {
    const node = this.nodes.get(ts);
    if (node) node.classList.add("fresh");
    this.fresh.add(ts);
  }

  clearFresh(ts) {
    this.nodes.get(ts)?.classList.remove("fresh");
    this.fresh.delete(ts);
  }

  drop(ts) {
    this.nodes.get(ts)?.remove();
    this.nodes.delete(ts);
  }

  put(message) {
    const known = this.nodes.get(message.ts);
    const node = known ?? this.place(message);
    node.message = message;
    this.draw(node);
  }

  place(message) {
    const node = h("article", { class: "message", tabindex: "-1", dataset: { ts: message.ts, testid: "message" } });
    node.append(
      h("div", { class: "gutter" }),
      h("div", { class: "content" }, h("div", { class: "byline" }), h("div", { class: "body" }), h("div", { class: "files" }), h("div", { class: "reactions" }), h("div", { class: "replies-place" })),
      h("div", { class: "tools", role: "toolbar", "aria-label": "Message" }),
    );
    const later = [...this.nodes.entries()].filter(([ts]) => ts > message.ts).map(([, each]) => each);
    const next = later.reduce((first, each) => (!first || each.message.ts < first.message.ts ? each : first), null);
    this.holder.insertBefore(node, next);
    this.nodes.set(message.ts, node);
    return node;
  }

  draw(node) {
    const { message } = node;
    const { you, people } = this.world();
    const person = people.get(message.user) ?? { name: message.user };
    node.className = `message${message.only_for ? " private" : ""}${message.subtype ? ` ${message.subtype}` : ""}`;
    if (this.fresh.has(message.ts)) node.classList.add("fresh");
    node.dataset.user = message.user;
    const [gutter, content, tools] = node.children;
    gutter.replaceChildren(avatar(person), h("time", {}, time(message.ts)));
    const [byline, body, files, reactions, replies] = content.children;
    byline.replaceChildren(...this.byline(message, person));
    this.drawBody(node, body, message);
    this.drawOnce(files, JSON.stringify(message.files ?? []), () => (message.files ?? []).map(fileCard));
    this.drawOnce(reactions, JSON.stringify(message.reactions ?? []), () => this.reactions(message, you, people));
    this.drawOnce(replies, `${message.reply_count}|${message.latest_reply}`, () => this.replies(node, people));
    this.drawOnce(tools, `${message.user === you.id}|${message.only_for}|${message.subtype}`, () => this.tools(node, you));
  }

  drawOnce(holder, signature, make) {
    if (holder.signature === signature) return;
    holder.signature = signature;
    holder.replaceChildren(...make());
  }

  byline(message, person) {
    const address = `/archives/${message.channel}/p${message.ts.replace(".", "")}${this.inThread ? `?thread_ts=${message.thread_ts}` : ""}`;
    return [
      message.only_for ? h("span", { class: "only-you" }, "Only visible to you") : null,
      h("strong", { class: "author" }, person.real_name?.split(" ")[0] ?? person.name),
      person.is_bot ? h("span", { class: "tag" }, "app") : null,
      person.is_restricted ? h("span", { class: "tag guest" }, "guest") : null,
      h("a", { class: "when", href: address, title: new Date(Number(message.ts) * 1000).toLocaleString() }, time(message.ts)),
      message.edited && message.user === this.world().you.id ? h("span", { class: "edited" }, "(edited)") : null,
    ].filter(Boolean);
  }

  drawBody(node, body, message) {
    const written = message.bot_id && message.blocks?.length;
    if (!written) {
      const block = textAsBlock(message.subtype === "channel_join" ? "joined this channel" : (message.text ?? ""));
      if (body.firstElementChild?.signature !== block.signature || body.children.length !== 1) body.replaceChildren(block);
      return;
    }
    const held = body.contains(document.activeElement) ? document.activeElement.closest("[data-action-id]")?.dataset.actionId : null;
    const values = valuesIn(body);
    drawBlocks(body, message.blocks, (control, element, value) => this.act(node, control, element, value));
    restoreValues(body, values);
    if (held && !body.contains(document.activeElement)) body.querySelector(`[data-action-id="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  act(node, control, element, value) {
    const { message } = node;
    const blockId = control.closest("[data-block-id]").dataset.blockId;
    const given = { channel: message.channel, ts: message.ts, action_id: element.action_id, block_id: blockId, value };
    return this.does.act(control, element, { ...given, values: valuesIn(node.querySelector(".body")) });
  }

  reactions(message, you, people) {
    return (message.reactions ?? []).map((reaction) => {
      const mine = reaction.users.includes(you.id);
      const names = reaction.users.map((id) => people.get(id)?.name ?? id).join(", ");
      return h(
        "button",
        { class: `reaction${mine ? " mine" : ""}`, type: "button", title: `${names} · :${reaction.name}:`, "aria-pressed": String(mine), onclick: () => this.does.react(message, reaction.name, mine) },
        h("span", {}, named(reaction.name) ?? `:${reaction.name}:`),
        ` ${reaction.count}`,
      );
    });
  }

  replies(node, people) {
    const { message } = node;
    if (this.inThread || !message.reply_count) return [];
    const faces = message.reply_users.slice(0, 3).map((id) => avatar(people.get(id)));
    const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
    return [
      h(
        "button",
        { class: "replies", type: "button", dataset: { testid: "replies" }, onclick: () => this.does.openThread(node.message) },
        h("span", { class: "faces" }, faces),
        h("span", { class: "count" }, words),
        h("span", { class: "last" }, `last at ${time(message.latest_reply)}`),
      ),
    ];
  }

  tools(node, you) {
    const { message } = node;
    const tool = (name, label, press) => h("button", { class: "tool", type: "button", title: label, "aria-label": label, onclick: press }, REACTIONS.includes(name) ? named(name) : icon(name, 16));
    if (message.only_for) return [tool("close", "Dismiss", () => this.does.remove(node.message))];
    const react = REACTIONS.slice(0, 3).map((name) => tool(name, `React with ${name}`, () => this.does.react(node.message, name, false)));
    const thread = this.inThread ? null : tool("reply", "Reply in thread", () => this.does.openThread(node.message));
    const own = message.user === you.id && !message.subtype ? [tool("edit", "Edit", () => this.startEdit(node)), tool("trash", "Delete", () => this.does.remove(node.message))] : [];
    return [...react, thread, ...own, this.more(node)].filter(Boolean);
  }

  // What the app offers to do with a message, as in Slack's own menu; nothing on what Slack shows in place of one.
  more(node) {
    const { shortcuts } = this.world();
    if (!shortcuts.length || node.message.subtype === "tombstone" || node.message.subtype === "channel_join") return null;
    const open = (event) =>
      openMenu(event.currentTarget, "More actions", shortcuts.map(({ callback_id: id, name }) => ({ label: name, choose: () => this.does.useShortcut(node.message, id) })));
    const attributes = { class: "tool", type: "button", title: "More actions", "aria-label": "More actions", "aria-haspopup": "menu", "aria-expanded": "false", onclick: open };
    return h("button", { ...attributes, dataset: { testid: "more" } }, icon("more", 16));
  }

  startEdit(node) {
    const body = node.querySelector(".body");
    const area = h("textarea", { class: "edit-area", rows: 3, "aria-label": "Edit the message" });
    area.value = this.does.typedForm(node.message.text);
    const stop = () => {
      body.replaceChildren();
      this.draw(node);
      node.focus();
    };
    const keep = async () => {
      if (area.value.trim()) await this.does.edit(node.message, area.value);
      stop();
    };
    area.addEventListener("keydown", (event) => {
      if (event.key === "Escape") stop();
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        keep();
      }
    });
    body.replaceChildren(area, h("div", { class: "actions" }, h("button", { class: "action primary", type: "button", onclick: keep }, "Save"), h("button", { class: "action", type: "button", onclick: stop }, "Cancel")));
    area.focus();
  }

  regroup() {
    let former = null;
    for (const node of this.holder.children) {
      const { message } = node;
      const newDay = !former || day(former.ts) !== day(message.ts);
      const together = former && !newDay && former.user === message.user && Number(message.ts) - Number(former.ts) < GROUP_SECONDS && !message.only_for && !former.only_for && message.subtype !== "channel_join" && former.subtype !== "channel_join";
      node.classList.toggle("together", Boolean(together));
      if (newDay && !this.inThread) node.dataset.day = day(message.ts);
      else delete node.dataset.day;
      former = message;
    }
  }
}

