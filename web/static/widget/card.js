// Option cards: the study options of a reply, each with what a person needs to choose.

import { CHECK, WARNING, build, button, hidden, icon, link } from "./dom.js";
import { daysUntil } from "./words.js";

const MAX_REASONS = 3;
// Said once under the cards and by a label on each, so not again among the warnings.
const SAMPLE = "sample_data";

// The cards of a custom part of the kind `options`, after the text `said`. `onChoose` gets
// {payload, title}.
export function buildCards({ options, fallback }, { words, onChoose, said = "" }) {
  return [
    fallback?.text && !said.includes(fallback.text)
      ? build("p", { class: "fallback" }, fallback.text)
      : null,
    build(
      "ol",
      { class: "cards", role: "list" },
      ...options.map((option, index) =>
        build("li", {}, buildCard(option, options[1] && index + 1, words, onChoose)),
      ),
    ),
    sampleNote(options, words),
  ];
}

export function sampleNote(options, words) {
  return options.some(({ sample }) => sample)
    ? build("p", { class: "sample-note" }, words.text("sample_note"))
    : null;
}

// What an option is, where and whose.
export function headOf(option, number, words) {
  return [
    build(
      "p",
      { class: "kind" },
      [number && `${number}. `, words.text(`types.${option.type}`)].filter(Boolean).join(""),
      option.sample && build("span", { class: "sample" }, words.text("sample")),
    ),
    build("h3", {}, option.title),
    build(
      "p",
      { class: "provider" },
      option.provider,
      build("span", { class: "place" }, placeOf(option, words)),
    ),
  ];
}

function buildCard(option, number, words, onChoose) {
  const { reasons, warnings } = option;
  const alarming = warnings?.filter(({ code }) => code !== SAMPLE);
  const word = `${words.text("warning")}: `;
  return build(
    "article",
    { class: "card" },
    ...headOf(option, number, words),
    build("dl", { class: "facts" }, ...factsOf(option, words)),
    deadlineOf(option, words),
    ...moreOf(option, words),
    list("warnings", alarming, (text) => [
      icon(WARNING),
      build("p", {}, build("strong", {}, word), text),
    ]),
    list(
      "reasons",
      reasons?.slice(0, MAX_REASONS),
      (text) => [icon(CHECK), build("p", {}, text)],
      words.text("reasons"),
    ),
    actionsOf(option, words, onChoose),
  );
}

function list(name, items, show, label = null) {
  if (!items?.length) return null;
  return build(
    "ul",
    { class: name, role: "list", "aria-label": label },
    ...items.map(({ text }) => build("li", {}, ...show(text))),
  );
}

export function actionsOf({ title, url, actions = [] }, words, onChoose) {
  const buttons = actions.map((action) =>
    button(
      { class: "action", onclick: () => onChoose(action) },
      action.title,
      hidden(`: ${title}`),
    ),
  );
  const outside = link(url, words.text("read_more"), words);
  if (!buttons.length && !outside) return null;
  return build("div", { class: "actions" }, ...buttons, outside);
}

function placeOf({ place_name: name, distance_km: distance }, words) {
  if (!distance) return name;
  return `${name}, ${words.text("away", { count: words.number(distance) })}`;
}

// Four facts, each with its name; what is not known is said to be so.
function factsOf(option, words) {
  const { credits, weekly_hours: hours, duration_months: months } = option;
  const named = (group, codes = []) => codes.map((code) => words.text(`${group}.${code}`)).join(", ");
  const taught = option.teaching_languages ?? [];
  const languages = taught.map((code) => words.languageName(code)).join(", ");
  const facts = {
    size: [
      known(credits) && words.count("credits", credits),
      known(hours) && words.text("weekly_hours", { count: words.number(hours) }),
    ],
    price: [priceOf(option, words)],
    how: [
      named("modes", option.modes),
      named("schedules", option.schedule),
      languages && !taught.includes(words.language) && words.text("taught_in", { languages }),
    ],
    when: [
      option.starts ? words.date(option.starts) : option.continuous && words.text("anytime"),
      known(months) && words.count("months", months),
    ],
  };
  return Object.entries(facts).map(([name, lines]) => {
    const said = lines.filter(Boolean);
    return build(
      "div",
      {},
      build("dt", {}, words.text(`facts.${name}`)),
      ...(said.length ? said : [words.text("unknown")]).map((line) =>
        build("dd", {}, line.charAt(0).toUpperCase() + line.slice(1)),
      ),
    );
  });
}

function priceOf({ price_eur: price, price_max_eur: most }, words) {
  if (!known(price)) return null;
  if (most) return words.euros(price, most);
  return price ? words.euros(price) : words.text("free");
}

// What details add to a card: how places are given, and the skills that one gets.
function moreOf({ admission_text: admission, skills }, words) {
  return [
    admission && build("p", { class: "more" }, admission),
    skills?.length && build("p", { class: "more" }, `${words.text("skills")}: ${skills.join(", ")}`),
  ];
}

export function deadlineOf({ continuous, apply_by: last }, words) {
  const say = (name, left = null) =>
    build(
      "p",
      { class: "deadline" },
      words.text(`deadlines.${name}`, { date: last && words.date(last) }),
      left && build("strong", {}, left),
    );
  if (continuous) return say("continuous");
  if (!last) return say("unknown");
  const days = daysUntil(last);
  if (days < 1) return say(days ? "past" : "today");
  return say("by", words.count("days_left", days));
}

function known(value) {
  return value !== null && value !== undefined;
}
