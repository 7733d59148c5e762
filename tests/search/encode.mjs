// Encodes small indexes for the reader's tests, by docs/search-index.md and not by the writer:
// names are made otherwise, and impacts only count.
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

import { hashOf, words } from "../../site_builder/theme/assets/search/reader.js";

const CHUNK = 8;
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
const TITLE = 6;

export const WEIGHTS = {
  accent: 0.25,
  pair: 1.3,
  accent_pair: 1.0,
  repair: 0.8,
  prefix: 0.6,
  coverage: 0.5,
  title: 0.5,
  floor: 0,
};

/**
 * @typedef {object} Facet
 * @property {string} name
 * @property {string} label
 * @property {string[][]} values each with its label
 */

/**
 * Every file of an index by name. `has` are a document's values of each facet.
 * @param {(Partial<Record<"title"|"body"|"text"|"date"|"address"|"field", string>> &
 *   { facts?: string[], has?: Record<string, string[]> })[]} documents
 * @param {{ abbreviations?: string[][], keysOfShard?: number, listed?: number, fewest?: number, weights?: Partial<typeof WEIGHTS>, known?: number, facets?: Facet[] }} [options]
 * @returns {Record<string, Buffer>}
 */
export function encodeIndex(documents, options = {}) {
  const { abbreviations = [], keysOfShard = 20, facets = [], listed = 0, fewest = 4, known = 2, weights = {} } = options;
  const files = {};
  const add = (kind, bytes) => {
    const packed = deflateSync(bytes);
    const digits = createHash("sha256").update(packed).digest("hex").slice(0, 12);
    files[`${kind}-${digits}.bin`] = packed;
    return digits;
  };
  const coded = (names, firsts) => ({ names: names.join(""), first: firsts?.join("\n") });
  const named = (names, firsts) => {
    if (listed === 0) return { ...coded(names, firsts), listed };
    const parts = sliced(Array.from(names.keys()), listed).map((places) => {
      const pick = (all) => all && places.map((place) => all[place]);
      return { first: firsts?.[places[0]], list: coded(pick(names), pick(firsts)) };
    });
    const lists = parts.map(({ list }) => add("list", JSON.stringify(list)));
    return { ...coded(lists, firsts && parts.map(({ first }) => first)), listed };
  };
  const postings = postingsOf(documents);
  const keys = Array.from(postings.keys()).sort(byCodePoint);
  const shards = sliced(keys, keysOfShard);
  const common = keys.filter((key) => !key.includes(" ") && postings.get(key).size >= fewest);
  const head = {
    documents: documents.length,
    shards: named(
      shards.map((some) => add("shard", encodeShard(some, postings))),
      shards.map(([first]) => first),
    ),
    chunks: {
      size: CHUNK,
      ...named(
        sliced(documents.map(rowOf), CHUNK).map((rows) => add("chunk", JSON.stringify(rows))),
      ),
    },
    lexicon: {
      words: frontCoded(common),
      sizes: common.map((key) => DIGITS[Math.floor(Math.log2(postings.get(key).size))]).join(""),
      known,
    },
    facets: facets.length > 0 ? add("facets", encodeFacets(facets, documents)) : "",
    abbreviations,
    weights: { ...WEIGHTS, ...weights },
  };
  const name = `head-${add("head", JSON.stringify(head))}.bin`;
  files["start.json"] = Buffer.from(JSON.stringify({ format: 1, head: name }));
  return files;
}

function byCodePoint(one, other) {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** @param {number} number */
function leb(number) {
  const bytes = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return [...bytes, number];
}

function rowOf({ title = "", text = "", date = "", address, facts = [], field = "" }, number) {
  return [address ?? `bai/${number}/`, title, "Văn bản", text, date, facts, field];
}

function encodeFacets(facets, documents) {
  return JSON.stringify({ facets: facets.map((facet) => encodeFacet(facet, documents)) });
}

function encodeFacet({ name, label, values }, documents) {
  const numberOf = new Map(values.map(([value], number) => [value, number]));
  const own = documents.map(({ has = {} }) => {
    const numbers = (has[name] ?? []).map((value) => numberOf.get(value));
    return JSON.stringify(numbers.sort((one, other) => one - other));
  });
  const sets = [...new Set(own)];
  const placeOf = new Map(sets.map((set, at) => [set, at.toString(36)]));
  const width = (sets.length - 1).toString(36).length;
  const column = own.map((set) => placeOf.get(set).padStart(width, "0")).join("");
  return { name, label, values, sets: sets.map((set) => JSON.parse(set)), column };
}

function sliced(all, size) {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => {
    return all.slice(at * size, (at + 1) * size);
  });
}

/** Of each key: of each document, its form's hash and its impact. */
function postingsOf(documents) {
  const postings = new Map();
  documents.forEach(({ title = "", body = "" }, number) => {
    for (const [key, forms] of formsOf([[title, TITLE], [body, 1]])) {
      const ordered = [...forms].sort(([a, m], [b, n]) => n - m || a - b);
      const sum = ordered.reduce((all, [, amount]) => all + amount, 0);
      if (!postings.has(key)) postings.set(key, new Map());
      postings.get(key).set(number, { hash: ordered[0][0], impact: Math.min(31, sum) });
    }
  });
  return postings;
}

function formsOf(fields) {
  const forms = new Map();
  for (const [text, weight] of fields) {
    const found = words(text);
    const pairs = found.slice(1).map((word, at) => ({
      folded: `${found[at].folded} ${word.folded}`,
      accented: `${found[at].accented} ${word.accented}`,
    }));
    for (const { folded, accented } of [...found, ...pairs]) {
      if (!forms.has(folded)) forms.set(folded, new Map());
      const hash = hashOf(accented);
      forms.get(folded).set(hash, (forms.get(folded).get(hash) ?? 0) + weight);
    }
  }
  return forms;
}

function encodeShard(keys, postings) {
  const bytes = [];
  let before = Buffer.alloc(0);
  for (const key of keys) {
    const name = Buffer.from(key);
    const most = Math.min(name.length, before.length);
    let shared = 0;
    while (shared < most && name[shared] === before[shared]) shared++;
    const documents = postings.get(key);
    bytes.push(...leb(shared), ...leb(name.length - shared), ...name.subarray(shared));
    bytes.push(...leb(documents.size), ...encodeVariants(documents));
    before = name;
  }
  return Buffer.from(bytes);
}

function encodeVariants(documents) {
  const all = [...documents.values()].map(({ hash }) => hash);
  const hashes = [...new Set(all)].sort((one, other) => one - other);
  const variants = hashes.map((hash) => {
    const own = [...documents].filter(([, posting]) => posting.hash === hash);
    let before = -1;
    const numbers = own.flatMap(([number, { impact }]) => {
      const value = (number - before - 1) * 32 + impact;
      before = number;
      return leb(value);
    });
    return [hash & 255, hash >> 8, ...leb(own.length), ...numbers];
  });
  return [...leb(hashes.length), ...variants.flat()];
}

function frontCoded(words) {
  let before = [];
  return words
    .map((word) => {
      const letters = Array.from(word);
      let shared = 0;
      while (shared < Math.min(35, letters.length) && letters[shared] === before[shared]) shared++;
      before = letters;
      return DIGITS[shared] + letters.slice(shared).join("");
    })
    .join("\n");
}
