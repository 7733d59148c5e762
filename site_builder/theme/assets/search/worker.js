// Answers questions about the search index: in a worker, so that the page stays quick; where the
// browser has none, the page imports this and calls `answer` itself.

import { SearchError, openIndex } from "./reader.js";

/** @typedef {import("./reader.js").ErrorKind} ErrorKind */
/** @typedef {import("./reader.js").Found} Found */
/** @typedef {import("./reader.js").SearchIndex} SearchIndex */
/** @typedef {import("./reader.js").SearchOptions} SearchOptions */

/**
 * @typedef {object} Question
 * @property {number} number
 * @property {string} base address of the index
 * @property {string} [query] without one, the index is only to be opened
 * @property {SearchOptions} [options]
 */

/** @typedef {{ kind: ErrorKind, message: string }} Failure */

/** @typedef {{ number: number, found?: Found, failure?: Failure }} Answer */

const BROKEN = "Tìm kiếm gặp lỗi. Hãy tải lại trang; chưa được thì thử lại sau.";

/** @type {Map<string, Promise<SearchIndex>>} */
const opened = new Map();

/**
 * Never fails: failures are answers, so that they can come out of a worker.
 * @param {Question} question
 * @returns {Promise<Answer>}
 */
export async function answer({ number, base, query, options }) {
  try {
    const index = await openedAt(base);
    return { number, found: query === undefined ? undefined : await index.search(query, options) };
  } catch (error) {
    return { number, failure: failureOf(error) };
  }
}

/**
 * The index, opened once; again only after a failure.
 * @param {string} base
 */
function openedAt(base) {
  let opening = opened.get(base);
  if (!opening) {
    opening = openIndex(base);
    opened.set(base, opening);
    opening.catch(() => opened.delete(base));
  }
  return opening;
}

/**
 * @param {unknown} error
 * @returns {Failure}
 */
function failureOf(error) {
  if (error instanceof SearchError) return { kind: error.kind, message: error.message };
  console.error(error);
  return { kind: "damaged", message: BROKEN };
}

if (!("document" in globalThis)) {
  self.onmessage = async ({ data }) => self.postMessage(await answer(data));
}
