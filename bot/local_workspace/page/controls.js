// Elements that take input: buttons, fields, choices. Reading them gives {block_id: {action_id: value}}.

import { sendFile } from "./connection.js";
import { h, safeAddress, toast } from "./dom.js";
import { plain } from "./mrkdwn.js";

let people = [];
let conversations = [];

export function knowPeople(listed) {
  people = listed.filter((person) => !person.is_bot);
}

export function knowConversations(listed) {
  conversations = listed.filter((channel) => channel.you_are_member);
}

function personOptions() {
  return people.map((person) => ({ value: person.id, text: { text: person.name } }));
}

function conversationOptions(element) {
  const kinds = element.filter?.include ?? ["public", "private", "im"];
  return conversations.filter((channel) => kinds.includes(channel.kind)).map((channel) => ({ value: channel.id, text: { text: channel.kind === "im" ? "Planthread (direct message)" : `#${channel.name}` } }));
}

function label(option) {
  return plain(option.text.text);
}

function choices(element, type, chosen) {
  const group = `${element.action_id}-${Math.random().toString(36).slice(2)}`;
  return h(
    "div",
    { class: "choices" },
    element.options.map((option) =>
      h(
        "label",
        {},
        h("input", { type, name: group, value: option.value, checked: chosen.includes(option.value) }),
        h("span", {}, label(option), option.description ? h("small", {}, plain(option.description.text)) : null),
      ),
    ),
  );
}

function select(element, options, chosen) {
  const listed = options.map((option) => h("option", { value: option.value, selected: option.value === chosen }, label(option)));
  const groups = (element.option_groups ?? []).map((group) =>
    h("optgroup", { label: group.label.text }, group.options.map((option) => h("option", { value: option.value, selected: option.value === chosen }, label(option)))),
  );
  const placeholder = element.placeholder?.text ?? "Choose…";
  return h("select", { "aria-label": placeholder }, h("option", { value: "" }, placeholder), listed, groups);
}

// As many lines as a text has, and one to write on.
function rowsFor(text) {
  return String(text ? Math.min(Math.max(text.split("\n").length + 1, 3), 16) : 5);
}

function textField(element) {
  const attributes = {
    placeholder: element.placeholder?.text,
    minlength: element.min_length ? String(element.min_length) : undefined,
    maxlength: String(element.max_length ?? 3000),
    "data-autofocus": element.focus_on_load ? "yes" : undefined,
  };
  const field = element.multiline ? h("textarea", { ...attributes, rows: rowsFor(element.initial_value) }) : h("input", { ...attributes, type: "text" });
  field.value = element.initial_value ?? "";
  if (element.multiline) {
    field.style.minHeight = `calc(${field.rows}lh + 16px)`;
    field.setSelectionRange(0, 0);
  }
  return field;
}

function simple(type, value) {
  return h("input", { type, value: value ?? "" });
}

function numberField(element) {
  const field = h("input", { type: "number", min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : "1", placeholder: element.placeholder?.text });
  field.value = element.initial_value ?? "";
  return field;
}

// Files are uploaded as soon as they are chosen; the form sends their ids.
function fileField(element) {
  const listed = h("ul", { class: "chosen-files" });
  const field = h("input", { type: "file", multiple: (element.max_files ?? 10) > 1, "aria-label": "Choose files" });
  field.addEventListener("change", async () => {
    for (const file of field.files) {
      const answer = await sendFile(file, { hold: 1 });
      if (answer.ok) listed.append(h("li", { dataset: { file: answer.file.id } }, answer.file.name));
      else toast(answer.message ?? answer.error, "bad");
    }
    field.value = "";
  });
  return h("div", { class: "files-field" }, field, listed);
}

