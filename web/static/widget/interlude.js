// What comes between a person and the chat: a question before something that cannot be taken
// back, and what stands in place of a chat that there is not.

import { build, button } from "./dom.js";

export class Question {
  #wording;
  element = build("dialog", {
    class: "question",
    "aria-labelledby": "question",
    "aria-describedby": "question-text",
  });

  constructor(wording) {
    this.#wording = wording;
    // Escape belongs to this dialog alone, not to the panel under it.
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
  }

  // Asks by the texts `name`_title, _text and _confirm; act() does it and may throw, which
  // `name`_failed then says.
  ask({ name, kind, act, then }) {
    const say = (node, text) => this.#wording.say(node, text);
    const problem = build("p", { class: "problem", role: "alert" });
    const yes = button({
      class: kind,
      onclick: async () => {
        yes.disabled = true;
        try {
          await act();
          this.element.close();
        } catch {
          yes.disabled = false;
          say(problem, `${name}_failed`);
        }
      },
    });
    const no = button({ class: "plain", onclick: () => this.element.close() });
    this.element.replaceChildren(
      say(build("h2", { id: "question" }), `${name}_title`),
      say(build("p", { id: "question-text" }), `${name}_text`),
      problem,
      build("div", { class: "answers" }, say(no, "cancel"), say(yes, `${name}_confirm`)),
    );
    this.element.addEventListener("close", then, { once: true });
    this.element.showModal();
  }
}

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
