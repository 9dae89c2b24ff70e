// The left side: channels with unread marks, and the people whom one can act as.

import { byId, h, icon } from "./dom.js";
import { avatar } from "./messages.js";

function room(channel, name, current, choose) {
  const unread = channel.unread > 0 && channel.you_are_member;
  const badge = unread ? h("span", { class: channel.mentions ? "badge mentioned" : "badge", "aria-label": `${channel.unread} unread` }, String(channel.unread)) : null;
  const mark = channel.kind === "im" ? h("img", { src: "/page/icon.svg", alt: "", width: 18, height: 18 }) : icon(channel.kind === "private" ? "lock" : "hash", 15);
  const notes = channel.you_are_member ? "" : " outside";
  return h(
    "li",
    {},
    h(
      "button",
      {
        class: `room${unread ? " unread" : ""}${notes}`, type: "button", dataset: { testid: `channel-${name}` },
        "aria-current": channel.id === current ? "page" : undefined, onclick: () => choose(channel.id),
      },
      mark, h("span", { class: "room-name" }, name), badge,
    ),
  );
}

export function drawSidebar(world, current, choose, switchTo) {
  const channels = [...world.channels.values()];
  const rooms = channels.filter((each) => each.kind !== "im").map((each) => room(each, each.name, current, choose));
  const directs = channels.filter((each) => each.kind === "im").map((each) => room(each, "planthread", current, choose));
  keepFocus(() => {
    byId("channels").replaceChildren(...rooms);
    byId("directs").replaceChildren(...directs);
    byId("acting-line").replaceChildren("You are ", h("strong", {}, world.you.name), h("span", {}, world.you.profile.title ? ` · ${world.you.profile.title}` : ""));
    byId("people").replaceChildren(...[...world.people.values()].filter((person) => !person.is_bot).map((person) => personButton(person, world.you, switchTo)));
  });
}

function personButton(person, you, switchTo) {
  const current = person.id === you.id;
  return h(
    "button",
    { class: "person", type: "button", "aria-pressed": String(current), title: `${person.real_name}, ${person.profile.title}`, dataset: { testid: `person-${person.name}` }, onclick: () => switchTo(person.name) },
    avatar(person), person.name,
  );
}

// Redrawn lists must not lose the keyboard's place.
function keepFocus(draw) {
  const testid = byId("sidebar").contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  draw();
  if (testid) byId("sidebar").querySelector(`[data-testid="${CSS.escape(testid)}"]`)?.focus();
}

export function drawPresence(connected) {
  byId("presence").textContent = connected ? "bot is here" : "bot is away";
  byId("presence").classList.toggle("away", !connected);
}
