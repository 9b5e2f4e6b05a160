// Joins the views with the conversation: what a person does goes to the service, and what the
// service says comes on the screen.

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { OFFLINE, build, icon, loadStyle } from "./dom.js";
import { Header, Launcher, Panel } from "./frame.js";
import { Ending } from "./interlude.js";
import { speakerOf } from "./message.js";
import { handoffLine, handoffText, loadPart } from "./parts.js";
import { Announcer, Transcript } from "./transcript.js";
import { Wording, Words, loadWords } from "./words.js";

// A quick answer needs no word that it is being written.
const TYPING_NEWS_MILLISECONDS = 1500;
const OPENER = 'a[href="#opastin"]';

export class Room {
  #root;
  #store;
  #wording;
  #conversation;
  #announcer = new Announcer();
  #banner = build("div", { class: "banner", hidden: true }, icon(OFFLINE));
  #launcher;
  #panel;
  #header;
  #transcript;
  #composer;
  #ending;
  #frame;
  // Fetched when it is first wanted.
  #menu = null;
  #loadingMenu = null;
  #opener = null;
  #started = false;
  #typingNews;
  #handoff;
  // The coach's name, where the service tells it.
  #coach;
  // Counts conversations, so that what came late for an earlier one is left out.
  #round = 0;
  #ended = new AbortController();
  // The language chosen last, and the choices that are under way, one after the other.
  #chosen;
  #choosing = Promise.resolve();
  #isBeginning = false;
  // What comes waits here for the words of its language, one after the other.
  #showing = Promise.resolve();
  // The screen follows the bot to another language, except when an answer was already on its way
  // as the person chose one.
  #followsBot = true;

