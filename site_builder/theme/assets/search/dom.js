// Small things that the box and the page of the search both need. Text goes in as text, never as
// HTML, and nothing sets a style: the policy of the site allows neither.

/** @typedef {import("./reader.js").Mark} Mark */

/**
 * An element; of its attributes, those that are undefined or false are left out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  element.append(...children);
  return element;
}

/**
 * A text with its marked parts as `<mark>`; marks with nothing but blanks between become one.
 * @param {string} text
 * @param {Mark[]} marks in order
 * @returns {(Node | string)[]}
 */
export function marked(text, marks) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let shown = 0;
  for (let at = 0; at < marks.length; at++) {
    const [start] = marks[at];
    while (at + 1 < marks.length && !text.slice(marks[at][1], marks[at + 1][0]).trim()) at++;
    const [, end] = marks[at];
    parts.push(text.slice(shown, start), make("mark", {}, text.slice(start, end)));
    shown = end;
  }
  parts.push(text.slice(shown));
  return parts;
}

/**
 * A function that calls another once it has not been called for a while.
 * @param {() => void} action
 * @param {number} pause in milliseconds
 */
export function afterPause(action, pause) {
  let timer = 0;
  return {
    start: () => {
      clearTimeout(timer);
      timer = window.setTimeout(action, pause);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * The element that a template has named a part, if it is there.
 * @param {HTMLElement} place
 * @param {string} name
 * @returns {HTMLElement | null}
 */
export function findPart(place, name) {
  return place.querySelector(`[data-part=${name}]`);
}

/**
 * A part that is always there.
 * @param {HTMLElement} place
 * @param {string} name
 */
export function partOf(place, name) {
  const found = findPart(place, name);
  if (!found) throw new TypeError(`no part ${name}`);
  return found;
}

/**
 * An address that a template wrote down relative to its page.
 * @param {string | undefined} written
 */
export function absolute(written) {
  return new URL(written || ".", document.baseURI).href;
}
