// Modals that the app opens, and the confirmation dialogs of buttons. <dialog> keeps the focus inside by itself.

import { drawBlocks } from "./blocks.js";
import { restoreValues, valuesIn } from "./controls.js";
import { byId, h, icon, toast } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";
import { post } from "./connection.js";

const stack = [];
const entered = new Map(); // what was filled in and not sent yet, by the id of its view: it outlives a view on top of it
let drawn = null;

function shown() {
  return stack.at(-1);
}

export function viewOpened(view) {
  stack.push(view);
  draw();
}

export function viewChanged(view) {
  const index = stack.findIndex((each) => each.id === view.id);
  if (index < 0) return;
  stack[index] = view;
  draw();
}

export function viewClosed(viewId) {
  const index = stack.findIndex((each) => each.id === viewId);
  if (index < 0) return;
  stack.splice(index, 1);
  draw();
}

export function showViews(views) {
  stack.splice(0, stack.length, ...views);
  draw();
}

function draw() {
  const dialog = byId("modal");
  const view = shown();
  if (drawn) entered.set(drawn, valuesIn(dialog));
  for (const id of [...entered.keys()]) if (!stack.some((each) => each.id === id)) entered.delete(id);
  drawn = view?.id ?? null;
  if (!view) {
    if (dialog.open) dialog.close();
    return;
  }
  const blocks = h("div", { class: "modal-body" });
  drawBlocks(blocks, view.blocks, (control, element, value) => act(view, control, element, value));
  const form = h(
    "form",
    { method: "dialog", novalidate: true, onsubmit: (event) => submit(event, view) },
    h("header", {}, h("h2", { id: "modal-title" }, plain(view.title.text)), h("button", { class: "quiet icon-button", type: "button", "aria-label": "Close", onclick: () => close(view) }, icon("close"))),
    blocks,
    h(
      "footer",
      {},
      h("button", { class: "action", type: "button", onclick: () => close(view) }, plain(view.close?.text ?? (view.submit ? "Cancel" : "Close"))),
      view.submit ? h("button", { class: "action primary", type: "submit", dataset: { testid: "modal-submit" } }, plain(view.submit.text)) : null,
    ),
  );
  dialog.replaceChildren(form);
  restoreValues(dialog, entered.get(view.id) ?? {});
  if (!dialog.open) dialog.showModal();
  (form.querySelector("[data-autofocus], .modal-body input, .modal-body textarea, .modal-body select") ?? form.querySelector("footer button:last-child")).focus();
}

async function submit(event, view) {
  event.preventDefault();
  const dialog = byId("modal");
  const button = dialog.querySelector("button[type=submit]");
  if (!button || button.disabled) return;
  button.disabled = true;
  const answer = await post("views/submit", { view_id: view.id, values: valuesIn(dialog) });
  button.disabled = false;
  showErrors(dialog, answer.errors ?? {});
  if (!answer.ok && !answer.errors) toast(answer.message ?? answer.error, "bad");
}

function showErrors(dialog, errors) {
  for (const block of dialog.querySelectorAll(".input-block")) {
    const sentence = errors[block.dataset.blockId] ?? "";
    block.querySelector(".input-error").textContent = sentence;
    block.classList.toggle("wrong", Boolean(sentence));
    for (const field of block.querySelectorAll("input, textarea, select")) field.setAttribute("aria-invalid", String(Boolean(sentence)));
  }
  dialog.querySelector(".wrong input, .wrong textarea, .wrong select")?.focus();
  dialog.querySelector(".wrong .input-error")?.scrollIntoView({ block: "nearest" });
}

async function close(view) {
  await post("views/close", { view_id: view.id });
}

async function act(view, control, element, value) {
  if (!(await confirmed(element))) return;
  const blockId = control.closest("[data-block-id]").dataset.blockId;
  const answer = await post("actions", { view_id: view.id, action_id: element.action_id, block_id: blockId, value, values: valuesIn(byId("modal")) });
  if (!answer.ok) toast(answer.message ?? answer.error, "bad");
}

byId("modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  if (shown()) close(shown());
});

// Resolves to true when the element asks nothing, or the person agrees.
export function confirmed(element) {
  if (!element.confirm) return Promise.resolve(true);
  const { title, text, confirm, deny, style } = element.confirm;
  const dialog = byId("confirm");
  return new Promise((resolve) => {
    const finish = (answer) => () => {
      dialog.close();
      resolve(answer);
    };
    dialog.replaceChildren(
      h("header", {}, h("h2", { id: "confirm-title" }, plain(title.text))),
      h("div", { class: "modal-body" }, textObject(text)),
      h("footer", {}, h("button", { class: "action", type: "button", onclick: finish(false) }, plain(deny.text)), h("button", { class: `action ${style === "danger" ? "danger" : "primary"}`, type: "button", dataset: { testid: "confirm-yes" }, onclick: finish(true) }, plain(confirm.text))),
    );
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}
