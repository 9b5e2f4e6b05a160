// One visit: joins the widget's views with a conversation, from the greeting to the end.

import { Composer } from "../../widget/composer.js";
import { OFFLINE, build, button, icon } from "../../widget/dom.js";
import { PARTS, handoffLine, loadPart } from "../../widget/parts.js";
import { Speech } from "../../widget/speech.js";
import { Announcer, Transcript } from "../../widget/transcript.js";
import { Wording, Words } from "../../widget/words.js";
import { keepInside, takeHomePart } from "./code.js";
import { Sheet, Warning } from "./dialogs.js";
import { Idle } from "./idle.js";
import { printButton } from "./paper.js";
import { continueOnPhone, fetchCode, takeHome } from "./service.js";
import { Memory, Talk } from "./talk.js";
import { Tools, buildFooter } from "./tools.js";
import { loadKioskWords } from "./words.js";
import { buildWriting } from "./writing.js";

// Two people talk with each other between two touches; who waits for a coach, or for what a coach
// writes, has nothing to touch.
const PATIENCE = 2;
const WITH_PEOPLE = ["waiting", "with_coach"];

PARTS.take_home = takeHomePart;

export class Visit {
  element = build("main", { class: "frame kiosk visit" });
  #wording;
  #store = new Memory();
  #talk = new Talk(this.#store);
  #transcript;
  #composer;
  #announcer = new Announcer();
  #banner = build("div", { class: "banner", hidden: true }, icon(OFFLINE));
  #sheet;
  #warning;
  #idle;
  #speech;
  #readsAloud = false;
  #links;
  #options = new Map();
  #people;
  #onOver;
  #handoff = null;
  #followsBot = true;
  #isBusy = false;
  // Whether a phone has been shown the way into the conversation.
  #mayMove = false;
  // What comes waits here for the words of its language, one after the other.
  #showing = Promise.resolve();

  // `onOver` gets why the visit is over: "end", "idle", "erased", "moved" to a phone, "lost", or
  // the status with which the service refused to begin it (undefined where it was not reached).
  constructor({ words, people, settings, onOver }) {
    this.#wording = new Wording(words);
    this.#people = people;
    this.#onOver = onOver;
    this.#build(settings);
    this.#listen();
    this.#talk.begin(words.language);
  }

  // What the service knows the visit by; null when there is nothing to end.
  get id() {
    return this.#talk.id;
  }

  get words() {
    return this.#wording.words;
  }

  // Leaves nothing of it in the page.
  async clear() {
    this.#idle.stop();
    this.#speech.stop();
    this.#links.disconnect();
    this.#options.clear();
    // Whatever still holds a part of it must hold no words.
    this.#transcript.clear();
    this.#announcer.clear();
    this.element.querySelector("textarea").value = "";
    this.element.replaceChildren();
    await this.#talk.leave();
  }

