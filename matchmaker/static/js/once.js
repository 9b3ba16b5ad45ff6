// Forms that are sent once, and keep what was typed until it has arrived.

const MARK = "sent:";

export function start() {
  forgetWhatArrived();
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", onInput);
  addEventListener("pageshow", release);
  for (const form of document.querySelectorAll("form[data-keep]")) {
    restore(form);
  }
  for (const control of document.querySelectorAll("[data-limit]")) {
    count(control);
  }
}

// Also for forms that a refresh brought in later: listeners stand on the document.
function onSubmit(event) {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const key = form.elements.namedItem("client_key");
  if (key && !key.value) {
    key.value = newKey();
  }
  if (!form.hasAttribute("data-once")) {
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  // A network that hangs must not lock the form for ever; the key keeps a second try single.
  setTimeout(() => free(form), 15000);
  if (form.dataset.keep) {
    write(MARK + form.dataset.keep, "yes");
  }
}

function onInput(event) {
  if (event.target.dataset.limit) {
    count(event.target);
  }
  const form = event.target.form;
  if (form?.dataset.keep) {
    const typed = typedIn(form).map((field) => [
      field.name,
      field.type === "checkbox" ? [field.value, field.checked] : field.value,
    ]);
    write("keep:" + form.dataset.keep, JSON.stringify(typed));
  }
}

function typedIn(form) {
  return [...form.elements].filter(
    (field) => field.name && !["hidden", "submit", "password", "file"].includes(field.type),
  );
}

// What the server sent back counts more than what was kept here; only untouched fields are filled.
function restore(form) {
  let kept;
  try {
    kept = JSON.parse(read("keep:" + form.dataset.keep) ?? "[]");
  } catch {
    return;
  }
  const fields = typedIn(form);
  for (const [name, value] of kept) {
    if (Array.isArray(value)) {
      const box = fields.find((field) => field.name === name && field.value === value[0]);
      if (box) {
        box.checked = value[1];
      }
      continue;
    }
    const field = fields.find((one) => one.name === name);
    if (field && field.value === field.defaultValue && !form.querySelector("[aria-invalid]")) {
      field.value = value;
    }
  }
}

// Accepted: a page of ours came back that is neither the form again nor a problem.
function forgetWhatArrived() {
  const refused = document.body.hasAttribute("data-problem");
  const accepted = document.querySelector("[data-accepted]");
  for (const mark of names().filter((name) => name.startsWith(MARK))) {
    const key = mark.slice(MARK.length);
    const form = document.querySelector(`form[data-keep="${CSS.escape(key)}"]`);
    if (!refused && (!form || accepted)) {
      drop("keep:" + key);
    }
    drop(mark);
  }
}

function count(control) {
  const note = document.getElementById(control.id + "-count");
  const left = Number(control.dataset.limit) - [...control.value].length;
  if (note?.dataset.left) {
    note.textContent = note.dataset.left.replace("{left}", left);
  }
}

function release() {
  document.querySelectorAll("form[data-sent]").forEach(free);
}

function free(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
}

// randomUUID is missing on plain http, where a phone in the same network tries the demo.
function newKey() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Private windows may refuse storage; then the page works without it.
function write(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {}
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function drop(name) {
  try {
    sessionStorage.removeItem(name);
  } catch {}
}

function names() {
  try {
    return Object.keys(sessionStorage);
  } catch {
    return [];
  }
}
