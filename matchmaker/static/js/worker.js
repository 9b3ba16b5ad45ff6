// The worker between the pages and the network. `/sw.js`, which starts it, says what to keep.
//
// The network comes first. Where it fails or hangs, my own pages come as they last were, a scanned
// card is kept in the outbox, and so is a form whose words would be lost.

import { findOwner, keep } from "./outbox.js";

const PATIENCE = 3000;
// Looking at a card must not become an exchange only because a hall of phones asks at once.
const PATIENCE_FOR_CARDS = 6000;
const PATIENCE_FOR_FORMS = 10000;
const FRESH = 120000;
const MOST_CONTACTS = 60;
const KEPT_AT = "Matchmaker-Kept-At";
const COPY = { headers: { "Matchmaker-Copy": "yes" } };

const MINE = /^(me\/(card|keep-in-touch|contacts(\/[^/.]+)?)|scan|e\/[^/]+\/(people|me|round|circle|evening))$/;
const CARD = /^c\/([^/]+)$/i;
const FORM = /^(?:c\/([^/]+)\/(exchange|leave)|me\/contacts\/([^/]+))$/i;
const CONTACT = /href="([^"]*\/me\/contacts\/[^"/.]+)"/g;
// Organizers' pages, sign-in links and downloads are none of ours.
const NEVER = /^(o|in)(\/|$)|\.(vcf|csv|json|ics)$/;

const root = new URL(self.registration.scope).pathname;
const renewed = new Set();
let hasChanged = false;

export function start(house) {
  const shell = `shell-${house.version}`;

  self.addEventListener("install", (event) => event.waitUntil(install(shell, house.files)));
  self.addEventListener("activate", (event) => event.waitUntil(activate(shell)));
  self.addEventListener("message", (event) => {
    event.waitUntil(copyAll(event.data.copy, event.data.anew));
  });
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname, searchParams } = new URL(request.url);
    const path = pathname.slice(root.length);
    if (origin !== location.origin) {
      return;
    }
    if (path.startsWith("static/") && searchParams.has("v")) {
      event.respondWith(findFile(request));
    } else if (request.mode === "navigate" && request.method === "GET" && !NEVER.test(path)) {
      event.respondWith(look(event, path, house));
    } else if (request.mode === "navigate" && request.method === "POST" && FORM.test(path)) {
      event.respondWith(send(event, path, house));
    }
  });
}

async function install(shell, files) {
  const cache = await caches.open(shell);
  await cache.addAll(files.map((file) => new Request(file, COPY)));
  await self.skipWaiting();
}

async function activate(shell) {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== shell);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function findFile(request) {
  const kept = await caches.match(request);
  if (kept) {
    return kept;
  }
  try {
    return await fetch(request);
  } catch (error) {
    // A page that was kept under an earlier version of the files.
    const similar = await caches.match(request, { ignoreSearch: true });
    if (similar) {
      return similar;
    }
    throw error;
  }
}

async function look(event, path, house) {
  const { url } = event.request;
  const [, code] = CARD.exec(path) ?? [];
  const kept = MINE.test(path) ? findMine(url) : null;
  if (renewed.delete(url) && (await kept)) {
    return kept;
  }
  const coming = fetch(event.request);
  const noted = coming.then((answer) => note(answer.clone(), path));
  event.waitUntil(noted.catch(() => {}));
  const patience = (await kept) ? PATIENCE : code ? PATIENCE_FOR_CARDS : Infinity;
  const answer = await within(patience, coming);
  if (answer && !isDown(answer)) {
    return answer;
  }
  if (await kept) {
    event.waitUntil(noted.then((isKept) => isKept && renew(event.resultingClientId, url), () => {}));
    return dress(await kept, `data-kept-at="${(await kept).headers.get(KEPT_AT)}"`);
  }
  if (code) {
    return keepAndShow("exchange", { code: plain(code) }, house);
  }
  return answer ?? caches.match(house.none);
}

/** Show the page that came too late, once and without asking the slow network again. */
async function renew(client, url) {
  renewed.add(url);
  (await self.clients.get(client))?.postMessage("renew");
}

