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
    } catch {
      // The copy in memory goes on alone.
    }
    this.refresh();
  }

  read() {
    return this.#values;
  }

  // Takes what another page or tab with the same chat has written meanwhile.
  refresh() {
    this.#values = this.stored() ?? this.#values;
  }

  write(values) {
    Object.assign(this.#values, values);
    try {
      const all = { ...this.stored(), ...values };
      this.#storage.setItem(this.#key, JSON.stringify(all));
    } catch {
      // Where there is no room for it, what is out of date must not come back either.
      this.#storage?.removeItem(this.#key);
      this.#storage = null;
    }
  }

  // What is written now, by whomever; null where there is nothing that can be read.
  stored() {
    try {
      const values = JSON.parse(this.#storage.getItem(this.#key));
      return typeof values === "object" ? values : null;
    } catch {
      return null;
    }
  }
}
