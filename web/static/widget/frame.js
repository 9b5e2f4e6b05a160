// The launcher in the corner of the page, and the panel that it opens.

import { CHAT, build, button, hidden, icon } from "./dom.js";

// Also true for a wide screen zoomed in to 200 %. The same measures stand in frame.css.
const SMALL = "(max-width: 560px), (max-height: 500px)";

export class Launcher {
  #wording;
  #badge = build("span", { class: "badge", hidden: true, "aria-hidden": "true" });
  #news = hidden("");
  #unread = 0;

  constructor(wording, onclick) {
    this.#wording = wording;
    this.element = button(
      { class: "launcher", "aria-haspopup": "dialog", onclick },
      icon(CHAT),
      wording.say(build("span"), "launcher"),
      this.#badge,
      this.#news,
    );
    wording.bind(this.#news, () => this.#write());
  }

  addUnread() {
    this.#unread += 1;
    this.#write();
  }

  clearUnread() {
    this.#unread = 0;
    this.#write();
  }

  #write() {
    const { words } = this.#wording;
    this.#badge.hidden = !this.#unread;
    this.#badge.textContent = this.#unread;
    this.#news.textContent = this.#unread ? ` (${words.count("unread", this.#unread)})` : "";
  }
}

export class Panel {
  #small = matchMedia(SMALL);

  constructor(content, onEscape) {
    this.element = build(
      "dialog",
      { class: "panel", "aria-labelledby": "title", tabindex: "-1" },
      ...content,
    );
    const escape = (event) => {
      event.preventDefault();
      event.stopPropagation();
      onEscape();
    };
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) escape(event);
    });
    // A phone's back gesture closes a modal dialog too.
    this.element.addEventListener("cancel", escape);
    this.#small.addEventListener("change", () => this.#refit());
  }

  get isOpen() {
    return this.element.open;
  }

  // On a small screen the page behind is out of reach meanwhile; on a wide one it stays in use,
  // and the attribute, unlike show(), leaves the focus where it is.
  show() {
    if (this.isOpen) return;
    if (this.#small.matches) this.element.showModal();
    else this.element.open = true;
  }

  hide() {
    this.element.close();
  }

  // Gives true when the panel is large now.
  toggleSize() {
    return this.element.classList.toggle("large");
  }

  #refit() {
    if (!this.isOpen) return;
    const focused = this.element.getRootNode().activeElement;
    this.hide();
    this.show();
    focused?.focus();
  }
}
