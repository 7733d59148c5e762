/* Runs queries through the reader as a browser would, for `site-builder search-bench`.

   node measure.mjs FOLDER QUERIES.json ANSWERS.json: QUERIES has {"asked": [text, …], "cold":
   [text, …]}; ANSWERS gets {"found": [[address, …], …], "cold": [bytes, …], "warm": [ms, …]}. */

import { readFile, writeFile } from "node:fs/promises";
import { openIndex } from "../theme/assets/search/reader.js";

const [folder, asking, answering] = process.argv.slice(2);
const { asked, cold } = JSON.parse(await readFile(asking, "utf8"));

/** A fetch that reads from the disk and tells how many bytes went over the line. */
function counting() {
  const line = { bytes: 0 };
  const fetch = async (/** @type {string} */ url) => {
    const name = new URL(url).pathname.split("/").at(-1) ?? "";
    let data;
    try {
      data = await readFile(`${folder}/${name}`);
    } catch {
      return new Response(null, { status: 404 });
    }
    line.bytes += data.length;
    return new Response(data);
  };
  return { line, fetch };
}

/** @param {import("../theme/assets/search/reader.js").Fetch} fetch */
const open = (fetch) => openIndex("http://127.0.0.1/", { fetch });

const answers = { found: /** @type {string[][]} */ ([]), cold: [0], warm: [0] };
answers.cold = [];
for (const query of cold) {
  const { line, fetch } = counting();
  const index = await open(fetch);
  await index.search(query);
  answers.cold.push(line.bytes);
}

const index = await open(counting().fetch);
for (const query of asked) {
  const { results } = await index.search(query);
  answers.found.push(results.map((result) => result.address));
}
answers.warm = [];
for (const query of asked) {
  const began = performance.now();
  await index.search(query);
  answers.warm.push(performance.now() - began);
}
await writeFile(answering, JSON.stringify(answers));
