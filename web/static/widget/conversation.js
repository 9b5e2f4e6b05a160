// One person's conversation: begun or resumed, its messages in order, each once.

import { changeConversation, eraseConversation, startConversation } from "./api.js";
import { Connection } from "./connection.js";
import { Outbox } from "./outbox.js";

// Events: begun {reason}, failed-to-begin, message {message}, changed {key, state, code, order},
// typing {typing}, line {offline}, handoff {state}, erased.
export class Conversation extends EventTarget {
  #store;
  #outbox;
  #connection = null;
  #seen = new Set();
  // The client_ids of the person's own messages that are on the screen.
  #shown = new Set();
  #last = 0;
  // Whether what arrives now is new to the person, not the history they have read already.
  #fresh = true;

  constructor(store) {
    super();
    this.#store = store;
    this.#outbox = new Outbox(store, {
      changed: (key, change) => this.#emit("changed", { key, ...change }),
      sending: () => this.#emit("typing", { typing: true }),
      replies: (replies) => {
        this.#emit("typing", { typing: false });
        this.#receive(replies);
      },
    });
  }

  get exists() {
    return Boolean(this.#store.read().token);
  }

  // Goes on with the conversation that the browser remembers, else begins one.
  async open(language) {
    const { token } = this.#store.read();
    if (!token) return this.begin(language);
    this.#outbox.restore();
    this.#fresh = false;
    this.#connect(token);
  }

  // Begins a new conversation in place of any other. `reason` is "expired" when the old one had
  // ended unasked. What was written without a conversation goes into the new one.
  async begin(language, reason = null) {
    const keeps = reason || !this.exists;
    this.#leave();
    if (keeps) this.#outbox.keepUnsent();
    else this.#outbox.clear();
    let started;
    try {
      started = await startConversation(language, this.#store.read());
    } catch {
      this.#emit("failed-to-begin");
      return;
    }
    const { conversation, token, replies } = started;
    this.#store.write({ conversation, token, language });
    this.#fresh = true;
    this.#emit("begun", { reason });
    this.#receive(replies);
    this.#showQueue();
    this.#connect(token, true);
  }

  // Sends {text} or {payload, title}; shows it at once, whatever the connection does.
  send({ text, payload, title }) {
    const order = this.#last + (this.#outbox.entries.length + 1) / 1000;
    this.#show(this.#outbox.add(payload ? { payload, title } : { text }, order));
    this.#outbox.send();
  }

  retry(key) {
    this.#outbox.retry(key);
  }

  async speak(language) {
    if (this.exists) await changeConversation(this.#store.read(), { language });
    this.#store.write({ language });
  }

  async speakPlainly(plain) {
    if (this.exists) await changeConversation(this.#store.read(), { plain_language: plain });
    this.#store.write({ plain });
  }

  // Erases the conversation at the service. Throws when that could not be done.
  async erase() {
    try {
      if (this.exists) await eraseConversation(this.#store.read());
    } catch (error) {
      if (!error.gone) throw error;
    }
    this.#end();
  }

  #connect(token, current = false) {
    this.#connection = new Connection(token, {
      after: () => this.#last,
      messages: (messages) => this.#caughtUp(messages),
      frame: (frame) => this.#hear(frame),
      state: (state) => this.#lineIs(state),
      gone: () => this.begin(this.#store.read().language, "expired"),
    });
    this.#connection.start(current);
  }

  #leave() {
    this.#connection?.stop();
    this.#connection = null;
    this.#seen.clear();
    this.#shown.clear();
    this.#last = 0;
    this.#store.write({ conversation: null, token: null, ticks: null });
  }

  #end() {
    this.#leave();
    this.#outbox.clear();
    this.#emit("erased");
  }

  #lineIs(state) {
    this.#emit("line", { offline: state === "offline" });
    if (state === "offline") {
      this.#emit("typing", { typing: false });
      this.#outbox.lineIsDown();
    } else {
      this.#outbox.lineIsUp(this.#connection);
    }
  }

  // With history after a reload, or with what was missed while the line was down.
  #caughtUp(messages) {
    this.#receive(messages);
    if (!this.#fresh) this.#showQueue();
    this.#fresh = true;
  }

  #showQueue() {
    this.#outbox.entries.forEach((entry, index) => {
      if (entry.id) return;
      entry.order = this.#last + (index + 1) / 1000;
      this.#show(entry);
    });
  }

  #hear(frame) {
    if (frame.message) this.#receive([frame.message]);
    if (frame.typing !== undefined) this.#emit("typing", { typing: frame.typing });
    if (frame.state) this.#emit("handoff", { state: frame.state });
    if (frame.error) {
      this.#emit("typing", { typing: false });
      this.#outbox.refused(frame.client_id, frame.error.code);
      this.#receive(frame.replies ?? []);
    }
  }

  #receive(messages) {
    for (const message of messages) {
      if (this.#seen.has(message.id)) continue;
      this.#seen.add(message.id);
      this.#last = Math.max(this.#last, message.id);
      if (message.from === "person") {
        this.#outbox.deliver(message.client_id, message.id);
      } else {
        this.#outbox.answered(message.id);
        this.#emit("typing", { typing: false });
      }
      if (this.#shown.has(message.client_id)) continue;
      this.#emit("message", {
        message: {
          ...message,
          key: message.client_id ?? String(message.id),
          order: message.id,
          state: this.#outbox.find(message.client_id)?.state,
          fresh: this.#fresh,
        },
      });
      if (message.custom?.kind === "erased") this.#end();
    }
  }

  #show({ client_id: key, text, title, payload, order, state }) {
    this.#shown.add(key);
    this.#emit("message", {
      message: { key, from: "person", text: text ?? title, payload, order, state },
    });
  }

  #emit(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
