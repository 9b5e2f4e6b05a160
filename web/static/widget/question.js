// A question before something that cannot be taken back.

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
