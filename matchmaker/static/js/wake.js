// The card page: the screen stays on, and a tap lays the code white over the whole screen.

export function start() {
  let lock = null;

  const hold = async () => {
    if (document.visibilityState === "visible" && !lock) {
      try {
        lock = await navigator.wakeLock?.request("screen");
        lock?.addEventListener("release", () => (lock = null));
      } catch {
        lock = null;
      }
    }
  };
  document.addEventListener("visibilitychange", hold);
  hold();

  const glow = document.querySelector("[data-glow]");
  const code = document.querySelector("[data-glow-of]");
  const opener = document.querySelector("[data-glow-open]");
  if (!glow || !code || !opener) {
    return;
  }
  const button = opener.querySelector("button");
  glow.append(...[...code.childNodes].map((node) => node.cloneNode(true)));
  opener.hidden = false;

  const open = () => {
    glow.hidden = false;
    document.body.classList.add("is-bright");
    glow.focus();
  };
  const close = () => {
    glow.hidden = true;
    document.body.classList.remove("is-bright");
    button.focus();
  };
  button.addEventListener("click", open);
  code.addEventListener("click", open);
  glow.addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !glow.hidden) {
      close();
    }
  });
}