const FIELDS = {
  file_input: fileField,
  plain_text_input: textField,
  number_input: numberField,
  datepicker: (element) => simple("date", element.initial_date),
  timepicker: (element) => simple("time", element.initial_time),
  static_select: (element) => select(element, element.options ?? [], element.initial_option?.value),
  overflow: (element) => select({ placeholder: { text: "⋯" } }, element.options, ""),
  users_select: (element) => select(element, personOptions(), element.initial_user),
  multi_users_select: (element) => choices({ ...element, options: personOptions() }, "checkbox", element.initial_users ?? []),
  conversations_select: (element) => select(element, conversationOptions(element), element.initial_conversation),
  radio_buttons: (element) => choices(element, "radio", [element.initial_option?.value]),
  checkboxes: (element) => choices(element, "checkbox", (element.initial_options ?? []).map((option) => option.value)),
  multi_static_select: (element) => choices(element, "checkbox", (element.initial_options ?? []).map((option) => option.value)),
};

const LISTS = new Set(["checkboxes", "multi_static_select", "multi_users_select"]);

// `act` is called with {action_id, block_id, value}; it returns a promise.
export function button(element, act) {
  const address = element.url ? safeAddress(element.url) : "";
  const text = plain(element.text?.text ?? element.action_id);
  const attributes = {
    class: `action ${element.style ?? ""}`,
    "aria-label": element.accessibility_label,
    dataset: { actionId: element.action_id, value: element.value ?? "" },
  };
  const press = (event) => act(event.currentTarget, element, element.value);
  if (address) return h("a", { ...attributes, href: address, target: "_blank", rel: "noopener noreferrer", onclick: press }, text);
  return h("button", { ...attributes, type: "button", onclick: press }, text);
}

export function feedback(element, act) {
  const one = (choice) =>
    h("button", { class: "action", type: "button", dataset: { actionId: element.action_id, value: choice.value }, onclick: (event) => act(event.currentTarget, element, choice.value) }, plain(choice.text.text));
  return [element.positive_button, element.negative_button].filter(Boolean).map(one);
}

export function control(element, act, { reports = true, labelledBy = "" } = {}) {
  if (element.type === "button") return button(element, act);
  if (element.type === "feedback_buttons") return feedback(element, act);
  const draw = FIELDS[element.type];
  if (!draw) return h("span", { class: "unknown" }, `[${element.type}]`);
  const inner = draw(element);
  if (labelledBy) {
    inner.removeAttribute("aria-label");
    inner.setAttribute("aria-labelledby", labelledBy);
    if (inner.matches(".choices, .files-field")) inner.setAttribute("role", "group");
  }
  const holder = h("div", { class: `control ${element.type}`, dataset: { control: element.type, actionId: element.action_id } }, inner);
  if (reports) holder.addEventListener("change", () => act(holder, element, read(holder)));
  return holder;
}

function read(holder) {
  const kind = holder.dataset.control;
  if (LISTS.has(kind)) {
    return [...holder.querySelectorAll("input:checked")].map((input) => input.value);
  }
  if (kind === "file_input") return [...holder.querySelectorAll("[data-file]")].map((item) => item.dataset.file);
  if (kind === "radio_buttons") return holder.querySelector("input:checked")?.value ?? "";
  return holder.querySelector("input, textarea, select").value;
}

export function valuesIn(root) {
  const values = {};
  for (const holder of root.querySelectorAll("[data-control]")) {
    const blockId = holder.closest("[data-block-id]")?.dataset.blockId ?? "";
    (values[blockId] ??= {})[holder.dataset.actionId] = read(holder);
  }
  return values;
}

export function restoreValues(root, values) {
  for (const holder of root.querySelectorAll("[data-control]")) {
    if (holder.dataset.control === "file_input") continue;
    const value = values[holder.closest("[data-block-id]")?.dataset.blockId ?? ""]?.[holder.dataset.actionId];
    if (value === undefined) continue;
    for (const input of holder.querySelectorAll("input, textarea, select")) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = [value].flat().includes(input.value);
      else input.value = value;
    }
  }
}