  constructor(root, { store, words, open }) {
    this.#root = root;
    this.#store = store;
    const wording = (this.#wording = new Wording(words));
    this.#conversation = new Conversation(store);
    this.#conversation.isWanted = () => this.#isSeen;
    const saved = store.read();
    Words.plain = saved.plain;
    this.#launcher = new Launcher(wording, () => this.open());
    this.#header = new Header(wording, {
      language: (code) => {
        // The arrow keys go through all languages on their way to one.
        this.#chosen = code;
        this.#choosing = this.#choosing.then(() => code === this.#chosen && this.#choose(code));
      },
      menu: () => this.#showMenu(),
      resize: () => this.#resize(),
      close: () => this.close(),
    });
    this.#banner.append(wording.say(build("p"), "offline"));
    this.#transcript = new Transcript(wording, {
      choose: (choice) => this.#send(choice),
      retry: (key) => {
        // The button that was pressed goes away.
        this.#transcript.element.focus();
        this.#conversation.retry(key);
      },
      store,
    });
    this.#composer = new Composer(wording, (text) => this.#send({ text }));
    this.#ending = new Ending(wording, () => this.#beginAgain());
    this.#panel = new Panel(
      [
        this.#header.element,
        this.#banner,
        this.#transcript.element,
        this.#ending.element,
        this.#composer.element,
        this.#announcer.element,
      ],
      () => this.#header.closeMenu() || this.close(),
    );
    this.#frame = build("div", { class: "frame" }, this.#launcher.element, this.#panel.element);
    this.#frame.dataset.size = saved.size ?? "";
    root.append(wording.bind(this.#frame, ({ language }, node) => (node.lang = language)));
    this.#listen();
    // What is written here is no business of the page's own keys.
    for (const type of ["keydown", "keypress", "keyup"])
      this.#frame.addEventListener(type, (event) => event.stopPropagation());
    if (saved.large) this.#resize();
    if (saved.read || saved.sound) this.#wantMenu().catch(() => {});
    // Unasked, the chat covers no page.
    if (saved.open ?? (open && !this.#panel.isSmall)) this.#show();
    else if (this.#conversation.exists) this.#start();
  }

  // Opens the chat because the person asked for it, so the focus may follow.
  open(opener = this.#launcher.element) {
    this.#opener = opener;
    this.#show();
    this.#transcript.scrollToEnd();
    // Where a finger types, the keyboard on the screen would hide half the chat at once.
    const types = matchMedia("(pointer: fine)").matches && !this.#ending.isShown;
    if (types) this.#composer.focus();
    else this.#panel.element.focus();
  }

  close() {
    this.#panel.hide();
    this.#launcher.element.hidden = false;
    this.#announcer.clear();
    this.#menu?.hush();
    this.#store.write({ open: false });
    (this.#opener ?? this.#launcher.element).focus();
  }

  // The element has left the page.
  stop() {
    this.#ended.abort();
    this.#launcher.clearUnread();
    this.#menu?.hush();
    this.#conversation.stop();
  }

  #show() {
    this.#panel.show();
    this.#launcher.element.hidden = true;
    this.#launcher.clearUnread();
    this.#store.write({ open: true });
    this.#start();
  }

  #start() {
    if (this.#started) return;
    this.#started = true;
    this.#conversation.open(this.#wording.words.language);
  }

  #resize() {
    this.#store.write({ large: this.#panel.toggleSize() });
  }

  #listen() {
    const on = (type, act) =>
      this.#conversation.addEventListener(type, ({ detail }) => act(detail));
    on("begun", ({ reason }) => this.#begin(reason));
    on("failed-to-begin", () => this.#after(() => this.#end(["start_failed"], "retry")));
    on("message", ({ message }) => this.#receive(message));
    on("changed", (change) => this.#change(change));
    on("typing", ({ typing }) => this.#setTyping(typing));
    on("line", ({ offline }) => this.#setOffline(offline));
    on("handoff", ({ state }) => this.#after(() => this.#handOver(state)));
    on("erased", () => this.#after(() => this.#end(["erased", "erased_next"], "new")));
    on("expired", () => this.#after(() => this.#clear()));
    on("expired", () => (this.#started = false));
    const { signal } = this.#ended;
    const see = () => {
      if (document.hidden) return;
      if (this.#started) this.#conversation.follow();
      if (!this.#isSeen) return;
      this.#launcher.clearUnread();
      this.#start();
    };
    document.addEventListener("visibilitychange", see, { signal });
    addEventListener("pageshow", see, { signal });
    const click = (event) => {
      const opener = event.target.closest?.(OPENER);
      if (!opener) return;
      event.preventDefault();
      this.open(opener);
    };
    document.addEventListener("click", click, { signal });
  }

  #send(choice) {
    this.#followsBot = true;
    this.#menu?.hush();
    this.#conversation.send(choice);
  }

  // One that fails takes none of the others with it.
  #after(act) {
    this.#showing = this.#showing.then(act).catch(console.error);
  }

  #begin(reason) {
    this.#clear();
    this.#ending.hide();
    this.#showChat(true);
    if (reason) this.#note(reason);
  }

  #clear() {
    this.#round += 1;
    this.#handoff = this.#coach = null;
    this.#menu?.hush();
    this.#transcript.clear();
    this.#announcer.clear();
  }

  #receive(message) {
    if (!message.id) {
      this.#transcript.add(message, this.#wording.words);
    } else {
      const round = this.#round;
      this.#after(() => round === this.#round && this.#showMessage(message));
    }
  }

  async #showMessage(message) {
    const { from, language, fresh, custom } = message;
    if (fresh && language !== this.#wording.words.language && this.#followsBot) {
      await this.#useLanguage(language).catch(() => {});
      this.#store.write({ language });
    }
    const words = await loadWords(language).catch(() => this.#wording.words);
    // Without it the text stands alone.
    await loadPart(custom?.kind, this.#root, words).catch(() => {});
    if (custom?.kind === "handoff") this.#takeOver(custom);
    if (from === "coach") message.name ??= this.#coach;
    this.#transcript.add(message, words);
    if (!fresh || from === "person") return;
    this.#tell(message, words);
    this.#menu?.hear(message, this.#panel.isOpen);
  }

  get #isSeen() {
    return this.#panel.isOpen && !document.hidden;
  }

  #tell(message, words) {
    if (!this.#isSeen) this.#launcher.addUnread();
    if (!this.#panel.isOpen) return;
    const { text, buttons, custom } = message;
    const options = custom?.options?.length;
    const parts = [
      `${speakerOf(message, words)}: ${text}`,
      options && words.count("option_count", options),
      buttons?.length && words.count("choice_count", buttons.length),
    ];
    this.#announcer.say(parts.filter(Boolean).join(" "), words.language);
  }

  // Tells screen readers, while the chat is open, the text named.
  #announce(name) {
    const { words } = this.#wording;
    if (this.#panel.isOpen) this.#announcer.say(words.text(name), words.language);
  }

  #change(change) {
    this.#transcript.change(change);
    if (change.state === "failed") this.#announce(`errors.${change.code}`);
  }

  #setTyping(typing) {
    clearTimeout(this.#typingNews);
    this.#after(() => this.#transcript.setTyping(typing));
    if (!typing) return;
    this.#typingNews = setTimeout(() => this.#announce("typing"), TYPING_NEWS_MILLISECONDS);
  }

  #setOffline(offline) {
    if (this.#banner.hidden !== offline) return;
    this.#banner.hidden = !offline;
    this.#announce(offline ? "offline" : "online_again");
  }

  // A reply about the handing over has said it already, with a line of its own.
  #handOver(handoff) {
    const { words } = this.#wording;
    const line = handoffLine(handoff, words);
    if (!line || handoff.state === this.#handoff) return;
    this.#takeOver(handoff);
    this.#transcript.addLine(line);
    if (this.#panel.isOpen) this.#announcer.say(handoffText(handoff, words), words.language);
  }

  #takeOver({ state, name }) {
    this.#handoff = state;
    this.#coach = name ?? this.#coach;
  }

  #note(name) {
    this.#transcript.addLine(this.#wording.say(build("p"), name));
    this.#announce(name);
  }

  async #choose(language) {
    try {
      await loadWords(language);
      const conversation = this.#conversation;
      if (this.#transcript.answered || this.#ending.isShown) await conversation.speak(language);
      // Before a word is said, the greeting itself is said again.
      else if (!(await conversation.begin(language)) && conversation.exists) throw new Error(language);
      this.#followsBot = false;
      await this.#useLanguage(language);
    } catch {
      // Also turns the field back.
      this.#wording.change(this.#wording.words, this.#root);
      this.#note("language_failed");
    }
  }

  async #useLanguage(language) {
    const words = await loadWords(language);
    if (this.#menu) await words.extend();
    this.#wording.change(words, this.#root);
  }

  async #showMenu() {
    try {
      await this.#wantMenu();
    } catch {
      return this.#note("menu_failed");
    }
    this.#menu.refresh();
    return this.#menu.element;
  }

  // A failed fetch is tried again at the next wish.
  #wantMenu() {
    this.#loadingMenu ??= this.#loadMenu().catch((error) => {
      this.#loadingMenu = null;
      throw error;
    });
    return this.#loadingMenu;
  }

  async #loadMenu() {
    const [{ Menu }, style] = await Promise.all([
      import("./menu.js"),
      loadStyle("menu.css"),
      this.#wording.words.extend(),
    ]);
    this.#root.adoptedStyleSheets.push(style);
    this.#menu = new Menu(this.#wording, {
      store: this.#store,
      conversation: this.#conversation,
      transcript: this.#transcript,
      begin: () => this.#conversation.begin(this.#wording.words.language),
      announce: (name) => this.#announce(name),
      note: (name) => this.#note(name),
      close: () => this.#header.closeMenu(),
      focus: () => (this.#ending.isShown ? this.#ending : this.#header).focus(),
      size: (size) => {
        this.#frame.dataset.size = size;
        this.#transcript.scrollToEnd();
      },
      plain: (plain) => {
        Words.plain = plain;
        this.#wording.change(this.#wording.words, this.#root);
      },
    });
    this.#header.element.after(this.#menu.bar);
    this.#frame.append(this.#menu.question);
  }

  #end(texts, action) {
    this.#clear();
    this.#ending.show(texts, action);
    this.#showChat(false);
    this.#banner.hidden = true;
    this.#announce(texts[0]);
  }

  #showChat(shown) {
    this.#transcript.element.hidden = !shown;
    this.#composer.element.hidden = !shown;
  }

  async #beginAgain() {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    await this.#conversation.begin(this.#wording.words.language);
    await this.#showing;
    this.#isBeginning = false;
    (this.#ending.isShown ? this.#ending : this.#composer).focus();
  }
}
