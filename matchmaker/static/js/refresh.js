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
        document.dispatchEvent(new CustomEvent("fresh", { detail: answer.clone() }));
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

// Never under somebody's finger or cursor: while they type, choose, select, or have just sent.
function inUse(main) {
  const focused = document.activeElement;
  const inside = focused && main.contains(focused);
  const selected = document.getSelection();
  return Boolean(
    main.querySelector("form[data-sent], dialog[open]") ||
      (inside && focused.matches("input, textarea, select, [contenteditable]")) ||
      (selected && !selected.isCollapsed && main.contains(selected.anchorNode)) ||
      [...main.querySelectorAll("input, textarea, select")].some(isChanged),
  );
}

function isChanged(field) {
  if (field.type === "hidden") {
    return false;
  }
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  return field.options
    ? [...field.options].some((one) => one.selected !== one.defaultSelected)
    : field.value !== field.defaultValue;
}

/** Returns whether the page now shows what was fetched. */
function show(main, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-refresh]");
  if (!fresh || inUse(main)) {
    return false;
  }
  if (told(fresh) === told(main)) {
    return true;
  }
  const focused = main.contains(document.activeElement) && document.activeElement !== main;
  const again = focused ? findAgain(fresh, document.activeElement) : null;
  if (focused && !again) {
    // Where the keyboard stands would be gone: rather later.
    return false;
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
  again?.focus({ preventScroll: true });
  const live = document.querySelector("[data-live]");
  if (live) {
    live.textContent = "";
    setTimeout(() => (live.textContent = main.dataset.refreshed ?? ""), 50);
  }
  return true;
}

// Tokens in forms differ each time; what a reader sees, and where a tap leads, counts as news.
function told(part) {
  const ways = [...part.querySelectorAll("a[href], form[action]")];
  return [part.textContent, ...ways.map(whither)].join("\n");
}

function whither(one) {
  return one.getAttribute("href") ?? one.getAttribute("action");
}

function findAgain(fresh, focused) {
  const same = (one) =>
    one.textContent === focused.textContent &&
    whither(one.form ?? one) === whither(focused.form ?? focused) &&
    (one.closest("[id]")?.id ?? "") === (focused.closest("[id]")?.id ?? "");
  return [...fresh.querySelectorAll(focused.tagName)].find(same);
}
