// Notices when nobody is there: asks first, and can be told to wait.

const SIGNS = ["pointerdown", "keydown", "wheel", "input"];
const TICK_MILLISECONDS = 1000;
// So many times in a row the page may be at work. Some browsers say for ever that they speak.
const MOST_BUSY = 4;

export class Idle {
  #seconds;
  #on;
  #timer;
  #until = 0;
  #busy = 0;
  #waiting = false;
  #listening = new AbortController();

  // `seconds` holds idle and warning; `on` holds warn(seconds left), calm(), end(), and busy(),
  // which says that the page itself is at work for the visitor, and patience(), by how much
  // longer than usual the visitor may be still.
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
    this.#busy = 0;
    if (this.#waiting) this.#on.calm();
    this.#waiting = false;
    this.#wait();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#listening.abort();
  }

  #wait() {
    clearTimeout(this.#timer);
    if (this.#listening.signal.aborted) return;
    this.#timer = setTimeout(() => this.#ask(), this.#seconds.idle * this.#on.patience() * 1000);
  }

  #ask() {
    if (this.#on.busy() && this.#busy++ < MOST_BUSY) return this.#wait();
    this.#waiting = true;
    // Not the time of day: a clock that is set back must not keep a visit open.
    this.#until = performance.now() + this.#seconds.warning * 1000;
    this.#count();
  }

  #count() {
    const left = Math.ceil((this.#until - performance.now()) / 1000);
    if (left <= 0) {
      this.stop();
      return this.#on.end();
    }
    this.#on.warn(left);
    this.#timer = setTimeout(() => this.#count(), TICK_MILLISECONDS);
  }
}
