// Brings in only what the page has. The version in this file's own address goes on to the others.
const version = new URL(import.meta.url).search;

const parts = {
  "[data-sync]": "offline.js",
  "[data-outbox]": "kept.js",
  "[data-scan]": "scan.js",
  "[data-once], [data-keep], [data-limit]": "once.js",
  "[data-refresh]": "refresh.js",
  "[data-copy], [data-share]": "copy.js",
  "[data-wake]": "wake.js",
  "[data-print]": "print.js",
  "[data-preview]": "card.js",
  "[data-clock]": "clock.js",
};

for (const [selector, file] of Object.entries(parts)) {
  if (file === "once.js" || document.querySelector(selector)) {
    import(`./${file}${version}`).then((part) => part.start(), () => {});
  }
}

// A page that opens with problems opens at them.
document.querySelector("[data-focus]")?.focus();
