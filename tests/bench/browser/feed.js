// Follows a gateway's feed as PROTOCOL says, for the pages of the bench: greeting, snapshot, changes, beats.
"use strict";

/** Follow the feed at `url`; `told` has `snapshot(entities)`, `changed(entities, gone)` and `beat(params)`. */
function follow(url, token, told) {
  const socket = new WebSocket(url, "watchfloor.v1");
  let epoch = "", rev = 0, pages = [];
  const send = (method, params) => socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  socket.onopen = () => send("hello", { token, client: "bench page" });
  socket.onmessage = (message) => {
    const { method, params } = JSON.parse(message.data);
    if (method === "floor.changed") {
      if (params.epoch !== epoch || params.prev !== rev) {
        seen.gaps += 1;
        send("resync", {});
        return;
      }
      rev = params.rev;
      told.changed(params.entities, params.gone);
    } else if (method === "floor.beat") {
      told.beat(params);
    } else if (method === "floor.snapshot") {
      if (params.page === 1) pages = [];
      pages.push(params.entities);
      if (params.page < params.pages) return;
      ({ epoch, rev } = params);
      told.snapshot(pages.flat());
      pages = [];
    }
  };
  socket.onclose = () => { seen.closed = true; };
}

/** What the bench reads off a page: changes that arrived, cards that were drawn. */
const seen = { live: false, closed: false, gaps: 0, changes: 0, drawn: 0, faults: [] };
window.addEventListener("error", (event) => seen.faults.push(String(event.message)));
window.addEventListener("unhandledrejection", (event) => seen.faults.push(String(event.reason)));
