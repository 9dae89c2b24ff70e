// What the page knows of the workspace, and where one is in it.

export const world = { you: null, app: null, people: new Map(), channels: new Map(), commands: [], shortcuts: [] };
export const place = { channel: "", thread: "", followUntil: 0 };

export function title(channel) {
  if (!channel) return "Planthread";
  return channel.kind === "im" ? "planthread" : `#${channel.name}`;
}
