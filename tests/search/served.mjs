// Small indexes on a server that counts, for the reader's tests.
import assert from "node:assert/strict";

import { SearchError, openIndex } from "../../site_builder/theme/assets/search/reader.js";
import { encodeIndex } from "./encode.mjs";

export const BASE = "https://example.vn/tim-kiem/";

/** A server of files that counts; change `files` to publish anew. */
export function serve(files) {
  const server = {
    files,
    asked: [],
    open: 0,
    mostOpen: 0,
    isDown: false,
    fetch: async (url, options) => {
      const name = url.slice(BASE.length);
      server.asked.push(name);
      server.options = options;
      server.mostOpen = Math.max(server.mostOpen, ++server.open);
      await new Promise((done) => setTimeout(done, 1));
      server.open--;
      if (server.isDown) throw new TypeError("fetch failed");
      const found = server.files[name];
      return new Response(found ?? "gone", { status: found ? 200 : 404 });
    },
    times: (name) => server.asked.filter((one) => one === name).length,
    names: (kind) => Object.keys(server.files).filter((name) => name.startsWith(kind)),
  };
  return server;
}

export async function open(documents, options) {
  const server = serve(encodeIndex(documents, options));
  return { server, index: await openIndex(BASE, { fetch: server.fetch }) };
}

export const NOTHING = { total: 0, results: [], repaired: null, counts: undefined };

export const body = (text) => ({ body: text });
export const numbers = ({ results }) => results.map(({ address }) => Number(address.split("/")[1]));

export async function failsWith(kind, promise) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof SearchError, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, /^\p{Lu}.*(thử lại|tải lại)/u);
    return true;
  });
}
