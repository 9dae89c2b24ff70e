// Files that wait beside the words that one writes: a chip each, with its name and a way to take it back.

import { h, icon, toast } from "./dom.js";

const MOST_FILES = 10;
const LARGEST_BYTES = 50_000_000;
const UNITS = [[1_000_000, "MB"], [1000, "kB"]];

export class Attachments {
  // `changed()` is called whenever a file came or went.
  constructor({ testid, changed }) {
    this.changed = changed;
    this.files = [];
    this.list = h("ul", { class: "attachments", "aria-label": "Files that go with the message", "aria-live": "polite", dataset: { testid }, hidden: true });
  }

  add(files) {
    for (const file of files) {
      const refusal = this.refusal(file);
      if (refusal) toast(refusal, "bad");
      else this.files.push(file);
    }
    this.draw();
  }

  refusal(file) {
    if (this.files.length >= MOST_FILES) return `A message takes ${MOST_FILES} files; “${file.name}” stays here. Send it with the next one.`;
    if (!file.size) return `“${file.name}” is empty, or a folder; choose a file that holds something.`;
    return file.size > LARGEST_BYTES ? `“${file.name}” is larger than 50 MB; send the part that matters.` : "";
  }

  take(file) {
    this.files = this.files.filter((one) => one !== file);
    this.draw();
  }

  clear() {
    this.files = [];
    this.draw();
  }

  // Returns them as they were, such as when the workspace couldn't be reached.
  restore(files) {
    this.files = [...files, ...this.files].slice(0, MOST_FILES);
    this.draw();
  }

  draw() {
    this.list.hidden = !this.files.length;
    this.list.replaceChildren(...this.files.map((file) => this.chip(file)));
    this.changed();
  }

  chip(file) {
    const away = h("button", { class: "quiet icon-button", type: "button", "aria-label": `Don't send ${file.name}`, onclick: () => this.take(file) }, icon("close", 14));
    return h("li", { class: "attachment" }, icon("file", 16), h("span", { class: "attachment-name", title: file.name }, file.name), h("small", {}, size(file.size)), away);
  }
}

function size(bytes) {
  const [unit, name] = UNITS.find(([least]) => bytes >= least) ?? [1, "bytes"];
  return `${Math.round(bytes / unit)} ${name}`;
}