async function send(event, path, house) {
  const typed = event.request.clone().formData();
  const coming = fetch(event.request);
  event.waitUntil(coming.catch(() => {}));
  const answer = await within(PATIENCE_FOR_FORMS, coming);
  if (answer && answer.status !== 429 && answer.status < 500) {
    hasChanged = true;
    typed.catch(() => {});
    return answer;
  }
  const [, code, deed, contact] = FORM.exec(path);
  const { csrf_token, ...fields } = Object.fromEntries(await typed);
  const named = code ? { code: plain(code) } : { contact };
  return keepAndShow(deed?.toLowerCase() ?? "note", { ...fields, ...named }, house);
}

async function keepAndShow(kind, fields, house) {
  try {
    const who = kind === "leave" ? null : await findOwner();
    const { id } = await keep({ kind, fields, who });
    return dress(await caches.match(house.kept), `data-entry="${id}"`);
  } catch {
    // No room, or a private window: then nothing may claim to be kept.
    return caches.match(house.none);
  }
}

/** Keep a page of mine and return whether it was one; forget other people's as soon as somebody else is signed in, or nobody. */
async function note(answer, path) {
  const who = answer.headers.get("Matchmaker-Person");
  if (!who) {
    return false;
  }
  const others = (await caches.keys()).filter((n) => n.startsWith("mine-") && n !== `mine-${who}`);
  await Promise.all(others.map((name) => caches.delete(name)));
  if (who !== "-" && answer.status === 200 && !answer.redirected && MINE.test(path)) {
    const cache = await caches.open(`mine-${who}`);
    const headers = new Headers(answer.headers);
    // By the phone's own clock, which may be wrong: it is only compared with itself.
    headers.set(KEPT_AT, String(Date.now()));
    await cache.put(answer.url, new Response(answer.body, { headers }));
    return true;
  }
  return false;
}

/** Copy my pages for later, one after the other: missing ones, those of before, and `anew`. */
async function copyAll(addresses, anew) {
  const contactsChanged = hasChanged || anew.length > 0;
  hasChanged = false;
  for (const address of anew) {
    await copy(address, 0);
  }
  for (const address of addresses) {
    const isContacts = /\/me\/contacts$/.test(address);
    const list = await copy(address, isContacts && contactsChanged ? 0 : FRESH);
    if (list && isContacts) {
      await copyContacts(await list.text());
    }
  }
}

async function copy(address, age) {
  const path = new URL(address).pathname.slice(root.length);
  const kept = MINE.test(path) && (await findMine(address));
  if (!MINE.test(path) || (kept && Math.abs(Date.now() - Number(kept.headers.get(KEPT_AT))) < age)) {
    return null;
  }
  try {
    const answer = await fetch(address, COPY);
    await note(answer.clone(), path);
    return answer.ok && !answer.redirected ? answer : null;
  } catch {
    return null;
  }
}

async function copyContacts(html) {
  const there = new Set();
  for (const [, address] of html.matchAll(CONTACT)) {
    there.add(new URL(address, location).href);
  }
  for (const address of [...there].slice(0, MOST_CONTACTS)) {
    await copy(address, Infinity);
  }
  const owner = await findOwner();
  const cache = owner && (await caches.open(`mine-${owner}`));
  for (const { url } of cache ? await cache.keys() : []) {
    if (/\/me\/contacts\/[^/.]+$/.test(url) && !there.has(url)) {
      await cache.delete(url);
    }
  }
}

async function findMine(address) {
  const owner = await findOwner();
  return owner && (await caches.match(address, { cacheName: `mine-${owner}`, ignoreVary: true }));
}

/** Tell a page what it cannot know: that it was kept, or what was. */
async function dress(page, attribute) {
  const html = (await page.text()).replace("<html ", `<html ${attribute} `);
  const headers = new Headers(page.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(html, { headers });
}

function isDown(answer) {
  return answer.status >= 502 && answer.status <= 504;
}

// As the server reads codes: in any case, with hyphens or without.
function plain(code) {
  return decodeURIComponent(code).replace(/[^0-9a-z]/gi, "").toLowerCase();
}

function within(milliseconds, coming) {
  const answer = coming.catch(() => null);
  if (milliseconds === Infinity) {
    return answer;
  }
  return Promise.race([answer, new Promise((resolve) => setTimeout(resolve, milliseconds, null))]);
}
