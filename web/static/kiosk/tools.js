// The bars above and below the conversation: how it is read, how to take it along, how to leave.

import { build, button } from "../../widget/dom.js";
import { LANGUAGES } from "./words.js";

export const NAMES = { fi: "Suomi", sv: "Svenska", en: "English" };
export const SIZES = ["normal", "large", "largest"];

// `on` holds language(code), size(name), easy(boolean) and read(boolean); the last two give, or
// promise, whether it is so now.
export class Tools {
  #wording;
  #size = 0;

  constructor(wording, on) {
    this.#wording = wording;
    const languages = LANGUAGES.map((code) => this.#language(code, on.language));
    const group = build("div", { class: "languages", role: "group" }, ...languages);
    wording.bind(group, (words) => (group.ariaLabel = words.text("kiosk.language_choice")));
    this.element = build(
      "header",
      { class: "bar" },
      wording.say(build("h1"), "title"),
      group,
      build(
        "div",
        { class: "reading" },
        this.#sizeButton(on.size),
        this.#toggle("easy", on.easy),
        this.#toggle("read", on.read),
      ),
    );
  }

  #language(code, choose) {
    const one = button({ lang: code, class: "tool", onclick: () => choose(code) }, NAMES[code]);
    return this.#wording.bind(one, (words) => (one.ariaPressed = String(words.language === code)));
  }

  #sizeButton(choose) {
    const state = build("span", { class: "state" });
    const write = (words) => (state.textContent = words.text(`kiosk.sizes.${SIZES[this.#size]}`));
    const onclick = () => {
      this.#size = (this.#size + 1) % SIZES.length;
      write(this.#wording.words);
      choose(SIZES[this.#size]);
    };
    return button(
      { class: "tool", onclick },
      this.#wording.say(build("span"), "kiosk.size"),
      ": ",
      this.#wording.bind(state, write),
    );
  }

  #toggle(name, choose) {
    const onclick = async () => (one.ariaPressed = String(await choose(one.ariaPressed !== "true")));
    const one = button({ class: "tool", "aria-pressed": "false", onclick });
    return this.#wording.say(one, `kiosk.${name}`);
  }
}

// `on` holds takeHome(), phone() and end().
export function buildFooter(wording, on) {
  const act = (name, kind, onclick) => wording.say(button({ class: kind, onclick }), `kiosk.${name}`);
  return build(
    "footer",
    { class: "bar" },
    act("take_home", "plain", on.takeHome),
    act("phone", "plain", on.phone),
    act("end", "main", on.end),
  );
}
