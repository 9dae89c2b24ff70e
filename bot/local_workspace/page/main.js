// The page: one person, one channel, perhaps one thread, and everything that happens live.

import { Composer } from "./composer.js";
import { actAs, get, hush, listen, post } from "./connection.js";
import { knowConversations, knowPeople } from "./controls.js";
import { act, edit, react, remove, told } from "./deeds.js";
import { byId, h, icon, toast } from "./dom.js";
import { closeMenu, drawFrame, menuIsOpen } from "./frame.js";
import { homeAskedFor, homeChanged, openedHome, tabsFor } from "./home.js";
import { avatar, MessageList } from "./messages.js";
import { showViews, viewChanged, viewClosed, viewOpened } from "./modal.js";
import { know, typedForm } from "./mrkdwn.js";
import { place, title, world } from "./place.js";
import { send } from "./sending.js";
import { drawPresence, drawSidebar } from "./sidebar.js";
import { directWelcome, quietRoom, welcome } from "./welcome.js";

const WIDE = matchMedia("(min-width: 1080px)");

const does = { act, react, useShortcut, openThread: openByHand, edit, remove, typedForm: (text) => typedForm(text, world.people) };
const channelList = new MessageList(byId("channel-messages"), byId("channel-scroll"), () => world, does);
const threadList = new MessageList(byId("thread-messages"), byId("thread-scroll"), () => world, does, true);
const composer = new Composer(byId("composer-place"), {
  id: "composer", testid: "composer", label: "Message", send: (text, files) => send(text, "", files), world: () => world,
});
const threadComposer = new Composer(byId("thread-composer-place"), {
  id: "thread-composer", testid: "thread-composer", label: "Reply in the thread", send: (text, files) => send(text, place.thread, files), world: () => world,
});
threadComposer.invite("Reply in the thread: answers to the bot go here");

// Beginning, and becoming someone else

async function begin(name) {
  actAs(name);
  sessionStorage.setItem("acting", name);
  if (!(await loadState())) return;
  const asked = location.pathname.match(/^\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?$/);
  const wanted = asked?.[1] ?? sessionStorage.getItem("channel") ?? "";
  const first = world.channels.has(wanted) ? wanted : [...world.channels.keys()][0];
  await openChannel(first);
  const thread = new URLSearchParams(location.search).get("thread_ts") ?? (asked?.[2] ? `${asked[2]}.${asked[3]}` : "");
  if (asked && thread) await openThread(thread, false);
  if (asked) history.replaceState(null, "", "/");
  await loadViews();
  listen(heard, () => drawPresence(false));
}

async function loadViews() {
  const homeCame = homeAskedFor();
  const { views, home } = await get("views");
  showViews(views ?? []);
  homeCame(home ?? null);
}

// Forms stay as they are; what the bot drew before the feed was there is seen now.
async function loadHome() {
  const homeCame = homeAskedFor();
  homeCame((await get("views")).home ?? null);
}

// Only the newest answer counts: an older one may be about someone else, whose place one took before.
let stateTurn = 0;
async function loadState() {
  const turn = ++stateTurn;
  const state = await get("state");
  if (turn !== stateTurn) return false;
  if (!state.ok) {
    toast(state.message ?? "The workspace can't be reached.", "bad");
    return false;
  }
  Object.assign(world, { you: state.you, app: state.app, commands: state.commands, shortcuts: state.shortcuts });
  world.people = new Map(state.people.map((person) => [person.id, person]));
  world.channels = new Map(state.channels.map((channel) => [channel.id, channel]));
  know(world.people, world.channels, world.you.id);
  knowPeople(state.people);
  knowConversations(state.channels);
  drawPresence(state.app.connected);
  drawRooms();
  if (world.channels.has(place.channel)) drawHead();
  return true;
}

function drawRooms() {
  drawSidebar(world, place.channel, (id) => openChannel(id, true), switchTo);
  const unread = [...world.channels.values()].reduce((sum, channel) => sum + (channel.you_are_member ? channel.unread : 0), 0);
  const channel = world.channels.get(place.channel);
  document.title = `${unread ? `(${unread}) ` : ""}${title(channel)} · Planthread local`;
}

async function switchTo(name) {
  if (world.you?.name === name) return;
  hush();
  closeMenu();
  showViews([]);
  homeChanged(null);
  // From here on nothing that was begun for the one before goes on in the next one's name.
  const { channel, thread } = place;
  const kind = world.channels.get(channel)?.kind;
  clearTimeout(reading);
  Object.assign(place, { channel: "", thread: "" });
  channelList.clear();
  threadList.clear();
  actAs(name);
  sessionStorage.setItem("acting", name);
  await withoutRooms(async () => {
    await loadState();
    const stays = world.channels.has(channel);
    const same = stays ? channel : roomLike(kind);
    await openChannel(same);
    if (stays && thread) await openThread(thread, false);
    else closeThread();
  });
  await loadViews();
  listen(heard, () => drawPresence(false));
  if (kind === "im" && world.you.name === name) openedHome();
}

