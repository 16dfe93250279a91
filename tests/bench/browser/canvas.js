// The seat map on a canvas: what changed in sight is drawn at the next animation frame, and nothing else.
"use strict";

const asked = new URLSearchParams(location.search);
const PAUSE_MS = Number(asked.get("pause") || 0); // looks at the floor no more often than that; 0: each animation frame
const WIDE = Number(asked.get("card") || 78);
const HEAD = 28, CARD = 44, GAP = 5, MARGIN = 10;
const INK = "#1B2126", MID = "#46515A", LOW = "#545F68", LINE = "#BCC3C8", PANEL = "#E6E9EB", RAISED = "#F4F5F6";
const TONES = { warn: ["#854E00", "#FBE7BC"], critical: ["#B71912", "#F7D4D0"] };
const KINDS = [
  ["通话", "disc", ["talking", "outbound", "internal"]], ["空闲", "ring", ["ready"]],
  ["振铃", "dot", ["ringing", "reserved"]], ["整理", "half", ["acw"]], ["保持", "bars", ["hold"]],
  ["小休", "square", ["break", "training", "meeting", "coaching", "casework", "busy", "forced_busy"]],
  ["不应答", "barred", ["not_responding"]], ["故障", "cross", ["fault"]], ["不明", "query", ["unknown"]],
  ["离线", "dash", ["offline"]],
];
const SHAPES = Object.fromEntries(KINDS.flatMap(([, shape, states]) => states.map((state) => [state, shape])));

const byId = (id) => document.getElementById(id);
const map = byId("map");
const ratio = window.devicePixelRatio;
const width = Number(asked.get("width") || window.innerWidth - 420);
const height = Number(asked.get("height") || window.innerHeight - 130);
map.width = width * ratio;
map.height = height * ratio;
map.style.width = `${width}px`;
map.style.height = `${height}px`;
const pen = map.getContext("2d", { alpha: false });

const seats = new Map(), places = new Map(), counts = new Map();
const dirty = new Set();
let site = null, heads = [], whole = false, pending = false;
let offset = 0, below = 0; // scrolled so far, of so much
let skew = 0, beaten = 0, second = 0, last = 0; // the floor's clock before ours, the last beat, the last drawing

// Where cards stand

function arrange() {
  const areas = new Map((site ? site.seat_types : []).map((one) => [one.id, { title: one.zh, keys: [] }]));
  for (const seat of [...seats.values()].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    if (!areas.has(seat.area)) areas.set(seat.area, { title: seat.area, keys: [] });
    areas.get(seat.area).keys.push(seat.key);
  }
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN + GAP) / (WIDE + GAP)));
  places.clear();
  heads = [];
  let top = 4;
  for (const [area, { title, keys }] of areas) {
    if (!keys.length) continue;
    heads.push({ area, title, top, total: keys.length, staffed: keys.filter((key) => staffed(seats.get(key))).length, told: "" });
    top += HEAD;
    keys.forEach((key, at) => places.set(key, {
      x: MARGIN + (at % columns) * (WIDE + GAP), y: top + Math.floor(at / columns) * (CARD + GAP), time: "",
    }));
    top += Math.ceil(keys.length / columns) * (CARD + GAP) + GAP;
  }
  below = top;
  whole = true;
}

const staffed = (seat) => seat.state !== "offline";
const inSight = (place) => place.y + CARD > offset && place.y < offset + height;

function count(seat, by) {
  const shape = SHAPES[seat.state] || "square";
  counts.set(shape, (counts.get(shape) || 0) + by);
}

// Pictures that are kept: grounds and shapes are most of the work of a card

const pictures = new Map();

function picture(name, wide, high, draw) {
  let found = pictures.get(name);
  if (!found) {
    found = document.createElement("canvas");
    found.width = wide * ratio;
    found.height = high * ratio;
    const own = found.getContext("2d");
    own.scale(ratio, ratio);
    draw(own);
    pictures.set(name, found);
  }
  return found;
}

