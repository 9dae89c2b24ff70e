// The Home tab beside the messages of the bot: what it published for whoever one acts as.

import { drawBlocks } from "./blocks.js";
import { listening, post } from "./connection.js";
import { byId, h, toast } from "./dom.js";
import { confirmed } from "./modal.js";

let view = null;
let open = false;

// Tabs are there in the direct message with the bot; a channel has none.
export function tabsFor(direct, byHand) {
  byId("home-tabs").hidden = !direct;
  choose(direct && open);
  if (direct && byHand) openedHome();
}

// Said to the bot once the feed is there, so that what it draws is heard.
export function openedHome() {
  listening().then(() => post("home", { tab: open ? "home" : "messages" }));
}

let changes = 0;

export function homeChanged(published) {
  changes += 1;
  view = published;
  draw();
}

// What is asked for now is shown unless the tab changed before the answer came.
export function homeAskedFor() {
  const before = changes;
  return (published) => {
    if (changes === before) homeChanged(published);
  };
}

function choose(home) {
  byId("home").hidden = !home;
  byId("channel-messages").hidden = home;
  for (const id of ["welcome", "composer-place"]) byId(id).classList.toggle("behind-home", home);
  byId("tab-home").setAttribute("aria-selected", String(home));
  byId("tab-messages").setAttribute("aria-selected", String(!home));
  draw();
}

function draw() {
  const space = byId("home");
  if (space.hidden) return;
  if (view) drawBlocks(space, view.blocks, act);
  else space.replaceChildren(h("p", { class: "hint" }, "Nothing is here yet: the bot draws this tab when it is there."));
}

async function act(control, element, value) {
  if (!(await confirmed(element))) return;
  const blockId = control.closest("[data-block-id]").dataset.blockId;
  const answer = await post("actions", { view_id: view.id, action_id: element.action_id, block_id: blockId, value });
  if (!answer.ok) toast(answer.message ?? answer.error, "bad");
}

async function opened(tab) {
  open = tab === "home";
  choose(open);
  await post("home", { tab });
}

byId("tab-home").addEventListener("click", () => opened("home"));
byId("tab-messages").addEventListener("click", () => opened("messages"));
