// The switches for text size, scheme and the shortcut of the search. What is chosen stands on <html>
// as data-chu, data-nen and data-phim, where stylesheet and search look, and in the storage once
// somebody has chosen, where first.js looks.

const root = document.documentElement;

/** @param {HTMLDetailsElement} box */
function start(box) {
  for (const input of box.querySelectorAll("input")) {
    input.checked = input.value === (root.dataset[input.name] ?? "");
  }
  box.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) choose(target.name, target.value);
  });
  box.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary")?.focus();
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !box.contains(target)) box.open = false;
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !box.contains(relatedTarget)) box.open = false;
  });
}

/**
 * @param {string} name
 * @param {string} value "" is how a page comes
 */
function choose(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Forbidden: it holds for this page.
  }
}

for (const box of document.querySelectorAll("details")) {
  if (box.matches("[data-display]")) start(box);
}
