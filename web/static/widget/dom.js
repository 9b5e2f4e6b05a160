// Builds elements without markup in strings, so that what people and bots write stays text, and
// fetches styles.

const SVG = "http://www.w3.org/2000/svg";

// Paths of icons: a 24 by 24 field, drawn with a line of 2.
export const CHAT = "M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z";
export const CHECK = "M5 13l4 4 10-11";
export const CHEVRON = "M6 9l6 6 6-6";
export const CLOSE = "M6 6l12 12 M18 6L6 18";
export const EXPAND = "M14 4h6v6 M20 4l-7 7 M10 20H4v-6 M4 20l7-7";
export const MENU = "M5 12h.01 M12 12h.01 M19 12h.01";
export const OFFLINE = "M4 4l16 16 M8.5 15.5a5 5 0 0 1 6-.6 M5 12a10 10 0 0 1 5-2.7 M19 12a10 10 0 0 0-3.2-2.2 M12 19h.01";
export const SEND = "M12 19V5 M6 11l6-6 6 6";
export const SHRINK = "M20 10h-6V4 M14 10l7-7 M4 14h6v6 M10 14l-7 7";
export const WARNING = "M12 4l9 16H3z M12 10v4 M12 17v.01";
const OUTSIDE = "M14 4h6v6 M20 4l-9 9 M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5";

// build("button", { type: "submit", onclick: send }, "Send"). Attributes that are null, undefined
// or false and children that are null are left out; functions become listeners.
export function build(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value ?? false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child ?? false));
  return element;
}

export function button(attributes, ...children) {
  return build("button", { type: "button", ...attributes }, ...children);
}

export function hidden(text) {
  return build("span", { class: "for-readers" }, text);
}

// Always beside or instead of words that say the same.
export function icon(path) {
  const drawing = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", "icon");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

export function linked(text, words) {
  return text
    .split(/(https?:\/\/[^\s<>()]*[^\s<>().,;:!?])/)
    .map((part, index) => (index % 2 ? (link(part, part, words) ?? part) : part));
}

// A link that opens a new tab, and says so; null for what is no web address ("javascript:...").
export function link(address, title, words) {
  if (!/^https?:\/\/[^\s]/i.test(address)) return null;
  return build(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer" },
    title,
    icon(OUTSIDE),
    hidden(` (${words.text("new_tab")})`),
  );
}

// Constructed sheets pass a policy without 'unsafe-inline'.
export async function loadStyle(file) {
  const answer = await fetch(new URL(file, import.meta.url));
  if (!answer.ok) throw new Error(file);
  return new CSSStyleSheet().replace(await answer.text());
}
