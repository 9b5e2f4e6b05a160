// The widget's words and the kiosk's own, which stand under "kiosk.", as one.

import { Words, loadWords } from "../../widget/words.js";

export const LANGUAGES = ["fi", "sv", "en"];
const LOCALES = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };
const OWN = "kiosk.";

const loading = new Map();
let entries;

// The words of a language; a failed fetch is tried again at the next call.
export function loadKioskWords(language) {
  if (!loading.has(language)) {
    const words = Promise.all([loadWords(language), loadEntries()]).then(
      async ([widget, own]) => {
        await widget.extend();
        return new KioskWords(widget, own[language]);
      },
    );
    words.catch(() => loading.delete(language));
    loading.set(language, words);
  }
  return loading.get(language);
}

class KioskWords {
  #widget;
  #own;

  constructor(widget, own) {
    this.#widget = widget;
    this.#own = own;
    this.language = widget.language;
  }

  text(name, values = {}) {
    if (!name.startsWith(OWN)) return this.#widget.text(name, values);
    return fill(this.#find(name) ?? "", values);
  }

  count(name, number) {
    if (!name.startsWith(OWN)) return this.#widget.count(name, number);
    const form = new Intl.PluralRules(LOCALES[this.language]).select(number);
    const forms = this.#find(name);
    return fill(forms[form] ?? forms.other, { count: this.number(number) });
  }

  // A moment as the day it falls on here.
  day(iso) {
    return this.#write(iso, { dateStyle: "long" });
  }

  moment(iso) {
    return this.#write(iso, { dateStyle: "short", timeStyle: "short" });
  }

  number(...values) {
    return this.#widget.number(...values);
  }

  euros(...values) {
    return this.#widget.euros(...values);
  }

  date(iso) {
    return this.#widget.date(iso);
  }

  languageName(code) {
    return this.#widget.languageName(code);
  }

  extend() {
    return this.#widget.extend();
  }

  #write(iso, style) {
    const here = { ...style, timeZone: "Europe/Helsinki" };
    return new Intl.DateTimeFormat(LOCALES[this.language], here).format(new Date(iso));
  }

  // In easy language where that is wanted, and written.
  #find(name) {
    return (Words.plain && this.#entry(`${name}_easy`)) || this.#entry(name);
  }

  #entry(name) {
    return name
      .slice(OWN.length)
      .split(".")
      .reduce((found, key) => found?.[key], this.#own);
  }
}

function loadEntries() {
  entries ??= fetchEntries().catch((error) => {
    entries = null;
    throw error;
  });
  return entries;
}

async function fetchEntries() {
  const answer = await fetch(new URL("strings.json", import.meta.url));
  if (!answer.ok) throw new Error("strings");
  return answer.json();
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
