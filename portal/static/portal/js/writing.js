/* Writing a text: htmx keeps each answer while somebody types; this tells when that fails and tries again.
   Without a script the buttons of the form do all of it. What is decided and why: portal/docs/adr/0018-drafts.md. */
"use strict";

(() => {
  const form = document.querySelector("form[data-writing]");
  if (!form) return;

  const fault = document.getElementById("niet-bewaard");
  const turn = form.elements.beurt;
  /* What could not be sent waits in this tab only, under the name of who wrote it; it goes when it is kept. */
  const START = "onbewaard:";
  const place = `${START}${form.dataset.writing}:${location.pathname}`;
  let unsent = false; // something was typed that the server has not confirmed
  let waiting = 0;
  let tries = 0;

  const own = (name) => name && name !== "csrfmiddlewaretoken" && name !== "doe";
  const remember = () => {
    const pairs = [...new FormData(form)].filter(([name, value]) => own(name) && typeof value === "string");
    try {
      sessionStorage.setItem(place, JSON.stringify(pairs));
    } catch {
      /* no room, or not allowed: the text is still on the screen */
    }
  };
  const forget = () => sessionStorage.removeItem(place);
  const tell = (words) => {
    if (fault.textContent !== words) fault.textContent = words;
  };
  const send = () => window.htmx?.trigger(form, "change");
  const later = () => {
    window.clearTimeout(waiting);
    tries += 1;
    waiting = window.setTimeout(send, Math.min(60, 2 ** tries) * 1000);
  };
  const failed = (words) => {
    unsent = true;
    remember();
    tell(words);
    later();
  };

  form.addEventListener("input", () => {
    unsent = true;
  });

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form) return;
    turn.value = String(Number(turn.value) + 1);
    event.detail.parameters.beurt = turn.value;
    delete event.detail.parameters.doe;
  });

  /* Whether this tab still belongs to who signed in: the token of the form may be old after signing in again. */
  const renew = async () => {
    try {
      const answer = await fetch(location.pathname, { redirect: "manual", cache: "no-store" });
      if (!answer.ok) return failed(form.dataset.signedOut);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("form[data-writing] [name=csrfmiddlewaretoken]");
      const mine = page.querySelector("form[data-writing]")?.dataset.writing === form.dataset.writing;
      if (!token || !mine) return failed(form.dataset.signedOut);
      form.elements.csrfmiddlewaretoken.value = token.value;
      return failed(form.dataset.offline);
    } catch {
      return failed(form.dataset.offline);
    }
  };

  /* An answer that is none of this form (signed out, a refusal) is told at the form itself, below: not on the page too. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.requestConfig.elt === form && event.detail.xhr.getResponseHeader("Draft-Revision") === null) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    const answer = event.detail.xhr;
    if (!answer || answer.status === 0) {
      failed(form.dataset.offline);
    } else if (answer.getResponseHeader("Draft-Revision") === null) {
      /* the page to sign in, a refusal, a server that is not well */
      if (answer.status >= 500) failed(form.dataset.offline);
      else if (answer.status === 403 || answer.status < 400) renew();
      else failed(form.dataset.refused);
    } else if (answer.status === 200) {
      unsent = false;
      tries = 0;
      window.clearTimeout(waiting);
      forget();
      tell("");
    } else {
      unsent = true; // told in its own words: too long, or closed by a colleague
      remember();
    }
  });

  for (const moment of ["online", "focus"]) {
    window.addEventListener(moment, () => {
      if (unsent && fault.textContent) send();
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (unsent) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    if (unsent && fault.textContent) {
      event.preventDefault(); // a page that cannot be reached would take this one away: first the text, then the page
      send();
    }
    unsent = Boolean(event.defaultPrevented);
  });

  /* Who signs out leaves nothing behind in this tab. */
  for (const leave of document.querySelectorAll(".work-bar form")) {
    leave.addEventListener("submit", () => {
      unsent = false;
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(START)) sessionStorage.removeItem(key);
    });
  }

  /* --- Rows ------------------------------------------------------------------------------------------------------ */

  const renumber = (row, name, number) => {
    const [old, id] = [row.dataset.row, row.dataset.row.replaceAll(".", "-")];
    const [next, nextId] = [`${name}.${number}`, `${name}.${number}`.replaceAll(".", "-")];
    row.dataset.row = next;
    row.id = `rij-${nextId}`;
    for (const one of row.querySelectorAll("[name], [id], [for], [data-counts], [aria-describedby]")) {
      for (const kind of ["name", "id", "for", "data-counts", "aria-describedby"]) {
        const value = one.getAttribute(kind);
        if (value) one.setAttribute(kind, value.replaceAll(`${old}.`, `${next}.`).replaceAll(`${id}-`, `${nextId}-`));
      }
    }
  };
  const addRow = (button) => {
    const rows = button.closest(".write-question").querySelectorAll(".write-row");
    const last = rows[rows.length - 1];
    const copy = last.cloneNode(true);
    const [name, number] = last.dataset.row.split(/\.(?=\d+$)/);
    renumber(copy, name, Number(number) + 1);
    for (const field of copy.querySelectorAll("input, textarea, select")) {
      field.value = "";
      field.removeAttribute("aria-invalid");
    }
    for (const counter of copy.querySelectorAll("[data-counts]")) count(counter, "");
    copy.querySelector("legend").firstChild.textContent = last.querySelector("legend").textContent.replace(/\d+/, (n) => Number(n) + 1);
    last.after(copy);
    copy.querySelector("input, textarea, select")?.focus();
  };
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    if (add) {
      event.preventDefault();
      addRow(add);
    }
  });

  /* --- What one sees while typing ---------------------------------------------------------------------------------- */

  const count = (counter, text) => {
    const used = [...text].length;
    counter.querySelector("span").textContent = String(used);
    counter.classList.toggle("write-box__count--over", used > Number(counter.dataset.most));
  };
  form.addEventListener("input", (event) => {
    const counter = event.target.id && form.querySelector(`[data-counts="${CSS.escape(event.target.id)}"]`);
    if (counter) count(counter, event.target.value);
  });

  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-select]");
    const field = link && document.getElementById(link.dataset.select);
    if (!field?.setSelectionRange) return;
    event.preventDefault();
    field.focus();
    field.setSelectionRange(Number(link.dataset.start), Number(link.dataset.end));
  });

  /* An answer of htmx brings the part below a question anew: what was open stays open, and focus stays where it was. */
  const open = new Set();
  let focused = "";
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    for (const part of event.detail.target.querySelectorAll("details[id]")) {
      if (part.open) open.add(part.id);
      else open.delete(part.id);
    }
    if (event.detail.target.contains(document.activeElement)) focused = document.activeElement.id || document.activeElement.closest("[id]")?.id;
  });
  document.addEventListener("htmx:oobAfterSwap", () => {
    for (const id of open) {
      const part = document.getElementById(id);
      if (part) part.open = true;
    }
    if (focused && document.activeElement === document.body) {
      const there = document.getElementById(focused);
      (there?.matches("details") ? there.querySelector("summary") : there)?.focus({ preventScroll: true });
    }
    focused = "";
    for (const question of form.querySelectorAll(".write-question")) {
      const wrong = Boolean(question.querySelector(".write-fault")?.textContent.trim());
      for (const field of question.querySelectorAll("input.utrecht-textbox, textarea")) {
        if (wrong) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
  });

  /* --- What was typed before and never came in ------------------------------------------------------------------------ */

  const restore = (pairs) => {
    const kept = new Map();
    for (const [name, value] of pairs) kept.set(name, [...(kept.get(name) ?? []), value]);
    const lists = new Set([...kept.keys()].filter((name) => /^[a-z_]+\.\d+\./.test(name)).map((name) => name.split(/\.(?=\d+\.)/)[0]));
    for (const list of lists) {
      const numbers = [...kept.keys()].filter((name) => name.startsWith(`${list}.`)).map((name) => Number(name.split(".")[1]));
      const button = form.querySelector(`[data-add-row][value="erbij:${CSS.escape(list)}"]`);
      while (button && !form.querySelector(`[data-row="${list}.${Math.max(...numbers)}"]`)) addRow(button);
    }
    for (const field of form.elements) {
      if (!own(field.name) || field.name.startsWith("was.") || field.type === "submit") continue;
      const values = kept.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(values?.includes(field.value));
      else if (values) field.value = values[0];
      if (field.value && field.tagName === "TEXTAREA") field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const before = sessionStorage.getItem(place);
  forget();
  if (before) {
    const pairs = JSON.parse(before);
    const shown = new Map([...new FormData(form)]);
    const differs = pairs.some(([name, value]) => own(name) && !/^(?:was|seen)\.|^blad$|^beurt$/.test(name) && (shown.get(name) ?? "").replaceAll("\r\n", "\n") !== value.replaceAll("\r\n", "\n"));
    if (differs) {
      restore(pairs);
      document.getElementById("nieuws").textContent = form.dataset.found;
      unsent = true;
      window.setTimeout(send, 0);
    }
  }
})();
