// What one writes: a message, one with files, a command, an invitation. False leaves the text where it was written.

import { listening, post, sendFile } from "./connection.js";
import { told } from "./deeds.js";
import { toast } from "./dom.js";
import { place, world } from "./place.js";

const FOLLOW_MILLISECONDS = 20_000;
const WORTH_TRYING_AGAIN = new Set(["dispatch_failed", "operation_timeout", "not_supported_in_threads"]);

export async function send(text, threadTs, files) {
  const channel = place.channel;
  const given = threadTs ? { channel, thread_ts: threadTs } : { channel };
  await listening();
  if (!threadTs && asksForPlan(text)) place.followUntil = Date.now() + FOLLOW_MILLISECONDS;
  if (files.length) return sendWithFiles(text, given, files);
  const invite = text.match(/^\/invite\s+@?(\S+)$/);
  if (invite) return told(await post("invite", { channel, user: invite[1] }), "They are in.");
  if (isCommand(text)) {
    const [command] = text.split(/\s/, 1);
    const answer = await post("commands", { ...given, command, text: text.slice(command.length).trim() });
    if (answer.ok || answer.error === "unreachable") return told(answer);
    place.followUntil = 0;
    // The refusal itself is shown in the channel, privately; here the text is given back where trying again helps.
    return !WORTH_TRYING_AGAIN.has(answer.error);
  }
  return told(await post("messages", { ...given, text }));
}

// Nothing is posted before every file is there. A command takes none, as in Slack.
async function sendWithFiles(text, given, files) {
  if (isCommand(text)) {
    toast(`${text.split(/\s/, 1)[0]} takes no files. Write it as a message that begins with @${world.people.get(world.app.user)?.name}, or take the files away.`, "bad");
    return false;
  }
  const held = [];
  for (const file of files) {
    const answer = await sendFile(file, { channel: given.channel, hold: 1 });
    if (!told(answer)) return false;
    held.push(answer.file.id);
  }
  return told(await post("messages", { ...given, text, files: held }));
}

function isCommand(text) {
  return !text.startsWith("//") && /^\/[a-z]+(\s|$)/.test(text);
}

// A plan is asked for by the command, by a mention, or by any direct message.
function asksForPlan(text) {
  if (text.startsWith("/")) return /^\/[a-z]+\s+new(\s|$)/i.test(text);
  const bot = world.people.get(world.app.user)?.name;
  return world.channels.get(place.channel).kind === "im" || text.toLowerCase().includes(`@${bot}`);
}
