// Times in the user's own time zone, or in UTC: one button for all of a page, remembered for the next one.

const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const utc = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
const KEY = "apitest-zone";

export const isUTC = () => localStorage.getItem(KEY) === "utc";

export function shownTime(moment) {
  return isUTC() ? `${utc.format(moment)} UTC` : local.format(moment);
}

const formats = (zone) => [{ timeStyle: "medium" }, { dateStyle: "medium" }].map((style) => new Intl.DateTimeFormat(undefined, { ...style, timeZone: zone }));
const halves = { local: formats(), utc: formats("UTC") };

// The time of the day, and below it the date, where a column has to be narrow
export function timeAndDate(moment) {
  const [time, date] = isUTC() ? halves.utc : halves.local;
  return [`${time.format(moment)}${isUTC() ? " UTC" : ""}`, date.format(moment)];
}

export function localTimes(root) {
  for (const element of root.querySelectorAll("time[data-time]")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.valueOf())) continue;
    element.title = isUTC() ? local.format(moment) : `${utc.format(moment)} UTC`;
    element.textContent = shownTime(moment);
  }
}

export function zoneButtons() {
  for (const button of document.querySelectorAll("[data-zone]")) {
    const show = () => {
      button.setAttribute("aria-pressed", String(isUTC()));
      button.textContent = isUTC() ? "Show local time" : "Show UTC";
    };
    button.addEventListener("click", () => {
      localStorage.setItem(KEY, isUTC() ? "local" : "utc");
      show();
      localTimes(document);
      document.dispatchEvent(new Event("zone")); // For times that scripts have written
    });
    show();
  }
}

export function duration(seconds) {
  const parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const found = [];
  let rest = Math.floor(seconds);
  for (const [size, unit] of parts) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count) found.push(`${count} ${unit}`);
  }
  return found.slice(0, 2).join(" ") || "0 s";
}
