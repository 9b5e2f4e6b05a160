// A page to take home: its address, and a code that brings it to a phone.

import { build, link } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 168;

export function take_home({ url, qr_svg: svg, expires }, { words }) {
  return [
    build(
      "div",
      { class: "sheet" },
      codeOf(svg, words.text("take_home.code")),
      build("p", {}, words.text("take_home.until", { date: words.date(expires.slice(0, 10)) })),
      build("div", { class: "actions" }, link(url, words.text("take_home.open"), words)),
    ),
  ];
}

// Drawn anew from its lines, because the page around the chat may allow neither markup made of
// text nor pictures made of data.
function codeOf(svg, label) {
  const [, size] = /viewBox="0 0 (\d+) /.exec(svg) ?? [];
  const [, lines] = /stroke="#000"[^>]* d="([\d\sMmhv.-]+)"/.exec(svg) ?? [];
  if (!size || !lines) return null;
  const code = draw("svg", {
    viewBox: `0 0 ${size} ${size}`,
    width: SIZE,
    height: SIZE,
    role: "img",
    "aria-label": label,
  });
  code.append(
    draw("rect", { width: size, height: size, fill: "#fff" }),
    draw("path", { d: lines, stroke: "#000" }),
  );
  return code;
}

function draw(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
