// The page of the search, and the filters of the list of all models: what is searched for is in the
// address bar, what was found below.

import { readState, withValue, writeState } from "./address.js";
import { Asker, SearchFailure } from "./client.js";
import { absolute, afterPause, findPart, make, partOf } from "./dom.js";
import { Filters, chipItems } from "./filters.js";
import { PAGE_SIZE, Results, pagesOf } from "./results.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./reader.js").FacetCounts} FacetCounts */
/** @typedef {import("./reader.js").Found} Found */

const PAUSE = 150;
/** Milliseconds until one wonders whether anything is happening. */
const PATIENCE = 300;
const WIDE = "(min-width: 62em)";

class SearchPage {
  #place;
  #asker;
  #results;
  /** The one value of "loai" that is looked for; the static list of it stands until one filters. */
  #only;
  #query;
  #panel;
  #filters;
  #state;
  /** The address that going back leads to. */
  #kept;
  #title = document.title;
  #hasCounts = false;
  /** Whether only newer scripts can read the index. */
  #isOutdated = false;
  #pause = afterPause(() => this.#search(), PAUSE);
  #patience = afterPause(() => this.#wait(), PATIENCE);

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
    this.#asker = new Asker(absolute(place.dataset.index));
    const root = absolute(place.dataset.root);
    this.#results = new Results(place, root, (state) => this.#address(state));
    this.#only = place.dataset.only;
    this.#query = /** @type {HTMLInputElement | null} */ (this.#find("query"));
    this.#panel = /** @type {HTMLDetailsElement} */ (this.#part("filters"));
    this.#filters = new Filters(this.#part("facets"), isWide(), (name, value, isWanted) => {
      this.#go(withValue(this.#state, name, value, isWanted));
    });
    this.#state = this.#read(location.search);
    this.#kept = this.#address();
  }

  start() {
    this.#listen();
    this.#panel.hidden = false;
    this.#panel.open = isWide();
    const form = this.#find("form");
    if (form) form.hidden = false;
    this.#enter(this.#state);
    const top = history.state?.top;
    if (!this.#isIdle()) this.#search(() => top && scrollTo({ top, behavior: "instant" }));
  }

  #listen() {
    this.#find("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#pause.stop();
      this.#keep();
      this.#search();
      if (matchMedia("(pointer: coarse)").matches) this.#query?.blur(); // and away goes the keyboard
    });
    this.#query?.addEventListener("input", () => this.#typed());
    this.#query?.addEventListener("change", () => this.#keep());
    this.#find("order")?.addEventListener("change", () => {
      const sort = this.#radio("date")?.checked ? "date" : "relevance";
      this.#go({ ...this.#state, sort, page: 1 });
    });
    this.#panel.addEventListener("toggle", () => {
      if (this.#isIdle() && !this.#hasCounts) this.#search();
    });
    this.#part("retry").addEventListener("click", () => this.#retry());
    this.#part("widen").addEventListener("click", () => this.#widen());
    this.#part("done").addEventListener("click", () => {
      this.#panel.open = false;
      this.#focusTop();
    });
    this.#place.addEventListener("click", (event) => this.#follow(event));
    addEventListener("popstate", () => {
      this.#enter(this.#read(location.search));
      this.#kept = this.#address();
      this.#search();
    });
  }

  // --- What is searched for ---

  /** @param {string} search */
  #read(search) {
    const state = readState(search);
    if (this.#only) delete state.filters.loai;
    return state;
  }

  #address(state = this.#state) {
    return location.pathname + writeState(state);
  }

  #hasFilters() {
    return Object.keys(this.#state.filters).length > 0;
  }

  /** Whether the static list says it all. */
  #isIdle() {
    return this.#only !== undefined && !this.#hasFilters();
  }

  /** @param {State} state */
  #enter(state) {
    this.#state = state;
    if (this.#query && this.#query.value !== state.query) this.#query.value = state.query;
    const radio = this.#radio(state.sort);
    if (radio) radio.checked = true;
  }

  #typed() {
    this.#state = { ...this.#state, query: this.#query?.value ?? "", page: 1 };
    history.replaceState(null, "", this.#address());
    this.#asker.forget();
    this.#pause.start();
  }

  /** Makes what is in the address bar an entry of its own, after the one that was there before. */
  #keep() {
    const address = this.#address();
    if (address === this.#kept) return;
    history.replaceState(null, "", this.#kept);
    history.pushState(null, "", address);
    this.#kept = address;
  }

  /**
   * @param {State} state
   * @param {() => void} [then]
   */
  #go(state, then) {
    this.#keep();
    this.#enter(state);
    this.#keep();
    this.#pause.stop();
    this.#search(then);
  }

  #widen() {
    this.#go({ ...this.#state, filters: {}, page: 1 }, () => this.#focusTop());
  }

  /**
   * Links to other results are real, but need not load the page again; others are left behind.
   * @param {MouseEvent} event
   */
  #follow(event) {
    const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (!(target instanceof Element) || button !== 0) return;
    if (ctrlKey || metaKey || shiftKey || altKey) return;
    if (target.closest("[data-part=found] a")) this.#leave();
    const link = target.closest("[data-part=pages] a, a[data-part=meant]");
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    this.#go(this.#read(link.search), () => this.#focusTop());
  }

  /** Browsers scroll back to where one was too early: before there are results. */
  #leave() {
    history.scrollRestoration = "manual";
    history.replaceState({ top: scrollY }, "");
  }

  // --- Searching ---

  /** @param {() => void} [then] */
  async #search(then) {
    this.#patience.start();
    try {
      const found = await this.#answer();
      if (!found) return;
      this.#show(found);
      then?.();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @returns {Promise<Found | null>} null where something else is searched for by now */
  async #answer() {
    const { query, filters, sort, page } = this.#state;
    const options = {
      filters: this.#only ? { ...filters, loai: [this.#only] } : filters,
      sort,
      limit: this.#isIdle() ? 0 : PAGE_SIZE,
      offset: (page - 1) * PAGE_SIZE,
    };
    if (!this.#hasCounts && Object.keys(options.filters).length === 0) {
      const early = await this.#asker.search(query, options); // before the facets have come
      if (!early) return null;
      this.#show(early);
    }
    const found = await this.#asker.search(query, { ...options, counts: true });
    const last = pagesOf(found?.total ?? 0);
    if (!found || page <= last || last === 0) return found;
    this.#state = { ...this.#state, page: last }; // an old link to more than there is
    history.replaceState(null, "", (this.#kept = this.#address()));
    return this.#answer();
  }

  #wait() {
    this.#results.say("Đang tìm…");
    this.#results.age(true);
  }

  /** @param {unknown} error */
  #fail(error) {
    if (!(error instanceof SearchFailure)) throw error;
    this.#patience.stop();
    this.#results.say("");
    this.#results.age(true);
    this.#part("reason").textContent = error.message;
    this.#part("failure").hidden = false;
    this.#isOutdated = error.kind === "format";
  }

  #retry() {
    if (this.#isOutdated) location.reload();
    else this.#search(() => this.#focusTop());
  }

  // --- What was found ---

  /** @param {Found} found */
  #show(found) {
    const isIdle = this.#isIdle();
    this.#patience.stop();
    this.#results.show(found, this.#state);
    if (isIdle) this.#results.say("");
    this.#part("failure").hidden = true;
    this.#part("heading").hidden = isIdle;
    this.#part("results").hidden = isIdle;
    /** @type {NodeListOf<HTMLElement>} */
    const whole = document.querySelectorAll("[data-whole-list]");
    whole.forEach((one) => (one.hidden = !isIdle));
    this.#part("done").textContent = `Xem ${found.total.toLocaleString("vi")} kết quả`;
    if (found.counts) this.#showCounts(found.counts);
    if (this.#query) this.#showTitle(this.#state.query.trim());
  }

  /** @param {FacetCounts[]} counts */
  #showCounts(counts) {
    this.#hasCounts = true;
    this.#filters.show(counts.filter(({ name }) => !this.#only || name !== "loai"));
    const chips = chipItems(this.#state.filters, counts, this.#remove.bind(this));
    this.#part("chosen").textContent = chips.length > 0 ? ` (${chips.length})` : "";
    if (chips.length > 1) chips.push(this.#widener());
    this.#part("chips").hidden = chips.length === 0;
    this.#part("chips").replaceChildren(...chips);
  }

  #widener() {
    const attributes = { type: "button", class: "button button--plain" };
    const button = make("button", attributes, "Bỏ tất cả bộ lọc");
    button.addEventListener("click", () => this.#widen());
    return make("li", {}, button);
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #remove(name, value) {
    this.#go(withValue(this.#state, name, value, false), () => {
      const chip = this.#part("chips").querySelector("button");
      if (chip) chip.focus();
      else this.#focusTop();
    });
  }

  /** @param {string} query */
  #showTitle(query) {
    document.title = query ? `${query} - ${this.#title}` : this.#title;
  }

  #focusTop() {
    const heading = this.#part("heading");
    if (heading.hidden) this.#panel.querySelector("summary")?.focus();
    else heading.focus();
  }

  // --- Elements ---

  /** @param {string} name */
  #part(name) {
    return partOf(this.#place, name);
  }

  /** @param {string} name */
  #find(name) {
    return findPart(this.#place, name);
  }

  /**
   * @param {string} value
   * @returns {HTMLInputElement | null}
   */
  #radio(value) {
    return this.#place.querySelector(`[name=sap-xep][value=${value}]`);
  }
}

function isWide() {
  return matchMedia(WIDE).matches;
}

/** @type {HTMLElement | null} */
const place = document.querySelector("[data-search-page]");
if (place) new SearchPage(place).start();
