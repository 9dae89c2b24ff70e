// Where one writes: grows with the text, completes commands and names, remembers drafts, takes files.

import { Attachments } from "./attachments.js";
import { h, icon } from "./dom.js";

const VERBS = [
  ["new", "Describe a backend in your own words", "a library: books with a title and a price"],
  ["list", "All plans of this channel", ""],
  ["show", "A plan with its buttons, for you alone", "library"],
  ["status", "How a plan is doing", "library"],
  ["import", "Files that you have already: plans, specs, SQL", ""],
  ["export", "A plan's documents as files", "library tasks"],
  ["digest", "When a summary is posted here", "now"],
  ["settings", "Who approves here, the budget, house rules", ""],
  ["cancel", "End a plan for good, once you confirm it", "library"],
  ["forget me", "Have what you said here forgotten", ""],
  ["help", "What Planthread can do", ""],
];
// What follows a verb that takes one of a few words.
const WORDS = {
  digest: [
    ["now", "Post one at once"],
    ["daily 09:00", "Every day, by your own clock"],
    ["weekly mon 09:00", "Every Monday"],
    ["snooze 3d", "None for three days"],
    ["off", "No more of them"],
    ["me daily 09:00", "One of your own plans, for you alone"],
  ],
};
const TALLEST = 220;

export class Composer {
  // `send(text, files)` promises whether it was taken; `world()` gives people and commands.
  constructor(place, { id, testid, label, send, world }) {
    Object.assign(this, { send, world, chosen: 0, options: [] });
    this.area = h("textarea", {
      id: `${id}-text`, rows: 1, dataset: { testid }, "aria-label": label, autocomplete: "off", "aria-haspopup": "listbox",
      "aria-controls": `${id}-options`, "aria-autocomplete": "list", spellcheck: "true",
    });
    this.popup = h("ul", { class: "completions", id: `${id}-options`, role: "listbox", "aria-label": "Completions", hidden: true });
    this.button = h("button", { class: "send", type: "button", dataset: { testid: `${testid}-send` }, "aria-label": "Send", disabled: true, onclick: () => this.submit() }, icon("send", 20));
    const picker = h("input", { type: "file", class: "file-picker", id: `${id}-file`, tabindex: "-1", multiple: true, "aria-label": "Attach files" });
    picker.addEventListener("change", () => {
      this.attach([...picker.files]);
      picker.value = "";
    });
    this.attachments = new Attachments({ testid: `${testid}-files`, changed: () => this.changed() });
    const clip = h("button", { class: "quiet icon-button", type: "button", "aria-label": "Attach files", onclick: () => picker.click() }, icon("clip"));
    this.box = h("div", { class: "composer" }, this.popup, this.area, this.attachments.list, h("div", { class: "composer-row" }, clip, picker, h("span", { class: "hint" }, "Enter sends, Shift+Enter makes a line"), this.button));
    place.replaceChildren(this.box);
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
    this.area.addEventListener("focus", () => this.changed());
    this.area.addEventListener("paste", (event) => this.pasted(event));
    this.box.addEventListener("dragover", (event) => event.preventDefault());
    this.box.addEventListener("drop", (event) => {
      event.preventDefault();
      this.attach([...event.dataTransfer.files]);
    });
  }

  // Files wait for the words that go with them, and are sent together.
  attach(files) {
    if (!files.length) return;
    this.attachments.add(files);
    this.area.focus();
  }

