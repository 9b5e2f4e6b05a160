// What comes over the conversation: codes for a phone, and the question whether somebody is there.

import { build, button } from "../../widget/dom.js";
import { codeOf } from "./code.js";

// The service's status for a visit that has nothing to take home yet.
const NOTHING_YET = 404;

// A dialog of the page: a title, content, and buttons.
export class Sheet {
  #wording;
  element = build("dialog", { class: "question", "aria-labelledby": "sheet-title" });

  constructor(wording) {
    this.#wording = wording;
    this.element.addEventListener("close", () => this.element.replaceChildren());
  }

  // Shows `content` under the text named `title`; `buttons` stand beside the one that closes.
  open(title, content, buttons = []) {
    const close = button({ class: "plain", onclick: () => this.close() });
    this.element.replaceChildren(
      this.#wording.say(build("h2", { id: "sheet-title" }), title),
      ...content,
      build("div", { class: "answers" }, this.#wording.say(close, "kiosk.close"), ...buttons),
    );
    if (!this.element.open) this.element.showModal();
  }

  close() {
    this.element.close();
  }

  // Shows what the visitor gets as a code: `fetchIt()` gives {url, qr_svg, expires}; `until`
  // tells how long it is good for. `buttonsOf` gives buttons once the code is there.
  async openCode(name, { fetchIt, until = () => null, buttonsOf = () => [] }) {
    const say = (tag, text, attributes) => this.#wording.say(build(tag, attributes), text);
    const news = say("p", "kiosk.preparing", { role: "status", tabindex: "-1" });
    const box = build("div", { class: "coded" }, news);
    const intro = say("p", `kiosk.${name}_text`);
    this.open(`kiosk.${name}`, [intro, box]);
    let got;
    try {
      got = await fetchIt();
    } catch ({ status }) {
      const problem = status === NOTHING_YET ? `${name}_none` : "failed";
      if (news.isConnected) this.#wording.say(news, `kiosk.${problem}`);
      return;
    }
    // The visitor may have closed it meanwhile.
    if (!news.isConnected) return;
    const { words } = this.#wording;
    const lines = [
      this.#wording.say(news, got.qr_svg ? "kiosk.scan" : "kiosk.outside_write"),
      build("p", { class: "address" }, words.text("kiosk.address", { address: got.url })),
      until(got, words),
    ];
    box.replaceChildren(
      ...[got.qr_svg && codeOf(got.qr_svg, words), build("div", {}, ...lines.filter(Boolean))].filter(Boolean),
    );
    this.element.lastElementChild.append(...buttonsOf(got));
  }
}

// Says how long it will wait, and that it can wait longer.
export class Warning {
  #wording;
  #count = build("p", { id: "idle-text" });
  #seconds = 0;
  element = build("dialog", {
    class: "question",
    role: "alertdialog",
    "aria-labelledby": "idle-title",
    "aria-describedby": "idle-text",
  });

  // `on` holds more() and end().
  constructor(wording, on) {
    this.#wording = wording;
    const more = button({ class: "main", onclick: on.more });
    const end = button({ class: "plain", onclick: on.end });
    wording.bind(this.#count, () => this.#write());
    this.element.append(
      wording.say(build("h2", { id: "idle-title" }), "kiosk.idle_title"),
      this.#count,
      build("div", { class: "answers" }, wording.say(more, "kiosk.idle_more"), wording.say(end, "kiosk.idle_end")),
    );
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      on.more();
    });
    // Beside the question, a touch is a sign of life as good as the button.
    this.element.addEventListener("click", ({ target }) => target === this.element && on.more());
  }

  show(seconds) {
    this.#seconds = seconds;
    this.#write();
    if (!this.element.open) this.element.showModal();
  }

  hide() {
    this.element.close();
  }

  #write() {
    this.#count.textContent = this.#wording.words.count("kiosk.idle", this.#seconds);
  }
}
