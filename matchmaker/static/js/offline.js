// The page's side of being without network: it brings the worker in, has copies of my pages made
// for later, sends what waits, and says honestly what is still waiting.

const BETWEEN_COPIES = 2000;
const PATIENCE = 15000;
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 120000;
const REMEMBERED = 600000;
const ASKED_AGAIN = 60000;

const base = new URL("../../", import.meta.url);
const door = new URL("me/outbox", base);
const channel = window.BroadcastChannel && new BroadcastChannel("outbox");
let outbox;
let sync;
let pause = FIRST_PAUSE;
let notBefore = 0;
let timer = 0;

export async function start() {
  // Plain http has neither worker nor locks; there nothing is kept, and nothing says it is.
  if (!navigator.serviceWorker || !window.isSecureContext) {
    return;
  }
  sync = document.querySelector("[data-sync]");
  outbox = await import(`./outbox.js${new URL(import.meta.url).search}`);
  const quietly = () => flush().catch(() => {});
  addEventListener("online", () => {
    pause = FIRST_PAUSE;
    quietly().then(renew);
  });
  navigator.serviceWorker.addEventListener("message", renew);
  navigator.serviceWorker.startMessages();
  document.addEventListener("visibilitychange", () => document.hidden || quietly());
  document.addEventListener("outbox", quietly);
  channel?.addEventListener("message", () => tell({ hasSent: true }).catch(() => {}));
  document.addEventListener("formdata", noteWhatStoodThere);
  document.addEventListener("fresh", copyFresh);
  try {
    await navigator.serviceWorker.register(new URL("sw.js", base), { type: "module" });
    await showPeople();
    await flush();
    await navigator.serviceWorker.ready;
    // Not while the page itself still loads, nor all phones of a hall in the same second.
    setTimeout(askForCopies, BETWEEN_COPIES * Math.random());
  } catch {
    // An old browser, a private window, a network that is down: the pages work without.
  }
}

/** Send what waits, in order, one at a time, and from one tab only. */
export async function flush() {
  clearTimeout(timer);
  let outcome = {};
  const changed = [];
  while ((await outbox.list()).some(isDue) && Date.now() >= notBefore) {
    outcome = await alone(sendAll);
    changed.push(...(outcome.sent ?? []));
    if (outcome.isCut || !outcome.sent?.length) {
      break;
    }
  }
  await tell({ ...outcome, hasSent: changed.length > 0 });
  if (changed.length) {
    channel?.postMessage("sent");
    await askForCopies(changed.filter(Boolean));
  }
  if (outcome.isCut || notBefore > Date.now()) {
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    timer = setTimeout(() => flush().catch(() => {}), Math.max(pause, notBefore - Date.now()));
  }
}

async function alone(work) {
  if (!navigator.locks) {
    return work();
  }
  return navigator.locks.request("outbox", { ifAvailable: true }, (lock) => (lock ? work() : {}));
}

async function sendAll() {
  const outcome = { sent: [] };
  try {
    const { token, person } = await ask(door, {});
    for (const entry of (await outbox.list()).filter(isDue)) {
      if (entry.kind !== "leave" && !person) {
        outcome.isSignedOut = true;
      } else if (entry.kind === "leave" || !entry.who || entry.who === person) {
        const told = await ask(door, { method: "POST", body: form(entry, token) });
        if (told) {
          await settle(entry, told);
          // A badge that still waits for its yes is no news.
          told.state !== entry.state && outcome.sent.push(told.contact);
        }
      }
    }
    pause = FIRST_PAUSE;
  } catch (error) {
    outcome.isCut = true;
    notBefore = Date.now() + 1000 * (error.wait ?? 0);
  }
  return outcome;
}

function form(entry, token) {
  const named = { kind: entry.kind, csrf_token: token, client_key: entry.key };
  const asked = entry.state === "asked" ? { asked: "1" } : {};
  return new URLSearchParams({ ...named, ...asked, ...entry.fields });
}

