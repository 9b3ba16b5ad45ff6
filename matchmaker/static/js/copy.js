// Copies or shares a link. The buttons are hidden until this runs: without it the text itself stands there.

export function start() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  for (const button of document.querySelectorAll("[data-share]")) {
    if (navigator.share) {
      button.hidden = false;
      button.addEventListener("click", () => share(button));
    }
  }
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const text = source.value ?? source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard on plain http: select it, so that the phone's own menu copies.
    source.focus();
    source.select?.();
    if (!document.execCommand("copy")) {
      return;
    }
  }
  const label = button.querySelector("span");
  label.textContent = button.dataset.copied;
  const live = document.querySelector("[data-live]");
  if (live) {
    live.textContent = button.dataset.copied;
  }
}

async function share(button) {
  try {
    await navigator.share({ title: button.dataset.title, url: button.dataset.share });
  } catch {
    // Closed without sharing.
  }
}
