// The kiosk's page: the first screen, a visit, and the way back to a first screen that knows
// nothing of it. Each visit ends with the page itself, so nothing of it can be left in memory.

import { loadStyle } from "../../widget/dom.js";
import { Attract, notice } from "./attract.js";
import { endVisit, endVisitLater, fetchSettings, isReady } from "./service.js";
import { Staff, staffCorner } from "./staff.js";
import { Visit } from "./visit.js";
import { LANGUAGES, loadKioskWords } from "./words.js";

// Those that the page has linked once more, so that they stand above the widget's.
const STYLES = [
  "tokens.css",
  "frame.css",
  "messages.css",
  ...["kiosk", "attract", "visit", "keyboard", "dialogs"].map((part) => `../kiosk/assets/${part}.css`),
];
const AGAIN_MILLISECONDS = 2000;
const LOOK_MILLISECONDS = 15000;
const TELL_MILLISECONDS = 600000;
const WORD_MILLISECONDS = 4000;
const DEFAULTS = { idle_seconds: 90, warning_seconds: 20 };
// Why a visit ended, where the visitor is told before the screen goes back.
const TOLD = { moved: "moved", erased: "erased", lost: "over", 429: "busy" };

// A device without a printer says so in its address: /kiosk?printer=none.
const PRINTS = new URLSearchParams(location.search).get("printer") !== "none";

// Menus, what is dragged in or out, and what is copied: the next visitor could paste it.
const UNWANTED = ["contextmenu", "dragstart", "dragover", "drop", "copy", "cut"];

let visit = null;
let all;

start();

async function start() {
  for (const kind of UNWANTED) document.addEventListener(kind, stop);
  addEventListener("pagehide", leave);
  // A page that comes back out of the browser's memory begins anew.
  addEventListener("pageshow", ({ persisted }) => persisted && renew());
  all = await until(() => Promise.all(LANGUAGES.map(loadKioskWords)));
  document.adoptedStyleSheets = await until(() => Promise.all(STYLES.map(loadStyle)));
  showFirst();
}

async function showFirst() {
  const settings = await until(readSettings);
  if (!settings) {
    show(notice(all, "unenrolled"));
    return setTimeout(showFirst, LOOK_MILLISECONDS);
  }
  // The page before this one may have gone without a word, as when the power fails.
  await until(() => endVisit());
  const attract = new Attract(all, (language, people) => begin(language, people, settings));
  const staff = new Staff(all, renew);
  const corner = staffCorner(all[0], () => staff.open());
  show(attract.element, corner, staff.element);
  watch(attract);
}

// The device's settings; null where it is not enrolled.
async function readSettings() {
  try {
    return { ...DEFAULTS, ...(await fetchSettings()), prints: PRINTS };
  } catch (error) {
    if (error.status === 401) return null;
    throw error;
  }
}

// While nobody is there, a service that is away is noticed before somebody comes. Now and then
// the device tells that it is there, and hears whether it is still one of the service's.
async function watch(attract) {
  let told = performance.now();
  for (;;) {
    await pause(LOOK_MILLISECONDS);
    if (!attract.element.isConnected) return;
    const isTime = performance.now() - told > TELL_MILLISECONDS;
    const isWell = isTime ? await readSettings().catch(() => null) : await isReady();
    if (!attract.element.isConnected) return;
    if (!isWell) break;
    if (isTime) told = performance.now();
  }
  await until(readyOrThrow);
  showFirst();
}

function begin(language, people, settings) {
  const words = all.find((one) => one.language === language);
  visit = new Visit({ words, people, settings, onOver: end });
  show(visit.element);
}

// Wipes the screen first; then sees to it that the service knows, and begins anew.
async function end(reason) {
  if (!visit) return;
  const { id, words } = visit;
  show(notice([words], TOLD[reason] ?? "over"));
  await forget();
  // Until the service has heard it, this much is remembered: an id, which opens nothing.
  if (id) await until(() => endVisit(id));
  if (TOLD[reason]) await pause(WORD_MILLISECONDS);
  await until(readyOrThrow);
  renew();
}

// Also when the browser is closed, or led to another page.
function leave() {
  if (visit?.id) endVisitLater(visit.id);
  forget();
  document.body.replaceChildren();
}

// However long the service is waited for, nothing here holds on to the visit.
function forget() {
  const ended = visit;
  visit = null;
  return ended?.clear();
}

// In place of this page, not after it: there is nothing to come back to.
function renew() {
  location.replace(location.pathname + location.search);
}

function show(...elements) {
  document.body.replaceChildren(...elements);
}

async function readyOrThrow() {
  if (!(await isReady())) throw new Error("The service is away.");
}

// Tries until it succeeds, with "back in a moment" on the screen meanwhile.
async function until(act) {
  for (;;) {
    try {
      return await act();
    } catch {
      if (all && !document.querySelector(".away")) show(notice(all, "away"));
      await pause(AGAIN_MILLISECONDS * (1 + Math.random()));
    }
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function stop(event) {
  event.preventDefault();
}
