// What a person has said and the service has not answered yet: kept over reloads, sent in order,
// and again over each new line. The service takes each client_id once, so that is safe.

import { postMessage } from "./api.js";

const PROBLEMS = ["forbidden", "rate", "too_large", "unavailable"];

export class Outbox {
  #store;
  #on;
  #connection;
  #entries = [];
  // Entries sent over the present line.
  #sent = new Set();
  #posting = Promise.resolve();

  // `on` holds changed(key, change), sending(), replies(list).
  constructor(store, on) {
    this.#store = store;
    this.#on = on;
  }

  get entries() {
    return this.#entries.filter(({ answered }) => !answered);
  }

  restore() {
    this.#entries = this.#store.read().queue ?? [];
  }

  clear() {
    this.#entries = [];
    this.keepUnsent();
  }

  // Leaves the conversation, but not the words that it never got.
  keepUnsent() {
    this.#connection = null;
    this.#sent.clear();
    this.#entries = this.#entries.filter(({ text, id }) => text && !id);
    this.#remember();
  }

  // {text} or {payload, title}; `order` is its place on the screen until it has a number.
  add(content, order) {
    const entry = { client_id: newKey(), ...content, order };
    this.#entries = [...this.entries, entry];
    this.#remember();
    return entry;
  }

  find(key) {
    return this.#entries.find(({ client_id }) => client_id === key);
  }

  lineIsUp(connection) {
    this.#connection = connection;
    this.#sent.clear();
    this.send();
  }

  lineIsDown() {
    for (const entry of this.entries) if (!entry.id && !entry.state) this.#mark(entry, "waiting");
  }

  // Sends what it can, in order, one after the other: the service lets few messages wait.
  send() {
    const { state } = this.#connection ?? {};
    for (const entry of this.entries) {
      if (entry.state === "failed") continue;
      if (this.#sent.has(entry)) {
        if (entry.id) continue;
        return;
      }
      if (state === "polling") {
        this.#sent.add(entry);
        this.#posting = this.#posting.then(() => this.#post(entry));
      } else if (this.#connection?.send(asMessage(entry))) {
        this.#sent.add(entry);
        this.#underWay(entry);
      } else {
        if (state === "offline") this.#mark(entry, "waiting");
        this.#connection?.retry();
      }
    }
  }

  retry(key) {
    const entry = this.find(key);
    this.#sent.delete(entry);
    this.#mark(entry);
    this.send();
  }

  // The service has the message as number `id`. It stays here until it is answered, because a
  // service that falls before its answer has to be asked again.
  deliver(key, id) {
    const entry = this.find(key);
    if (entry) {
      entry.id = id;
      if (entry.state === "waiting") entry.state = null;
    }
    this.#on.changed(key, { state: entry?.state, order: id });
    this.#remember();
    this.send();
  }

  // The reply `id` answers what was delivered before it.
  answered(id) {
    for (const entry of this.#entries) if (!entry.state && entry.id < id) entry.answered = true;
    this.#remember();
  }

  // The words that go with a refusal may have come first and passed for the answer.
  refused(key, code) {
    const entry = this.find(key);
    if (entry) {
      entry.answered = false;
      this.#mark(entry, "failed", PROBLEMS.includes(code) ? code : "other");
    }
    this.send();
  }

  async #post(entry) {
    if (!this.#entries.includes(entry)) return;
    this.#underWay(entry);
    const { token, conversation } = this.#store.read();
    try {
      const { replies } = await postMessage(token, { conversation, ...asMessage(entry) });
      entry.answered = true;
      this.#on.replies(replies);
    } catch (error) {
      if (error.status && !error.gone) {
        this.refused(entry.client_id, error.code);
        this.#on.replies(error.replies);
      } else {
        // The connection finds out which, and the message goes once it is back.
        this.#sent.delete(entry);
        this.#connection?.retry();
      }
    }
    this.#remember();
  }

  #underWay(entry) {
    this.#mark(entry);
    this.#on.sending();
  }

  // `state`: "waiting" for the line, "failed", or null when it is on its way or arrived.
  #mark(entry, state = null, code = null) {
    entry.state = state;
    this.#remember();
    this.#on.changed(entry.client_id, { state, code });
  }

  #remember() {
    this.#store.write({ queue: this.entries });
  }
}

function asMessage({ client_id, text, payload }) {
  return payload ? { client_id, payload } : { client_id, text };
}

// Not crypto.randomUUID, which pages on plain http lack.
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
}
