// QR codes, and the links to other sites that become codes on a screen with no other sites.

import { build, button, hidden } from "../../widget/dom.js";

// The calendar would be saved as a file, and the clipboard read by whoever comes next.
const LEAVING_TRACES = ["calendar", "copy"];
const SVG = "http://www.w3.org/2000/svg";

// A code drawn by the service. As a picture it can bring no script and no style along.
export function codeOf(svg, words) {
  // Drawn for the inside of a page it may lack what a picture of its own needs.
  const whole = svg.includes("xmlns=") ? svg : svg.replace("<svg", `<svg xmlns="${SVG}"`);
  const src = `data:image/svg+xml,${encodeURIComponent(whole)}`;
  return build("img", { class: "code", src, alt: words.text("kiosk.qr") });
}

// The custom part of the kind `take_home`.
export function takeHomePart({ url, qr_svg: svg, expires }, { words }) {
  return [
    build(
      "div",
      { class: "sheet coded" },
      codeOf(svg, words),
      build(
        "div",
        {},
        build("p", {}, words.text("kiosk.scan")),
        build("p", { class: "address" }, url),
        expires && build("p", {}, words.text("kiosk.take_home_until", { date: words.day(expires) })),
      ),
    ),
  ];
}

// Turns every link that comes into `element` into a button that calls open(address), and takes
// away what would leave files, copied words or, without a printer, questions.
export function keepInside(element, { wording, prints, open }) {
  const unwanted = prints ? LEAVING_TRACES : [...LEAVING_TRACES, "print"];
  const acts = unwanted.map((name) => `[data-act="${name}"]`).join();
  const observer = new MutationObserver(() => {
    for (const link of element.querySelectorAll("a[href]")) replaceLink(link, wording, open);
    for (const act of element.querySelectorAll(acts)) act.remove();
  });
  observer.observe(element, { childList: true, subtree: true });
  return observer;
}

function replaceLink(link, wording, open) {
  const address = link.href;
  // What the link says to screen readers of new tabs is not so here.
  link.querySelectorAll(".for-readers, .icon").forEach((node) => node.remove());
  link.replaceWith(
    button(
      { class: "outside", onclick: () => open(address) },
      link.textContent,
      hidden(` (${wording.words.text("kiosk.as_code")})`),
    ),
  );
}
