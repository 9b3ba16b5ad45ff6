// Looks again by itself while the page is seen; never under somebody's finger or cursor.

const PATIENCE = 8000;
const LONGEST_WAIT = 120000;

export function start() {
  const main = document.querySelector("[data-refresh]");
  const shortest = Number(main.dataset.refresh) * 1000 || 10000;
  let wait = shortest;
  let etag = null;
  let timer = 0;

  const plan = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") {
      // Spread a hall of phones over time.
      timer = setTimeout(look, wait * (0.9 + 0.2 * Math.random()));
    }
  };

  async function look() {
    if (inUse(main)) {
      plan();
      return;
    }
    const began = performance.now();
    try {
      const answer = await fetch(location.href, {
        headers: etag ? { "If-None-Match": etag } : {},
        signal: AbortSignal.timeout(PATIENCE),
      });
      const slow = performance.now() - began > 2000;
      wait = answer.ok || answer.status === 304 ? (slow ? longer(wait) : shortest) : longer(wait);
      if (answer.status === 200 && !answer.redirected) {
        if (show(main, await answer.text())) {
          etag = answer.headers.get("ETag");
        }
      } else if (answer.status === 429) {
        wait = Math.max(wait, 1000 * Number(answer.headers.get("Retry-After")) || wait);
      }
    } catch {
      wait = longer(wait);
    }
    plan();
  }

  document.addEventListener("visibilitychange", plan);
  addEventListener("online", () => {
    wait = shortest;
    plan();
  });
  plan();
}

function longer(wait) {
  return Math.min(2 * wait, LONGEST_WAIT);
}

function inUse(main) {
  const focused = document.activeElement;
  const pressed = main.querySelector("form[data-sent]");
  return Boolean(pressed || (focused && focused !== main && main.contains(focused)));
}

/** Returns whether the page now shows what was fetched. */
function show(main, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-refresh]");
  if (!fresh || inUse(main)) {
    return false;
  }
  // Tokens in forms differ each time; only what a reader sees counts as news.
  if (fresh.textContent === main.textContent) {
    return true;
  }
  for (const open of main.querySelectorAll("details[open][id]")) {
    fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  }
  // What is already seen does not arrive a second time.
  fresh.querySelectorAll(".arrive").forEach((one) => {
    if (document.getElementById(one.id)?.classList.contains("arrive")) {
      one.classList.remove("arrive");
    }
  });
  main.replaceChildren(...fresh.childNodes);
  const live = document.querySelector("[data-live]");
  if (live) {
    live.textContent = "";
    setTimeout(() => (live.textContent = main.dataset.refreshed ?? ""), 50);
  }
  return true;
}