function ground(tone, vacant) {
  return picture(`${tone} ${vacant}`, WIDE, CARD, (own) => {
    own.fillStyle = PANEL;
    own.fillRect(0, 0, WIDE, CARD);
    own.beginPath();
    own.roundRect(1, 1, WIDE - 2, CARD - 2, 6);
    own.strokeStyle = tone ? TONES[tone][0] : LINE;
    own.lineWidth = tone ? 2 : 1.2;
    if (vacant) own.setLineDash([4, 3]);
    else {
      own.fillStyle = tone ? TONES[tone][1] : RAISED;
      own.fill();
    }
    own.stroke();
    if (!tone) return;
    own.fillStyle = TONES[tone][0];
    own.beginPath();
    own.arc(WIDE - 8, 8, 6, 0, 7);
    own.fill();
    own.fillStyle = "#FFFFFF";
    own.fillRect(WIDE - 9, 4, 2, 5);
    own.fillRect(WIDE - 9, 10, 2, 2);
  });
}

function shapePicture(shape) {
  return picture(shape, 13, 13, (own) => {
    own.translate(6.5, 6.5);
    own.fillStyle = own.strokeStyle = INK;
    own.lineWidth = 1.3;
    const path = (draw) => { own.beginPath(); draw(); };
    const line = (...ends) => path(() => { own.moveTo(ends[0], ends[1]); own.lineTo(ends[2], ends[3]); own.stroke(); });
    if (["ring", "dot", "half", "barred"].includes(shape)) path(() => { own.arc(0, 0, 4.8, 0, 7); own.stroke(); });
    if (shape === "disc") path(() => { own.arc(0, 0, 5.5, 0, 7); own.fill(); });
    if (shape === "dot") path(() => { own.arc(0, 0, 2.3, 0, 7); own.fill(); });
    if (shape === "half") path(() => { own.arc(0, 0, 4.8, -Math.PI / 2, Math.PI / 2); own.fill(); });
    if (shape === "bars") { own.fillRect(-4, -4.4, 3, 8.8); own.fillRect(1, -4.4, 3, 8.8); }
    if (shape === "square") own.strokeRect(-4.2, -4.2, 8.4, 8.4);
    if (shape === "dash") line(-5, 0, 5, 0);
    if (shape === "cross" || shape === "barred") line(-3.4, 3.4, 3.4, -3.4);
    if (shape === "cross") line(-3.4, -3.4, 3.4, 3.4);
    if (shape === "query") { own.font = "bold 12px Floor"; own.textAlign = "center"; own.fillText("?", 0, 4.5); }
  });
}

const shortened = new Map();

function fitting(text, font, room) {
  const name = `${font}${room}${text}`;
  let found = shortened.get(name);
  if (found === undefined) {
    pen.font = font;
    for (found = text; found && pen.measureText(found).width > room;) {
      found = `${[...found.replace(/…$/, "")].slice(0, -1).join("")}…`;
      if (found === "…") break;
    }
    if (shortened.size > 20000) shortened.clear();
    shortened.set(name, found);
  }
  return found;
}

// Drawing

const NAME = "14px Floor", SMALL = "12px Floor", SMALL_BOLD = "bold 12px Floor";

