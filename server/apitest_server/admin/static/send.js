// A request in JSON, checked while it is typed, sent without leaving the page, and the answer below it.

import { ensureSession } from "./session.js";

const PREFIX = "/zato/admin/";

function said(text, kind) {
  const element = document.createElement("p");
  element.className = kind;
  element.textContent = text;
  return element;
}

function link(text, path) {
  const element = document.createElement("a");
  element.href = PREFIX + path;
  element.textContent = text;
  return element;
}

function check(area, told) {
  try {
    JSON.parse(area.value);
    told.textContent = "Valid JSON";
    told.className = "hint";
    area.removeAttribute("aria-invalid");
    return true;
  } catch (error) {
    told.textContent = `Not valid JSON: ${error.message}`;
    told.className = "problem";
    area.setAttribute("aria-invalid", "true");
    return false;
  }
}

async function send(form, shown) {
  shown.replaceChildren(said("Waiting for the answer …", "hint"));
  try {
    if (!await ensureSession()) {
      shown.replaceChildren(said("It was not sent: sign in first.", "problem"));
      return;
    }
    const fields = new URLSearchParams(new FormData(form));
    const response = await fetch(form.dataset.send, { method: "POST", body: fields });
    const found = await response.json();
    if (!response.ok) {
      const told = said(`${found.problem.replace(/\.$/, "")}. `, "problem");
      if (found.cid) told.append(link("What the log says", `log?cid=${found.cid}`));
      shown.replaceChildren(told);
      return;
    }
    const text = "clients" in found
      ? `It was sent to ${found.clients === 1 ? "one client" : `${found.clients} clients`}.`
      : `${form.dataset.what ?? "Answered"} in ${found.ms} ms.`;
    const line = said(`${text} `, "");
    line.append(
      link("Show it as steps of a test", `steps/${found.done}`),
      " · ",
      link("What the log says", `log?cid=${found.cid}`),
    );
    shown.replaceChildren(line);
    if ("answer" in found) {
      const answer = document.createElement("pre");
      answer.tabIndex = 0;
      answer.textContent = typeof found.answer === "string" ? found.answer : JSON.stringify(found.answer, null, 2);
      shown.append(answer);
    }
  } catch {
    shown.replaceChildren(said("The server cannot be reached. Try again.", "problem"));
  }
}

export function senders() {
  for (const form of document.querySelectorAll("form[data-send]")) {
    const area = form.querySelector("[data-json]");
    const told = form.querySelector("[data-json-says]");
    const shown = form.querySelector(".answer");
    const button = form.querySelector("button[type=submit]");
    area?.addEventListener("input", () => check(area, told));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (area && !check(area, told)) {
        area.focus();
        return;
      }
      button.disabled = true;
      await send(form, shown);
      button.disabled = false;
    });
  }
}