  #build({ idle_seconds: idle, warning_seconds: warning, prints }) {
    const wording = this.#wording;
    this.#transcript = new Transcript(wording, {
      choose: (choice) => this.#send(choice),
      retry: (key) => this.#talk.retry(key),
      store: this.#store,
    });
    this.#speech = new Speech(wording, () => this.#transcript.messages);
    const open = (address) => this.#open(address);
    this.#links = keepInside(this.#transcript.element, { wording, prints, open });
    this.#composer = new Composer(wording, (text) => this.#send({ text }));
    this.#sheet = new Sheet(wording);
    const more = () => this.#idle.stay();
    this.#warning = new Warning(wording, { more, end: () => this.#onOver("end") });
    this.#banner.append(wording.say(build("p"), "offline"));
    this.element.append(
      this.#tools(),
      this.#banner,
      wording.say(build("h2", { class: "for-readers" }), "transcript"),
      this.#transcript.element,
      this.#speech.element,
      buildWriting(wording, this.#composer, (shown) => this.#makeRoom(shown)),
      this.#footer(prints),
      this.#announcer.element,
      this.#sheet.element,
      this.#warning.element,
    );
    wording.bind(this.element, ({ language }) => {
      document.documentElement.lang = this.element.lang = language;
    });
    this.#idle = new Idle(
      { idle, warning },
      {
        patience: () => (this.#people > 1 || WITH_PEOPLE.includes(this.#handoff) ? PATIENCE : 1),
        busy: () => Boolean(globalThis.speechSynthesis?.speaking),
        warn: (seconds) => this.#warning.show(seconds),
        calm: () => this.#warning.hide(),
        end: () => this.#onOver("idle"),
      },
    );
  }

  #tools() {
    return new Tools(this.#wording, {
      language: (code) => this.#choose(code),
      size: (name) => (this.element.dataset.size = name),
      easy: (wanted) => this.#speakPlainly(wanted),
      read: (wanted) => this.#read(wanted),
    }).element;
  }

  // The keyboard takes its room from the conversation, whose end stays in sight.
  #makeRoom(taken) {
    this.element.classList.toggle("typing-on-screen", taken);
    this.#transcript.scrollToEnd();
  }

  #footer(prints) {
    return buildFooter(this.#wording, {
      takeHome: () => this.#takeHome(prints),
      phone: () => this.#sheet.openCode("phone", {
        fetchIt: () => {
          this.#mayMove = true;
          return continueOnPhone(this.#store.read());
        },
        until: (_, words) => build("p", {}, words.text("kiosk.phone_until")),
      }),
      end: () => this.#askEnd(),
    });
  }

  #askEnd() {
    const wording = this.#wording;
    const end = button({ class: "erase", onclick: () => this.#onOver("end") });
    const text = wording.say(build("p"), "kiosk.end_text");
    this.#sheet.open("kiosk.end_title", [text], [wording.say(end, "kiosk.end_confirm")]);
  }

  #takeHome(prints) {
    const { words } = this.#wording;
    const print = ({ url }) => printButton(this.#wording, url, this.#sheet.element);
    this.#sheet.openCode("take_home", {
      fetchIt: () => takeHome(this.#store.read()),
      until: ({ expires }) =>
        build("p", {}, words.text("kiosk.take_home_until", { date: words.day(expires) })),
      buttonsOf: (got) => (prints ? [print(got)] : []),
    });
  }

  // An option's page as a code; any other address as words to take down.
  #open(address) {
    const option = this.#options.get(address);
    const asWords = { url: address };
    this.#sheet.openCode("outside", {
      fetchIt: async () => (option ? fetchCode(option).catch(() => asWords) : asWords),
    });
  }

  #listen() {
    const on = (type, act) => this.#talk.addEventListener(type, ({ detail }) => act(detail));
    const over = (reason) => () => this.#after(() => this.#onOver(reason));
    on("begun", () => this.#welcome());
    on("refused", ({ status }) => this.#onOver(status));
    on("lost", () => over(this.#mayMove ? "moved" : "lost")());
    on("erased", () => this.id || over("erased")());
    on("message", ({ message }) => this.#after(() => this.#receive(message)));
    on("changed", (change) => this.#change(change));
    on("typing", ({ typing }) => this.#after(() => this.#transcript.setTyping(typing)));
    on("line", ({ offline }) => this.#setOffline(offline));
    on("handoff", ({ state }) => this.#after(() => this.#handOver(state)));
  }

  #after(act) {
    this.#showing = this.#showing.then(act);
  }

  #welcome() {
    if (this.#people > 1) this.#note("kiosk.two_note");
    this.#transcript.element.focus();
  }

  #send(choice) {
    this.#followsBot = true;
    this.#talk.send(choice);
  }

  async #receive(message) {
    const { from, language, custom, fresh } = message;
    if (!language) return this.#transcript.add(message, this.#wording.words);
    const isNews = from !== "person" && (fresh || !this.#transcript.messages.length);
    if (fresh && from !== "person" && language !== this.#wording.words.language && this.#followsBot)
      await this.#useLanguage(language).catch(() => {});
    const words = await loadKioskWords(language).catch(() => this.#wording.words);
    // Without it the text stands alone.
    await loadPart(custom?.kind, document, words).catch(() => {});
    for (const { id, url } of custom?.options ?? [])
      if (URL.canParse(url)) this.#options.set(new URL(url).href, id);
    this.#transcript.add(message, words);
    if (custom?.kind === "handoff") this.#handoff = custom.state;
    if (isNews) this.#tell(message, words);
  }

  #tell(message, words) {
    // Who waited for the answer has yet to read it.
    this.#idle.notice();
    const { from, text, buttons, custom } = message;
    const options = custom?.options?.length;
    const parts = [
      `${words.text(`speakers.${from}`)}: ${text}`,
      options && words.count("option_count", options),
      buttons?.length && words.count("choice_count", buttons.length),
    ];
    this.#announcer.say(parts.filter(Boolean).join(" "), words.language);
    if (this.#readsAloud) this.#speech.say([message]);
  }

  #announce(name) {
    this.#announcer.say(this.#wording.words.text(name), this.#wording.words.language);
  }

  #note(name) {
    this.#transcript.addLine(this.#wording.say(build("p"), name));
    this.#announce(name);
  }

  #change(change) {
    this.#transcript.change(change);
    if (change.state === "failed") this.#announce(`errors.${change.code}`);
  }

  #setOffline(offline) {
    if (this.#banner.hidden !== offline) return;
    this.#banner.hidden = !offline;
    this.#announce(offline ? "offline" : "online_again");
  }

  #handOver(handoff) {
    const line = handoffLine(handoff, this.#wording.words);
    if (!line || handoff.state === this.#handoff) return;
    this.#handoff = handoff.state;
    this.#transcript.addLine(line);
    this.#announce(`handoff.${handoff.state}`);
  }

  async #choose(language) {
    if (this.#isBusy || language === this.#wording.words.language) return;
    this.#isBusy = true;
    try {
      await loadKioskWords(language);
      await this.#talk.speak(language);
      this.#followsBot = false;
      await this.#useLanguage(language);
    } catch {
      this.#note("language_failed");
    }
    this.#isBusy = false;
  }

  async #useLanguage(language) {
    this.#wording.change(await loadKioskWords(language), document);
  }

  async #speakPlainly(wanted) {
    try {
      await this.#talk.speakPlainly(wanted);
    } catch {
      this.#note("kiosk.easy_failed");
      return !wanted;
    }
    Words.plain = wanted;
    this.#wording.change(this.#wording.words, document);
    this.#note(wanted ? "kiosk.easy_on" : "kiosk.easy_off");
    return wanted;
  }

  #read(wanted) {
    this.#readsAloud = wanted;
    if (wanted) this.#speech.begin();
    else this.#speech.hide();
    return wanted;
  }
}
