// The page to take home on paper: the very page that a phone would show, out of a frame.

import { SERVICE } from "../../widget/api.js";
import { build, button } from "../../widget/dom.js";

// Loads the page at the public address `url` from the service as this device reaches it, into an
// element of the page, and prints it. The frame must stay until the paper is out.
export function printPage(url, element) {
  const src = new URL(`k/${url.split("/").at(-1)}`, SERVICE);
  const frame = build("iframe", { class: "for-readers", src, tabindex: "-1", "aria-hidden": "true" });
  return new Promise((resolve, reject) => {
    frame.addEventListener("load", () => {
      // What stands in place of a page that could not be had lets nobody in.
      try {
        frame.contentWindow.print();
        resolve();
      } catch (error) {
        reject(error);
      }
    });
    element.append(frame);
  });
}

// A button that prints the page once, and says so.
export function printButton(wording, url, element) {
  const one = button({ class: "main" });
  const print = async () => {
    if (one.ariaDisabled) return;
    one.ariaDisabled = "true";
    wording.say(one, "kiosk.printing");
    try {
      await printPage(url, element);
    } catch {
      one.ariaDisabled = null;
      wording.say(one, "kiosk.print_failed");
    }
  };
  one.addEventListener("click", print);
  return wording.say(one, "kiosk.print");
}
