// A request as a command that sends it again.

const SET_BY_CURL = new Set(["content-length", "host", "connection", "transfer-encoding"]);

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command; notes in comments where what was sent is not all there. */
function curl(exchange) {
  const [method, ...rest] = exchange.request.split(" ");
  const lines = [`curl -i -X ${method} ${quoted(rest.join(" "))}`];
  const notes = [];
  for (const [name, value] of exchange.request_headers || []) {
    if (name.toLowerCase() === "accept-encoding") lines.push("--compressed");
    else if (!SET_BY_CURL.has(name.toLowerCase())) lines.push(`-H ${quoted(value ? `${name}: ${value}` : `${name};`)}`);
  }
  const sent = exchange.request_body || "";
  if (/^<[\d,]+ bytes? of binary data/.test(sent)) notes.push("# The body was binary and is not in the report");
  else if (sent) lines.push(`--data-raw ${quoted(sent)}`);
  if (/… \([\d,]+ characters\)$/.test(sent)) notes.push("# The body is shortened in the report");
  if (lines.join("").includes("***")) notes.push("# Secrets are masked: put them where *** stands");
  return [...notes, lines.join(" \\\n  ")].join("\n");
}
