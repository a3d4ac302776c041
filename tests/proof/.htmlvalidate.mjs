// html-validate's recommended rules and those for whole documents; each difference gives its reason.

export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Lists may have a name (ARIA 1.2); the rule's own advice is to keep names for fewer elements still.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // HTML reads both; ours is written small everywhere.
    "doctype-style": ["error", { style: "lowercase" }],
    // The boxes of one filter share one name: that is how a form sends several values.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "reset", "submit"] }],
    // A title is the name of an application and its provider, which are data; search engines cut off our own name.
    "long-title": "off",
    // Template tags on a line of their own leave it; nobody who reads the page meets it.
    "no-trailing-whitespace": "off",
    // Integrity guards files from another server; ours come from our own, with their hash in the name.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};
