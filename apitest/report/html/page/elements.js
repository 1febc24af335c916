// Elements of the page. Everything from the run becomes text of a node, never markup.

const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** The text with what is invisible or turns the direction of text spelt out. */
function clean(text) {
  return String(text).replaceAll("\r\n", "\n").replace(HARMFUL, (found) => {
    const code = found.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
  });
}

/** An element with a class, attributes or functions for events, and children: texts and other elements. */
function make(tag, given = {}, ...children) {
  const [name, kind] = tag.split(".");
  const element = document.createElement(name);
  if (kind) element.className = kind.replaceAll("_", " ");
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : clean(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== "").map(
    (child) => (child instanceof Node ? child : clean(child))));
  return element;
}

/** An element of an SVG picture. */
function draw(tag, given, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const byId = (id) => document.getElementById(id);

/** A button that puts a text on the clipboard, and says that it did. */
function copyButton(label, text) {
  const button = make("button.small", { type: "button", onclick: async (event) => {
    event.stopPropagation();
    await copy(text());
    button.textContent = "Copied";
    button.classList.add("done");
    setTimeout(() => { button.textContent = label; button.classList.remove("done"); }, 1500);
  } }, label);
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", { "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
