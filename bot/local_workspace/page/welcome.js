// What a first-time visitor sees: what this is, and three ideas to begin with. A click fills the composer.

import { h } from "./dom.js";

export const IDEAS = [
  [
    "A library",
    "Books, members, and who borrowed what",
    "a library: books with a title, an ISBN, a price and a status available/lent; members with a name and an e-mail; a member borrows many books",
  ],
  [
    "A clinic",
    "Doctors, patients, and their appointments",
    "a clinic: doctors with a name and a specialty; patients with a name, a birth date and a phone number; appointments with a start time, a note and a status booked/done/cancelled; a doctor has many appointments; a patient has many appointments",
  ],
  [
    "A ticket desk",
    "Customers, tickets, and what was answered",
    "a ticket desk: customers with a name and an e-mail; tickets with a subject, a description, a priority low/normal/high and a status open/waiting/closed; comments with a text and a date; a customer opens many tickets; a ticket has many comments",
  ],
];

export function welcome(fill) {
  return [
    h("p", { class: "welcome-kicker" }, "Welcome to Planthread"),
    h("h2", {}, "Say what you need. Get a backend, planned and built in the thread."),
    h("p", { class: "welcome-lead" }, "Planthread asks what is missing, shows one review to approve, then builds a tested FastAPI service in front of you. Pick an idea, or write your own after ", h("code", {}, "/plan new"), "."),
    ideas((text) => fill(`/plan new ${text}`)),
    h("p", { class: "welcome-note" }, "Everything stays on this machine. At the bottom left you can act as someone else, to see how approvals feel for a team."),
  ];
}

// The empty messages of the bot: here a plan needs no command, and is nobody else's.
export function directWelcome(fill) {
  return [
    h("h2", {}, "Plan something for yourself"),
    h("p", { class: "welcome-lead" }, "Write here what you need, as you would tell a colleague; Planthread asks for the rest. Only you see it. ", h("code", {}, "/plan help"), " shows what else can be said, and the Home tab what waits for you."),
    ideas(fill),
  ];
}

export function quietRoom(name, fill) {
  return [
    h("h2", {}, `Nothing was said in ${name} yet`),
    h("p", { class: "welcome-lead" }, "A plan that begins here has this channel as its team: ", h("code", {}, "/plan new"), " and what you need."),
    h("button", { class: "action", type: "button", onclick: () => fill("/plan new ") }, "Begin a plan here"),
  ];
}

function ideas(fill) {
  return h(
    "div",
    { class: "ideas" },
    IDEAS.map(([title, about, text], index) =>
      h(
        "button",
        { class: "idea", type: "button", dataset: { testid: `idea-${index + 1}` }, onclick: () => fill(text) },
        h("strong", {}, title), h("span", {}, about),
      ),
    ),
  );
}
