// Keeps the pages of the desk up to date: when the service says that something has changed, the
// parts marked `data-live` are read again and replaced.

import { ring } from "/widget/sound.js";

const SOCKET = "/coach/api/live";
const FIRST_DELAY_MILLISECONDS = 1000;
const LONGEST_DELAY_MILLISECONDS = 30000;
// Several changes in a row are read once.
const GATHER_MILLISECONDS = 60;
const SOUND = "opastin-desk-sound";

const title = document.title;
const news = document.getElementById("news");
const sound = document.getElementById("sound");
const own = location.pathname.match(/^\/coach\/c\/([0-9a-f]+)/)?.[1];
let gathering;
let failures = 0;

connect();
offerSound();
document.addEventListener("visibilitychange", () => document.hidden || readAgain());

function connect() {
  const socket = new WebSocket(SOCKET.replace(/^/, location.origin.replace(/^http/, "ws")));
  socket.addEventListener("open", () => {
    if (failures) readAgain();
    failures = 0;
    say("");
  });
  socket.addEventListener("message", ({ data }) => take(JSON.parse(data)));
  socket.addEventListener("close", () => {
    failures += 1;
    if (failures > 1) say("offline");
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
    // Logged out meanwhile: the page itself shows the way back.
    if (!request.responseURL.startsWith(location.origin + location.pathname)) location.reload();
    else if (request.response) takeOver(request.response);
  });
  request.send();
}

function takeOver(page) {
  const before = count();
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
  const sum = now.waiting + now.unread;
  document.title = sum ? `(${sum}) ${title}` : title;
  if (now.waiting > before.waiting) {
    say("waiting");
    if (sound?.checked) ring();
  } else if (now.lines > before.lines || now.unread > before.unread) {
    say("message");
  }
}

function say(name) {
  news.textContent = name ? news.dataset[name] : "";
}

function offerSound() {
  if (!sound) return;
  sound.checked = localStorage.getItem(SOUND) === "on";
  sound.addEventListener("change", () => {
    localStorage.setItem(SOUND, sound.checked ? "on" : "off");
    if (sound.checked) ring();
  });
  document.getElementById("sound-switch").hidden = false;
}

tell(count(), count());
for (const part of document.querySelectorAll("[data-live]")) part.scrollTop = part.scrollHeight;
