// A conversation as a text file for the person's own keeping, made in the page.

import { build } from "./dom.js";
import { speakerOf } from "./message.js";
import { handoffText } from "./parts.js";

// Some browsers read a file only after the click on it.
const FILE_KEPT_MILLISECONDS = 60000;

// Saves the messages in the words of the language on the screen.
export function saveTranscript(messages, words) {
  // The day here, which is not yet that of Greenwich in the small hours.
  const day = new Intl.DateTimeFormat("en-CA").format(new Date());
  const head = `${words.text("title")}, ${words.date(day)}`;
  const text = [head, ...messages.map((message) => partOf(message, words))].join("\n\n");
  const file = new Blob([`\ufeff${text}\n`], { type: "text/plain;charset=utf-8" });
  const href = URL.createObjectURL(file);
  build("a", { href, download: `${words.text("download_name")}-${day}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href), FILE_KEPT_MILLISECONDS);
}

function partOf(message, words) {
  const { text, buttons = [], custom } = message;
  const lines = [
    `${speakerOf(message, words)}: ${text || handoffText(custom ?? {}, words)}`,
    ...(custom?.goal ? [`${words.text("plan.goal")}: ${custom.goal}`] : []),
    ...(custom?.steps ?? []).map((step) => `– ${step.by ? `${words.date(step.by)}: ` : ""}${step.text}`),
    ...(custom?.options ?? []).map((option, index) => optionOf(option, index + 1, words)),
    ...buttons.map(({ title }) => `[${title}]`),
  ];
  return lines.join("\n");
}

function optionOf(option, number, words) {
  const { title, provider, apply_by: last, continuous, url } = option;
  const deadline = last ? "by" : continuous ? "continuous" : "unknown";
  const lines = [
    `${number}. ${title}`,
    `   ${[provider, option.place_name].filter(Boolean).join(", ")}`,
    `   ${words.text(`deadlines.${deadline}`, { date: last && words.date(last) })}`,
    url && /^https?:/i.test(url) && `   ${url}`,
    option.sample && `   (${words.text("sample")})`,
  ];
  return lines.filter(Boolean).join("\n");
}
