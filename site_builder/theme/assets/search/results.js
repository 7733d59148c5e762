// What was found, as citizens see it.

import { pagesAround } from "./address.js";
import { findPart, make, marked, partOf } from "./dom.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./reader.js").Found} Found */
/** @typedef {import("./reader.js").Result} Result */

export const PAGE_SIZE = 10;

export class Results {
  #place;
  #root;
  #addressOf;

  /**
   * @param {HTMLElement} place
   * @param {string} root address of the site
   * @param {(state: State) => string} addressOf
   */
  constructor(place, root, addressOf) {
    this.#place = place;
    this.#root = root;
    this.#addressOf = addressOf;
  }

  /**
   * @param {Found} found
   * @param {State} state what was searched for
   */
  show({ total, results, repaired }, state) {
    const pages = pagesOf(total);
    this.say(statusOf(total, state.page, pages));
    this.age(false);
    this.#part("found").replaceChildren(...results.map((one) => resultItem(one, this.#root)));
    this.#part("nothing").hidden = total > 0;
    this.#part("narrow").hidden = Object.keys(state.filters).length === 0;
    const order = findPart(this.#place, "order");
    if (order) order.hidden = total === 0 || !state.query.trim(); // without words: newest first
    this.#showMeant(repaired, state);
    this.#part("pager").hidden = pages < 2;
    const addressOf = (/** @type {number} */ page) => this.#addressOf({ ...state, page });
    this.#part("pages").replaceChildren(...pageItems(state.page, pages, addressOf));
  }

  /**
   * @param {string | null} repaired
   * @param {State} state
   */
  #showMeant(repaired, state) {
    const meant = /** @type {HTMLAnchorElement} */ (this.#part("meant"));
    this.#part("repaired").hidden = !repaired;
    meant.textContent = repaired;
    meant.href = this.#addressOf({ ...state, query: repaired ?? "", page: 1 });
  }

  /** @param {string} text how the search stands */
  say(text) {
    this.#part("status").textContent = text;
  }

  /** @param {boolean} isOld whether what is shown is not what is searched for by now */
  age(isOld) {
    this.#part("found").classList.toggle("found--old", isOld);
    this.#part("found").setAttribute("aria-busy", String(isOld));
  }

  /** @param {string} name */
  #part(name) {
    return partOf(this.#place, name);
  }
}

/** @param {number} total */
export function pagesOf(total) {
  return Math.ceil(total / PAGE_SIZE);
}

/**
 * @param {number} total
 * @param {number} page
 * @param {number} pages
 */
function statusOf(total, page, pages) {
  if (total === 0) return "Không tìm thấy kết quả nào.";
  const place = pages > 1 ? `, trang ${page} trên ${pages}` : "";
  return `Có ${total.toLocaleString("vi")} kết quả${place}`;
}

/**
 * @param {Result} result
 * @param {string} root address of the site
 */
function resultItem({ address, title, kind, text, facts, field, marks }, root) {
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
function pageItems(page, pages, addressOf) {
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
