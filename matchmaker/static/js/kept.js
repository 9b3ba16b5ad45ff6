// The page of what is kept on this phone: the thing just kept, with its note, and all the others.

const entryId = Number(document.documentElement.dataset.entry);
const root = document.querySelector("[data-outbox]");
const part = (name) => root.querySelector(`[data-outbox-${name}]`);
let outbox;

export async function start() {
  if (!window.isSecureContext || !window.indexedDB) {
    return;
  }
  outbox = await import(`./outbox.js${new URL(import.meta.url).search}`);
  const note = part("note");
  note.addEventListener("input", () => (part("noted").textContent = ""));
  note.addEventListener("submit", keepNote);
  document.addEventListener("told", show);
  await show();
}

async function show() {
  const entries = await outbox.list();
  const mine = entries.find((one) => one.id === entryId);
  if (mine) {
    showMine(mine);
  } else if (entryId) {
    part("title").textContent = part("title").dataset.removed;
    part("said").textContent = "";
    part("note").hidden = true;
  }
  const owner = await outbox.findOwner();
  const others = entries.filter(
    (one) => one.state !== "stored" && (!owner || !one.who || one.who === owner),
  );
  part("list").replaceChildren(...others.map(row));
  part("others").hidden = !others.length;
  part("empty").hidden = Boolean(others.length || mine);
}

function showMine(entry) {
  const title = part("title").dataset;
  const said = part("said");
  const isDone = entry.state === "stored";
  if (entry.state === "refused") {
    part("title").textContent = title.refused;
    said.textContent = `${entry.title}. ${entry.why}`;
  } else if (entry.state === "asked") {
    part("title").textContent = entry.title;
    said.textContent = entry.why;
  } else if (isDone) {
    part("title").textContent = entry.kind === "exchange" ? title.exchanged : title.stored;
    said.textContent = "";
    said.append(document.createElement("bdi"));
    said.firstChild.textContent = entry.name;
  } else {
    part("title").textContent = title[entry.kind];
    said.textContent = said.dataset[entry.kind];
  }
  const contact = part("contact");
  contact.hidden = !(isDone && entry.contact);
  contact.querySelector("a").href = entry.contact || contact.querySelector("a").href;
  const note = part("note");
  if (note.hidden && entry.kind === "exchange") {
    note.elements.note.value = entry.fields.note ?? "";
    note.hidden = false;
  }
}

async function keepNote(event) {
  event.preventDefault();
  const note = event.target.elements.note.value;
  let before = null;
  const entry = await outbox.alter(entryId, (now) => {
    before = now.fields.note ?? "";
    return { ...now, fields: { ...now.fields, note } };
  });
  if (entry?.state === "stored") {
    const contact = entry.contact.split("/").pop();
    const fields = { contact, note, note_before: before };
    await outbox.keep({ kind: "note", fields, who: entry.who });
  }
  part("noted").textContent = part("noted").dataset.words;
  document.dispatchEvent(new CustomEvent("outbox"));
}

function row(entry) {
  const made = part("row").content.firstElementChild.cloneNode(true);
  const cell = (name) => made.querySelector(`[data-row-${name}]`);
  const { code, note, promise, name, reach } = entry.fields;
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
  cell("what").textContent = cell("what").dataset[entry.kind];
  cell("code").hidden = !code;
  cell("code").textContent = (code ?? "").toUpperCase().replace(/(.{4})(?=.)/g, "$1-");
  cell("code").href = new URL(`../../c/${code}`, import.meta.url);
  cell("time").textContent = time.format(entry.madeAt);
  cell("words").textContent = [name, reach, promise, note].filter(Boolean).join("\n");
  if (entry.why) {
    cell("why").hidden = false;
    cell("why").classList.toggle("field__error", entry.state === "refused");
    cell("why").textContent = `${entry.title}. ${entry.why}`;
  }
  cell("drop").addEventListener("click", () => remove(entry));
  return made;
}

async function remove(entry) {
  await outbox.drop(entry.id);
  document.dispatchEvent(new CustomEvent("outbox"));
}
