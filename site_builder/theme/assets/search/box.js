// Suggestions under the boxes of the header and the home page: an editable combobox with a list
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this the forms work as forms do.

import { Asker, SearchFailure } from "./client.js";
import { absolute, afterPause, make, marked } from "./dom.js";

/** @typedef {import("./reader.js").Result} Result */

const MOST = 6;
const PAUSE = 120;

class Box {
  /** @type {HTMLAnchorElement[]} */
  #options = [];
  /** Which option the arrow keys have reached; -1 is the text itself. */
  #active = -1;
  #form;
  #input;
  #list;
  #status;
  #asker;
  #root;
  #pause = afterPause(() => this.#suggest(), PAUSE);

  /**
   * @param {HTMLFormElement} form
   * @param {string} id of the list; as no heading of a body can be named
   */
  constructor(form, id) {
    this.#form = form;
    this.#input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    this.#asker = new Asker(absolute(form.dataset.index));
    this.#root = absolute(form.dataset.root);
    this.#list = make("div", { id, class: "suggest", role: "listbox", "aria-label": "Gợi ý" });
    this.#list.hidden = true;
    this.#status = make("p", { class: "hidden", role: "status" });
    form.append(this.#list, this.#status);
    this.#input.setAttribute("role", "combobox");
    this.#input.setAttribute("aria-autocomplete", "list");
    this.#input.setAttribute("aria-controls", id);
    this.#input.setAttribute("aria-expanded", "false");
    this.#listen();
  }

  #listen() {
    const input = this.#input;
    const open = () => this.#asker.open();
    input.addEventListener("pointerdown", open); // a finger is down long before the focus comes
    input.addEventListener("focus", open);
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#pressed(event));
    // Keeps the focus, and with it the list, until the click on an option has come.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    // Whoever comes back to this page finds it as it was left.
    this.#list.addEventListener("click", () => this.#close());
    this.#form.addEventListener("submit", () => this.#close());
    input.addEventListener("blur", () => this.#close());
  }

  #typed() {
    this.#activate(-1);
    if (this.#input.value.trim()) this.#pause.start();
    else this.#close();
  }

  async #suggest() {
    const query = this.#input.value;
    try {
      const found = await this.#asker.search(query, { limit: MOST });
      if (found) this.#show(query, found.results);
    } catch (error) {
      if (!(error instanceof SearchFailure)) throw error;
      this.#close();
      this.#tell(error.message, true);
    }
  }

  /**
   * @param {string} query
   * @param {Result[]} results
   */
  #show(query, results) {
    const all = `${this.#form.action}?${new URLSearchParams({ q: query.trim() })}`;
    this.#options = [
      ...results.map((result) => this.#option(this.#root + result.address, titleOf(result))),
      this.#option(all, [`Xem tất cả kết quả cho “${query.trim()}”`]),
    ];
    this.#options.forEach((option, at) => (option.id = `${this.#list.id}-${at}`));
    this.#list.replaceChildren(...this.#options);
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    this.#activate(-1);
    const count = results.length;
    this.#tell(count ? `Có ${count} gợi ý. Dùng phím mũi tên để chọn.` : "Không có gợi ý nào.");
  }

  /**
   * @param {string} href
   * @param {(Node | string)[]} children
   */
  #option(href, children) {
    const attributes = { href, class: "suggest__option", role: "option", tabindex: -1 };
    return make("a", attributes, ...children);
  }

  #close() {
    this.#pause.stop();
    this.#asker.forget();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
    this.#tell("");
  }

  /**
   * @param {string} text
   * @param {boolean} [isFailure] to be seen, not only heard
   */
  #tell(text, isFailure = false) {
    this.#status.className = isFailure ? "suggest suggest__failure" : "hidden";
    this.#status.textContent = text;
  }

  /** @param {number} at */
  #activate(at) {
    this.#active = at;
    this.#options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at < 0) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", this.#options[at].id);
    this.#options[at].scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = !this.#list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.#move(event.key === "ArrowDown" ? 1 : -1);
      else if (this.#input.value.trim()) this.#suggest();
    } else if (event.key === "Enter" && isOpen && this.#active >= 0) {
      event.preventDefault();
      this.#options[this.#active].click();
    } else if (event.key === "Escape") {
      // Browsers clear such a field at once: the first press only closes the list.
      event.preventDefault();
      if (!isOpen) this.#input.value = "";
      this.#close();
    }
  }

  /**
   * Up and down in a circle, which the text itself is a part of.
   * @param {number} step
   */
  #move(step) {
    const places = this.#options.length + 1;
    this.#activate(((this.#active + 1 + step + places) % places) - 1);
  }
}

/** @param {Result} result */
function titleOf({ title, kind, facts, marks }) {
  return [
    make("span", { class: "suggest__title" }, ...marked(title, marks.title)),
    make("span", { class: "notes" }, [kind, ...facts].join(" · ")),
  ];
}

/**
 * While an input method (Telex, VNI…) puts a word together, keys are its own. Safari sends the key
 * that ends this only afterwards; all that tells it then is the number 229.
 * @param {KeyboardEvent} event
 */
function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

/**
 * "/" leads to the box: that of the page where it has one, else that of the header. Whoever speaks
 * to the device, and so presses keys by chance, can switch it off (assets/site/display.js).
 * @param {KeyboardEvent} event
 */
function focusBox(event) {
  if (event.key !== "/" || isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (document.documentElement.dataset.phim === "tat") return;
  const { target } = event;
  const writing = "input:not([type=checkbox], [type=radio]), textarea, select";
  if (target instanceof HTMLElement && (target.isContentEditable || target.matches(writing))) return;
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = document.querySelectorAll("main input[name=q], .search__input");
  // The header comes first in the page: the last that is shown is the page's own.
  const box = Array.from(boxes).filter(({ offsetParent }) => offsetParent).pop();
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

/** @type {NodeListOf<HTMLFormElement>} */
const forms = document.querySelectorAll("form[data-suggest]");
forms.forEach((form, at) => new Box(form, `__goi-y-${at}`));
document.addEventListener("keydown", focusBox);
