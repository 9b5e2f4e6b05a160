// Options side by side: a table where it is wide, pairs of option and value where it is narrow.

import { actionsOf, headOf, sampleNote } from "./card.js";
import { build } from "./dom.js";

export function comparison({ options, rows }, { words, onChoose }) {
  const label = words.text("comparison");
  // Where the option stands beside its value, the head of the table is not shown.
  const cell = (index, ...content) => {
    const name = `${index + 1}.\u00a0${options[index].title}`;
    return as("td", "cell", build("span", { class: "of" }, name), ...content);
  };
  const row = ({ label, values }) => {
    const isSame = values.every((value) => value === values[0]);
    const cells = isSame
      ? [build("td", { role: "cell", colspan: values.length }, values[0])]
      : values.map((value, index) => cell(index, value ?? words.text("unknown")));
    return as("tr", "row", as("th", "rowheader", label), ...cells);
  };
  return [
    // What is wider than its box must be within reach of the keyboard.
    build(
      "div",
      { class: "comparison", role: "region", tabindex: "0", "aria-label": label },
      as(
        "table",
        "table",
        as(
          "thead",
          "rowgroup",
          as(
            "tr",
            "row",
            as("td", "cell"),
            ...options.map((option, index) =>
              as("th", "columnheader", ...headOf(option, index + 1, words)),
            ),
          ),
        ),
        as(
          "tbody",
          "rowgroup",
          ...rows.map(row),
          as(
            "tr",
            "row",
            as("td", "cell"),
            ...options.map((option, index) => cell(index, actionsOf(option, words, onChoose))),
          ),
        ),
      ),
    ),
    sampleNote(options, words),
  ];
}

// Laid out in another way than as a table, elements lose what they are unless they are told.
function as(tag, role, ...children) {
  return build(tag, { role }, ...children);
}
