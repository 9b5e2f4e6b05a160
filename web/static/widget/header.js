// The top of the panel: the name, the language, further actions, size and closing.

import { CHEVRON, CLOSE, EXPAND, MENU, SHRINK, build, button, icon } from "./dom.js";

const NAMES = { fi: "Suomi", sv: "Svenska", en: "English" };

export class Header {
  #menu;
  #menuButton;

  // `on` holds language(code), renew(), erase(), resize(), close().
  constructor(wording, on) {
    const languages = build(
      "select",
      { onchange: () => on.language(languages.value) },
      ...Object.entries(NAMES).map(([code, name]) =>
        build("option", { value: code, lang: code }, name),
      ),
    );
    wording.bind(languages, (words) => {
      languages.ariaLabel = words.text("language");
      languages.value = words.language;
    });
    const item = (name, kind, act) => {
      const onclick = () => {
        this.closeMenu();
        act();
      };
      return wording.say(button({ class: kind, onclick }), name);
    };
    const round = (name, path, attributes) =>
      wording.label(button({ class: `round ${name}`, ...attributes }, icon(path)), name);
    this.#menu = build(
      "div",
      { class: "items", id: "menu", hidden: true },
      item("new", "", on.renew),
      item("delete", "danger", on.erase),
    );
    this.#menuButton = round("menu", MENU, {
      "aria-expanded": "false",
      "aria-controls": "menu",
      onclick: () => this.closeMenu() || this.#openMenu(),
    });
    const tools = build("div", { class: "tools" }, this.#menuButton, this.#menu);
    tools.addEventListener("focusout", ({ relatedTarget }) => {
      if (!tools.contains(relatedTarget)) this.closeMenu();
    });
    this.element = build(
      "div",
      { class: "header" },
      wording.say(build("h2", { id: "title" }), "title"),
      build("div", { class: "language" }, languages, icon(CHEVRON)),
      tools,
      round("expand", EXPAND, { onclick: on.resize }),
      round("shrink", SHRINK, { onclick: on.resize }),
      round("close", CLOSE, { onclick: on.close }),
    );
  }

  // Gives the focus to the menu that led to a question.
  focus() {
    this.#menuButton.focus();
  }

  // True when there was an open menu to close.
  closeMenu() {
    const wasOpen = !this.#menu.hidden;
    this.#menu.hidden = true;
    this.#menuButton.ariaExpanded = false;
    return wasOpen;
  }

  #openMenu() {
    this.#menu.hidden = false;
    this.#menuButton.ariaExpanded = true;
  }
}
