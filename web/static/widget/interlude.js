// What stands in place of a chat that there is not.

import { build, button } from "./dom.js";

export class Ending {
  element = build("div", { class: "ending", hidden: true });
  #wording;
  #onBegin;

  constructor(wording, onBegin) {
    this.#wording = wording;
    this.#onBegin = onBegin;
  }

  get isShown() {
    return !this.element.hidden;
  }

  show(texts, action) {
    const begin = button({ class: "main", onclick: this.#onBegin });
    this.element.replaceChildren(
      ...texts.map((name) => this.#wording.say(build("p"), name)),
      this.#wording.say(begin, action),
    );
    this.element.hidden = false;
  }

  hide() {
    this.element.hidden = true;
  }

  focus() {
    this.element.lastChild.focus();
  }
}
