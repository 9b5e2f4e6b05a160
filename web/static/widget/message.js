// One message of the transcript: who speaks, what is said, its buttons and cards, its state.

import { CHECK, build, button, hidden, icon, linked } from "./dom.js";
import { PARTS } from "./parts.js";

export class MessageView {
  #buttons = [];
  #name;
  #status = build("p", { class: "status" });
  #wording;
  #onRetry;

  // `words` are those of the message's own language: a card keeps the language of its texts.
  constructor(message, { words, wording, store, onChoose, onRetry }) {
    const { from, language, text = "", buttons, custom, state, code, name } = message;
    this.message = message;
    this.order = message.order;
    this.#wording = wording;
    this.#onRetry = onRetry;
    this.#name = wording.bind(build("p", { class: "name" }), (now, node) => {
      node.textContent = speakerOf({ from, name }, now);
    });
    this.element = build(
      "li",
      { class: `message ${from}` },
      this.#name,
      build(
        "div",
        { class: "body", lang: language },
        text && build("p", { class: "text" }, ...linked(text, words)),
        ...partOf(custom, { words, store, onChoose, said: text }),
        buttons?.length && this.#choices(buttons, words, onChoose),
      ),
      this.#status,
    );
    this.setState(state, code);
  }

  // The name is seen once in a group of one speaker's messages, and not over a line across; it is
  // always read out.
  setGrouped(grouped) {
    this.#name.classList.toggle("for-readers", grouped || !this.message.text);
  }

  // None: arrived; "waiting": for the connection; "failed": with a button to try again.
  setState(state, code) {
    this.element.dataset.state = state ?? "";
    this.#status.replaceChildren();
    this.#status.hidden = !state;
    if (!state) return;
    const say = (node, name) => this.#status.append(this.#wording.say(node, name));
    say(build("span"), state === "failed" ? `errors.${code}` : state);
    if (state === "failed") say(button({ class: "again", onclick: this.#onRetry }), "retry");
  }

  // The person has answered, by one of the buttons or in other words.
  answer({ payload, text }) {
    if (this.answered) return;
    this.answered = true;
    const chosen = this.#buttons.find((one) =>
      payload ? one.payload === payload : one.title === text,
    );
    for (const one of this.#buttons) this.#close(one.element, one === chosen);
  }

  #choices(buttons, words, onChoose) {
    this.#buttons = buttons.map(({ title, payload }) => {
      const onclick = () => this.answered || onChoose({ payload, title });
      return { title, payload, element: button({ class: "choice", onclick }, title) };
    });
    return build(
      "div",
      { class: "choices", role: "group", "aria-label": words.text("choices") },
      ...this.#buttons.map(({ element }) => element),
    );
  }

  // A button that has the focus keeps it until the person moves on: disabled under the finger,
  // it would throw the focus to the top of the page.
  #close(element, chosen) {
    if (chosen) {
      element.classList.add("chosen");
      element.prepend(icon(CHECK));
      element.append(hidden(`, ${this.#wording.words.text("chosen")}`));
    }
    const disable = () => (element.disabled = true);
    if (element.getRootNode().activeElement !== element) return disable();
    element.ariaDisabled = true;
    element.addEventListener("blur", disable, { once: true });
  }
}

// A part that is not as it should be leaves the text alone.
function partOf(custom, on) {
  try {
    return [...(PARTS[custom?.kind]?.(custom, on) ?? [])];
  } catch (error) {
    console.error(error);
    return [];
  }
}

// Who speaks, by name where the service tells one ("Valmentaja Maija").
export function speakerOf({ from, name }, words) {
  return [words.text(`speakers.${from}`), name].filter(Boolean).join(" ");
}
