// Keeps the pages of the desk up to date: when the service says that something has changed, the
// parts marked `data-live` are read again and replaced.

import { ring } from "/widget/sound.js";

const SOCKET = "/coach/api/live";
const FIRST_DELAY_MILLISECONDS = 1000;
const LONGEST_DELAY_MILLISECONDS = 30000;
// Several changes in a row are read once.
const GATHER_MILLISECONDS = 60;
// How long somebody has waited is told anew though nothing has changed.
const AGAIN_MILLISECONDS = 60000;
const SOUND = "opastin-desk-sound";
const LOGIN = "/coach/login";
// What is no longer to be seen: erased, or not this coach's.
const GONE = [403, 404, 410];

const title = document.title;
const news = document.getElementById("news");
const sound = document.getElementById("sound");
const own = location.pathname.match(/^\/coach\/c\/([0-9a-f]+)/)?.[1];
let gathering;
let failures = 0;
let hasEnded = false;
// Of a person's messages, those that came while nobody looked at the page.
let unseen = 0;

connect();
offerSound();
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  readAgain();
});
setInterval(() => document.hidden || readAgain(), AGAIN_MILLISECONDS);

function connect() {
  const socket = new WebSocket(SOCKET.replace(/^/, location.origin.replace(/^http/, "ws")));
  socket.addEventListener("open", () => {
    if (failures) readAgain();
    failures = 0;
    say("");
  });
  socket.addEventListener("message", ({ data }) => take(JSON.parse(data)));
  socket.addEventListener("close", () => {
    if (hasEnded) return;
    failures += 1;
    if (failures > 1) say("offline");
    // A session that has ended is refused by the socket without a word; the page tells.
    readAgain();
    const longest = Math.min(FIRST_DELAY_MILLISECONDS * 2 ** failures, LONGEST_DELAY_MILLISECONDS);
    // Many pages must not come back in the same instant after a restart.
    setTimeout(connect, longest * (0.5 + Math.random() / 2));
  });
}

function take({ queue, conversation }) {
  if (queue || conversation === own || document.getElementById("mine")) readAgain();
}

export function readAgain() {
  clearTimeout(gathering);
  gathering = setTimeout(read, GATHER_MILLISECONDS);
}

// Reads the page as a document, in which no script runs, and takes over its live parts.
function read() {
  const request = new XMLHttpRequest();
  request.open("GET", location.href);
  request.responseType = "document";
  request.setRequestHeader("X-Background", "1");
  request.addEventListener("load", () => {
    if (new URL(request.responseURL).pathname === LOGIN) leave();
    else if (GONE.includes(request.status)) location.reload();
    else if (request.status === 200 && request.response) takeOver(request.response);
  });
  request.send();
}

// The session has ended. What is half written stays on the screen: it would be lost.
function leave() {
  hasEnded = true;
  if (isWriting()) return say("ended");
  const next = encodeURIComponent(location.pathname + location.search);
  const language = document.documentElement.lang;
  location.replace(`${LOGIN}?ended=1&language=${language}&next=${next}`);
}

function isWriting() {
  const fields = [...document.querySelectorAll("textarea, input[type=text]")];
  return fields.some(({ value, defaultValue }) => value !== defaultValue);
}

function takeOver(page) {
  const before = count();
  const speaks = (one) => Boolean(one.getElementById("say"));
  // The conversation has come to this coach, or gone to another, somewhere else.
  if (speaks(page) !== speaks(document) && !isWriting()) return location.reload();
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    // What somebody is using is left alone until the next change.
    if (!fresh || fresh.isEqualNode(part) || part.querySelector("details[open]")) continue;
    const isAtEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 40;
    const focused = part.contains(document.activeElement) && part !== document.activeElement;
    if (focused) continue;
    part.replaceChildren(...document.importNode(fresh, true).childNodes);
    if (isAtEnd) part.scrollTop = part.scrollHeight;
  }
  tell(before, count());
}

function count() {
  const many = (selector) => document.querySelectorAll(selector).length;
  return {
    waiting: many("#waiting li"),
    unread: many("#mine .unread"),
    lines: many("#lines li[data-person]"),
  };
}

function tell(before, now) {
  if (document.hidden) unseen += Math.max(0, now.lines - before.lines);
  const sum = now.waiting + now.unread + unseen;
  document.title = sum ? `(${sum}) ${title}` : title;
  if (now.waiting > before.waiting) {
    say("waiting");
    if (isLoud()) ring();
  } else if (now.lines > before.lines || now.unread > before.unread) {
    say("message");
    if (document.hidden && isLoud()) ring();
  }
}

function isLoud() {
  return localStorage.getItem(SOUND) === "on";
}

function say(name) {
  news.textContent = name ? news.dataset[name] : "";
}

function offerSound() {
  if (!sound) return;
  sound.checked = isLoud();
  sound.addEventListener("change", () => {
    localStorage.setItem(SOUND, sound.checked ? "on" : "off");
    if (sound.checked) ring();
  });
  document.getElementById("sound-switch").hidden = false;
}

tell(count(), count());
for (const part of document.querySelectorAll("[data-live]")) part.scrollTop = part.scrollHeight;
