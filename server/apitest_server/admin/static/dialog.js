// A dialog on top of the page, which has the focus until it ends.

// What it ends with is known in the moment in which it closes. The browser tells of a dialog that was closed later,
// and until then the page would take no notice of what is pressed next.
export function opened(dialog, calledOff) {
  let resolve;
  const ended = new Promise((told) => { resolve = told; });
  const end = (value) => {
    dialog.close(); // Before it is taken away: that gives the focus back
    dialog.remove();
    resolve(value);
  };
  dialog.addEventListener("cancel", () => end(calledOff)); // Escape, and what a phone has for it
  dialog.addEventListener("close", () => end(calledOff));
  document.body.append(dialog);
  dialog.showModal();
  return { end, ended };
}
