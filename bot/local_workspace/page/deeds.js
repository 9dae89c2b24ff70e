// What one does with a message that is there; where the workspace refuses, it says why.

import { post } from "./connection.js";
import { toast } from "./dom.js";
import { confirmed } from "./modal.js";

export function told(answer, sentence = "") {
  if (!answer.ok) toast(answer.message ?? answer.error, "bad");
  else if (sentence) toast(sentence);
  return answer.ok;
}

export async function act(control, element, given) {
  if (!(await confirmed(element))) return;
  control.setAttribute("aria-busy", "true");
  control.classList.add("busy");
  told(await post("actions", given));
  control.removeAttribute("aria-busy");
  control.classList.remove("busy");
}

export async function react(message, name, remove) {
  told(await post("reactions", { channel: message.channel, ts: message.ts, name, remove }));
}

export async function edit(message, text) {
  told(await post("messages/edit", { channel: message.channel, ts: message.ts, text }));
}

export async function remove(message) {
  const ask = { confirm: { title: { text: "Delete this message?" }, text: { type: "plain_text", text: "It goes for everyone." }, confirm: { text: "Delete" }, deny: { text: "Keep" }, style: "danger" } };
  if (!message.only_for && !(await confirmed(ask))) return;
  told(await post("messages/delete", { channel: message.channel, ts: message.ts }));
}
