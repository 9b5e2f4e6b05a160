// The menu of the chat: settings and what is done with a whole conversation; fetched when it is
// first opened, with all that it needs.

import { askFeedback, fetchMessages } from "./api.js";
import { build, button } from "./dom.js";
import { Question } from "./question.js";
import { ring } from "./sound.js";
import { Speech } from "./speech.js";
import { saveTranscript } from "./record.js";

const SIZES = ["", "1", "2"];
const NEVER = 999999999;

export class Menu {
  #wording;
  #on;
  #question;
  #speech;
  #plain;
  // Counts the person's own changes to easy language; what was asked of the service before one
  // says nothing after it.
  #changes = 0;
  // Shown while there is a conversation, and while something was said in it.
  #existing = [];
  #spoken = [];

  // `on` holds store, conversation, transcript, begin(), announce(name), note(name), close(),
  // focus(), size(size), plain(on).
  constructor(wording, on) {
    this.#wording = wording;
    this.#on = on;
    this.#question = new Question(wording);
    this.#speech = new Speech(wording, () => on.transcript.messages);
    const saved = on.store.read();
    const erase = this.#item("delete", () => this.#erase(), "danger");
    const download = this.#item("download", () => this.#download());
    const feedback = this.#item("feedback", () => this.#feedback());
    this.#existing = [erase];
    this.#spoken = [download, feedback];
    this.#plain = this.#switch("plain", saved.plain, (wanted) => this.#speakPlainly(wanted));
    this.element = build(
      "div",
      {},
      this.#plain,
      this.#switch("read", saved.read, (wanted) => this.#read(wanted)),
      this.#switch("sound", saved.sound, (wanted) => this.#sound(wanted)),
      this.#sizes(saved.size ?? ""),
      build("hr"),
      download,
      feedback,
      this.#item("new", () => this.#renew()),
      erase,
    );
    if (saved.read) this.#speech.show();
  }

  // What stands elsewhere than in the menu: the bar of reading aloud, and the questions.
  get bar() {
    return this.#speech.element;
  }

  get question() {
    return this.#question.element;
  }

  // Brings the menu up to date before it is shown.
  refresh() {
    const { store, conversation, transcript } = this.#on;
    for (const item of this.#existing) item.hidden = !conversation.exists;
    for (const item of this.#spoken) item.hidden = !transcript.answered;
    if (!conversation.exists) return;
    // The person may have asked for easy language in words.
    const changes = this.#changes;
    fetchMessages(store.read().token, NEVER).then(
      ({ plain_language: plain }) => changes === this.#changes && this.#setPlain(plain),
      () => {},
    );
  }

  // A new message of somebody else's has come; a chat that is closed does not speak.
  hear(message, isOpen) {
    const { sound, read } = this.#on.store.read();
    if (sound) ring();
    if (read && isOpen) this.#speech.say([message]);
  }

  // The person has something else to do than to listen.
  hush() {
    this.#speech.stop();
  }

  #item(name, act, kind = "") {
    const onclick = () => {
      this.#on.close();
      act();
    };
    return this.#wording.say(button({ class: kind, onclick }), name);
  }

  #switch(name, checked, act) {
    const box = build("input", { type: "checkbox", checked, onchange: () => act(box.checked) });
    return build("label", { class: "switch" }, box, this.#wording.say(build("span"), name));
  }

  #sizes(chosen) {
    const choice = (size) => {
      const onchange = () => this.#size(size);
      const radio = build("input", { type: "radio", name: "size", checked: size === chosen, onchange });
      const name = this.#wording.say(build("span"), `sizes.${size || 0}`);
      return build("label", { class: "switch" }, radio, name);
    };
    const legend = this.#wording.say(build("legend"), "size");
    return build("fieldset", {}, legend, ...SIZES.map(choice));
  }

  #size(size) {
    this.#on.store.write({ size });
    this.#on.size(size);
  }

  #setPlain(plain) {
    this.#plain.firstChild.checked = plain;
    this.#on.store.write({ plain });
    this.#on.plain(plain);
  }

  async #speakPlainly(plain) {
    this.#changes += 1;
    try {
      const { conversation, transcript, store } = this.#on;
      if (transcript.answered) await conversation.speakPlainly(plain);
      else {
        store.write({ plain });
        if (!(await this.#on.begin())) throw new Error("not begun");
      }
      this.#setPlain(plain);
    } catch {
      this.#setPlain(!plain);
      this.#on.note("plain_failed");
    }
  }

  #read(read) {
    this.#on.store.write({ read });
    if (read) this.#speech.begin();
    else this.#speech.hide();
  }

  #sound(sound) {
    this.#on.store.write({ sound });
    if (sound) ring();
  }

  #download() {
    const { words } = this.#wording;
    saveTranscript(this.#on.transcript.messages, words);
    this.#on.announce("download_done");
  }

  #feedback() {
    this.#on.transcript.scrollToEnd();
    askFeedback(this.#on.store.read()).catch(() => this.#on.note("feedback_failed"));
  }

  #renew() {
    const act = async () => {
      if (!(await this.#on.begin())) throw new Error("not begun");
    };
    const then = () => this.#on.focus();
    if (this.#on.transcript.answered) this.#question.ask({ name: "new", kind: "main", act, then });
    else act().catch(() => this.#on.note("new_failed")).then(then);
  }

  #erase() {
    this.#question.ask({
      name: "delete",
      kind: "erase",
      act: () => this.#on.conversation.erase(),
      then: () => this.#on.focus(),
    });
  }
}
