// The kiosk's page: the first screen, a visit, and the way back to a first screen that knows
// nothing of it. Each visit ends with the page itself, so nothing of it can be left in memory.

import { loadStyle } from "../../widget/dom.js";
import { Attract, notice } from "./attract.js";
import { endVisit, endVisitLater, fetchSettings, isReady } from "./service.js";
import { Staff, staffCorner } from "./staff.js";
import { Visit } from "./visit.js";
import { LANGUAGES, loadKioskWords } from "./words.js";

// The last one once more, so that it stands above the others and goes on paper with them.
const STYLES = ["frame.css", "messages.css", "../kiosk/assets/kiosk.css"];
const AGAIN_MILLISECONDS = 2000;
const LOOK_MILLISECONDS = 15000;
const WORD_MILLISECONDS = 4000;
const DEFAULTS = { idle_seconds: 90, warning_seconds: 20 };
// Why a visit ended, where the visitor is told before the screen goes back.
const TOLD = { moved: "moved", erased: "erased", lost: "over", 429: "busy" };

let visit = null;
let all;

start();

async function start() {
  document.addEventListener("contextmenu", stop);
  document.addEventListener("dragstart", stop);
  // Whatever were copied, the next visitor could paste.
  document.addEventListener("copy", stop);
  document.addEventListener("cut", stop);
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
  const attract = new Attract(all, (language, people) => begin(language, people, settings));
  const staff = new Staff(all[0], renew);
  const corner = staffCorner(all[0], () => staff.open());
  show(attract.element, corner, staff.element);
  watch(attract);
}

// The device's settings; null where it is not enrolled.
async function readSettings() {
  try {
    return { ...DEFAULTS, ...(await fetchSettings()) };
  } catch (error) {
    if (error.status === 401) return null;
    throw error;
  }
}

// While nobody is there, a service that is away is noticed before somebody comes.
async function watch(attract) {
  for (;;) {
    await pause(LOOK_MILLISECONDS);
    if (!attract.element.isConnected) return;
    if (await isReady()) continue;
    if (!attract.element.isConnected) return;
    await until(readyOrThrow);
    return showFirst();
  }
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
  const ended = visit;
  visit = null;
  show(notice([words], TOLD[reason] ?? "over"));
  await ended.clear();
  // Until the service has heard it, this much is remembered: an id, which opens nothing.
  if (id) await until(() => endVisit(id));
  if (TOLD[reason]) await pause(WORD_MILLISECONDS);
  await until(readyOrThrow);
  renew();
}

// Also when the browser is closed, or led to another page.
function leave() {
  if (visit?.id) endVisitLater(visit.id);
  visit = null;
  document.body.replaceChildren();
}

// In place of this page, not after it: there is nothing to come back to.
function renew() {
  location.replace(location.pathname);
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
