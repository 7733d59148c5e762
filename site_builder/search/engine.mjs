/* The site's own search, as measure.mjs puts queries to it. */

import { fileURLToPath } from "node:url";
import { openIndex } from "../theme/assets/search/reader.js";

export const scripts = () => [
  fileURLToPath(new URL("../theme/assets/search/reader.js", import.meta.url)),
];

export async function open(/** @type {string} */ address) {
  const index = await openIndex(address, { fetch });
  return async (/** @type {string} */ query) => {
    const { results } = await index.search(query);
    return results.map((result) => result.address);
  };
}
