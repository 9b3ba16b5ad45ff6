// Reads a card's code with the camera: by the browser where it really can, else frame by frame on
// the server. Nothing but an address of this server's own cards is ever opened.

const BETWEEN_FRAMES = 500;
const LONGEST_SCAN = 60000;
const LONGEST_CHECK = 3000;
const LARGEST_SIDE = 800;
const PHOTO_SIDE = 1600;
const MOST_OCTETS = 200 * 1024;
const PATIENCE = 15000;

const root = document.querySelector("[data-scan]");
const part = (name) => root.querySelector(`[data-scan-${name}]`);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let stream = null;

export function start() {
  part("photo").addEventListener("submit", sendPhoto);
  part("typed").addEventListener("submit", openTyped);
  const live = part("live");
  if (!live || !navigator.mediaDevices?.getUserMedia) {
    return;
  }
  live.hidden = false;
  part("start").addEventListener("click", scan);
  part("stop").addEventListener("click", () => stop(""));
  // A camera never runs where nobody looks.
  document.addEventListener("visibilitychange", () => document.hidden && stop(""));
  addEventListener("pagehide", () => stop(""));
}

async function scan() {
  try {
    const video = { facingMode: "environment", width: { ideal: 1280 } };
    stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    const reasons = { NotAllowedError: "denied", SecurityError: "denied", NotReadableError: "busy" };
    say(root.dataset[reasons[error.name] ?? "missing"]);
    return;
  }
  const mine = stream;
  const video = part("video");
  video.srcObject = mine;
  show(true);
  say(root.dataset.looking);
  await video.play();
  const read = (await makeDetector()) ?? readOnServer;
  const end = Date.now() + LONGEST_SCAN;
  while (stream === mine) {
    const began = Date.now();
    const found = video.videoWidth ? await read(video) : null;
    if (stream !== mine || (found && open(found))) {
      return;
    }
    if (Date.now() > end) {
      stop(root.dataset.nothing);
    }
    await pause(Math.max(50, (found?.wait ?? BETWEEN_FRAMES) - (Date.now() - began)));
  }
}

/** Return a reader by the browser's own detector, if it reads a picture that we know. */
async function makeDetector() {
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    const detector = formats.includes("qr_code") && new BarcodeDetector({ formats: ["qr_code"] });
    const picture = await createImageBitmap(await (await fetch(root.dataset.check)).blob());
    const [known] = await Promise.race([detector.detect(picture), pause(LONGEST_CHECK)]);
    if (known.rawValue !== "MATCHMAKER") {
      return null;
    }
    return async (video) => {
      const [code] = await detector.detect(video);
      return code ? { text: code.rawValue, wait: 200 } : { wait: 200 };
    };
  } catch {
    return null;
  }
}

async function readOnServer(video) {
  return ask(await shrink(video, video.videoWidth, video.videoHeight, LARGEST_SIDE));
}

/** Return what the server reads in a picture: {card}, {said} or how long to wait. */
async function ask(picture) {
  const body = new FormData(part("photo"));
  body.set("picture", picture, "picture.jpg");
  try {
    const answer = await fetch(part("photo").action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 429 || answer.status >= 500) {
      return { wait: 1000 * (Number(answer.headers.get("Retry-After")) || 5) };
    }
    return await answer.json();
  } catch {
    return { said: root.dataset.cut, wait: 5000 };
  }
}

/** Draw a picture small and grey, as a JPEG of at most 200 KB. */
async function shrink(source, width, height, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  pen.filter = "grayscale(1)";
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  for (const quality of [0.8, 0.6, 0.4]) {
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (made.size <= MOST_OCTETS) {
      return made;
    }
  }
  return shrink(canvas, canvas.width, canvas.height, most / 2);
}

async function sendPhoto(event) {
  const [file] = part("photo").elements.picture.files;
  if (!file || !window.createImageBitmap) {
    return;
  }
  event.preventDefault();
  say(root.dataset.reading);
  let picture = file;
  try {
    const drawn = await createImageBitmap(file);
    picture = await shrink(drawn, drawn.width, drawn.height, PHOTO_SIDE);
  } catch {
    // A kind of picture that this browser can't draw: the server says what it thinks of it.
  }
  const found = await ask(picture);
  if (!open(found) && !found.said) {
    // The form itself, with the whole file, answers with a page.
    part("photo").submit();
  }
}

function openTyped(event) {
  const code = findCode(event.target.elements.code.value);
  if (code) {
    // Straight to the card: without network it is kept there.
    event.preventDefault();
    location.assign(cardOf(code));
  }
}

/** Open what was found if it is a card of ours; else say what it is, and go on looking. */
function open({ card, text, said }) {
  const code = text && findCode(text);
  if (card || code) {
    stop(root.dataset.found);
    location.assign(code ? cardOf(code) : new URL(card, location.origin));
    return true;
  }
  if (text) {
    say(text.startsWith("BEGIN:VCARD") ? root.dataset.vcard : root.dataset.foreign);
  } else if (said) {
    say(said);
  }
  return false;
}

function cardOf(code) {
  return new URL(`../../c/${code}`, import.meta.url);
}

function findCode(text) {
  const bare = /^[0-9a-z]{16}$/i;
  const plain = text.trim().replace(/[\s-]/g, "");
  if (bare.test(plain)) {
    return plain.toLowerCase();
  }
  try {
    const found = new URL(text.trim());
    const start = new URL(cardOf("")).pathname.toLowerCase();
    const hosts = [location.host, new URL(root.dataset.base).host];
    const path = found.pathname.toLowerCase();
    const rest = path.slice(start.length).replace(/[-/]/g, "");
    const isOurs = hosts.includes(found.host) && path.startsWith(start) && bare.test(rest);
    return isOurs && /^https?:$/.test(found.protocol) ? rest : null;
  } catch {
    return null;
  }
}

function stop(said) {
  stream?.getTracks().forEach((track) => track.stop());
  if (stream) {
    stream = null;
    part("video").srcObject = null;
    show(false);
    say(said);
  }
}

function show(isOn) {
  part("video").hidden = !isOn;
  part("stop").hidden = !isOn;
  part("start").hidden = isOn;
}

function say(words) {
  const said = part("said");
  if (said.textContent !== words) {
    said.textContent = words;
  }
}
