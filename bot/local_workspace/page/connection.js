// Calls to the person API, and the live feed.

let acting = "";

export function actAs(person) {
  acting = person;
}

export async function get(path, given = {}) {
  const response = await fetch(`/workspace/${path}?${new URLSearchParams({ as: acting, ...given })}`);
  return response.json();
}

export async function post(path, given = {}) {
  try {
    const response = await fetch(`/workspace/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ as: acting, ...given }),
    });
    return await response.json();
  } catch {
    return { ok: false, error: "unreachable", message: "The workspace can't be reached. Is it still running?" };
  }
}

export async function sendFile(file, given) {
  const query = new URLSearchParams({ as: acting, name: file.name, ...given });
  try {
    const response = await fetch(`/workspace/files?${query}`, { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } });
    return await response.json();
  } catch {
    return { ok: false, error: "unreachable", message: `“${file.name}” can't be sent: it is gone from its folder, or the workspace can't be reached.` };
  }
}

let feed = null;
let there = new Promise(() => {});

// Waits until the feed is there, so that nothing that follows is missed; not for ever.
export function listening() {
  return Promise.race([there, new Promise((resolve) => setTimeout(resolve, 3000))]);
}

// Hears nothing more until the next listen().
export function hush() {
  feed?.close();
  there = new Promise(() => {});
}

// Listens until the next call; the browser reconnects by itself, and every (re)connection begins with "hello".
export function listen(handle, lost) {
  hush();
  let arrived = null;
  there = new Promise((resolve) => { arrived = resolve; });
  feed = new EventSource(`/workspace/feed?${new URLSearchParams({ as: acting })}`);
  feed.onmessage = (event) => {
    arrived();
    handle(JSON.parse(event.data));
  };
  feed.onerror = lost;
}
