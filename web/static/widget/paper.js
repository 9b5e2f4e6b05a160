// Prints one part of the chat, without the page around it.

import { build } from "./dom.js";

const PAGE_STYLE = `@media print {
  body { display: none !important }
  html { height: auto !important; overflow: visible !important; color-scheme: light !important }
}`;

// The part goes on paper as a copy of its own beside the page, because the panel around it stands
// in a fixed place, and browsers print what does over and over or cut it off.
export async function printAlone(part, lang) {
  const copy = part.cloneNode(true);
  for (const fold of copy.querySelectorAll("details")) fold.open = true;
  const paper = build("div");
  const root = paper.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = part.getRootNode().adoptedStyleSheets;
  root.append(build("div", { class: "frame paper", lang }, copy));
  const aside = new CSSStyleSheet();
  aside.replaceSync(PAGE_STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, aside];
  document.documentElement.append(paper);
  const tidy = () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== aside);
  };
  addEventListener("afterprint", tidy, { once: true });
  print();
}
