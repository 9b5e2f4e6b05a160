// The launcher in the corner of the page, and the panel that it opens with its header.

import {
  CHAT,
  CHEVRON,
  CLOSE,
  EXPAND,
  MENU,
  SHRINK,
  build,
  button,
  hidden,
  icon,
} from "./dom.js";

// Also true for a wide screen zoomed in to 200 %. The same measures stand in frame.css.
const SMALL = "(max-width: 560px), (max-height: 500px)";

const NAMES = { fi: "Suomi", sv: "Svenska", en: "English" };

export class Launcher {
  #wording;
  // What stands before the page's own title.
  #mark = "";
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
    // The page may have changed its title meanwhile.
    const { title } = document;
    const own = title.startsWith(this.#mark) ? title.slice(this.#mark.length) : title;
    this.#mark = this.#unread ? `(${this.#unread}) ` : "";
    if (title !== this.#mark + own) document.title = this.#mark + own;
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

  // Whether it covers the page.
  get isSmall() {
    return this.#small.matches;
  }

  // On a small screen the page behind is out of reach meanwhile; on a wide one it stays in use,
  // and the attribute, unlike show(), leaves the focus where it is.
  show() {
    if (this.isOpen) return;
    if (!this.#small.matches) {
      this.element.open = true;
      return;
    }
    this.element.showModal();
    // A modal dialog takes the focus; so its frame has it, rather than the first field.
    this.element.focus();
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

export class Header {
  #menu;
  #menuButton;
  #wantsMenu = false;

  // `on` holds language(code), menu() -> a promise of the menu's element, resize(), close().
  constructor(wording, on) {
    const languages = build(
      "select",
      { onchange: () => on.language(languages.value) },
      ...Object.entries(NAMES).map(([code, name]) =>
        build("option", { value: code, lang: code }, name),
      ),
    );
    wording.bind(languages, (words) => {
      languages.ariaLabel = words.text("language");
      languages.value = words.language;
    });
    const round = (name, path, attributes) =>
      wording.label(button({ class: `round ${name}`, ...attributes }, icon(path)), name);
    // A click beside its fields must not count as leaving it.
    this.#menu = build("div", { class: "items", id: "menu", tabindex: "-1", hidden: true });
    this.#menuButton = round("menu", MENU, {
      "aria-expanded": "false",
      "aria-controls": "menu",
      onclick: () => this.closeMenu() || this.#openMenu(on.menu()),
    });
    const tools = build("div", { class: "tools" }, this.#menuButton, this.#menu);
    tools.addEventListener("focusout", ({ relatedTarget }) => {
      if (!tools.contains(relatedTarget)) this.closeMenu();
    });
    this.element = build(
      "div",
      { class: "header" },
      wording.say(build("h2", { id: "title" }), "title"),
      build("div", { class: "language" }, languages, icon(CHEVRON)),
      tools,
      round("expand", EXPAND, { onclick: on.resize }),
      round("shrink", SHRINK, { onclick: on.resize }),
      round("close", CLOSE, { onclick: on.close }),
    );
  }

  focus() {
    this.#menuButton.focus();
  }

  // True when there was an open menu to close, or one on its way; the focus in it goes back to
  // its button.
  closeMenu() {
    if (!this.#wantsMenu) return false;
    this.#wantsMenu = false;
    const { activeElement } = this.#menu.getRootNode();
    if (this.#menu.contains(activeElement)) this.focus();
    this.#menu.hidden = true;
    this.#menuButton.ariaExpanded = false;
    return true;
  }

  async #openMenu(content) {
    this.#wantsMenu = true;
    const element = await content;
    this.#wantsMenu &&= Boolean(element);
    if (!this.#wantsMenu) return;
    this.#menu.replaceChildren(element);
    this.#menu.hidden = false;
    this.#menuButton.ariaExpanded = true;
  }
}
