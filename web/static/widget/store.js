// What the browser remembers of a chat: its token, language, queue, what is
// ticked off in its plans, and whether it was open.

export class Store {
  #key;
  #storage;
  #values = {};

  // `lasting` keeps it after the tab is closed. Where the browser allows no storage, the chat
  // lives as long as the page.
  constructor(key, lasting) {
    this.#key = key;
    try {
      this.#storage = lasting ? localStorage : sessionStorage;
      this.#values = JSON.parse(this.#storage.getItem(key)) ?? {};
    } catch {
      // The copy in memory goes on alone.
    }
  }

  read() {
    return this.#values;
  }

  write(values) {
    Object.assign(this.#values, values);
    try {
      this.#storage.setItem(this.#key, JSON.stringify(this.#values));
    } catch {
      // As above.
    }
  }
}