// Everybody has messages of their own with the bot: whoever was there stays there as someone else.
function roomLike(kind) {
  const rooms = [...world.channels.values()];
  return (rooms.find((room) => kind === "im" && room.kind === kind) ?? rooms[0]).id;
}

// Until the rooms of who one becomes are there, those of the one before can't be opened.
let rooming = 0;
async function withoutRooms(come) {
  const turn = ++rooming;
  const lists = [byId("channels"), byId("directs")];
  for (const list of lists) list.inert = true;
  try {
    await come();
  } finally {
    if (turn === rooming) for (const list of lists) list.inert = false;
  }
}

// Channels and threads

async function openChannel(id, byHand = false) {
  const changed = place.channel !== id;
  place.channel = id;
  sessionStorage.setItem("channel", id);
  if (changed) {
    channelList.clear();
    closeThread();
  }
  closeMenu();
  drawHead();
  const channel = world.channels.get(id);
  tabsFor(channel.kind === "im", byHand);
  if (channel.you_are_member) await loadChannel();
  else drawOutside(channel);
  await markRead();
  if (byHand) composer.area.focus();
}

async function loadChannel() {
  const id = place.channel;
  await channelList.load(async () => {
    const answer = await get("messages", { channel: id });
    return id === place.channel && answer.ok ? answer.messages : null;
  });
  drawWelcome();
}

function drawHead() {
  const channel = world.channels.get(place.channel);
  byId("channel-title").replaceChildren(channel.kind === "private" ? icon("lock", 16) : "", title(channel));
  byId("channel-purpose").textContent = purpose(channel);
  byId("channel-members").replaceChildren(
    ...channel.members.map((id) => h("span", { title: world.people.get(id)?.real_name ?? id }, avatar(world.people.get(id)))),
  );
  byId("composer-place").hidden = !channel.you_are_member;
  const ideas = world.commands.length && channel.kind !== "im" ? `Message ${title(channel)}, or type ${world.commands[0]} to begin` : `Message ${title(channel)}`;
  composer.invite(ideas);
}

function purpose(channel) {
  if (channel.kind === "im") return "A direct message with the bot";
  const absent = channel.members.includes(world.app.user) ? "" : "Planthread hasn't joined yet";
  return [channel.purpose?.value, absent].filter(Boolean).join("; ");
}

function drawOutside(channel) {
  channelList.clear();
  byId("welcome").hidden = false;
  byId("welcome").dataset.shows = "outside";
  const join = async () => {
    await post("join", { channel: channel.id });
    await loadState();
    await openChannel(channel.id);
  };
  byId("welcome").replaceChildren(h("h2", {}, `You aren't in #${channel.name}`), h("button", { class: "action primary", type: "button", onclick: join }, `Join #${channel.name}`));
}

// What an empty room says one can do there; gone as soon as something was said.
function drawWelcome() {
  const channel = world.channels.get(place.channel);
  if (!channel) return;
  const said = channelList.all().filter((message) => message.subtype !== "channel_join");
  const kind = channel.kind === "im" ? "direct" : channel.name === "general" ? "first" : "quiet";
  const space = byId("welcome");
  space.hidden = kind === "first" ? said.some((message) => message.bot_id) : said.length > 0;
  if (space.hidden || space.dataset.shows === `${kind} ${channel.id}`) return;
  space.dataset.shows = `${kind} ${channel.id}`;
  const fill = (text) => composer.fill(text);
  const drawn = { first: () => welcome(fill), direct: () => directWelcome(fill), quiet: () => quietRoom(title(channel), fill) };
  space.replaceChildren(...drawn[kind]());
}

function openByHand(message) {
  place.followUntil = 0;
  return openThread(message.thread_ts ?? message.ts);
}

async function openThread(ts, focus = true) {
  const changed = place.thread !== ts;
  if (changed) threadList.clear();
  place.thread = ts;
  byId("thread").hidden = false;
  byId("app").classList.add("with-thread");
  byId("thread-where").textContent = title(world.channels.get(place.channel));
  await threadList.load(async () => {
    const answer = await get("messages", { channel: place.channel, thread_ts: ts });
    if (place.thread !== ts) return null;
    if (answer.ok) return answer.messages;
    closeThread();
    toast(answer.message, "bad");
    return null;
  });
  if (place.thread !== ts) return;
  channelList.clearFresh(ts);
  threadComposer.changed();
  if (focus) threadComposer.area.focus();
}

