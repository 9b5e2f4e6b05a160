// One person's conversation: begun or resumed, its messages in order, each once.

import { changeConversation, eraseConversation, startConversation } from "./api.js";
import { Connection } from "./connection.js";
import { Outbox } from "./outbox.js";

// Events: begun {reason}, failed-to-begin, message {message}, changed {key, state, code, order},
// typing {typing}, line {offline}, handoff {state}, erased, and expired where nobody wants another.
export class Conversation extends EventTarget {
  // Whether a new conversation is wanted when this one turns out to have ended.
  isWanted = () => true;
  #store;
  #outbox;
  #connection = null;
  #seen = new Set();
  // The client_ids of the person's own messages that are on the screen.
  #shown = new Set();
  // The number up to which everything has come, and the highest of all that has: a request is
  // answered by its replies alone, whatever was said between.
  #last = 0;
  #top = 0;
  // Whether what arrives now is new to the person, not the history they have read already.
  #fresh = true;
  // Why the next conversation is begun; null when the person wishes it.
  #reason = null;
  // The latest wish to begin one, or to end it.
  #wish = null;
  #isErasing = false;

  constructor(store) {
    super();
    this.#store = store;
    this.#outbox = new Outbox(store, {
      changed: (key, change) => this.#emit("changed", { key, ...change }),
      sending: () => this.#emit("typing", { typing: true }),
      replies: (replies) => {
        this.#emit("typing", { typing: false });
        this.#receive(replies, false);
      },
    });
  }

  get exists() {
    return Boolean(this.#store.read().token);
  }

  // Goes on with the conversation that the browser remembers, else begins one.
  async open(language) {
    const { token } = this.#store.read();
    if (!token) return this.begin(language, this.#reason);
    this.#outbox.restore();
    this.#fresh = false;
    this.#connect(token);
  }

  // Begins a new conversation in place of any other; gives false when that could not be done, and
  // the old one goes on. `reason` is "expired" when that had ended unasked: what it never got goes
  // into the new one, as does what was written without a conversation.
  async begin(language, reason = null) {
    const wish = (this.#wish = {});
    if (reason) this.#forget();
    this.#emit("typing", { typing: true });
    let started;
    try {
      started = await startConversation(language, this.#store.read());
    } catch {
      if (wish !== this.#wish) return true;
      this.#emit("typing", { typing: false });
      if (!this.exists) this.#emit("failed-to-begin");
      return false;
    }
    // The person has wished something else meanwhile.
    if (wish !== this.#wish) return true;
    const { conversation, token, replies } = started;
    this.#reason = null;
    if (this.exists) this.#outbox.clear();
    this.#leave();
    this.#store.write({ conversation, token, language });
    this.#fresh = true;
    this.#emit("begun", { reason });
    this.#receive(replies);
    this.#showQueue();
    this.#connect(token, true);
    return true;
  }

  // Sends {text} or {payload, title}; shows it at once, whatever the connection does. A button
  // that is pressed again before its answer says nothing more.
  send({ text, payload, title }) {
    if (payload && this.#outbox.entries.some((one) => one.payload === payload && !one.state)) return;
    const order = this.#top + (this.#outbox.entries.length + 1) / 1000;
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
    this.#isErasing = true;
    try {
      if (this.exists) await eraseConversation(this.#store.read());
    } catch (error) {
      if (!error.gone) throw error;
    } finally {
      this.#isErasing = false;
    }
    this.#end();
  }

  // Takes no part any more, and leaves everything as it is.
  stop() {
    this.#wish = null;
    this.#connection?.stop();
  }

  #connect(token, current = false) {
    this.#connection = new Connection(token, {
      after: () => this.#last,
      messages: (messages) => this.#caughtUp(messages),
      frame: (frame) => this.#hear(frame),
      state: (state) => this.#lineIs(state),
      gone: () => this.#isErasing || this.#lose(),
    });
    this.#connection.start(current);
  }

  // Follows another page of the same chat, which may have ended it or begun anew; gives whether
  // one has.
  follow() {
    const { token, language } = this.#store.read();
    this.#store.refresh?.();
    const { token: newer } = this.#store.read();
    if ((newer ?? null) === (token ?? null)) return false;
    this.#quit();
    if (!newer) return this.#end();
    this.#emit("begun", { reason: null });
    this.open(language);
    return true;
  }

  // The service does not have the conversation any more.
  #lose() {
    if (this.follow()) return;
    const { language } = this.#store.read();
    if (this.isWanted() || this.#outbox.hasUnsent) return this.begin(language, "expired");
    this.#reason = "expired";
    this.#forget();
    this.#emit("expired");
  }

  #forget() {
    this.#leave();
    this.#outbox.keepUnsent();
  }

  #leave() {
    this.#quit();
    this.#store.write({ conversation: null, token: null, ticks: null });
  }

  #quit() {
    this.#connection?.stop();
    this.#connection = null;
    this.#seen.clear();
    this.#shown.clear();
    this.#last = this.#top = 0;
  }

  #end() {
    this.#wish = null;
    this.#leave();
    this.#outbox.clear();
    this.#emit("erased");
    return true;
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
    // What went astray while the line stayed up goes again.
    this.#outbox.send();
  }

  #showQueue() {
    this.#outbox.entries.forEach((entry, index) => {
      if (entry.id) return;
      entry.order = this.#top + (index + 1) / 1000;
      this.#show(entry);
    });
  }

  #hear(frame) {
    if (frame.message) {
      // Whether anybody is writing an answer is for the service to say: a coach may be on the way.
      if (frame.message.from === "person") this.#emit("typing", { typing: false });
      this.#receive([frame.message]);
    }
    if (frame.typing !== undefined) this.#emit("typing", { typing: frame.typing });
    if (frame.state) this.#emit("handoff", { state: frame.state });
    if (frame.error) {
      this.#emit("typing", { typing: false });
      this.#outbox.refused(frame.client_id, frame.error.code);
      this.#receive(frame.replies ?? [], false);
    }
  }

  #receive(messages, inOrder = true) {
    for (const message of messages) {
      if (inOrder) this.#last = Math.max(this.#last, message.id);
      if (this.#seen.has(message.id)) continue;
      this.#seen.add(message.id);
      this.#top = Math.max(this.#top, message.id);
      if (message.from === "person") {
        this.#outbox.deliver(message.client_id, message.id);
      } else {
        this.#outbox.answered(message.id);
        this.#emit("typing", { typing: false });
      }
      if (this.#shown.has(message.client_id)) continue;
      const { state, code } = this.#outbox.find(message.client_id) ?? {};
      const key = message.client_id ?? String(message.id);
      this.#emit("message", {
        message: { ...message, key, order: message.id, state, code, fresh: this.#fresh },
      });
      if (message.custom?.kind === "erased") this.#end();
    }
  }

  #show({ client_id: key, text, title, payload, order, state, code }) {
    this.#shown.add(key);
    this.#emit("message", {
      message: { key, from: "person", text: text ?? title, payload, order, state, code },
    });
  }

  #emit(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
