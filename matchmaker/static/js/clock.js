// Counts down by the server's clock: the phone's own may be wrong, and the network may be gone.

let timer = 0;

export function start() {
  clearInterval(timer);
  tick();
  timer = setInterval(tick, 1000);
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    show(clock, Number(clock.dataset.clock) - Date.now() - offset(clock.dataset.server));
  }
}

// How far this phone's clock is off: measured when a page came from the server, and kept, because
// without network the same page opens again later and tells an old time.
function offset(told) {
  try {
    const kept = JSON.parse(localStorage.getItem("clock") ?? "null");
    if (kept?.told === told) {
      return kept.offset;
    }
    const found = Number(told) - Date.now();
    localStorage.setItem("clock", JSON.stringify({ told, offset: found }));
    return found;
  } catch {
    return 0;
  }
}

function show(clock, left) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const words = clock.querySelector("[data-left]");
  const minutes = String(Math.floor(seconds / 60));
  words.textContent = seconds ? `${minutes}:${String(seconds % 60).padStart(2, "0")}` : clock.dataset.over;
  words.toggleAttribute("aria-hidden", seconds > 0);
  clock.classList.toggle("clock--over", seconds === 0);
}
