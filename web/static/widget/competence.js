// What a person can do and has still to learn, and how the career-planning skills stand.

import { build } from "./dom.js";

const HIGHEST = 4;

export function competence(custom, { words }) {
  return [build("div", { class: "sheet" }, ...strengthsAndGaps(custom, words))];
}

export function career_skills({ areas, exercise }, { words, said }) {
  return [
    build(
      "div",
      { class: "sheet" },
      build("ul", { class: "bars", role: "list" }, ...areas.map(barOf)),
      exercise && !said.includes(exercise)
        ? section(words.text("exercise"), build("p", {}, exercise))
        : null,
    ),
  ];
}

export function section(title, ...content) {
  return build("section", {}, build("h3", {}, title), ...content);
}

export function strengthsAndGaps({ strengths, gaps }, words) {
  // Strengths by the words that they were heard in.
  const heard = new Map();
  for (const { code, text, from } of strengths) {
    const told = code ? words.text("told", { words: from }) : words.text("own_words");
    heard.set(told, [...(heard.get(told) ?? []), text]);
  }
  return [
    heard.size &&
      section(
        words.text("strengths"),
        build(
          "dl",
          {},
          ...[...heard].map(([told, texts]) =>
            build("div", {}, build("dt", {}, told), ...texts.map((text) => build("dd", {}, text))),
          ),
        ),
      ),
    gaps.length &&
      section(
        words.text("gaps"),
        build("ul", { class: "dots" }, ...gaps.map(({ text }) => build("li", {}, text))),
      ),
  ];
}

// The bar is a picture of the number beside it.
function barOf({ text, value }) {
  const steps = Array.from({ length: HIGHEST }, (_, step) => build("i", { class: step < value && "full" }));
  const number = `${value} / ${HIGHEST}`;
  return build(
    "li",
    {},
    build("span", {}, text),
    build("span", { class: "level", role: "img", "aria-label": number }, ...steps, number),
  );
}
