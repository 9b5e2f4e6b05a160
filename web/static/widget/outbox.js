// What a person has said and the service has not answered yet: kept over reloads, sent in order,
// and again over each new line. The service takes each client_id once, so that is safe.

import { postMessage } from "./api.js";

const PROBLEMS = ["forbidden", "rate", "too_large", "unavailable"];

export class Outbox {
  #store;
  #on;
  #connection;
  #entries = [];
  // The client_ids of all that was ever here: another page of the same chat keeps its own.
  #own = new Set();
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
    const { queue } = this.#store.read();
    this.#entries = Array.isArray(queue) ? queue : [];
    for (const entry of this.#entries) this.#own.add(entry.client_id);
  }

  clear() {
    this.keepUnsent();
    this.#entries = [];
    this.#store.write({ queue: [] });
  }

  // Leaves the conversation, but not the words that it never got.
  keepUnsent() {
    this.#connection = null;
    this.#sent.clear();
    this.#entries = this.#entries.filter(isUnsent);
    this.#remember();
  }

  get hasUnsent() {
    return this.#entries.some(isUnsent);
  }

  // {text} or {payload, title}; `order` is its place on the screen until it has a number.
  add(content, order) {
    const entry = { client_id: newKey(), ...content, order };
    this.#entries = [...this.entries, entry];
    this.#own.add(entry.client_id);
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
    this.#on.changed(key, { state: entry?.state, code: entry?.code, order: id });
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
    Object.assign(entry, { state, code });
    this.#remember();
    this.#on.changed(entry.client_id, { state, code });
  }

  #remember() {
    const { queue } = this.#store.stored?.() ?? {};
    const others = Array.isArray(queue) ? queue.filter(isUnsent) : [];
    const kept = others.filter(({ client_id: key }) => !this.#own.has(key));
    this.#store.write({ queue: [...kept, ...this.entries] });
  }
}

function isUnsent({ text, id }) {
  return text && !id;
}

function asMessage({ client_id, text, payload }) {
  return payload ? { client_id, payload } : { client_id, text };
}

// Not crypto.randomUUID, which pages on plain http lack.
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
}
