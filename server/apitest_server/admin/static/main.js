// What every page needs: the menu of a narrow screen, confirmations, forms that are sent once, times, live figures.

import { follow } from "./live.js";
import { localTimes, zoneButtons } from "./times.js";

const burger = document.querySelector(".burger");
burger?.addEventListener("click", () => {
  const isOpen = document.querySelector(".menu").classList.toggle("open");
  burger.setAttribute("aria-expanded", String(isOpen));
});

function confirmed(question, yes) {
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  text.textContent = question;
  text.id = "question";
  dialog.setAttribute("aria-labelledby", "question");
  const buttons = document.createElement("form");
  buttons.method = "dialog";
  buttons.className = "buttons";
  for (const [value, label, kind] of [["no", "Cancel", ""], ["yes", yes, "danger"]]) {
    const button = document.createElement("button");
    button.value = value;
    button.textContent = label;
    button.className = kind;
    buttons.append(button);
  }
  dialog.append(text, buttons);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.confirm && form.dataset.confirmed !== "true") {
    event.preventDefault();
    if (await confirmed(form.dataset.confirm, form.dataset.yes ?? "Delete")) {
      form.dataset.confirmed = "true";
      form.requestSubmit();
    }
    return;
  }
  if (form.method === "post") {
    // A second click must not do it twice
    for (const button of form.querySelectorAll("button[type=submit]")) setTimeout(() => { button.disabled = true; });
  }
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
