// Where the person writes: Enter sends, Shift and Enter begin a new line.

import { SEND, build, button, icon } from "./dom.js";

const LIMIT = 2000;

export class Composer {
  #wording;
  #field = build("textarea", { rows: "1", autocomplete: "off", enterkeyhint: "send" });
  #problem = build("p", { class: "problem", id: "problem", role: "alert" });
  #onSend;

  constructor(wording, onSend) {
    this.#wording = wording;
    this.#onSend = onSend;
    const send = button({ type: "submit", class: "send" }, icon(SEND));
    this.element = build(
      "form",
      { class: "composer", novalidate: true },
      wording.bind(this.#problem, () => this.#check()),
      build(
        "div",
        { class: "field" },
        wording.bind(this.#field, (words, field) => {
          field.ariaLabel = words.text("composer");
          field.placeholder = words.text("composer_hint");
        }),
        wording.label(send, "send"),
      ),
    );
    this.element.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("input", () => this.#check());
    this.#field.addEventListener("keydown", (event) => {
      // While a letter is being composed, Enter belongs to the input method.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
    });
  }

  focus() {
    this.#field.focus();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text || !this.#check()) return;
    this.#field.value = "";
    this.#check();
    this.#onSend(text);
  }

  // Tells of a message that is too long, and gives whether it fits; nothing is cut off silently.
  #check() {
    // For browsers that cannot fit the field to its text.
    this.#field.rows = Math.min(5, this.#field.value.split("\n").length);
    const { words } = this.#wording;
    const count = [...this.#field.value.trim()].length;
    const fits = count <= LIMIT;
    const numbers = { count: words.number(count), limit: words.number(LIMIT) };
    this.#problem.textContent = fits ? "" : words.text("too_long", numbers);
    this.#field.ariaInvalid = fits ? null : "true";
    if (fits) this.#field.removeAttribute("aria-describedby");
    else this.#field.setAttribute("aria-describedby", "problem");
    return fits;
  }
}