/** Return what the server says; where it cannot take it now, everything waits on. */
async function ask(address, more) {
  const answer = await fetch(address, { ...more, signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 429 || answer.status >= 500) {
    throw { wait: Number(answer.headers.get("Retry-After")) || 0 };
  }
  return answer.ok ? answer.json() : null;
}

async function settle(sent, told) {
  let written = null;
  await outbox.alter(sent.id, (now) => {
    if (now.fields.note !== sent.fields.note) {
      written = now.fields.note;
    }
    return { ...now, ...told, settledAt: Date.now() };
  });
  if (written !== null && told.contact) {
    // Words that were typed while the rest was on its way.
    const contact = told.contact.split("/").pop();
    const fields = { contact, note: written, note_before: sent.fields.note ?? "" };
    await outbox.keep({ kind: "note", fields, who: sent.who });
  }
}

function isWaiting(entry) {
  return entry.state === "waiting";
}

// Whom a badge asked may have said yes meanwhile: then the note finds its contact.
function isDue(entry) {
  const isLongAsked = entry.state === "asked" && Math.abs(Date.now() - entry.settledAt) > ASKED_AGAIN;
  return isWaiting(entry) || isLongAsked;
}

async function tell({ hasSent, isSignedOut }) {
  const owner = await outbox.findOwner();
  const entries = (await outbox.list()).filter((one) => !owner || !one.who || one.who === owner);
  await forgetSent(entries);
  const refused = entries.filter((one) => one.state === "refused").length;
  const waiting = entries.filter(isWaiting).length;
  const keptAt = Number(document.documentElement.dataset.keptAt);
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
  const said = [
    waiting && line(isSignedOut ? sync.dataset.signedOut : sync.dataset.waiting, waiting),
    refused && line(sync.dataset.refused, refused),
    hasSent && !waiting && !refused && sync.dataset.sent,
    keptAt && sync.dataset.old.replace("{time}", time.format(keptAt)),
  ].filter(Boolean);
  if (sync.textContent !== said.map((one) => one.textContent ?? one).join(" ")) {
    sync.replaceChildren(...said.flatMap((one) => [one, " "]).slice(0, -1));
  }
  document.dispatchEvent(new CustomEvent("told"));
}

function line(words, count) {
  const link = document.createElement("a");
  link.href = sync.dataset.sync;
  link.textContent = words.replace("{count}", count);
  return link;
}

// For a while another tab may still want to show what became of it.
async function forgetSent(entries) {
  for (const { id, state, settledAt } of entries) {
    if (state === "stored" && Math.abs(Date.now() - settledAt) > REMEMBERED) {
      await outbox.drop(id);
    }
  }
}

// What stood in a form tells the server later whether somebody else changed it meanwhile.
function noteWhatStoodThere({ target, formData }) {
  for (const name of ["note", "promise"]) {
    const control = target.elements.namedItem(name);
    if (control && /\/me\/contacts\/[^/]+$/.test(target.action)) {
      formData.set(`${name}_before`, control.defaultValue);
    }
  }
}

async function askForCopies(changed) {
  const { active } = await navigator.serviceWorker.ready;
  if (await outbox.findOwner() || document.querySelector(".nav__link")) {
    const links = [...document.querySelectorAll(".nav__link")].map((link) => link.href);
    const mine = ["me/card", "me/card?side=offline", "me/contacts", "scan"];
    const all = [location.href.split("#")[0], ...links, ...mine.map((path) => new URL(path, base).href)];
    const anew = (changed ?? []).map((path) => new URL(path, base).href);
    active?.postMessage({ copy: [...new Set(all)], anew });
  }
}

// The list that looked again by itself is what is read offline, too.
async function copyFresh({ detail: answer }) {
  const owner = await outbox.findOwner();
  if (owner && answer.headers.get("Matchmaker-Person") === owner) {
    const headers = new Headers(answer.headers);
    headers.set("Matchmaker-Kept-At", String(Date.now()));
    const cache = await caches.open(`mine-${owner}`);
    await cache.put(location.href.split("#")[0], new Response(answer.body, { headers }));
  }
}

async function showPeople() {
  const way = document.querySelector("[data-people]");
  const owner = way && (await outbox.findOwner());
  for (const { url } of owner ? await (await caches.open(`mine-${owner}`)).keys() : []) {
    if (/\/e\/[^/]+\/people$/.test(url)) {
      way.hidden = false;
      way.querySelector("a").href = url;
    }
  }
}

// Back online, or when the network was only slow, a page of before is shown anew, unless somebody is in the middle of it.
function renew() {
  const focused = document.activeElement;
  if (document.documentElement.dataset.keptAt && (!focused || focused === document.body)) {
    location.reload();
  }
}
