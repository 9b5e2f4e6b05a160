// Sends what a coach writes without leaving the page, and puts a canned reply into the field.

import { readAgain } from "/coach/assets/live.js";

const field = document.getElementById("text");
const form = field?.form;
const sent = document.getElementById("sent");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const isSent = await send().catch(() => false);
  button.disabled = false;
  sent.textContent = isSent ? "" : sent.dataset.failed;
  if (isSent) {
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
  return response.ok;
}
