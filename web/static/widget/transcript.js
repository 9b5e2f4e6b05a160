// The list of messages, in order, with the sign that somebody is writing; and apart from it what
// is told to screen readers.

import { build, hidden } from "./dom.js";
import { MessageView } from "./message.js";

// Nearer to the end than this, a person is following the talk rather than reading back.
const NEAR_END_PIXELS = 120;
const NEWS_KEPT = 5;

export class Transcript {
  #list = build("ol", { class: "messages", role: "list" });
  #typing = build("div", { class: "typing", hidden: true });
  #views = new Map();
  #wording;
  #on;

  // `on` holds choose(choice), retry(key) and the store.
  constructor(wording, on) {
    this.#wording = wording;
    this.#on = on;
    const dots = [1, 2, 3].map(() => build("span", { class: "dot" }));
    this.#typing.append(...dots, wording.say(hidden(""), "typing"));
    this.element = wording.bind(
      build("div", { class: "transcript", role: "region", tabindex: "0" }, this.#list, this.#typing),
      (words, node) => (node.ariaLabel = words.text("transcript")),
    );
  }

  // Adds a message where its order puts it; `words` are those of the message's language.
  add(message, words) {
    const { key } = message;
    if (this.#views.has(key)) return;
    const following = this.#isNearEnd();
    const view = new MessageView(message, {
      words,
      wording: this.#wording,
      store: this.#on.store,
      onChoose: this.#on.choose,
      onRetry: () => this.#on.retry(key),
    });
    this.#views.set(key, view);
    this.#place(view);
    this.#closeAnswered();
    if (message.from === "person") this.scrollToEnd();
    else if (following) this.#scrollTo(view);
  }

  change({ key, state, code, order }) {
    const view = this.#views.get(key);
    if (!view) return;
    const following = this.#isNearEnd();
    view.setState(state, code);
    view.order = order ?? view.order;
    if (order) this.#place(view);
    if (following) this.scrollToEnd();
  }

  // A line across that belongs to no message.
  addLine(content) {
    this.#list.append(build("li", { class: "line" }, content));
    this.scrollToEnd();
  }

  setTyping(typing) {
    const following = this.#isNearEnd();
    this.#typing.hidden = !typing;
    if (typing && following) this.scrollToEnd();
  }

  clear() {
    this.#views.clear();
    this.#list.replaceChildren();
    this.#typing.hidden = true;
  }

  scrollToEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  // All that was said, in order.
  get messages() {
    return this.#inOrder().map(({ message }) => message);
  }

  get answered() {
    return this.#inOrder().some(({ message }) => message.from === "person");
  }

  #inOrder() {
    return [...this.#views.values()].sort((one, other) => one.order - other.order);
  }

  #place(view) {
    const views = this.#inOrder();
    const { element } = view;
    const next = views[views.indexOf(view) + 1]?.element;
    // Moving an element takes its focus away, so one that stands right stays untouched.
    const stands = next
      ? element.nextElementSibling === next
      : this.#list.lastElementChild === element;
    if (!stands) this.#list.insertBefore(element, next ?? null);
    views.forEach((one, index) =>
      one.setGrouped(views[index - 1]?.message.from === one.message.from),
    );
  }

  // Every question that the person has spoken after is answered.
  #closeAnswered() {
    let answer = null;
    for (const view of this.#inOrder().reverse()) {
      if (view.message.from === "person") answer = view.message;
      else if (answer) view.answer(answer);
    }
  }

  #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PIXELS;
  }

  // A long answer is read from its beginning.
  #scrollTo({ element }) {
    if (element.offsetHeight < this.element.clientHeight / 2) this.scrollToEnd();
    else this.element.scrollTop = element.offsetTop - this.element.offsetTop - 12;
  }
}

// A live list of messages would be read out again with every change in it.
export class Announcer {
  element = build("div", { class: "for-readers", role: "log", "aria-live": "polite" });

  say(text, lang) {
    this.element.append(build("p", { lang }, text));
    if (this.element.children.length > NEWS_KEPT) this.element.firstChild.remove();
  }

  clear() {
    this.element.replaceChildren();
  }
}
