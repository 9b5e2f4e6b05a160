// The plan: the goal, what leads there, dated steps to tick off, what stays folded until it is
// needed, and the ways to take it along.

import { fetchCalendar } from "./api.js";
import { actionsOf, deadlineOf, headOf, sampleNote } from "./card.js";
import { section, strengthsAndGaps } from "./competence.js";
import { build, button } from "./dom.js";
import { printAlone } from "./paper.js";

// Some browsers read a file only after the click on it.
const FILE_KEPT_MILLISECONDS = 60000;

export function plan(custom, { words, store }) {
  const { goal, options, steps, checklists, recognition: draft, fallback, helpers } = custom;
  const by = custom.changed_by;
  const text = (name) => words.text(`plan.${name}`);
  const tasks = (items, option) =>
    build(
      "ul",
      { class: "tasks", role: "list" },
      ...items.map((item) => taskOf({ option, ...item }, words, store)),
    );
  const sheet = build(
    "div",
    { class: "sheet" },
    by && build("p", { class: "by" }, words.text("plan.changed", { name: by })),
    build(
      "div",
      {},
      build("p", { class: "kind" }, text("goal")),
      build("h3", {}, goal),
      markOf(custom.goal_changed_by, words),
    ),
    ...strengthsAndGaps(custom, words),
    section(text("steps"), tasks(steps)),
    options[0] &&
      section(
        text("options"),
        ...options.map((option) => smallCard(option, words)),
        sampleNote(options, words),
      ),
    ...checklists.map(({ option, title, items }) =>
      folded(words.text("plan.checklist", { title }), tasks(items, option)),
    ),
    draft &&
      folded(
        text("recognition"),
        build("p", { class: "text letter" }, draft.text),
        build("p", {}, draft.note),
        ...recognition(draft, { words }),
      ),
    fallback && section(text("fallback"), build("p", {}, fallback)),
    helpers[0] &&
      section(
        text("helpers"),
        build(
          "ul",
          { class: "dots" },
          ...helpers.map(({ text, why }) =>
            build("li", {}, build("strong", {}, text), build("p", {}, why)),
          ),
        ),
      ),
    act("print", () => printAlone(sheet, words.language), words),
    steps.some(({ by }) => by) && act("calendar", () => saveCalendar(store), words),
  );
  return [sheet];
}

// A draft of a request for recognition, whose words its reply has said already.
export function recognition({ text: letter }, { words }) {
  // Pages on plain http have no clipboard.
  return [act("copy", async () => navigator.clipboard.writeText(letter), words)];
}

// A button that tells how it went, where there are words for it.
function act(name, run, words) {
  const news = build("p", { role: "status" });
  const say = (end) => (news.textContent = words.text(`plan.${name}_${end}`));
  const onclick = () => run().then(() => say("done"), () => say("failed"));
  return build(
    "div",
    { class: "actions" },
    button({ class: "action", "data-act": name, onclick }, words.text(`plan.${name}`)),
    news,
  );
}

function folded(title, ...content) {
  return build("details", {}, build("summary", {}, title), ...content);
}

function smallCard(option, words) {
  return build(
    "article",
    { class: "card" },
    ...headOf(option, null, words),
    deadlineOf(option, words),
    actionsOf({ ...option, actions: [] }, words),
  );
}

// What is ticked off stays in the browser, whatever language it is read in; one thing to do may
// stand in several places.
function taskOf({ code, text, by, option, changed_by: name }, words, store) {
  const key = `${option ?? ""} ${code}`;
  const ticks = () => store.read().ticks ?? [];
  const onchange = () => {
    const others = ticks().filter((other) => other !== key);
    store.write({ ticks: box.checked ? [...others, key] : others });
    for (const other of box.getRootNode().querySelectorAll("input"))
      if (other.value === key) other.checked = box.checked;
  };
  const box = build("input", {
    type: "checkbox",
    value: key,
    checked: ticks().includes(key),
    onchange,
  });
  const date = by && build("strong", {}, words.date(by), " ");
  const said = build("span", {}, date, text, markOf(name, words));
  return build("li", {}, build("label", {}, box, said));
}

// Who has changed something, where it was not the bot.
function markOf(name, words) {
  return name && build("small", { class: "by" }, words.text("plan.changed_by", { name }));
}

async function saveCalendar(store) {
  const href = URL.createObjectURL(await fetchCalendar(store.read()));
  build("a", { href, download: "opastin.ics" }).click();
  setTimeout(() => URL.revokeObjectURL(href), FILE_KEPT_MILLISECONDS);
}
