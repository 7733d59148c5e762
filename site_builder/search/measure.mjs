/* Puts queries to a search engine as a page would, over HTTP: for `site-builder search-bench` and
   bench/search.py, which measures others in the same way.

   node measure.mjs ENGINE.mjs FOLDER QUERIES.json ANSWERS.json

   FOLDER has the engine's index. QUERIES has lists of texts: "asked" for what they find, "timed",
   some of these, for how long they take when their files are in the browser's cache, "cold" for what
   a first visit downloads. ANSWERS gets {"found": [[address, …], …], "warm": [ms, …], "cold": [bytes, …]}.

   ENGINE exports `scripts(folder)`, paths of the scripts that a page has to load, and
   `open(address, folder)`, a promise of `search(query)`, itself a promise of ten addresses. */

import { createServer } from "node:http";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [enginePath, folder, asking, answering] = process.argv.slice(2);
const engine = await import(pathToFileURL(resolve(enginePath)).href);
const { asked, timed, cold } = JSON.parse(await readFile(asking, "utf8"));

/** Whether a web server compresses a file of this name: not where it is packed already. */
const isText = (/** @type {string} */ name) => /\.m?js(on)?$/.test(name);

/** A file as a web server would send it. */
async function packed(/** @type {string} */ path) {
  const data = await readFile(path);
  const small = isText(path) ? gzipSync(data, { level: 6 }) : data;
  return small.length < data.length ? { body: small, encoding: "gzip" } : { body: data };
}

/** Fetches as a browser does whose cache has whatever came once; the cache takes no time. */
function keeping(/** @type {typeof fetch} */ load) {
  const kept = new Map();
  return async (/** @type {string} */ url) => {
    if (!kept.has(url)) {
      const response = await load(url);
      if (!response.ok) return response;
      kept.set(url, await response.arrayBuffer());
    }
    return new Response(kept.get(url));
  };
}

const line = { bytes: 0 };
const server = createServer(async (request, response) => {
  const name = new URL(request.url ?? "/", "http://server").pathname;
  try {
    const { body, encoding } = await packed(join(folder, name));
    line.bytes += body.length;
    response.writeHead(200, encoding ? { "content-encoding": encoding } : {}).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
// An engine that thinks for minutes keeps this thread from answering: nothing may time out.
server.keepAliveTimeout = server.headersTimeout = server.requestTimeout = 0;
await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(null)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const open = () => engine.open(`http://127.0.0.1:${port}/`, folder);

let scripts = 0;
for (const path of engine.scripts(folder)) scripts += (await packed(path)).body.length;

/** @type {{ found: string[][], warm: number[], cold: number[] }} */
const answers = { found: [], warm: [], cold: [] };
for (const query of cold) {
  line.bytes = scripts;
  const search = await open();
  await search(query);
  answers.cold.push(line.bytes);
}

globalThis.fetch = /** @type {typeof fetch} */ (keeping(fetch));
const search = await open();
for (const query of asked) answers.found.push(await search(query));
for (const query of timed) {
  const began = performance.now();
  await search(query);
  answers.warm.push(performance.now() - began);
}
await writeFile(answering, JSON.stringify(answers));
server.close();
server.closeAllConnections();
