// What was found, as elements.

import { pagesAround } from "./address.js";
import { make, marked } from "./dom.js";

/** @typedef {import("./reader.js").Result} Result */

/**
 * @param {Result} result
 * @param {string} root address of the site
 */
export function resultItem({ address, title, kind, text, facts, field, marks }, root) {
  const link = make("a", { href: root + address }, ...marked(title, marks.title));
  const notes = [make("span", { class: "found__kind" }, kind), ...facts.map((fact) => ` · ${fact}`)];
  return make(
    "li",
    { class: field ? `card field--${field}` : "card" },
    make("h3", { class: "card__title" }, link),
    make("p", { class: "notes" }, ...notes),
    ...(text ? [make("p", {}, ...marked(text, marks.text))] : []),
  );
}

/**
 * Real links to other pages of results, as the pager of lists has them.
 * @param {number} page
 * @param {number} pages
 * @param {(page: number) => string} addressOf
 */
export function pageItems(page, pages, addressOf) {
  /** @type {(text: string, to: number, rel: string) => HTMLElement[]} */
  const step = (text, to, rel) => {
    const isThere = to >= 1 && to <= pages;
    return isThere ? [make("li", {}, make("a", { href: addressOf(to), rel }, text))] : [];
  };
  return [
    ...step("Trang trước", page - 1, "prev"),
    ...pagesAround(page, pages).map((number) => pageItem(number, page, addressOf)),
    ...step("Trang sau", page + 1, "next"),
  ];
}

/**
 * @param {number} number 0 for a gap
 * @param {number} page
 * @param {(page: number) => string} addressOf
 */
function pageItem(number, page, addressOf) {
  if (number === 0) return make("li", { class: "pager__gap", "aria-hidden": "true" }, "…");
  const isHere = number === page;
  const attributes = isHere
    ? { class: "pager__here", "aria-current": "page" }
    : { href: addressOf(number) };
  const before = make("span", { class: "hidden" }, "Trang "); // a bare number says nothing to ears
  return make("li", {}, make(isHere ? "span" : "a", attributes, before, String(number)));
}

/**
 * @param {string} label
 * @param {() => void} onRemove
 */
export function chipItem(label, onRemove) {
  const cross = make("span", { "aria-hidden": "true" }, " ×");
  const verb = make("span", { class: "hidden" }, "Bỏ lọc ");
  const button = make("button", { type: "button", class: "chip" }, verb, label, cross);
  button.addEventListener("click", onRemove);
  return make("li", {}, button);
}