  // A copied file becomes one of them; copied text is text, also where its program offers a picture of it as well.
  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    this.attach(files);
  }

  get text() {
    return this.area.value;
  }

  set text(value) {
    this.area.value = value;
    this.changed();
  }

  invite(placeholder) {
    this.area.placeholder = placeholder;
  }

  fill(text) {
    this.text = text;
    this.area.focus();
    this.area.setSelectionRange(text.length, text.length);
    this.hide();
  }

  changed() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, TALLEST)}px`;
    this.button.disabled = !this.text.trim() && !this.attachments.files.length;
    this.offer(document.activeElement === this.area ? this.completions() : []);
  }

  completions() {
    const before = this.text.slice(0, this.area.selectionStart);
    const { commands, people } = this.world();
    if (/^\/\S*$/.test(before)) {
      const known = [...commands.map((name) => [name, "Plan and build a backend"]), ["/invite", "Bring someone into this channel"]];
      return known.filter(([name]) => name.startsWith(before) && name !== before).map(([name, about]) => ({ name, about, insert: `${name} ` }));
    }
    const verb = before.match(/^(\/\S+) +(\S*)$/);
    if (verb && commands.includes(verb[1])) {
      return VERBS.filter(([name]) => name.startsWith(verb[2]) && name !== verb[2]).map(([name, about, example]) => ({ name: `${verb[1]} ${name}`, example, about, insert: `${verb[1]} ${name} ` }));
    }
    const word = before.match(/^(\/\S+) +(\S+) +(.*)$/);
    if (word && commands.includes(word[1]) && word[2] in WORDS) {
      return WORDS[word[2]].filter(([name]) => name.startsWith(word[3]) && name !== word[3]).map(([name, about]) => ({ name, about, insert: `${word[1]} ${word[2]} ${name}` }));
    }
    const mention = before.match(/(^|\s)@(\w*)$/);
    if (!mention) return [];
    const start = before.length - mention[2].length - 1;
    return [...people.values()]
      .filter((person) => person.name !== "slackbot" && person.name.toLowerCase().startsWith(mention[2].toLowerCase()))
      .map((person) => ({ name: `@${person.name}`, about: person.profile.title, insert: `${before.slice(0, start)}@${person.name} ` }));
  }

  offer(options) {
    this.options = options;
    this.chosen = 0;
    this.popup.hidden = !options.length;
    this.popup.replaceChildren(
      ...options.map((option, index) =>
        h(
          "li",
          { role: "option", id: `${this.popup.id}-${index}`, onmousedown: (event) => event.preventDefault(), onclick: () => this.take(index) },
          h("strong", {}, option.name), option.example ? h("em", {}, option.example) : null, h("span", {}, option.about),
        ),
      ),
    );
    this.mark();
  }

  mark() {
    [...this.popup.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.chosen)));
    this.popup.children[this.chosen]?.scrollIntoView({ block: "nearest" });
    if (this.options.length) this.area.setAttribute("aria-activedescendant", `${this.popup.id}-${this.chosen}`);
    else this.area.removeAttribute("aria-activedescendant");
  }

  hide() {
    this.offer([]);
  }

  take(index) {
    const after = this.text.slice(this.area.selectionStart);
    const { insert } = this.options[index];
    this.area.value = insert + after;
    this.area.setSelectionRange(insert.length, insert.length);
    this.area.focus();
    this.changed();
  }

  key(event) {
    const open = this.options.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.chosen = (this.chosen + (event.key === "ArrowDown" ? 1 : -1) + this.options.length) % this.options.length;
      this.mark();
    } else if (open && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.take(this.chosen);
    } else if (open && event.key === "Escape") {
      event.stopPropagation();
      this.hide();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      // A word that is only begun is completed; anything else is sent.
      if (open && this.options[this.chosen].insert.trim() !== this.text.trim() && !/\s$|^\/\S+$/.test(this.text)) this.take(this.chosen);
      else this.submit();
    }
  }

  // What couldn't be sent comes back, unless something else was begun meanwhile.
  async submit() {
    const text = this.text.trim();
    const { files } = this.attachments;
    if ((!text && !files.length) || this.sending) return;
    this.sending = true;
    this.attachments.clear();
    this.text = "";
    this.hide();
    const sent = await this.send(text, files);
    this.sending = false;
    if (sent) return;
    this.attachments.restore(files);
    if (!this.text) this.text = text;
  }
}
