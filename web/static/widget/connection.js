// Keeps one conversation connected: a WebSocket while it can be had, else asking every few
// seconds, and a calm return after every break.

import { fetchMessages, openSocket } from "./api.js";

const POLL_MILLISECONDS = 4000;
const FIRST_DELAY_MILLISECONDS = 1000;
const LONGEST_DELAY_MILLISECONDS = 30000;
// A socket that lived this long was a good one; the back-off begins anew after it.
const GOOD_SOCKET_MILLISECONDS = 5000;
// Some networks neither let a socket through nor refuse it.
const OPENING_MILLISECONDS = 8000;
// After a message the service must give some sign of life, or the line is dead.
const SILENCE_MILLISECONDS = 20000;
// After so many sockets that did not last, they are tried no oftener than this.
const SOCKET_ATTEMPTS = 3;
const SOCKET_AGAIN_MILLISECONDS = 60000;
// A device that slept finds its socket dead without being told; a socket that was silent for
// longer than this is not trusted then.
const TICK_MILLISECONDS = 15000;
const STALE_MILLISECONDS = 45000;

export class Connection {
  // "connecting", then "socket", "polling" or "offline".
  state = "connecting";
  #token;
  #on;
  #socket = null;
  #silence;
  #failures = 0;
  #badSockets = 0;
  #lastSocket = 0;
  // When the socket last showed a sign of life, and when a tick last came, by the clock on the
  // wall, which goes on while the device sleeps.
  #heard = 0;
  #ticked = Date.now();
  #ended = new AbortController();
  #wake = () => {};
  #dropSocket = () => {};

  // `on` holds after() -> the last number received; messages(list); frame(frame); state(state);
  // gone().
  constructor(token, on) {
    this.#token = token;
    this.#on = on;
  }

  // `current` says that nothing can have been missed, as in a conversation just begun.
  start(current) {
    const { signal } = this.#ended;
    addEventListener("online", () => this.retry(), { signal });
    addEventListener("offline", () => this.#dropSocket(), { signal });
    addEventListener("pageshow", () => this.#awake(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#awake(), { signal });
    const ticks = setInterval(() => this.#tick(), TICK_MILLISECONDS);
    signal.addEventListener("abort", () => clearInterval(ticks));
    this.#run(current);
  }

  stop() {
    this.#ended.abort();
    this.#dropSocket();
    this.#wake();
  }

  // Sends over the socket; false when there is none.
  send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    this.#silence ??= setTimeout(this.#dropSocket, SILENCE_MILLISECONDS, true);
    return true;
  }

  // Ends a pause between two attempts.
  retry() {
    this.#wake();
  }

  #tick() {
    const slept = Date.now() - this.#ticked > STALE_MILLISECONDS;
    this.#ticked = Date.now();
    // A page that is out of sight gets its ticks late.
    if (slept && !document.hidden) this.#awake();
  }

  #awake() {
    if (Date.now() - this.#heard > STALE_MILLISECONDS) this.#dropSocket();
    this.retry();
  }

  get #stopped() {
    return this.#ended.signal.aborted;
  }

  async #run(current) {
    for (let known = current; !this.#stopped; known = false) {
      if (!known && !(await this.#catchUp())) continue;
      const tired =
        this.#badSockets >= SOCKET_ATTEMPTS &&
        performance.now() - this.#lastSocket < SOCKET_AGAIN_MILLISECONDS;
      const lived = tired || this.#stopped ? 0 : await this.#talk().catch(() => 0);
      if (lived > GOOD_SOCKET_MILLISECONDS) this.#failures = this.#badSockets = 0;
      else this.#badSockets += 1;
      if (lived && this.#badSockets < SOCKET_ATTEMPTS) {
        // Many browsers must not come back in the same instant after a restart.
        await this.#pause(this.#delay());
      } else {
        this.#enter("polling");
        await this.#pause(POLL_MILLISECONDS);
      }
    }
  }

  // Fetches what came meanwhile; false (after a pause) when the service cannot be reached.
  async #catchUp() {
    try {
      const missed = [];
      let page;
      do {
        const after = missed.at(-1)?.id ?? this.#on.after();
        page = await fetchMessages(this.#token, after);
        missed.push(...page.messages);
      } while (page.more);
      if (!this.#stopped) this.#on.messages(missed);
      return true;
    } catch (error) {
      if (this.#stopped) return false;
      if (error.gone) {
        this.stop();
        this.#on.gone();
        return false;
      }
      this.#enter("offline");
      await this.#pause(Math.max(this.#delay(), (error.retrySeconds || 0) * 1000));
      return false;
    }
  }

  // Talks over a socket until it closes; gives the milliseconds that it was open.
  #talk() {
    this.#lastSocket = performance.now();
    this.#heard = Date.now();
    return new Promise((resolve) => {
      const socket = openSocket();
      let opened = 0;
      const heard = () => {
        clearTimeout(this.#silence);
        this.#silence = null;
        this.#heard = Date.now();
      };
      const end = () => {
        heard();
        this.#socket = null;
        resolve(opened && Math.max(1, performance.now() - opened));
      };
      // The closing itself may take as long as the network is away. A socket over which nothing
      // came counts as one that never opened.
      this.#dropSocket = (silent = false) => {
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
        if (silent) opened = 0;
        end();
      };
      this.#silence = setTimeout(this.#dropSocket, OPENING_MILLISECONDS, true);
      socket.onopen = () => {
        heard();
        opened = performance.now();
        this.#socket = socket;
        socket.send(JSON.stringify({ token: this.#token, after: this.#on.after() }));
        this.#enter("socket");
      };
      socket.onmessage = ({ data }) => {
        heard();
        this.#on.frame(JSON.parse(data));
      };
      socket.onclose = end;
    });
  }

  // A new socket is news each time: what went into the old one has to go again.
  #enter(state) {
    if (this.#stopped || (this.state === state && state !== "socket")) return;
    this.state = state;
    this.#on.state(state);
  }

  #delay() {
    const longest = FIRST_DELAY_MILLISECONDS * 2 ** this.#failures++;
    return Math.min(LONGEST_DELAY_MILLISECONDS, longest) * (0.5 + Math.random() / 2);
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, milliseconds);
    });
  }
}
