// What waits on this phone for the network. It lies in IndexedDB, so that it survives a restart;
// pages and the worker both use it.
//
// An entry: {id, key, kind, fields, who, state, madeAt}. `kind` is exchange, note or leave; `fields`
// are those of the form it stands for; `state` is waiting, asked (a badge, whose owner has not said
// yes yet), stored or refused. `id` gives the order.
// `madeAt` is this phone's own clock: it is shown here and sent nowhere.

const STORE = "outbox";

/** Return everything, the oldest first. */
export function list() {
  return use("readonly", (store, tell) => {
    store.getAll().onsuccess = (event) => tell(event.target.result);
  });
}

/** Keep something and return it; the same thing again stays one, with its latest words. */
export function keep(entry) {
  return use("readwrite", (store, tell) => {
    store.getAll().onsuccess = (event) => {
      const known = event.target.result.find((one) => isOpen(one) && isSame(one, entry));
      const kept = known
        ? { ...known, state: "waiting", why: "", fields: { ...known.fields, ...entry.fields, ...shownBefore(known) } }
        : { key: crypto.randomUUID(), state: "waiting", madeAt: Date.now(), ...entry };
      store.put(kept).onsuccess = (put) => tell({ ...kept, id: put.target.result });
    };
  });
}

/** Change an entry that is still there; `change` gets it and returns what is to be stored, or null. */
export function alter(id, change) {
  return use("readwrite", (store, tell) => {
    store.get(id).onsuccess = (event) => {
      const now = event.target.result;
      const then = now && change(now);
      if (then) {
        store.put(then);
      }
      tell(then ?? now);
    };
  });
}

export function drop(id) {
  return use("readwrite", (store) => store.delete(id));
}

/** Return the mark of the person whose pages lie on this phone, or null. */
export async function findOwner() {
  const name = (await caches.keys()).find((one) => one.startsWith("mine-"));
  return name ? name.slice("mine-".length) : null;
}

function isOpen({ state }) {
  return state === "waiting" || state === "asked";
}

function isSame(one, other) {
  if (one.kind !== other.kind || one.who !== other.who) {
    return false;
  }
  const name = { exchange: "code", note: "contact", leave: "client_key" }[one.kind];
  return one.fields[name] === other.fields[name];
}

// What stood on the page before the first change is what the server compares with.
function shownBefore({ fields }) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name.endsWith("_before")));
}

async function use(mode, work) {
  const base = await open();
  try {
    return await new Promise((resolve, reject) => {
      const deal = base.transaction(STORE, mode, { durability: "strict" });
      let told;
      deal.oncomplete = () => resolve(told);
      deal.onabort = () => reject(deal.error);
      work(deal.objectStore(STORE), (value) => (told = value));
    });
  } finally {
    // Nothing stays open: emptying the phone at sign-out must not wait for us.
    base.close();
  }
}

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("matchmaker", 1);
    asked.onupgradeneeded = () =>
      asked.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
