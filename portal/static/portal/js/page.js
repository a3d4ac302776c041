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
    const says = button.parentElement.querySelector("[data-no-voice]");
    let waiting = 0;
    const stop = () => {
      window.clearTimeout(waiting);
      voice.cancel();
      button.textContent = start;
    };
    /* A browser without a voice says nothing at all, not even that it failed. */
    const noVoice = () => {
      stop();
      if (says) says.textContent = says.dataset.noVoice;
    };
    button.addEventListener("click", () => {
      if (button.textContent !== start) return stop();
      const parts = [...document.querySelectorAll(button.dataset.readAloud)];
      const sentences = parts.flatMap(spokenLines).flatMap((line) => line.split(/(?<=[.!?])\s+/)).filter((s) => s.trim());
      if (!sentences.length) return undefined;
      if (says) says.textContent = "";
      button.textContent = button.dataset.stop;
      waiting = window.setTimeout(noVoice, 2000);
      for (const [number, sentence] of sentences.entries()) {
        const spoken = new SpeechSynthesisUtterance(sentence);
        spoken.lang = document.documentElement.lang === "en" ? "en-GB" : "nl-NL";
        spoken.rate = 0.95;
        if (number === 0) {
          spoken.addEventListener("start", () => window.clearTimeout(waiting));
          spoken.addEventListener("error", (event) => event.error === "canceled" || event.error === "interrupted" || noVoice());
        }
        if (number === sentences.length - 1) spoken.addEventListener("end", stop);
        voice.speak(spoken);
      }
      return undefined;
    });
    window.addEventListener("pagehide", () => voice.cancel());
  });

  /* What is read aloud: not what the source is silent about, not the links out of the text, not the signs. */
  const spokenLines = (part) => {
    const copy = part.cloneNode(true);
    for (const silent of copy.querySelectorAll(".open, .hint, [aria-hidden=true], .visually-hidden, button, .term__meaning")) silent.remove();
    for (const block of copy.querySelectorAll("h1, h2, h3, p, li, dt, dd, div")) block.append("\n");
    return copy.textContent.split("\n").map((line) => line.replace(/\s+/g, " ").trim());
  };

  /* A difficult word: its meaning comes below it in the text. Without a script the link leads to the list of words. */
  for (const term of document.querySelectorAll("a.term[href^='#woord-']")) {
    const meaning = document.querySelector(`${term.hash} .words__short`);
    if (!meaning) continue;
    const note = document.createElement("span");
    note.className = "term__meaning";
    note.id = `uitleg-${term.hash.slice(1)}`;
    note.hidden = true;
    note.textContent = ` (${term.textContent}: ${meaning.textContent}) `;
    term.after(note);
    term.setAttribute("role", "button");
    term.setAttribute("aria-expanded", "false");
    term.setAttribute("aria-controls", note.id);
    const toggle = (event) => {
      event.preventDefault();
      note.hidden = !note.hidden;
      term.setAttribute("aria-expanded", String(!note.hidden));
    };
    term.addEventListener("click", toggle);
    term.addEventListener("keydown", (event) => event.key === " " && toggle(event));
  }

  /* The letter: what someone types goes into the letter on this screen and nowhere else. */
  for (const fields of document.querySelectorAll("[data-letter-fields]")) {
    fields.hidden = false;
    for (const field of fields.querySelectorAll("[data-fills]")) {
      const place = document.querySelector(field.dataset.fills);
      const empty = place.textContent;
      field.addEventListener("input", () => {
        place.textContent = field.value.trim() || empty;
      });
    }
  }

  /* On a small screen the filters start closed, also in an answer of htmx: the results come first. */
  const small = window.matchMedia("(max-width: 59.99rem)");
  const closeFilters = () => {
    const filters = document.getElementById("filters");
    if (!filters) return;
    if (small.matches) filters.open = false;
    filters.dataset.ready = ""; // until here the style sheet keeps them out of sight on a small screen: nothing jumps
  };
  closeFilters();

  /* An answer of htmx brings new filters: what was open stays open, and who stood at a box stays there. */
  const kept = { open: new Set(), closed: new Set(), focus: "" };
  document.addEventListener("htmx:beforeSwap", () => {
    kept.focus = document.activeElement?.id ?? "";
    for (const part of document.querySelectorAll("#filters, #filters details[id]")) {
      (part.open ? kept.open : kept.closed).add(part.id);
      (part.open ? kept.closed : kept.open).delete(part.id);
    }
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const part of document.querySelectorAll("#filters, #filters details[id]")) {
      if (kept.open.has(part.id)) part.open = true;
      if (kept.closed.has(part.id)) part.open = false;
    }
    const filters = document.getElementById("filters");
    if (filters) filters.dataset.ready = "";
    if (kept.focus && document.activeElement === document.body) document.getElementById(kept.focus)?.focus({ preventScroll: true });
  });

  /* A refusal that says where it belongs is shown there: the form keeps what was typed. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.isError || !event.detail.xhr.getResponseHeader("HX-Reswap")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  /* Whoever asked for the results wants to be there; whoever ticked a box wants to stay at the boxes. */
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.triggeringEvent?.type !== "submit") return;
    closeFilters();
    document.querySelector("#aantal, #uitslag")?.scrollIntoView({ block: "start" });
  });
})();
