/* The site's own search, as measure.mjs puts queries to it: its reader stands, as published, beside
   the index. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const reader = (/** @type {string} */ folder) => join(folder, "reader.mjs");

export const scripts = (/** @type {string} */ folder) => [reader(folder)];

export async function open(/** @type {string} */ address, /** @type {string} */ folder) {
  /** @type {typeof import("../theme/assets/search/reader.js")} */
  const { openIndex } = await import(pathToFileURL(reader(folder)).href);
  const index = await openIndex(address, { fetch });
  return async (/** @type {string} */ query) => {
    const { results } = await index.search(query);
    return results.map((result) => result.address);
  };
}
