// What the kiosk asks of the gateway beside the conversation itself, one function an address.

import { SERVICE, call } from "../../widget/api.js";

const END = new URL("api/kiosk/end", SERVICE);
// The device is known by its cookie.
const AS_DEVICE = { credentials: "same-origin" };

// {idle_seconds, warning_seconds}; status 401 where the device is not enrolled.
export function fetchSettings() {
  return call("GET", "api/kiosk/settings", AS_DEVICE);
}

export function startVisit({ language, plain }) {
  const body = { language, plain_language: plain, channel: "kiosk" };
  return call("POST", "api/conversations", { body, ...AS_DEVICE });
}

// Tells that a visit is over, or without a conversation that all of the device's are. A
// conversation that is not there any more is over too.
export async function endVisit(conversation) {
  try {
    await call("POST", "api/kiosk/end", { body: { conversation }, keepalive: true, ...AS_DEVICE });
  } catch (error) {
    if (!error.gone) throw error;
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
  return call("POST", "api/kiosk/qr", { body: { option }, ...AS_DEVICE });
}

// How the device is doing: {name, connection, visits_today, last_error}. The action "reset" ends
// its visits and forgets its errors.
export function askAsStaff(pin, action = "show") {
  return call("POST", "api/kiosk/staff", { body: { pin, action }, ...AS_DEVICE });
}

// Whether the service can answer people now.
export async function isReady() {
  return call("GET", "readyz").then(
    () => true,
    () => false,
  );
}
