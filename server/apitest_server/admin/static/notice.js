// What a page has to say by itself, on top of it: one thing at a time, read out, gone when it is no longer true.

const said = new Map(); // topic -> text, and what can be done
let bar = null;

function draw() {
  bar ??= document.querySelector("main").insertBefore(document.createElement("section"), document.querySelector("main").firstChild);
  bar.className = "notice";
  bar.setAttribute("role", "status");
  const [newest] = [...said.values()].slice(-1);
  bar.hidden = !newest;
  bar.replaceChildren();
  if (!newest) return;
  const text = document.createElement("p");
  text.textContent = newest.text;
  bar.append(text);
  if (newest.label) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = newest.label;
    button.addEventListener("click", newest.act);
    bar.append(button);
  }
}

export function say(topic, text, label = "", act = null) {
  const before = said.get(topic);
  if (before?.text === text && before.label === label) return;
  said.delete(topic);
  said.set(topic, { text, label, act });
  draw();
}

export function unsay(topic) {
  if (said.delete(topic)) draw();
}
