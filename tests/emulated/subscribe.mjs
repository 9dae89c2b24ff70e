// Loaded before `emulate`: subscribes an address to the events of its Slack, for which its seeds have no place.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.env.EMULATE_FOLDER;
const isSlack = (name) => name.endsWith(".js") && readFileSync(join(folder, name), "utf8").includes("slackPlugin\n};");
const [file] = readdirSync(folder).filter(isSlack);
const { slackPlugin } = await import(pathToFileURL(join(folder, file)));
const register = slackPlugin.register;

slackPlugin.register = (app, store, webhooks, ...rest) => {
  register(app, store, webhooks, ...rest);
  webhooks.register({ owner: "slack", url: process.env.SUBSCRIBED_URL, events: ["*"], active: true });
};
