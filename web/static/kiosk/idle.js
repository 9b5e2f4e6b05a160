// Notices when nobody is there: asks first, and can be told to wait.

const SIGNS = ["pointerdown", "keydown", "wheel", "input"];
const TICK_MILLISECONDS = 1000;

export class Idle {
  #seconds;
  #on;
  #timer;
  #until = 0;
  #waiting = false;
  #listening = new AbortController();

  // `seconds` holds idle and warning; `on` holds warn(seconds left), calm(), end(), and busy(),
  // which says that the page itself is at work for the visitor.
  constructor(seconds, on) {
    this.#seconds = seconds;
    this.#on = on;
    const options = { signal: this.#listening.signal, capture: true, passive: true };
    for (const sign of SIGNS) document.addEventListener(sign, () => this.notice(), options);
    this.stay();
  }

  // A sign of life. While the question stands, only an answer to it counts.
  notice() {
    if (!this.#waiting) this.stay();
  }

  // Begins to count anew.
  stay() {
    clearTimeout(this.#timer);
    if (this.#listening.signal.aborted) return;
    if (this.#waiting) this.#on.calm();
    this.#waiting = false;
    this.#timer = setTimeout(() => this.#ask(), this.#seconds.idle * 1000);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#listening.abort();
  }

  #ask() {
    if (this.#on.busy()) return this.stay();
    this.#waiting = true;
    this.#until = Date.now() + this.#seconds.warning * 1000;
    this.#count();
  }

  #count() {
    const left = Math.ceil((this.#until - Date.now()) / 1000);
    if (left <= 0) {
      this.stop();
      return this.#on.end();
    }
    this.#on.warn(left);
    this.#timer = setTimeout(() => this.#count(), TICK_MILLISECONDS);
  }
}
