// The custom parts of replies: what each kind adds to the text of its reply.

import { buildCards } from "./card.js";
import { build, loadStyle } from "./dom.js";

// Functions of a custom part and of {words, store, onChoose, said}; they give elements. A kind
// that is not here shows its text alone.
export const PARTS = {
  options: buildCards,
  saved: (custom, on) => (custom.options.length ? buildCards(custom, on) : []),
  handoff: (custom, { words }) => [handoffLine(custom, words), preview(custom)],
};

// Kinds that few conversations come to, and the modules that build them.
const RARE = {
  comparison: "comparison",
  plan: "plan",
  recognition: "plan",
  competence: "competence",
  career_skills: "competence",
  take_home: "take_home",
};
let styled = false;

// Fetches what shows a kind in `root`, unless it is there already; a failed fetch is tried again
// at the next reply of that kind.
export async function loadPart(kind, root, words) {
  const file = RARE[kind];
  if (!file) return;
  await words?.extend();
  if (PARTS[kind]) return;
  if (!styled) root.adoptedStyleSheets.push(await loadStyle("parts.css"));
  styled = true;
  PARTS[kind] = (await import(`./${file}.js`))[kind];
}

// The line across that tells how the handing over to a person stands; null where it says nothing.
export function handoffLine({ state, position, hours, name }, words) {
  const text = handoffText({ state, name }, words);
  if (!text) return null;
  const more = [
    Number.isInteger(position) && words.text("handoff.position", { count: position }),
    hours && words.text("handoff.hours", { hours }),
  ];
  return build(
    "div",
    { class: "across" },
    build("p", {}, text),
    ...more.map((line) => line && build("p", {}, line)),
  );
}

// What a coach would see of the talk, for the person who is asked whether that is all right.
function preview({ preview: lines }) {
  if (!lines?.length) return null;
  const pairs = lines.flatMap(({ label, value }) => [
    build("dt", {}, label),
    build("dd", {}, value),
  ]);
  return build("dl", { class: "preview" }, ...pairs);
}

// What that line says: who joined or left, where the service names them.
export function handoffText({ state, name }, words) {
  const named = name && words.text(`handoff.${state}_named`, { name });
  return named || words.text(`handoff.${state}`);
}
