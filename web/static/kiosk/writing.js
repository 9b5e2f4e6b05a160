// Where a visitor writes: the field, and the keyboard on the screen for whoever has no other.

import { build, button } from "../../widget/dom.js";
import { ScreenKeyboard } from "./keyboard.js";

// The device's own keyboard would cover the page, and its checker sends words elsewhere.
const QUIET = { inputmode: "none", spellcheck: "false", autocorrect: "off", autocapitalize: "off" };

// `composer` holds the field; onTurn(shown) hears of the keyboard.
export function buildWriting(wording, composer, onTurn) {
  const field = composer.element.querySelector("textarea");
  for (const [name, value] of Object.entries(QUIET)) field.setAttribute(name, value);
  const toggle = button({ class: "plain keys", "aria-expanded": "false", "aria-controls": "keyboard" });
  const box = build("div", { class: "keyboard-box", id: "keyboard", role: "group", hidden: true });
  const turn = (shown) => {
    if (shown) keyboard.show(wording.words);
    else keyboard.hide();
    toggle.ariaExpanded = String(shown);
    wording.say(toggle, shown ? "kiosk.keyboard_hide" : "kiosk.keyboard_show");
    onTurn(shown);
  };
  const keyboard = new ScreenKeyboard(box, { field, onHide: () => turn(false) });
  toggle.addEventListener("click", () => {
    turn(box.hidden);
    if (!box.hidden) field.focus();
  });
  // A finger on the field wants to write; whoever comes by the Tab key has a keyboard.
  field.addEventListener("click", () => box.hidden && turn(true));
  wording.say(toggle, "kiosk.keyboard_show");
  wording.bind(box, (words) => keyboard.speak(words));
  return build("div", { class: "writing" }, composer.element, toggle, box);
}
