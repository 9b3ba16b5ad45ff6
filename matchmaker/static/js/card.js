// My card: what others would see, while I type; and photos made small before they are sent.

const PAUSE = 600;
const LONGEST_SIDE = 1000;
let timer;
let latest = 0;

export function start() {
  const form = document.querySelector("form[data-preview]");
  form.querySelector("[data-preview-button]").hidden = true;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(form), PAUSE);
  });
  document.querySelector("[data-shrink]").addEventListener("change", (event) => shrink(event.target));
}

// The server alone knows who sees what; a refused form leaves the last good look.
async function look(form) {
  const turn = ++latest;
  const body = new FormData(form);
  body.append("look", "y");
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || turn !== latest) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const seen = page.querySelector("[data-previews]");
  if (seen && turn === latest) {
    document.querySelector("[data-previews]").replaceWith(seen);
  }
}

// What can't be made small here goes as it is: the server does the same.
async function shrink(input) {
  const [file] = input.files;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    if (small && small.size < file.size && input.files[0] === file) {
      const files = new DataTransfer();
      files.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
      input.files = files.files;
    }
  } catch {}
}
