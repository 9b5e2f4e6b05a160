// Sends what a coach writes without leaving the page, and puts a canned reply into the field.

import { readAgain } from "/coach/assets/live.js";

const field = document.getElementById("text");
const form = field?.form;
const sent = document.getElementById("sent");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const problem = await send().catch(() => sent.dataset.failed);
  button.disabled = false;
  sent.textContent = problem;
  if (!problem) {
    field.value = "";
    readAgain();
  }
  field.focus();
});

field?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (field.value.trim()) form.requestSubmit();
});

for (const link of document.querySelectorAll(".canned a"))
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const text = link.parentElement.querySelector("p").textContent;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
  });

async function send() {
  const response = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
  });
  // Whoever is logged out meanwhile is led to the login, which says nothing of the message.
  if (response.ok && new URL(response.url).pathname === location.pathname) return "";
  // What was written is not empty, so only what it tells of a person can be wrong with it.
  return response.status === 400 ? sent.dataset.personal : sent.dataset.failed;
}
