/* Buttons that only a script can offer: read aloud, print, copy. Without a script they stay hidden. */
"use strict";

(() => {
  const show = (selector, possible, prepare) => {
    if (!possible) return;
    for (const button of document.querySelectorAll(selector)) {
      button.hidden = false;
      prepare(button);
    }
  };

  show("[data-print]", typeof window.print === "function", (button) => {
    button.addEventListener("click", () => window.print());
  });

  show("[data-copy]", Boolean(navigator.clipboard), (button) => {
    button.addEventListener("click", async () => {
      const text = document.querySelector(button.dataset.copy).innerText;
      await navigator.clipboard.writeText(text);
      button.textContent = button.dataset.done;
      button.setAttribute("aria-live", "polite");
    });
  });

  /* The browser's own voice, one sentence at a time: long texts make some voices stop half-way. */
  show("[data-read-aloud]", "speechSynthesis" in window, (button) => {
    const start = button.textContent;
    const voice = window.speechSynthesis;
    const stop = () => {
      voice.cancel();
      button.textContent = start;
    };
    button.addEventListener("click", () => {
      if (button.textContent !== start) return stop();
      const parts = [...document.querySelectorAll(button.dataset.readAloud)];
      const sentences = parts.flatMap((part) => part.innerText.split(/(?<=[.!?])\s+|\n+/)).filter((s) => s.trim());
      if (!sentences.length) return undefined;
      button.textContent = button.dataset.stop;
      for (const [number, sentence] of sentences.entries()) {
        const spoken = new SpeechSynthesisUtterance(sentence);
        spoken.lang = document.documentElement.lang === "en" ? "en-GB" : "nl-NL";
        spoken.rate = 0.95;
        if (number === sentences.length - 1) spoken.addEventListener("end", stop);
        voice.speak(spoken);
      }
      return undefined;
    });
    window.addEventListener("pagehide", () => voice.cancel());
  });

  /* On a small screen the filters start closed, also in an answer of htmx: the results come first. */
  const small = window.matchMedia("(max-width: 59.99rem)");
  const closeFilters = () => {
    const filters = document.getElementById("filters");
    if (filters && small.matches) filters.open = false;
  };
  closeFilters();

  /* Whoever asked for the results wants to be there; whoever ticked a box wants to stay at the boxes. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const asked = event.detail.requestConfig?.triggeringEvent?.type === "submit";
    const filters = document.getElementById("filters");
    if (filters && small.matches) filters.open = !asked && filtersWereOpen;
    const count = document.getElementById("aantal");
    if (asked && count) count.scrollIntoView({ block: "start" });
  });
  let filtersWereOpen = false;
  document.addEventListener("htmx:beforeSwap", () => {
    filtersWereOpen = Boolean(document.getElementById("filters")?.open);
  });
})();
