// Reads replies aloud with a voice of the browser's own, and the bar that stops it.

import { build, button } from "./dom.js";

const VOICES_MILLISECONDS = 1000;
const SENTENCES = /[^.!?\n]+[.!?]*/g;

export class Speech {
  element = build("div", { class: "bar-aloud", hidden: true });
  #wording;
  #messages;
  #button = button({ class: "plain", onclick: () => (this.#reading ? this.stop() : this.again()) });
  #problem = build("p", { role: "status" });
  #reading = false;
  // Counts readings, so that what a stopped one still tells is not heard.
  #round = 0;

  // messages() gives all that was said, in order.
  constructor(wording, messages) {
    this.#wording = wording;
    this.#messages = messages;
    this.element.append(this.#button, this.#problem);
    wording.bind(this.#button, () => this.#write());
    addEventListener("pagehide", () => this.stop());
  }

  show() {
    this.element.hidden = false;
  }

  begin() {
    this.show();
    this.again();
  }

  hide() {
    this.stop();
    this.element.hidden = true;
  }

  // Reads what was said since the person spoke last.
  again() {
    const messages = this.#messages();
    const last = messages.findLastIndex(({ from }) => from === "person");
    this.stop();
    this.say(messages.slice(last + 1));
  }

  stop() {
    this.#round += 1;
    globalThis.speechSynthesis?.cancel();
    this.#set(false);
  }

  async say(messages) {
    const round = this.#round;
    for (const message of messages) {
      const voice = await voiceFor(message.language);
      if (round !== this.#round) return;
      this.#wording.bind(this.#problem, (words, node) => {
        node.textContent = voice ? "" : words.text("read_none");
      });
      if (voice) this.#speak(textOf(message), voice, round);
    }
  }

  // A sentence at a time, because some browsers fall silent in the middle of a long text.
  #speak(text, voice, round) {
    for (const sentence of text.match(SENTENCES) ?? []) {
      const utterance = new SpeechSynthesisUtterance(sentence.trim());
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.onstart = () => round === this.#round && this.#set(true);
      utterance.onend = () => round === this.#round && this.#set(this.#goesOn());
      speechSynthesis.speak(utterance);
    }
  }

  #goesOn() {
    return speechSynthesis.pending || speechSynthesis.speaking;
  }

  #set(reading) {
    if (this.#reading === reading) return;
    this.#reading = reading;
    this.#write();
  }

  #write() {
    this.#button.textContent = this.#wording.words.text(this.#reading ? "read_stop" : "read_now");
  }
}

// What is heard of a message: its text, the titles of its options, its buttons.
function textOf({ text, buttons = [], custom }) {
  const titles = (custom?.options ?? []).map(({ title }, index) => `${index + 1}. ${title}`);
  return [text, ...titles, ...buttons.map(({ title }) => title)].filter(Boolean).join("\n");
}

// A voice of this device in the language, Finland's before others; null where there is none. A
// voice of a distant service would send the chat there.
async function voiceFor(language) {
  if (!globalThis.speechSynthesis) return null;
  if (!speechSynthesis.getVoices().length) await voicesCome();
  const near = speechSynthesis
    .getVoices()
    .filter(({ lang, localService }) => localService && lang.toLowerCase().startsWith(language));
  return near.find(({ lang }) => /fi$/i.test(lang)) ?? near[0] ?? null;
}

function voicesCome() {
  return new Promise((resolve) => {
    speechSynthesis.addEventListener("voiceschanged", resolve, { once: true });
    setTimeout(resolve, VOICES_MILLISECONDS);
  });
}
