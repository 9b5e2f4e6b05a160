// The wording, numbers and dates of one language, and what on the screen is written in them.

export const LANGUAGES = ["fi", "sv", "en"];
const LOCALES = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
const WRITE = Symbol("write");

const loading = new Map();

// The words of a language, fetched once; a failed fetch is tried again at the next call.
export function loadWords(language) {
  if (!loading.has(language)) {
    const words = fetchWords(language);
    words.catch(() => loading.delete(language));
    loading.set(language, words);
  }
  return loading.get(language);
}

async function fetchWords(language) {
  return new Words(language, await fetchEntries(language));
}

async function fetchEntries(name) {
  const answer = await fetch(new URL(`strings/${name}.json`, import.meta.url));
  if (!answer.ok) throw new Error(name);
  return answer.json();
}

export class Words {
  // Whether texts are wanted in easy language, where they are written in it.
  static plain = false;
  #entries;
  #locale;
  #extended;

  constructor(language, entries) {
    this.language = language;
    this.#entries = entries;
    this.#locale = LOCALES[language];
  }

  // Adds the words of the menu and of rare replies, fetched once.
  extend() {
    return (this.#extended ??= fetchEntries(`${this.language}-more`)
      .then((entries) => Object.assign(this.#entries, entries))
      .catch((error) => {
        this.#extended = null;
        throw error;
      }));
  }

  // The text named "key" or "group.key", with its {places} filled; "" where there is none.
  text(name, values = {}) {
    const easy = Words.plain && this.#find(`${name}_easy`);
    return fill(easy || (this.#find(name) ?? ""), values);
  }

  // The text in the form that the number asks for ("1 päivä", "2 päivää").
  count(name, number) {
    const forms = this.#find(name);
    const form = new Intl.PluralRules(this.#locale).select(number);
    return fill(forms[form] ?? forms.other, { count: this.number(number) });
  }

  number(value, options = {}) {
    const rounded = { maximumFractionDigits: 1, ...options };
    return new Intl.NumberFormat(this.#locale, rounded).format(value);
  }

  // An amount, or with `most` a range of amounts ("60–120 €").
  euros(value, most = null) {
    const digits = [value, most ?? 0].every(Number.isInteger) ? 0 : 2;
    const plain = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const money = { style: "currency", currency: "EUR", ...plain };
    if (most === null) return this.number(value, money);
    // The sign stands once, on the side where the language has it.
    const upper = this.number(most, money);
    return upper.endsWith("€")
      ? `${this.number(value, plain)}–${upper}`
      : `${this.number(value, money)}–${this.number(most, plain)}`;
  }

  // An ISO date in words; it names a day, so no time zone may move it.
  date(iso) {
    const style = { dateStyle: "medium", timeZone: "UTC" };
    return new Intl.DateTimeFormat(this.#locale, style).format(new Date(iso));
  }

  languageName(code) {
    return new Intl.DisplayNames([this.#locale], { type: "language" }).of(code);
  }

  #find(name) {
    return name.split(".").reduce((entries, key) => entries?.[key], this.#entries);
  }
}

// Keeps what is on the screen in the language chosen now.
export class Wording {
  constructor(words) {
    this.words = words;
  }

  // Calls write(words, node) now and after each change of language.
  bind(node, write) {
    node[WRITE] = write;
    write(this.words, node);
    return node;
  }

  say(node, name) {
    return this.bind(node, (words) => (node.textContent = words.text(name)));
  }

  label(node, name) {
    return this.bind(node, (words) => {
      node.title = words.text(name);
      node.ariaLabel = words.text(name);
    });
  }

  change(words, root) {
    this.words = words;
    for (const node of root.querySelectorAll("*")) node[WRITE]?.(words, node);
  }
}

// Whole days from today in Finland to an ISO date; negative when it has passed.
export function daysUntil(iso, now = new Date()) {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Helsinki" }).format(now);
  return Math.round((Date.parse(iso) - Date.parse(today)) / DAY_MILLISECONDS);
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
