// The filters: a group of checkboxes for each facet, with how many each would find; and a chip for
// each that is in force.

import { make } from "./dom.js";

/** @typedef {import("./reader.js").Counted} Counted */
/** @typedef {import("./reader.js").FacetCounts} FacetCounts */
/** @typedef {import("./reader.js").Filters} Chosen */

/** Of more values, only so many stand there at first. */
const SHORT = 10;
/** Of more values, the order helps nobody: the most frequent stand there, and one can type. */
const LONG = 30;
/** So many groups are open where there is room, if they are short. */
const OPEN = 2;

/** @typedef {(name: string, value: string, isWanted: boolean) => void} OnChange */

/** All groups. What is there stays there when counts change: so do focus and open groups. */
export class Filters {
  /** @type {Map<string, Group>} */
  #groups = new Map();
  #place;
  #onChange;
  #isWide;

  /**
   * @param {HTMLElement} place
   * @param {boolean} isWide
   * @param {OnChange} onChange
   */
  constructor(place, isWide, onChange) {
    this.#place = place;
    this.#isWide = isWide;
    this.#onChange = onChange;
  }

  /** @param {FacetCounts[]} counts */
  show(counts) {
    for (const facet of counts) {
      let group = this.#groups.get(facet.name);
      if (!group) {
        group = new Group(facet, (value, isOn) => this.#onChange(facet.name, value, isOn));
        const isShort = facet.values.length <= SHORT;
        group.element.open = this.#isWide && isShort && this.#groups.size < OPEN;
        this.#groups.set(facet.name, group);
        this.#place.append(group.element);
      }
      group.show(facet.values);
    }
  }
}

class Group {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {Counted[]} */
  #values = [];
  #isWhole = false;
  #list = make("ul");
  #more = make("button", { type: "button", class: "button button--plain" });
  #narrow = make("input", { type: "search", autocomplete: "off", class: "facet__narrow" });
  #summary;
  #onChange;

  /**
   * @param {FacetCounts} facet
   * @param {(value: string, isWanted: boolean) => void} onChange
   */
  constructor({ label }, onChange) {
    this.#onChange = onChange;
    this.#summary = make("summary", {}, label);
    this.#narrow.setAttribute("aria-label", `Tìm trong mục ${label}`);
    this.#narrow.placeholder = "Gõ để tìm nhanh";
    const legend = make("legend", { class: "hidden" }, label);
    const fieldset = make("fieldset", {}, legend, this.#narrow, this.#list, this.#more);
    this.element = make("details", { class: "facet" }, this.#summary, fieldset);
    this.#narrow.addEventListener("input", () => this.#arrange());
    this.#more.addEventListener("click", () => {
      this.#isWhole = !this.#isWhole;
      this.#arrange();
    });
  }

  /** @param {Counted[]} values */
  show(values) {
    const hadFocus = this.#list.contains(document.activeElement);
    this.#values = values;
    const left = new Set(values.map(({ value }) => value));
    for (const [value, { item }] of this.#rows) {
      if (left.has(value)) continue;
      item.remove();
      this.#rows.delete(value);
    }
    let next = this.#list.firstElementChild;
    for (const value of values) {
      const row = this.#rows.get(value.value) ?? this.#added(value, next);
      next = row.item.nextElementSibling;
      row.box.checked = value.chosen;
      row.count.textContent = `(${value.count.toLocaleString("vi")})`;
    }
    this.element.hidden = values.length === 0;
    if (values.some(({ chosen }) => chosen)) this.element.open = true;
    this.#arrange();
    if (hadFocus && !this.#list.contains(document.activeElement)) this.#summary.focus();
  }

  /**
   * @param {Counted} value
   * @param {Element | null} next what it is to stand before
   */
  #added({ value, label }, next) {
    const box = make("input", { type: "checkbox" });
    const count = make("span", { class: "note" });
    const item = make("li", {}, make("label", {}, box, make("span", {}, `${label} `, count)));
    box.addEventListener("change", () => this.#onChange(value, box.checked));
    this.#list.insertBefore(item, next);
    const row = { item, box, count };
    this.#rows.set(value, row);
    return row;
  }

  /** Shows the rows that are to be seen. */
  #arrange() {
    const values = this.#values;
    const isLong = values.length > LONG;
    const wanted = isLong ? plain(this.#narrow.value) : "";
    const shown = new Set(
      wanted
        ? values.filter(({ label }) => plain(label).includes(wanted))
        : [...values.filter(({ chosen }) => chosen), ...this.#first(isLong)],
    );
    for (const value of values) {
      const row = this.#rows.get(value.value);
      if (row) row.item.hidden = !shown.has(value);
    }
    this.#narrow.hidden = !isLong;
    this.#more.hidden = values.length <= SHORT || wanted !== "";
    this.#more.setAttribute("aria-expanded", String(this.#isWhole));
    this.#more.textContent = this.#isWhole ? "Thu gọn" : `Xem thêm ${values.length - shown.size}`;
  }

  /**
   * @param {boolean} isLong
   */
  #first(isLong) {
    if (this.#isWhole) return this.#values;
    const values = isLong ? [...this.#values].sort((a, b) => b.count - a.count) : this.#values;
    return values.slice(0, SHORT);
  }
}

/** @typedef {{ item: HTMLElement, box: HTMLInputElement, count: HTMLElement }} Row */

/**
 * A text as one types it in a hurry.
 * @param {string} text
 */
function plain(text) {
  const bare = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return bare.replaceAll("đ", "d").trim();
}

/**
 * @param {Chosen} chosen
 * @param {FacetCounts[]} counts
 * @param {(name: string, value: string) => void} onRemove
 */
export function chipItems(chosen, counts, onRemove) {
  return Object.entries(chosen).flatMap(([name, values]) => {
    const facet = counts.find((one) => one.name === name);
    return values.map((value) => {
      const known = facet?.values.find((one) => one.value === value);
      const label = `${facet?.label ?? name}: ${known?.label ?? value}`; // unknown in old links
      return chipItem(label, () => onRemove(name, value));
    });
  });
}

/**
 * @param {string} label
 * @param {() => void} onRemove
 */
function chipItem(label, onRemove) {
  const cross = make("span", { "aria-hidden": "true" }, " ×");
  const verb = make("span", { class: "hidden" }, "Bỏ lọc ");
  const button = make("button", { type: "button", class: "chip" }, verb, label, cross);
  button.addEventListener("click", onRemove);
  return make("li", {}, button);
}