function elapsed(seconds) {
  const two = (value) => String(value).padStart(2, "0");
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

function write(text, x, y, font, ink, align = "left") {
  pen.font = font;
  pen.fillStyle = ink;
  pen.textAlign = align;
  pen.fillText(text, x, y);
}

function drawCard(seat, place, now) {
  const seconds = Math.max(0, Math.floor((now - seat.since) / 1000));
  const number = seat.agent || seat.key.slice(5);
  const x = place.x, y = place.y - offset, vacant = seat.state === "offline";
  seen.drawn += 1;
  if (vacant) {
    place.time = "";
    pen.drawImage(ground("", true), x, y, WIDE, CARD);
    write(number, x + WIDE / 2, y + 18, SMALL, LOW, "center");
    write("未登录", x + WIDE / 2, y + 36, SMALL, LOW, "center");
    return;
  }
  const tone = seconds > (seat.critical_after_s ?? Infinity) ? "critical" : seconds > (seat.warn_after_s ?? Infinity) ? "warn" : "";
  place.time = elapsed(seconds);
  pen.drawImage(ground(tone, false), x, y, WIDE, CARD);
  pen.drawImage(shapePicture(SHAPES[seat.state] || "square"), x + 7, y + 7.5, 13, 13);
  write(fitting(seat.agent_zh || number, NAME, WIDE - 32), x + 24, y + 19, NAME, INK);
  write(fitting(number, SMALL, WIDE - 50), x + 8, y + 36, SMALL, MID);
  write(place.time, x + WIDE - 7, y + 36, tone ? SMALL_BOLD : SMALL, tone ? TONES[tone][0] : MID, "right");
}

function drawHead(head) {
  const y = head.top - offset;
  head.told = `${head.staffed}/${head.total}`;
  if (y < -HEAD || y > height) return;
  pen.fillStyle = PANEL;
  pen.fillRect(MARGIN, y, width - 2 * MARGIN, HEAD - 2);
  write(head.title, MARGIN, y + 19, "bold 14px Floor", MID);
  write(head.told, MARGIN + pen.measureText(head.title).width + 8, y + 19, NAME, LOW);
}

function draw() {
  pending = false;
  last = performance.now();
  const now = Date.now() + skew, tick = Math.floor(now / 1000);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (whole) {
    pen.fillStyle = PANEL;
    pen.fillRect(0, 0, width, height);
  }
  for (const head of heads) if (whole || head.told !== `${head.staffed}/${head.total}`) drawHead(head);
  if (whole || tick !== second) {
    for (const [key, place] of places) {
      if (!inSight(place)) continue;
      const seat = seats.get(key);
      const time = staffed(seat) ? elapsed(Math.max(0, Math.floor((now - seat.since) / 1000))) : "";
      if (whole || dirty.has(key) || time !== place.time) drawCard(seat, place, now);
    }
    byId("clock").textContent = new Date(now).toTimeString().slice(0, 8);
    document.body.classList.toggle("stale", last - beaten > 3000);
  }
  if (!whole && tick === second) {
    for (const key of dirty) {
      const place = places.get(key);
      if (place && inSight(place)) drawCard(seats.get(key), place, now);
    }
  }
  dirty.clear();
  second = tick;
  whole = false;
  for (const item of legend) {
    const text = `${item.title} ${counts.get(item.shape) || 0}`;
    if (item.node.data !== text) item.node.data = text;
  }
}

function look() {
  if (pending) return;
  pending = true;
  const wait = PAUSE_MS - (performance.now() - last);
  if (wait > 0) setTimeout(() => requestAnimationFrame(draw), wait);
  else requestAnimationFrame(draw);
}

const legend = KINDS.map(([title, shape]) => {
  const box = document.createElement("span"), node = document.createTextNode(title);
  box.append(shapePicture(shape), " ", node);
  byId("legend").append(box);
  return { title, shape, node };
});

function eachSecond() {
  look();
  setTimeout(eachSecond, 1000 - ((Date.now() + skew) % 1000) + 5);
}

map.addEventListener("wheel", (event) => {
  offset = Math.min(Math.max(0, offset + event.deltaY), Math.max(0, below - height));
  whole = true;
  look();
}, { passive: true });

// What the feed tells

function take(entity) {
  if (entity.kind === "site") {
    site = entity;
    byId("site").textContent = `${entity.short} ${entity.zh}`;
    return true;
  }
  if (entity.kind !== "seat") return false;
  const before = seats.get(entity.key);
  seats.set(entity.key, entity);
  count(entity, 1);
  if (!before) return true;
  count(before, -1);
  if (before.area !== entity.area) return true;
  if (staffed(before) !== staffed(entity)) {
    heads.find((head) => head.area === entity.area).staffed += staffed(entity) ? 1 : -1;
  }
  dirty.add(entity.key);
  seen.changes += 1;
  return false;
}

document.fonts.load(NAME, "席").then(() => document.fonts.load(SMALL_BOLD, "席")).then(() => {
  eachSecond();
  follow(asked.get("feed"), asked.get("token") || "x", {
    snapshot(entities) {
      seats.clear();
      counts.clear();
      entities.forEach(take);
      arrange();
      look();
      seen.live = true;
    },
    changed(entities, gone) {
      let moved = false;
      for (const entity of entities) moved = take(entity) || moved;
      for (const key of gone) {
        if (!seats.has(key)) continue;
        count(seats.get(key), -1);
        moved = seats.delete(key) || moved;
      }
      if (moved) arrange();
      look();
    },
    beat(beat) {
      skew = beat.now - Date.now();
      beaten = performance.now();
      byId("link").textContent = `实时 ${(beat.sources[0].age_ms / 1000).toFixed(1)} s`;
    },
  });
});
