// Signing in again without leaving a page: what was typed in it stays.

import { opened } from "./dialog.js";
import { unsay } from "./notice.js";

const PREFIX = "/zato/admin/";
const HEADERS = { Accept: "application/json" };
let asking = null;

function field(form, name, text, type, complete) {
  const label = document.createElement("label");
  label.htmlFor = `again-${name}`;
  label.textContent = text;
  const input = document.createElement("input");
  Object.assign(input, { id: label.htmlFor, name, type, autocomplete: complete, required: true });
  form.append(label, input);
  return input;
}

function taken(found) {
  for (const input of document.querySelectorAll("input[name=proof]")) input.value = found.proof;
  const user = document.querySelector(".who .user");
  if (user) user.textContent = found.user;
  unsay("session");
  document.dispatchEvent(new Event("signed-in"));
  return found;
}

function ask() {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "again");
  const form = document.createElement("form");
  form.className = "again";
  form.noValidate = false;
  const head = document.createElement("h2");
  head.id = "again";
  head.textContent = "Sign in again";
  const about = document.createElement("p");
  about.textContent = "The session has ended. What was typed on this page is still here.";
  form.append(head, about);
  const user = field(form, "username", "User name", "text", "username");
  const password = field(form, "password", "Password", "password", "current-password");
  user.value = document.querySelector(".who .user")?.textContent ?? "";
  const told = document.createElement("p");
  told.className = "problem";
  told.setAttribute("role", "alert");
  const buttons = document.createElement("p");
  buttons.className = "buttons";
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.textContent = "Cancel";
  const go = document.createElement("button");
  go.className = "main";
  go.textContent = "Sign in";
  buttons.append(cancel, go);
  form.append(told, buttons);
  dialog.append(form);
  const { end, ended } = opened(dialog, null);
  cancel.addEventListener("click", () => end(null));
  (user.value ? password : user).focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation(); // It is no form of the page
    go.disabled = true;
    try {
      const body = new URLSearchParams({ username: user.value, password: password.value });
      const response = await fetch(`${PREFIX}sign-in`, { method: "POST", headers: HEADERS, body });
      const answer = await response.json();
      if (response.ok) end(taken(answer));
      else told.textContent = `${answer.problem}.`;
    } catch {
      told.textContent = "The server cannot be reached. Try again.";
    }
    go.disabled = false;
  });
  return ended;
}

// Who has signed in, or nothing if it was called off
export function signIn() {
  asking ??= ask().finally(() => { asking = null; });
  return asking;
}

// Before something is sent: forms get the proof of the session that there is now. Fails where there is no server.
export async function ensureSession() {
  const response = await fetch(`${PREFIX}session`, { headers: HEADERS });
  if (response.status === 401) return Boolean(await signIn());
  if (!response.ok) throw new Error(`${response.status}`);
  taken(await response.json());
  return true;
}
