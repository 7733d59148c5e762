/** What is expected of every built page: all that html-validate knows, but for what is said here. */
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Templates leave blank space behind, which packs to nothing; it is no fault of the page.
    "no-trailing-whitespace": "off",
    "doctype-style": ["error", { style: "lowercase" }],
    // HTML forbids only blanks in ids. Ours begin with “__”, as no heading of a body does.
    "valid-id": ["error", { relaxed: true }],
    // Lists and groups may be named, says ARIA, though they are no landmarks.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // For files from other hosts: every file here comes from the host of the page.
    "require-sri": "off",
    // Titles are the writers', up to 300 letters; a long one is cut by whoever shows it.
    "long-title": "off",
    // A number may be broken between its groups; most phones are narrower than three numbers.
    "tel-non-breaking": "off",
    // A table's box that slides is a region with a caption; <section> would want a heading.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};
