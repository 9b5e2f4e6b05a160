// The staff's own page behind a PIN: how the device is doing, and a fresh start.

import { build, button } from "../../widget/dom.js";
import { askAsStaff } from "./service.js";

const LONG_PRESS_MILLISECONDS = 1500;
const LONGEST_PIN = 12;
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
  #words;
  #onReset;
  #pin = "";
  #digits = build("p", { class: "digits", role: "status" });
  #problem = build("p", { class: "problem", role: "alert" });

  constructor(words, onReset) {
    this.#words = words;
    this.#onReset = onReset;
    this.element.lang = words.language;
    this.element.addEventListener("keydown", (event) => this.#type(event));
    this.element.addEventListener("close", () => this.#forget());
  }

  open() {
    const digit = (number) => button({ class: "key", onclick: () => this.#add(number) }, number);
    this.element.replaceChildren(
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
    this.#forget();
    if (!this.element.open) this.element.showModal();
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
      this.#show(await askAsStaff(pin), pin);
    } catch (error) {
      this.#problem.textContent = this.#text(PROBLEMS[error.status] ?? "staff_failed");
    }
  }

  #show(state, pin) {
    if (!this.element.open) return;
    const facts = [
      ["staff_device", state.name],
      ["staff_connection", this.#text(state.connection.bot ? "staff_connected" : "staff_bot_away")],
      ["staff_visits", this.#words.number(state.visits_today)],
      ["staff_error", state.last_error ?? this.#text("staff_none")],
    ];
    this.element.replaceChildren(
      build("h2", { id: "staff-title", tabindex: "-1" }, this.#text("staff")),
      build(
        "dl",
        { class: "state" },
        ...facts
          .filter(([, value]) => value)
          .map(([name, value]) => build("div", {}, build("dt", {}, this.#text(name)), build("dd", {}, value))),
      ),
      this.#problem,
      this.#closing(button({ class: "main", onclick: () => this.#reset(pin) }, this.#text("staff_reset"))),
    );
    this.element.firstElementChild.focus();
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
