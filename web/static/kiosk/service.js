// What the kiosk asks of the gateway beside the conversation itself, one function an address.

import { SERVICE } from "../../widget/api.js";

const TIMEOUT_MILLISECONDS = 20000;
const END = new URL("api/kiosk/end", SERVICE);
const GOOD_ENOUGH = [401, 404, 410];

// An answer that is not a success; without a status the service was not reached.
export class KioskError extends Error {
  constructor(status) {
    super(`The service answered ${status}.`);
    this.status = status;
  }
}

// {idle_seconds, warning_seconds}; status 401 where the device is not enrolled.
export function fetchSettings() {
  return call("GET", "api/kiosk/settings");
}

export function startVisit({ language, plain }) {
  const body = { language, plain_language: plain, channel: "kiosk" };
  return call("POST", "api/conversations", { body });
}

// Tells that a visit is over. A conversation that is not there any more is over too.
export async function endVisit(conversation) {
  try {
    await call("POST", "api/kiosk/end", { body: { conversation }, keepalive: true });
  } catch (error) {
    if (!GOOD_ENOUGH.includes(error.status)) throw error;
  }
}

// The same from a page that is going away: the browser sends it when the page is gone.
export function endVisitLater(conversation) {
  const body = JSON.stringify({ conversation });
  navigator.sendBeacon(END, new Blob([body], { type: "application/json" }));
}

// {url, qr_svg, expires} of a page with options and plan.
export function takeHome({ token, conversation }) {
  return call("POST", `api/conversations/${conversation}/take-home`, { token });
}

// {url, qr_svg, expires} of the conversation's way to a phone.
export function continueOnPhone({ token, conversation }) {
  return call("POST", `api/conversations/${conversation}/continue`, { token });
}

// {url, qr_svg} of an option's own web page.
export function fetchCode(option) {
  return call("POST", "api/kiosk/qr", { body: { option } });
}

// How the device is doing: {name, connection, visits_today, last_error}. The action "reset" ends
// its visits and forgets its errors.
export function askAsStaff(pin, action = "show") {
  return call("POST", "api/kiosk/staff", { body: { pin, action } });
}

// Whether the service can answer people now.
export async function isReady() {
  return call("GET", "readyz").then(
    () => true,
    () => false,
  );
}

async function call(method, path, { token, body, keepalive = false } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(new URL(path, SERVICE), {
    method,
    headers,
    body: JSON.stringify(body),
    cache: "no-store",
    // The device is known by its cookie.
    credentials: "same-origin",
    referrerPolicy: "no-referrer",
    keepalive,
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  if (!answer.ok) throw new KioskError(answer.status);
  return answer.status === 204 ? null : answer.json().catch(() => null);
}
