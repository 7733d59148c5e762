/* Pagefind through the module that its pages load. Node.js has no page to tell it the language; a
   page would also start the worker, which is the same code in a second file. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

globalThis.document = {
  currentScript: null,
  querySelector: () => ({ getAttribute: () => "vi" }),
};

export const scripts = (folder) =>
  ["pagefind.js", "pagefind-worker.js"].map((name) => join(folder, "pagefind", name));

let opened = 0;

export async function open(address, folder) {
  const module = pathToFileURL(join(folder, "pagefind", "pagefind.js"));
  module.search = `?${opened++}`; // another module each time, which has loaded nothing
  const { createInstance } = await import(module.href);
  const pagefind = createInstance({ basePath: `${address}pagefind/` });
  return async (query) => {
    const { results } = await pagefind.search(query);
    const ten = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    return ten.map(({ url }) => new URL(url, address).pathname.slice(1, -".html".length));
  };
}
