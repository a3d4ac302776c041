/* How many characters a text still needs, while somebody types. Without a script the form says it when it is sent. */
"use strict";

(() => {
  for (const place of document.querySelectorAll("[data-counts]")) {
    const field = document.getElementById(place.dataset.counts);
    if (!field) continue;
    const least = Number(place.dataset.least);
    const tell = () => {
      const left = least - field.value.trim().replace(/\s+/g, " ").length;
      place.textContent = left > 0 ? place.dataset.more.replace("#", String(left)) : place.dataset.enough;
    };
    field.addEventListener("input", tell);
    tell();
  }
})();
