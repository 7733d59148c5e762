/* MiniSearch over words without their marks, with prefixes and near spellings as is usual, but only
   the last word as a prefix, and both with little weight: of the settings tried, these do best. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const LIBRARY = "minisearch.mjs";

const fold = (word) =>
  word.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

export const options = {
  fields: ["title", "body"],
  storeFields: ["title", "text"], // what a list of results shows
  processTerm: fold,
  searchOptions: {
    boost: { title: 4 },
    prefix: (_word, at, words) => at === words.length - 1,
    fuzzy: 0.2,
    weights: { prefix: 0.1, fuzzy: 0.1 },
  },
};

export const library = async (folder) =>
  (await import(pathToFileURL(join(folder, LIBRARY)).href)).default;

export const scripts = (folder) => [join(folder, LIBRARY)];

export async function open(address, folder) {
  const MiniSearch = await library(folder);
  const index = MiniSearch.loadJSON(await (await fetch(`${address}index.json`)).text(), options);
  return async (query) => index.search(query).slice(0, 10).map(({ id }) => id);
}
