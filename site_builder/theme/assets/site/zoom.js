// A picture in full size, over the page. Without this script its link opens the file.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} name
 * @param {...(Node | string)} inside
 */
function make(tag, name, ...inside) {
  const element = document.createElement(tag);
  element.className = name;
  element.append(...inside);
  return element;
}

const away = make("button", "tool", "Đóng");
const fit = make("button", "tool", "Cỡ thật");
const words = make("p", "zoom__words");
const picture = make("img", "zoom__picture");
const place = make("div", "zoom__place", picture);
const dialog = make("dialog", "zoom", make("div", "zoom__bar", words, fit, away), place);

/** @param {boolean} isFull shown pixel for pixel, to be scrolled, and not fitted into the window */
function size(isFull) {
  dialog.classList.toggle("zoom--full", isFull);
  fit.setAttribute("aria-pressed", String(isFull));
}

/** @param {HTMLAnchorElement} link */
function open(link) {
  const image = link.querySelector("img");
  const caption = link.parentElement?.querySelector("figcaption")?.textContent?.trim();
  picture.src = link.href;
  picture.alt = image?.alt ?? "";
  picture.width = Number(image?.getAttribute("width"));
  picture.height = Number(image?.getAttribute("height"));
  words.textContent = caption || picture.alt;
  size(false);
  if (!dialog.isConnected) document.body.append(dialog);
  dialog.showModal(); // the browser gives the focus back when it closes
}

away.type = fit.type = "button";
away.autofocus = true;
dialog.setAttribute("aria-label", "Ảnh lớn");
place.tabIndex = 0; // whoever has no mouse scrolls with the arrows
place.setAttribute("role", "group");
place.setAttribute("aria-label", "Ảnh");
away.addEventListener("click", () => dialog.close());
fit.addEventListener("click", () => size(!dialog.classList.contains("zoom--full")));
// Beside the picture is as good as the button.
place.addEventListener("click", ({ target }) => target === place && dialog.close());

for (const link of document.querySelectorAll("a[data-zoom]")) {
  if (!(link instanceof HTMLAnchorElement)) continue;
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("click", (event) => {
    // A new tab is what somebody asked for.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
}
