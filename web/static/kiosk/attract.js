// What stands on the screen while nobody is there: three languages, each a way to begin.

import { build, button } from "../../widget/dom.js";

const BACK_MILLISECONDS = 30000;

// The first screen; `all` holds the words by language. `onBegin` gets (language, people).
export class Attract {
  element = build("main", { class: "frame kiosk attract" });
  #all;
  #onBegin;
  #back;

  constructor(all, onBegin) {
    this.#all = all;
    this.#onBegin = onBegin;
    this.#showLanguages();
  }

  #showLanguages() {
    clearTimeout(this.#back);
    document.documentElement.lang = this.#all[0].language;
    this.element.replaceChildren(
      build("h1", { class: "brand" }, this.#all[0].text("title")),
      ...this.#all.map((words) => this.#welcome(words)),
    );
  }

  #welcome(words) {
    const text = (name) => words.text(`kiosk.${name}`);
    return build(
      "section",
      { class: "welcome", lang: words.language },
      build("h2", {}, text("welcome")),
      build("p", { class: "lead" }, text("lead")),
      button({ class: "main big", onclick: () => this.#askPeople(words) }, text("begin")),
      build("p", { class: "small" }, text("privacy")),
    );
  }

  #askPeople(words) {
    const { language } = words;
    document.documentElement.lang = language;
    const text = (name) => words.text(`kiosk.${name}`);
    const choice = (name, people) =>
      button({ class: "main big", onclick: () => this.#begin(language, people) }, text(name));
    const title = build("h1", { tabindex: "-1" }, text("people"));
    this.element.replaceChildren(
      build(
        "section",
        { class: "welcome people", lang: language },
        title,
        build("div", { class: "pair" }, choice("one", 1), choice("two", 2)),
        button({ class: "plain", onclick: () => this.#showLanguages() }, text("back")),
      ),
    );
    title.focus();
    // Whoever touched the screen in passing has gone.
    this.#back = setTimeout(() => this.#showLanguages(), BACK_MILLISECONDS);
  }

  #begin(language, people) {
    clearTimeout(this.#back);
    this.#onBegin(language, people);
  }
}

// A calm word in place of everything else, in each language of `all`: "away", "moved", ...
export function notice(all, name) {
  const say = (words) => {
    const more = words.text(`kiosk.${name}_text`);
    return build(
      "section",
      { class: "welcome", lang: words.language },
      build("h2", {}, words.text(`kiosk.${name}`)),
      more && build("p", { class: "lead" }, more),
    );
  };
  return build(
    "main",
    { class: `frame kiosk attract notice ${name}` },
    build("h1", { class: "brand" }, all[0].text("title")),
    build("div", { role: "status" }, ...all.map(say)),
  );
}
