/* node minisearch-index.mjs DOCUMENTS.json FOLDER: the index of the documents into index.json. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { library, options } from "./minisearch.mjs";

const [documents, folder] = process.argv.slice(2);
const MiniSearch = await library(folder);
const index = new MiniSearch(options);
index.addAll(JSON.parse(await readFile(documents, "utf8")));
await writeFile(join(folder, "index.json"), JSON.stringify(index));
