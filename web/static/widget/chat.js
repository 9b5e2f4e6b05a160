// <opastin-chat>, and how it gets onto the page that asked for it.

import { SERVICE } from "./api.js";
import { loadStyle } from "./dom.js";
import { Room } from "./room.js";
import { Store } from "./store.js";
import { LANGUAGES, loadWords } from "./words.js";

const NAME = "opastin-chat";
const STYLES = ["tokens.css", "frame.css", "messages.css"];
const REFERRAL = /^[\w-]{1,32}$/;
const RETRY_MILLISECONDS = 4000;
const LONGEST_RETRY_MILLISECONDS = 60000;

// `options` are the data attributes of the script element: language, open, remember, referral.
export async function embed(options) {
  // A script in the head may be here before there is anything to stand on.
  while (!document.body) await new Promise((resolve) => setTimeout(resolve));
  if (!customElements.get(NAME)) customElements.define(NAME, OpastinChat);
  // A page that holds the script twice still gets one chat.
  if (document.querySelector(NAME)) return;
  const element = document.createElement(NAME);
  const languages = [options.language, document.documentElement.lang.slice(0, 2), "fi"];
  element.setAttribute("language", languages.find((code) => LANGUAGES.includes(code)));
  element.toggleAttribute("open", options.open === "true");
  element.toggleAttribute("remember", options.remember === "true");
  if (REFERRAL.test(options.referral)) element.setAttribute("referral", options.referral);
  document.body.append(element);
}

class OpastinChat extends HTMLElement {
  #room;
  #store;

  async connectedCallback() {
    // A page that moves its parts about takes them out and puts them in again.
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    // The chat is forgotten with the tab, for the sake of shared computers, unless the page
    // asks otherwise.
    this.#store ??= new Store(`opastin ${SERVICE}`, this.hasAttribute("remember"));
    const store = this.#store;
    // Who sent the person here: it leads to the right coaches.
    if (this.hasAttribute("referral")) store.write({ referral: this.getAttribute("referral") });
    const language = store.read().language ?? this.getAttribute("language");
    const [words, ...styles] = await loadParts(language);
    if (!this.isConnected || this.#room) return;
    root.adoptedStyleSheets = styles;
    root.replaceChildren();
    this.#room = new Room(root, { store, words, open: this.hasAttribute("open") });
  }

  disconnectedCallback() {
    this.#room?.stop();
    this.#room = null;
  }
}

// A page that loads while the service restarts gets its chat a little later, not never.
async function loadParts(language) {
  for (let wait = RETRY_MILLISECONDS; ; wait = Math.min(LONGEST_RETRY_MILLISECONDS, wait * 2)) {
    try {
      return await Promise.all([loadWords(language), ...STYLES.map(loadStyle)]);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
    }
  }
}
