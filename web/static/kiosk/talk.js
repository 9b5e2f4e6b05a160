// A visitor's conversation: the widget's own, but begun as a kiosk's, remembered by no browser,
// and never begun anew unasked.

import { Conversation } from "../../widget/conversation.js";
import { endVisit, startVisit } from "./service.js";

// What the widget keeps in the browser's storage; here it goes with the page.
export class Memory {
  #values = {};

  read() {
    return this.#values;
  }

  write(values) {
    Object.assign(this.#values, values);
  }

  clear() {
    this.#values = {};
  }
}

// Events beside those of Conversation: refused {status}, lost.
export class Talk extends Conversation {
  #store;
  #isOver = false;

  constructor(store) {
    super(store);
    this.#store = store;
  }

  // The conversation's id; null when none has begun, or it is over.
  get id() {
    const { conversation, token } = this.#store.read();
    return token ? conversation : null;
  }

  // The widget calls this too, with a reason, when its conversation is no longer there.
  async begin(language, reason = null) {
    if (reason) return this.#emit("lost");
    const { plain = false } = this.#store.read();
    let started;
    try {
      started = await startVisit({ language, plain });
    } catch (error) {
      return this.#emit("refused", { status: error.status });
    }
    const { conversation, token } = started;
    // The visitor has left before it could begin.
    if (this.#isOver) return endVisit(conversation).catch(() => {});
    this.#store.write({ conversation, token, language });
    this.#emit("begun", {});
    return this.open(language);
  }

  // Leaves the conversation as it is at the service, and forgets it here.
  async leave() {
    this.#isOver = true;
    this.#store.write({ conversation: null, token: null });
    await this.erase();
    this.#store.clear();
  }

  #emit(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
