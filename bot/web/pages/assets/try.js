// Sends a form as a request to the service that is tried, by way of the bot, and shows the answer as text.
const filled = (form) => {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll("input[data-place]")) {
    if (input.dataset.place === "form") continue;
    if (input.dataset.place === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(input.value));
    else if (input.value !== "") query.append(input.name, input.value);
  }
  return query.size ? `${path}?${query}` : path;
};

// The body that somebody wrote, or the fields of a form as a JSON object.
const bodyOf = (form) => {
  if (!("form" in form.dataset)) return form.querySelector("textarea")?.value ?? "";
  const fields = [...form.querySelectorAll('input[data-place="form"]')].filter((input) => input.value !== "");
  return JSON.stringify(Object.fromEntries(fields.map((input) => [input.name, input.value])));
};

const readable = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

// A token that the service answers is sent along from then on.
const keepToken = (body) => {
  try {
    const token = JSON.parse(body).access_token;
    if (typeof token === "string") document.getElementById("token").value = token;
  } catch {
    // an answer that is no JSON holds no token
  }
};

// Whoever was registered just now is the one to log in.
const keepAccount = (body) => {
  const door = document.querySelector("form[data-signs-in]");
  try {
    const { email, password } = JSON.parse(body);
    if (!door || typeof email !== "string" || typeof password !== "string") return;
    door.elements.namedItem("username").value = email;
    door.elements.namedItem("password").value = password;
  } catch {
    // what was sent names nobody
  }
};

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-call]");
  if (!form) return;
  event.preventDefault();
  const output = form.querySelector("output");
  const sent = {
    method: form.dataset.method,
    path: filled(form),
    body: bodyOf(form),
    token: document.getElementById("token")?.value.trim() ?? "",
    form: "form" in form.dataset,
  };
  output.textContent = "…";
  try {
    const answer = await fetch(form.dataset.call, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(sent),
    });
    const told = answer.ok ? await answer.json() : { status: 0, body: await answer.text() };
    const head = told.status ? `${sent.method} ${sent.path}\n${told.status} ${told.reason}\n\n` : "";
    output.textContent = head + readable(told.body);
    if (told.status === 200 && "signsIn" in form.dataset) keepToken(told.body);
    if (told.status === 201 && "registers" in form.dataset) keepAccount(sent.body);
    output.className = told.status >= 200 && told.status < 400 ? "good" : "bad";
  } catch {
    output.textContent = "The bot gave no answer. Load this page again.";
    output.className = "bad";
  }
});
