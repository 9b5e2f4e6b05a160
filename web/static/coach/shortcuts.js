// Single keys for lists of the desk: j and k go through the items, letters press what is in one.
// They can be turned off, for people who talk to their computer, whose words would press them.

const STORE = "opastin-desk-keys";
const OFF = "off";

const box = document.getElementById("shortcuts");
const help = document.getElementById("keys");
const isOn = document.getElementById("keys-on");
const items = [...document.querySelectorAll("[data-item]")];

if (box && help) {
  box.hidden = false;
  isOn.checked = read() !== OFF;
  document.getElementById("keys-open").addEventListener("click", () => help.showModal());
  document.getElementById("keys-close").addEventListener("click", () => help.close());
  isOn.addEventListener("change", () => write(isOn.checked ? "on" : OFF));
  document.addEventListener("keydown", press);
}

function press(event) {
  if (!isOn.checked || event.ctrlKey || event.altKey || event.metaKey || help.open) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const act = { j: () => go(1), k: () => go(-1), "?": () => help.showModal() }[event.key];
  const button = act ? null : find(event.key);
  if (!act && !button) return;
  event.preventDefault();
  if (act) act();
  else button.click();
}

function go(step) {
  if (!items.length) return;
  const at = items.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : items.length - 1) : at + step;
  const item = items[Math.min(Math.max(next, 0), items.length - 1)];
  (item.querySelector("[data-first]") ?? item).focus();
  item.scrollIntoView({ block: "nearest" });
}

function find(key) {
  if (!/^[a-z]$/.test(key)) return null;
  return current()?.querySelector(`[data-key="${key}"]`) ?? null;
}

function current() {
  return document.activeElement?.closest("[data-item]") ?? null;
}

function read() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null;
  }
}

function write(value) {
  try {
    localStorage.setItem(STORE, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
