// Runs before anything is drawn, so that no page flashes in the scheme or size that was not chosen.
// A classic script: modules wait until the page is there.
(() => {
  const root = document.documentElement;
  root.className = "js";
  // Here and not in tools.js: buttons that come later would push the story down.
  root.classList.toggle("can-share", "share" in navigator);
  root.classList.toggle("can-copy", "clipboard" in navigator);
  root.classList.toggle("can-speak", "speechSynthesis" in window);
  try {
    for (const name of ["chu", "nen", "phim"]) {
      const kept = localStorage.getItem(name);
      if (kept) root.dataset[name] = kept;
    }
  } catch {
    // Storage is forbidden: what is chosen holds for the page that is open.
  }
})();
