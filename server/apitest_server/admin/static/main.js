// What every page needs: the menu of a narrow screen, confirmations, forms that are sent once, times, live figures.

import { opened } from "./dialog.js";
import { follow } from "./live.js";
import { say, unsay } from "./notice.js";
import { ensureSession } from "./session.js";
import { localTimes, zoneButtons } from "./times.js";

const burger = document.querySelector(".burger");
burger?.addEventListener("click", () => {
  const isOpen = document.querySelector(".menu").classList.toggle("open");
  burger.setAttribute("aria-expanded", String(isOpen));
});

// The menu scrolls by itself: where people are in it is in sight
const menu = document.querySelector(".menu");
const current = menu?.querySelector("[aria-current]");
if (current && current.offsetTop + current.offsetHeight > menu.clientHeight) {
  menu.scrollTop = current.offsetTop - menu.clientHeight / 2;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && burger?.getAttribute("aria-expanded") === "true") {
    burger.click();
    burger.focus();
  }
});

function confirmed(question, yes) {
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  text.textContent = question;
  text.id = "question";
  dialog.setAttribute("aria-labelledby", "question");
  const buttons = document.createElement("form");
  buttons.className = "buttons";
  for (const [value, label, kind] of [["no", "Cancel", ""], ["yes", yes, "danger"]]) {
    const button = document.createElement("button");
    button.value = value;
    button.textContent = label;
    button.className = kind;
    buttons.append(button);
  }
  dialog.append(text, buttons);
  const { end, ended } = opened(dialog, false);
  buttons.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation(); // It is no form of the page
    end(event.submitter.value === "yes");
  });
  return ended;
}

// A field may be called "method" or "submit": forms are asked by what no field can hide
const method = (form) => form.getAttribute("method")?.toLowerCase();
const resubmit = (form, button) => HTMLFormElement.prototype.requestSubmit.call(form, button);

async function isReady(form) {
  try {
    return await ensureSession();
  } catch {
    say("form", "The server cannot be reached. What was typed is still here: try again in a moment.");
    return false;
  }
}

// Nothing is sent before it is known that it arrives: a page that cannot be shown would take what was typed with it
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (method(form) !== "post") return;
  const buttons = form.querySelectorAll("button[type=submit]");
  if (form.dataset.ready === "true" || form.matches(".sign-in, .who")) { // Those two need no session
    delete form.dataset.ready;
    // A second click must not do it twice
    for (const button of buttons) setTimeout(() => { button.disabled = true; });
    return;
  }
  event.preventDefault();
  if (form.dataset.busy === "true") return;
  form.dataset.busy = "true";
  const button = event.submitter;
  // Where this has not run, the server asks what is in these fields: see questions.py
  const question = form.querySelector("input[name=_ask]");
  const isWanted = !question || await confirmed(question.value, form.querySelector("input[name=_yes]").value);
  if (isWanted && await isReady(form)) {
    unsay("form");
    if (question) question.disabled = true; // It was asked
    form.dataset.ready = "true";
    resubmit(form, button);
  }
  delete form.dataset.busy;
});

// A page that comes back from the browser's memory can be used again
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form button[type=submit]")) button.disabled = false;
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}

localTimes(document);
zoneButtons();
for (const part of document.querySelectorAll("[data-stream]")) follow(part.dataset.stream);
