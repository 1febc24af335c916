// Server-sent events that go on by themselves: after a failure slower and slower, saying so; not while nobody looks.

import { say, unsay } from "./notice.js";
import { signIn } from "./session.js";

const FIRST = 1000; // milliseconds until the next attempt; twice as long after each further failure
const LONGEST = 30000;
const SILENCE = 45000; // the server says something at least every 15 seconds
const TOPIC = "stream";

async function* events(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    alive();
    const blocks = (text + value).split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n");
      const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
      if (data) yield { isEnd: lines.includes("event: end"), data: JSON.parse(data) };
    }
  }
}

// `address` gives where to read, each time; `came` gets each event; `over` is told why there will be none any more;
// `begun` is called when the server has begun to send, which it may do again after a failure
export function stream(address, came, over = null, begun = null) {
  let wait = FIRST;
  let timer = 0;
  let reading = null;
  let isStopped = false;

  async function read() {
    clearTimeout(timer);
    reading?.abort();
    const mine = new AbortController();
    reading = mine;
    let silence = 0;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => mine.abort(), SILENCE);
    };
    alive();
    let why = "";
    try {
      const response = await fetch(address(), { signal: mine.signal, headers: { Accept: "text/event-stream" } });
      if (response.status === 401) why = "session";
      else if (response.status < 500 && !response.ok) {
        over?.((await response.json()).problem);
        return;
      } else if (response.ok) {
        wait = FIRST;
        unsay(TOPIC);
        begun?.();
        for await (const { isEnd, data } of events(response.body, alive)) {
          if (reading !== mine) return;
          if (isEnd) why = data.why;
          else came(data);
        }
      }
    } catch (error) {
      if (reading !== mine) return; // It was stopped, or begun anew
      if (!(error instanceof TypeError || error.name === "AbortError")) throw error;
    } finally {
      clearTimeout(silence);
    }
    if (isStopped || reading !== mine) return;
    if (why === "session") say("session", "The session has ended: nothing here is up to date any more.", "Sign in again", signIn);
    else again();
  }

  function again() {
    const until = Date.now() + wait * (0.75 + Math.random() / 2); // Not all windows at once
    wait = Math.min(LONGEST, wait * 2);
    const tick = () => {
      const left = until - Date.now();
      if (left <= 0) {
        read();
        return;
      }
      say(TOPIC, `The server cannot be reached. Next attempt in ${Math.ceil(left / 1000)} s.`, "Try now", read);
      timer = setTimeout(tick, Math.min(1000, left));
    };
    tick();
  }

  function rest() {
    clearTimeout(timer);
    const before = reading;
    reading = null;
    before?.abort();
  }

  const look = () => { if (document.hidden) rest(); else if (!isStopped && !reading) read(); };
  const begin = () => { if (!isStopped && !document.hidden) read(); };
  document.addEventListener("visibilitychange", look);
  document.addEventListener("signed-in", begin);
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", look);
  read();

  return {
    again: read,
    stop() {
      isStopped = true;
      rest();
      document.removeEventListener("visibilitychange", look);
      document.removeEventListener("signed-in", begin);
    },
  };
}
