// What is searched for, as the address bar has it: ?q=…&loai=mo-hinh&nam=2024&sap-xep=moi-nhat&trang=2

/** @typedef {import("./reader.js").Filters} Filters */

/**
 * @typedef {object} State
 * @property {string} query
 * @property {Filters} filters
 * @property {"relevance" | "date"} sort
 * @property {number} page from 1
 */

/** Names of facets. All else in an address ("fbclid") is of no concern to us. */
const FACETS = "loai linh-vuc don-vi nam cap dien-hinh tinh-trang khen-thuong".split(" ");
const NEWEST = "moi-nhat";

/**
 * @param {string} search the part of an address from its question mark on
 * @returns {State}
 */
export function readState(search) {
  const parameters = new URLSearchParams(search);
  /** @type {Filters} */
  const filters = {};
  for (const name of FACETS) {
    const values = parameters.getAll(name).filter(Boolean);
    if (values.length > 0) filters[name] = [...new Set(values)];
  }
  return {
    query: parameters.get("q") ?? "",
    filters,
    sort: parameters.get("sap-xep") === NEWEST ? "date" : "relevance",
    page: Math.max(1, Number.parseInt(parameters.get("trang") ?? "", 10) || 1),
  };
}

/**
 * The same for an address; "" for a state that asks for nothing.
 * @param {State} state
 */
export function writeState({ query, filters, sort, page }) {
  const parameters = new URLSearchParams();
  if (query.trim()) parameters.set("q", query.trim());
  for (const [name, values] of Object.entries(filters)) {
    for (const value of values) parameters.append(name, value);
  }
  if (sort === "date") parameters.set("sap-xep", NEWEST);
  if (page > 1) parameters.set("trang", String(page));
  const written = parameters.toString();
  return written && `?${written}`;
}

/**
 * With or without a value of a facet; on the first page again.
 * @param {State} state
 * @param {string} name
 * @param {string} value
 * @param {boolean} isWanted
 * @returns {State}
 */
export function withValue(state, name, value, isWanted) {
  const others = (state.filters[name] ?? []).filter((one) => one !== value);
  const { [name]: _, ...filters } = state.filters;
  const values = isWanted ? [...others, value] : others;
  return { ...state, page: 1, filters: values.length > 0 ? { ...filters, [name]: values } : filters };
}

/**
 * The numbers of pages to offer; 0 stands for those left out.
 * @param {number} page
 * @param {number} pages
 */
export function pagesAround(page, pages) {
  const shown = [1, page - 1, page, page + 1, pages].filter((one) => one >= 1 && one <= pages);
  return [...new Set(shown)].flatMap((one, at, all) => {
    return at > 0 && one - all[at - 1] > 1 ? [0, one] : [one];
  });
}