function closeThread() {
  place.thread = "";
  byId("thread").hidden = true;
  byId("app").classList.remove("with-thread");
  threadList.clear();
}

// Said again whenever the state came anew: it may have been written before the workspace heard that this channel is read.
async function markRead() {
  const channel = world.channels.get(place.channel);
  if (!channel?.you_are_member || document.hidden) return;
  channel.unread = 0;
  channel.mentions = 0;
  drawRooms();
  await post("read", { channel: channel.id });
}

// What happens elsewhere

async function heard(change) {
  const handle = {
    hello: refresh,
    message: () => messageCame(change.message),
    message_changed: () => messageChanged(change.message),
    message_deleted: () => messageWent(change),
    view_opened: () => viewOpened(change.view),
    view_changed: () => viewChanged(change.view),
    view_closed: () => viewClosed(change.view_id),
    home_changed: () => homeChanged(change.view),
    app_presence: () => drawPresence(change.connected),
    member_joined: membersChanged,
    member_left: membersChanged,
  }[change.type];
  await handle?.();
}

async function refresh() {
  if (!(await loadState())) return;
  if (world.channels.get(place.channel)?.you_are_member) await loadChannel();
  if (place.thread) await openThread(place.thread, false);
  await loadHome();
  await markRead();
}

async function membersChanged() {
  if (!(await loadState())) return;
  await markRead();
  if (!world.channels.has(place.channel)) await openChannel([...world.channels.keys()][0]);
}

function isTopLevel(message) {
  return !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
}

function messageCame(message) {
  const channel = world.channels.get(message.channel);
  if (!channel) return;
  const here = message.channel === place.channel;
  if (here && isTopLevel(message)) {
    channelList.upsert(message);
    drawWelcome();
    follow(message);
  }
  if (here && place.thread && message.thread_ts === place.thread) threadList.upsert(message);
  else if (here && !isTopLevel(message) && message.user !== world.you.id) channelList.markFresh(message.thread_ts);
  if (message.user === world.you.id || message.only_for) return;
  if (here && !document.hidden) {
    markReadSoon();
    return;
  }
  channel.unread += 1;
  if (message.text?.includes(`<@${world.you.id}>`)) channel.mentions += 1;
  drawRooms();
}

// Whoever has just asked for a plan sees the thread that grows from its card, where there is room for it.
function follow(message) {
  if (!isCard(message) || Date.now() >= place.followUntil) return;
  place.followUntil = 0;
  if (WIDE.matches && !threadComposer.text) openThread(message.ts, false);
}

// The bot marks each of its messages with what it is; a plan's card is the head of the plan's thread.
function isCard(message) {
  const key = message.metadata?.event_payload?.key ?? "";
  return Boolean(message.bot_id) && !message.only_for && key.endsWith("/card");
}

let reading = 0;
function markReadSoon() {
  clearTimeout(reading);
  reading = setTimeout(markRead, 400);
}

function messageChanged(message) {
  if (message.channel !== place.channel) return;
  if (channelList.get(message.ts) || (channelList.loading && isTopLevel(message))) channelList.upsert(message);
  if (threadList.get(message.ts) || (threadList.loading && (message.thread_ts ?? message.ts) === place.thread)) threadList.upsert(message);
}

function messageWent({ channel, ts }) {
  if (channel !== place.channel) return;
  if (ts === place.thread) closeThread();
  channelList.remove(ts);
  threadList.remove(ts);
  drawWelcome();
}

// What one does

// What comes of a shortcut is seen in the message's thread.
async function useShortcut(message, callbackId) {
  const answer = await post("shortcuts", { channel: message.channel, ts: message.ts, callback_id: callbackId });
  if (told(answer) && message.channel === place.channel) await openByHand(message);
}

// Keys

function step(direction) {
  const ids = [...world.channels.keys()];
  openChannel(ids[(ids.indexOf(place.channel) + direction + ids.length) % ids.length], true);
}

byId("thread-close").append(icon("close"));
byId("thread-close").addEventListener("click", () => {
  closeThread();
  composer.area.focus();
});
document.addEventListener("visibilitychange", markRead);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menuIsOpen()) closeMenu();
  else if (event.key === "Escape" && place.thread && !document.querySelector("dialog[open]") && byId("thread").contains(document.activeElement)) {
    closeThread();
    composer.area.focus();
  }
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  }
});

drawFrame();
begin(new URLSearchParams(location.search).get("as") ?? sessionStorage.getItem("acting") ?? "Mara");
