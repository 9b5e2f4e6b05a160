// The staff's own page behind a PIN: how the device is doing, and a fresh start.

import { build, button } from "../../widget/dom.js";
import { askAsStaff } from "./service.js";
import { NAMES } from "./tools.js";

const LONG_PRESS_MILLISECONDS = 1500;
const LONGEST_PIN = 12;
// Whoever was called away must not leave the page to the next visitor.
const LEFT_MILLISECONDS = 60000;
const PROBLEMS = { 401: "staff_wrong", 403: "staff_wrong", 429: "staff_later" };

// The corner that opens it: by a long press, so that no visitor comes across it in passing, or
// by the Enter key, since keys that are held down mean something else.
export function staffCorner(words, onOpen) {
  let pressing;
  const press = () => (pressing = setTimeout(onOpen, LONG_PRESS_MILLISECONDS));
  const release = () => clearTimeout(pressing);
  return button({
    class: "corner",
    "aria-label": words.text("kiosk.staff"),
    onpointerdown: press,
    onpointerup: release,
    onpointerleave: release,
    onpointercancel: release,
    onclick: ({ detail }) => detail || onOpen(),
  });
}

export class Staff {
  element = build("dialog", { class: "question staff", "aria-labelledby": "staff-title" });
  #all;
  #words;
  #onReset;
  #pin = "";
  #left;
  // Shows what is shown now once more, in another language.
  #again;
  #digits = build("p", { class: "digits", role: "status" });
  #problem = build("p", { class: "problem", role: "alert" });

  // `all` holds the words by language.
  constructor(all, onReset) {
    this.#all = all;
    this.#words = all[0];
    this.#onReset = onReset;
    for (const sign of ["pointerdown", "keydown"])
      this.element.addEventListener(sign, () => this.#stay());
    this.element.addEventListener("keydown", (event) => this.#type(event));
    this.element.addEventListener("close", () => {
      clearTimeout(this.#left);
      this.#forget();
      this.element.replaceChildren();
    });
  }

  open() {
    this.#forget();
    this.#showPad();
    if (!this.element.open) this.element.showModal();
    this.#stay();
  }

  #stay() {
    clearTimeout(this.#left);
    this.#left = setTimeout(() => this.element.close(), LEFT_MILLISECONDS);
  }

  #showPad() {
    const digit = (number) => button({ class: "key", onclick: () => this.#add(number) }, number);
    this.#show(
      () => this.#showPad(),
      build("h2", { id: "staff-title" }, this.#text("staff_pin")),
      this.#digits,
      this.#problem,
      build(
        "div",
        { class: "pad" },
        ..."123456789".split("").map(digit),
        button(
          { class: "key", "aria-label": this.#text("staff_delete"), onclick: () => this.#set(this.#pin.slice(0, -1)) },
          "⌫",
        ),
        digit("0"),
        button({ class: "main", onclick: () => this.#enter() }, this.#text("staff_open")),
      ),
      this.#closing(),
    );
  }

  #show(again, ...content) {
    this.#again = again;
    this.element.lang = this.#words.language;
    this.element.replaceChildren(this.#languages(), ...content);
  }

  #languages() {
    const choose = (words) => {
      this.#words = words;
      this.#problem.textContent = "";
      this.#set(this.#pin);
      this.#again();
      this.element.querySelector("[aria-pressed=true]").focus();
    };
    const one = (words) =>
      button(
        {
          class: "key",
          lang: words.language,
          "aria-pressed": String(words === this.#words),
          onclick: () => choose(words),
        },
        NAMES[words.language],
      );
    const name = this.#text("language_choice");
    return build("div", { class: "languages", role: "group", "aria-label": name }, ...this.#all.map(one));
  }

  #text(name) {
    return this.#words.text(`kiosk.${name}`);
  }

  #type({ key }) {
    if (/^\d$/.test(key)) this.#add(key);
    if (key === "Backspace") this.#set(this.#pin.slice(0, -1));
  }

  #add(digit) {
    if (this.#digits.isConnected && this.#pin.length < LONGEST_PIN) this.#set(this.#pin + digit);
  }

  // The digits are shown as dots only, and told as their number.
  #set(pin) {
    this.#pin = pin;
    const dots = build("span", { "aria-hidden": "true" }, "●".repeat(pin.length) || "–");
    const count = this.#words.count("kiosk.staff_digits", pin.length);
    this.#digits.replaceChildren(dots, build("span", { class: "for-readers" }, count));
  }

  #forget() {
    this.#set("");
    this.#problem.textContent = "";
  }

  async #enter() {
    const pin = this.#pin;
    this.#forget();
    try {
      const state = await askAsStaff(pin);
      if (!this.element.open) return;
      this.#showState(state, pin);
      this.element.querySelector("h2").focus();
    } catch (error) {
      this.#problem.textContent = this.#text(PROBLEMS[error.status] ?? "staff_failed");
    }
  }

  #showState(state, pin) {
    const facts = [
      ["staff_device", state.name],
      ["staff_connection", this.#text(state.connection.bot ? "staff_connected" : "staff_bot_away")],
      ["staff_visits", this.#words.number(state.visits_today)],
      ["staff_error", this.#errorOf(state)],
    ];
    this.#show(
      () => this.#showState(state, pin),
      build("h2", { id: "staff-title", tabindex: "-1" }, this.#text("staff")),
      build(
        "dl",
        { class: "state" },
        ...facts.map(([name, value]) =>
          build("div", {}, build("dt", {}, this.#text(name)), build("dd", {}, value)),
        ),
      ),
      this.#problem,
      this.#closing(button({ class: "main", onclick: () => this.#reset(pin) }, this.#text("staff_reset"))),
    );
  }

  #errorOf({ last_error: code, last_error_at: moment }) {
    if (!code) return this.#text("staff_none");
    return `${this.#text(`staff_errors.${code}`) || code} (${this.#words.moment(moment)})`;
  }

  async #reset(pin) {
    try {
      await askAsStaff(pin, "reset");
      this.#onReset();
    } catch {
      this.#problem.textContent = this.#text("staff_failed");
    }
  }

  #closing(...others) {
    const close = button({ class: "plain", onclick: () => this.element.close() }, this.#text("close"));
    return build("div", { class: "answers" }, close, ...others);
  }
}
