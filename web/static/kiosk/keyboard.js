// The keyboard on the screen, for the field that is being written in. Real keyboards go on working.

import Keyboard from "../../vendor/simple-keyboard/simple-keyboard.js";

const LETTERS = [
  "1 2 3 4 5 6 7 8 9 0 + {backspace}",
  "q w e r t y u i o p å",
  "a s d f g h j k l ö ä",
  "{shift} z x c v b n m , . - ?",
  "{hide} @ {space} {left} {right} {enter}",
];
// Over the figures and points stand the signs that keyboards here have there.
const SIGNS_ABOVE = ['! " # € % & / ( ) = * {backspace}', "{shift} Z X C V B N M ; : _ ?"];
const CAPITALS = [
  SIGNS_ABOVE[0],
  ...LETTERS.slice(1, 3).map((row) => row.toUpperCase()),
  SIGNS_ABOVE[1],
  LETTERS[4],
];
const SIGNS = { backspace: "⌫", shift: "⇧", hide: "▾", left: "‹", right: "›", enter: "↵" };

// The library writes the keys' signs as markup. With this policy, the only one that the page
// allows, whatever is written as markup stays text.
if (globalThis.trustedTypes && !trustedTypes.defaultPolicy)
  trustedTypes.createPolicy("default", {
    createHTML: (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
  });

export class ScreenKeyboard {
  element;
  #keys;
  #field;

  // `field` is the text field; `element` an empty element of the page.
  constructor(element, { field, onHide }) {
    this.element = element;
    this.#field = field;
    // Only once the finger is up again: what comes into the keyboard's place must not be touched
    // by the same touch.
    element.addEventListener("click", ({ target }) => {
      if (target.closest('[data-skbtn="{hide}"]')) onHide();
    });
  }

  get isShown() {
    return !this.element.hidden;
  }

  // The library needs its element in the page, so it is made when it is first wanted.
  show(words) {
    this.element.hidden = false;
    this.#keys ??= new Keyboard(this.element, {
      layout: { default: LETTERS, shift: CAPITALS },
      theme: "keyboard",
      useButtonTag: true,
      preventMouseDownDefault: true,
      disableCaretPositioning: true,
      physicalKeyboardHighlight: false,
      onKeyPress: (key) => this.#press(key),
    });
    this.speak(words);
  }

  hide() {
    this.element.hidden = true;
  }

  // Names the keys in the language of the page.
  speak(words) {
    this.element.ariaLabel = words.text("kiosk.keyboard");
    if (!this.#keys) return;
    const named = ["backspace", "shift", "enter", "left", "right", "space"];
    const names = named.map((key) => [`{${key}}`, words.text(`kiosk.keys.${key}`)]);
    this.#names = Object.fromEntries([...names, ["{hide}", words.text("kiosk.keyboard_hide")]]);
    this.#redraw();
  }

  #names = {};

  #redraw() {
    const display = Object.entries(SIGNS).map(([key, sign]) => [`{${key}}`, sign]);
    const space = this.#names["{space}"];
    this.#keys.setOptions({
      display: Object.fromEntries([...display, ["{space}", space]]),
      buttonAttributes: Object.entries(this.#names).map(([buttons, value]) => ({
        attribute: "aria-label",
        value,
        buttons,
      })),
    });
    // The field keeps the focus, and whoever moves by keys has a keyboard.
    for (const key of this.element.querySelectorAll("button")) key.tabIndex = -1;
  }

  #press(key) {
    // The library keeps what was written; it has no need to.
    this.#keys.clearInput();
    if (key === "{shift}") return this.#shift(!this.#isShifted);
    if (key === "{hide}") return;
    if (key === "{enter}") return this.#field.form.requestSubmit();
    if (key === "{left}" || key === "{right}") return this.#move(key === "{left}" ? -1 : 1);
    if (key === "{backspace}") this.#erase();
    else this.#write(key === "{space}" ? " " : key);
    this.#field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return this.#shift(false);
  }

  get #isShifted() {
    return this.#keys.options.layoutName === "shift";
  }

  #shift(shifted) {
    if (shifted === this.#isShifted) return;
    this.#keys.setOptions({ layoutName: shifted ? "shift" : "default" });
    this.#redraw();
  }

  #write(text) {
    const { selectionStart: start, selectionEnd: end } = this.#field;
    this.#field.setRangeText(text, start, end, "end");
  }

  #erase() {
    const { selectionStart: start, selectionEnd: end, value } = this.#field;
    const before = [...value.slice(0, start)].at(-1)?.length ?? 0;
    this.#field.setRangeText("", start === end ? start - before : start, end, "end");
  }

  #move(step) {
    const place = Math.max(0, this.#field.selectionStart + step);
    this.#field.setSelectionRange(place, place);
  }
}
