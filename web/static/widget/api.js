// The gateway's HTTP interface, one function an address.

// Relative to this module, so that the service may live under a path of its own.
export const SERVICE = new URL("..", import.meta.url);

const TIMEOUT_MILLISECONDS = 20000;
const GONE = [401, 404, 410];

// An answer that is not a success. Where the connection fails, `fetch` rejects with an error of
// its own, which has no status.
class ServiceError extends Error {
  constructor({ status, headers }, body) {
    super(`The service answered ${status}.`);
    this.status = status;
    this.code = body?.error?.code;
    this.replies = body?.replies ?? [];
    this.retrySeconds = Number(headers.get("Retry-After"));
    // The conversation is no longer there to go on with.
    this.gone = GONE.includes(status);
  }
}

export function startConversation(language, { plain = false, channel = "web", referral } = {}) {
  const body = { language, plain_language: plain, channel, referral };
  return call("POST", "api/conversations", { body });
}

export function postMessage(token, body) {
  return call("POST", "api/messages", { token, body });
}

export function fetchMessages(token, after) {
  return call("GET", `api/messages?after=${after}`, { token });
}

// `body` holds language or plain_language.
export function changeConversation({ token, conversation }, body) {
  return call("PATCH", `api/conversations/${conversation}`, { token, body });
}

// Has the service ask how the chat went; what it asks comes as a message.
export function askFeedback({ token, conversation }) {
  return call("POST", `api/conversations/${conversation}/feedback`, { token });
}

export function eraseConversation({ token, conversation }) {
  return call("DELETE", `api/conversations/${conversation}`, { token });
}

// The steps of the latest plan as a calendar file.
export function fetchCalendar({ token, conversation }) {
  return call("GET", `api/conversations/${conversation}/plan.ics`, { token, as: "blob" });
}

export function openSocket() {
  const address = new URL("api/chat", SERVICE);
  address.protocol = address.protocol.replace("http", "ws");
  return new WebSocket(address);
}

// `how` goes to `fetch` as it is.
export async function call(method, path, { token, body, as = "json", ...how } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(new URL(path, SERVICE), {
    method,
    headers,
    body: JSON.stringify(body),
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    ...how,
  });
  // A proxy between may answer in HTML.
  const content = await answer[answer.ok ? as : "json"]().catch(() => null);
  if (!answer.ok) throw new ServiceError(answer, content);
  return content;
}
