// Reads the search index that site_builder/search writes (docs/search-index.md). No dependencies;
// runs in a page, in a Worker and in Node.

const FORMAT = 1;
const NAME_DIGITS = 12;
const IMPACT_BITS = 5;
const MOST_IMPACT = 31;
/** Whoever pastes a whole page in means its first words. */
const MOST_PLACES = 32;
/** Words whose pairs are looked up, each perhaps in a file of its own. */
const MOST_PROBED = 32;
const MOST_REPAIRS = 3;
/** Counts as so many documents more: a word that stands between just these two was meant. */
const FITS_BETWEEN = 50;
const MOST_COMPLETIONS = 8;
const FILES_KEPT = 600;
const POSTINGS_KEPT = 1_000_000;

const MESSAGES = {
  offline: "Không tải được dữ liệu tìm kiếm. Hãy kiểm tra kết nối mạng rồi thử lại.",
  missing: "Máy chủ thiếu dữ liệu tìm kiếm. Hãy tải lại trang; chưa được thì thử lại sau ít phút.",
  damaged: "Dữ liệu tìm kiếm tải về bị hỏng. Hãy thử lại; chưa được thì tải lại trang.",
  format: "Bản tìm kiếm ở trang này đã cũ. Hãy tải lại trang; chưa được thì cập nhật trình duyệt.",
};

/** @typedef {keyof typeof MESSAGES} ErrorKind */

/**
 * @typedef {object} Word
 * @property {string} folded as citizens type it
 * @property {string} accented as it is written, the tone where it is written today
 * @property {number} start where it stands in the text, UTF-16
 * @property {number} end
 */

/**
 * @typedef {object} ResponseLike
 * @property {boolean} ok
 * @property {number} status
 * @property {() => Promise<unknown>} json
 * @property {() => Promise<ArrayBuffer>} arrayBuffer
 */

/** @typedef {(url: string, options?: { cache: "no-cache" }) => Promise<ResponseLike>} Fetch */

/** @typedef {[start: number, end: number]} Mark */

/**
 * Values of one facet are alternatives, facets are conditions that must all hold.
 * @typedef {Record<string, string[]>} Filters
 */

/**
 * @typedef {object} SearchOptions
 * @property {Filters} [filters] unknown values match nothing: a shared link may be old
 * @property {"relevance" | "date"} [sort]
 * @property {number} [limit]
 * @property {number} [offset]
 * @property {boolean} [counts] whether to count for each value what it would find
 */

/**
 * @typedef {object} Result
 * @property {string} address from the site's root, without leading slash
 * @property {string} title
 * @property {string} kind as citizens read it
 * @property {string} text
 * @property {string} date ISO, or ""
 * @property {string[]} facts short, to show beside the title
 * @property {string} field its id, or ""
 * @property {number} score 1 where the query has no words
 * @property {{ title: Mark[], text: Mark[] }} marks
 */

/**
 * @typedef {object} Facet
 * @property {string} name
 * @property {string} label
 * @property {{ value: string, label: string }[]} values
 */

/** @typedef {{ value: string, label: string, count: number, chosen: boolean }} Counted */

/**
 * @typedef {object} FacetCounts
 * @property {string} name
 * @property {string} label
 * @property {Counted[]} values those that are chosen or would find something
 */

/**
 * @typedef {object} Found
 * @property {number} total
 * @property {Result[]} results
 * @property {string | null} repaired the query as it was understood, where that differs
 * @property {FacetCounts[] | undefined} counts where they were asked for
 */

/** @typedef {Index} SearchIndex */

/** What keeps a search from its answer; `message` tells the reader of the site what to do. */
export class SearchError extends Error {
  /**
   * @param {ErrorKind} kind
   * @param {string} file
   * @param {unknown} [cause]
   */
  constructor(kind, file, cause) {
    super(MESSAGES[kind], { cause });
    this.name = "SearchError";
    this.kind = kind;
    this.file = file;
  }
}

// --- Words ---

const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}\u0300-\u036f]*/gu;
/** What NFC may join: marks, and the vowels and finals of Korean. */
const CLUSTER = /\P{M}[\p{M}\u1160-\u11ff]*|\p{M}+/gu;
const OLD_TONE = /(^|[^q])([òóỏõọ][ae]|[ùúủũụ]y)$/u;
const OLD = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(" ");
const NEW = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(" ");
const TODAY = new Map(OLD.map((old, at) => [old, NEW[at]]));

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The words of a text, in order.
 * @param {string} text
 * @returns {Word[]}
 */
export function words(text) {
  const { lowered, origins } = lowerCased(text);
  return Array.from(lowered.matchAll(TOKEN), ({ 0: token, index }) => {
    const end = index + token.length;
    const accented = todaysTone(token.normalize("NFC"));
    return {
      folded: fold(accented),
      accented,
      start: origins ? origins.starts[index] : index,
      end: origins ? origins.ends[end - 1] : end,
    };
  });
}

/** @param {string} token */
function todaysTone(token) {
  return token.replace(OLD_TONE, (_, before, old) => before + TODAY.get(old));
}

/** @param {string} accented */
function fold(accented) {
  return accented
    .replace(/[đð]/g, "d")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "");
}

/**
 * A text in NFC and lower case; where that moves letters, where each of them came from.
 * @param {string} text
 */
function lowerCased(text) {
  const composed = text.normalize("NFC");
  const lowered = composed.toLowerCase();
  const moved = composed !== text || lowered.length !== text.length;
  return { lowered, origins: moved ? originsOf(text) : null };
}

/** @param {string} text */
function originsOf(text) {
  /** @type {number[]} */
  const starts = [];
  /** @type {number[]} */
  const ends = [];
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const units = Array.from(cluster.normalize("NFC"), (one) => one.toLowerCase()).join("").length;
    for (let unit = 0; unit < units; unit++) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
  }
  return { starts, ends };
}

/**
 * Tells accented forms of one folded form apart, be it of one word or two; 16 bits.
 * @param {string} accented
 * @returns {number}
 */
export function hashOf(accented) {
  return accented.split(" ").reduce((sum, word) => (31 * sum + hashOfWord(word)) & 0xffff, 0);
}

/** @param {string} accented */
function hashOfWord(accented) {
  let value = 0x811c9dc5;
  for (const byte of encoder.encode(accented)) value = Math.imul(value ^ byte, 0x01000193);
  return ((value >>> 16) ^ value) & 0xffff;
}

// --- Files ---

/**
 * What was used last, up to a total size.
 * @template Value
 */
class Cache {
  /** @type {Map<string, { value: Value, size: number }>} */
  #kept = new Map();
  #size = 0;
  #limit;

  /** @param {number} limit */
  constructor(limit) {
    this.#limit = limit;
  }

  /** @param {string} key */
  get(key) {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  /**
   * @param {string} key
   * @param {Value} value
   * @param {number} size
   */
  set(key, value, size) {
    this.delete(key);
    this.#kept.set(key, { value, size });
    this.#size += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit || oldest === key) break;
      this.delete(oldest);
    }
  }

  /** @param {string} key */
  delete(key) {
    this.#size -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }
}

class Files {
  /** @type {Cache<Promise<unknown>>} */
  #kept = new Cache(FILES_KEPT);
  #baseUrl;
  #fetch;

  /**
   * @param {string} baseUrl
   * @param {Fetch} fetch
   */
  constructor(baseUrl, fetch) {
    this.#baseUrl = baseUrl;
    this.#fetch = fetch;
  }

  /**
   * The name of the head that holds now.
   * @returns {Promise<string>}
   */
  async headName() {
    const name = "start.json";
    const response = await this.#response(name, { cache: "no-cache" });
    const start = /** @type {{ format?: unknown, head?: unknown } | null} */ (
      await orFail("damaged", name, () => response.json())
    );
    if (start?.format !== FORMAT) throw new SearchError("format", name);
    if (typeof start.head !== "string") throw new SearchError("damaged", name);
    return start.head;
  }

  /**
   * A file, unpacked and parsed; asked for again only after a failure.
   * @template Parsed
   * @param {string} name
   * @param {(bytes: Uint8Array) => Parsed} parse
   * @returns {Promise<Parsed>}
   */
  load(name, parse) {
    const kept = this.#kept.get(name);
    if (kept) return /** @type {Promise<Parsed>} */ (kept); // each name is parsed in one way
    const loading = this.#loaded(name, parse);
    this.#kept.set(name, loading, 1);
    loading.catch(() => this.#kept.delete(name));
    return loading;
  }

  /**
   * @template Parsed
   * @param {string} name
   * @param {(bytes: Uint8Array) => Parsed} parse
   */
  async #loaded(name, parse) {
    const response = await this.#response(name);
    const packed = await orFail("offline", name, () => response.arrayBuffer());
    const inflater = await orFail("format", name, () => new DecompressionStream("deflate"));
    return orFail("damaged", name, async () => parse(await inflated(packed, inflater)));
  }

  /**
   * For what turned out to be damaged only when it was used.
   * @param {string} name
   */
  forget(name) {
    this.#kept.delete(name);
  }

  /**
   * @param {string} name
   * @param {{ cache: "no-cache" }} [options]
   */
  async #response(name, options) {
    const fetch = this.#fetch; // a browser's refuses to be called as a method of ours
    const response = await orFail("offline", name, () => fetch(this.#baseUrl + name, options));
    if (response.ok) return response;
    const isGone = response.status === 404 || response.status === 410;
    throw new SearchError(isGone ? "missing" : "offline", name, response.status);
  }
}

/**
 * @template Value
 * @param {ErrorKind} kind
 * @param {string} name
 * @param {() => Value | Promise<Value>} action
 * @returns {Promise<Value>}
 */
async function orFail(kind, name, action) {
  try {
    return await action();
  } catch (error) {
    throw new SearchError(kind, name, error);
  }
}

/**
 * All of them, or the first failure when none is on its way any more: whoever tries again at once
 * would otherwise wait for the rest of what has failed.
 * @template {unknown[]} Values
 * @param {Values} promises
 */
async function settled(promises) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/**
 * @param {ArrayBuffer} packed
 * @param {DecompressionStream} inflater
 */
async function inflated(packed, inflater) {
  const stream = new Blob([packed]).stream().pipeThrough(inflater);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * @param {Uint8Array} bytes
 * @returns {unknown} as docs/search-index.md has it, unless the file is damaged
 */
function parseJson(bytes) {
  return JSON.parse(decoder.decode(bytes));
}

// --- Shards ---

/**
 * A document as it is kept.
 * @typedef {[address: string, title: string, kind: string, text: string, date: string,
 *   facts: string[], field: string]} Row
 */

/**
 * A key's documents, not decoded yet.
 * @typedef {object} Entry
 * @property {number} count
 * @property {Uint8Array} bytes of the whole shard
 * @property {number} at where the number of variants stands
 * @property {string} file
 */

/**
 * @typedef {object} Variant
 * @property {number} hash
 * @property {Uint32Array} documents
 * @property {Uint8Array} impacts
 */

class Cursor {
  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new RangeError("truncated");
    return this.bytes[this.at++];
  }

  number() {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new RangeError("number too long");
  }

  /** @param {number} numbers how many to pass over */
  skip(numbers) {
    const { bytes } = this;
    let at = this.at;
    for (let left = numbers; left > 0 && at < bytes.length; at++) left -= bytes[at] < 128 ? 1 : 0;
    if (at - this.at < numbers || (numbers > 0 && bytes[at - 1] > 127)) {
      throw new RangeError("truncated");
    }
    this.at = at;
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {string} file
 * @returns {Map<string, Entry>}
 */
function parseShard(bytes, file) {
  const entries = new Map();
  const cursor = new Cursor(bytes, 0);
  let name = new Uint8Array(0);
  while (cursor.at < bytes.length) {
    name = nextName(cursor, name);
    const count = cursor.number();
    entries.set(decoder.decode(name), { count, bytes, at: cursor.at, file });
    for (let variants = cursor.number(); variants > 0; variants--) {
      cursor.byte();
      cursor.byte();
      cursor.skip(cursor.number());
    }
  }
  return entries;
}

/**
 * @param {Cursor} cursor
 * @param {Uint8Array} before
 */
function nextName(cursor, before) {
  const shared = cursor.number();
  const end = cursor.number() + cursor.at;
  if (shared > before.length || end > cursor.bytes.length) throw new RangeError("truncated");
  const name = new Uint8Array(shared + end - cursor.at);
  name.set(before.subarray(0, shared));
  name.set(cursor.bytes.subarray(cursor.at, end), shared);
  cursor.at = end;
  return name;
}

/**
 * @param {Entry} entry
 * @param {number} all how many documents there are
 * @returns {Variant[]}
 */
function decodeVariants(entry, all) {
  const cursor = new Cursor(entry.bytes, entry.at);
  return Array.from({ length: cursor.number() }, () => decodeVariant(cursor, all));
}

/**
 * @param {Cursor} cursor
 * @param {number} all
 * @returns {Variant}
 */
function decodeVariant(cursor, all) {
  const hash = cursor.byte() | (cursor.byte() << 8);
  const count = cursor.number();
  if (count > all) throw new RangeError("too many documents");
  const documents = new Uint32Array(count);
  const impacts = new Uint8Array(count);
  const { bytes } = cursor;
  let { at } = cursor;
  let document = -1;
  for (let place = 0; place < count; place++) {
    let byte = bytes[at++];
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++];
      value |= (byte & 127) << shift;
    }
    document += (value >>> IMPACT_BITS) + 1;
    documents[place] = document;
    impacts[place] = value & MOST_IMPACT;
  }
  if (document >= all) throw new RangeError("no such document");
  cursor.at = at;
  return { hash, documents, impacts };
}

// --- Head ---

class Lexicon {
  /** @type {string[]} */
  #words = [];
  /** @type {Map<string, number>} */
  #sizes = new Map();

  #known;

  /** @param {{ words: string, sizes: string, known: number }} coded */
  constructor(coded) {
    this.#known = coded.known;
    const lines = coded.sizes ? coded.words.split("\n") : [];
    if (lines.length !== coded.sizes.length) throw new RangeError("lexicon");
    let word = "";
    lines.forEach((line, at) => {
      word = firstLetters(word, parseInt(line[0], 36)) + line.slice(1);
      this.#words.push(word);
      this.#sizes.set(word, parseInt(coded.sizes[at], 36));
    });
  }

  /**
   * Whether enough documents have the word that it is hardly a slip of the pen.
   * @param {string} word
   */
  has(word) {
    return (this.#sizes.get(word) ?? -1) >= this.#known;
  }

  /**
   * Words at one edit, those first that more documents have.
   * @param {string} word
   */
  near(word) {
    // 2031 is not a slip for 2021, and a letter is one for every other.
    if (/\p{N}/u.test(word) || word.length < 2) return [];
    return this.#largest(this.#words.filter((other) => isOneEdit(word, other)));
  }

  /**
   * Longer words that begin so, those first that more documents have.
   * @param {string} start
   */
  beginning(start) {
    const longer = (/** @type {string} */ word) => word.startsWith(start) && word !== start;
    return this.#largest(this.#words.filter(longer));
  }

  /** @param {string[]} found */
  #largest(found) {
    const size = (/** @type {string} */ word) => this.#sizes.get(word) ?? 0;
    return found.sort((one, other) => size(other) - size(one)).slice(0, MOST_PROBED);
  }
}

/**
 * @param {string} word
 * @param {number} count in code points, as the writer counts
 */
function firstLetters(word, count) {
  const plain = !/[\ud800-\udfff]/.test(word);
  return plain ? word.slice(0, count) : Array.from(word).slice(0, count).join("");
}

/**
 * Whether one insert, delete, replacement or swap of neighbours makes the other of one.
 * @param {string} one
 * @param {string} other
 */
function isOneEdit(one, other) {
  const longer = one.length - other.length;
  if (longer > 1 || longer < -1 || one === other) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  if (longer === 1) return one.slice(at + 1) === other.slice(at);
  if (longer === -1) return one.slice(at) === other.slice(at + 1);
  if (one.slice(at + 1) === other.slice(at + 1)) return true;
  const swapped = one[at] === other[at + 1] && one[at + 1] === other[at];
  return swapped && one.slice(at + 2) === other.slice(at + 2);
}

/**
 * @typedef {object} Head
 * @property {number} documents
 * @property {Named} shards
 * @property {Named & { size: number }} chunks
 * @property {{ words: string, sizes: string, known: number }} lexicon
 * @property {string} facets
 * @property {string[][]} abbreviations
 * @property {Record<"accent"|"pair"|"accent_pair"|"repair"|"prefix"|"coverage"|"title"|"floor", number>} weights
 */

/**
 * Names of files as they are coded; where `listed` is not 0, those of lists of so many each.
 * @typedef {{ names: string, first?: string, listed: number }} Named
 */

/** The names of all shards or chunks, of which there may be too many for the head. */
class Names {
  #files;
  #kind;
  #listed;
  #own;
  #firstKeys;

  /**
   * @param {Files} files
   * @param {string} kind
   * @param {Named} coded
   */
  constructor(files, kind, { names, first = "", listed }) {
    this.#files = files;
    this.#kind = kind;
    this.#listed = listed;
    this.#own = namesIn(listed ? "list" : kind, names);
    this.#firstKeys = first.split("\n");
  }

  /** @param {number} count whether there are as many names */
  holds(count) {
    return this.#own.length === Math.ceil(count / (this.#listed || 1));
  }

  /**
   * @param {number} number
   * @returns {Promise<string>}
   */
  async at(number) {
    if (!this.#listed) return this.#own[number];
    const list = await this.#list(this.#own[Math.floor(number / this.#listed)]);
    return list.at(number % this.#listed);
  }

  /**
   * The file in which a key stands if it does.
   * @param {string} key
   * @returns {Promise<string | undefined>}
   */
  async of(key) {
    const name = this.#own[lastBefore(key, this.#firstKeys)];
    return name && this.#listed ? (await this.#list(name)).of(key) : name;
  }

  /**
   * @param {string} name
   * @returns {Promise<Names>}
   */
  #list(name) {
    return this.#files.load(name, (bytes) => {
      const list = /** @type {Named} */ (parseJson(bytes));
      return new Names(this.#files, this.#kind, { ...list, listed: 0 });
    });
  }
}

/**
 * @param {string} kind
 * @param {string} digits
 */
function namesIn(kind, digits) {
  return Array.from({ length: digits.length / NAME_DIGITS }, (_, at) => {
    return `${kind}-${digits.slice(at * NAME_DIGITS, (at + 1) * NAME_DIGITS)}.bin`;
  });
}

/**
 * The place of the last of these keys that does not stand after `key`, or -1.
 * @param {string} key
 * @param {string[]} keys
 */
function lastBefore(key, keys) {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(key, keys[middle])) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/** One published state of the index. */
class Edition {
  /** @type {Cache<Variant[]>} */
  #decoded = new Cache(POSTINGS_KEPT);
  #files;
  /** @type {Names} */
  #shards;
  /** @type {Names} */
  #chunks;
  #chunkSize;
  #facets;

  /**
   * @param {Files} files
   * @param {string} name of the head
   * @param {Head} head
   */
  constructor(files, name, head) {
    this.#files = files;
    this.name = name;
    this.documents = head.documents;
    this.lexicon = new Lexicon(head.lexicon);
    this.abbreviations = head.abbreviations;
    this.weights = head.weights;
    this.#shards = new Names(files, "shard", head.shards);
    this.#chunks = new Names(files, "chunk", head.chunks);
    this.#chunkSize = head.chunks.size;
    this.#facets = head.facets ? `facets-${head.facets}.bin` : null;
    if (!this.#chunks.holds(Math.ceil(this.documents / this.#chunkSize))) {
      throw new RangeError("chunks");
    }
  }

  /**
   * The entries of those keys that there are.
   * @param {Iterable<string>} keys
   * @returns {Promise<Map<string, Entry>>}
   */
  async entries(keys) {
    /** @type {Map<string, Entry>} */
    const found = new Map();
    const loading = Array.from(new Set(keys), async (key) => {
      const name = await this.#shards.of(key);
      if (!name) return;
      const shard = await this.#files.load(name, (bytes) => parseShard(bytes, name));
      const entry = shard.get(key);
      if (entry) found.set(key, entry);
    });
    await settled(loading);
    return found;
  }

  /**
   * @param {string} key
   * @param {Entry} entry
   */
  variants(key, entry) {
    const kept = this.#decoded.get(key);
    if (kept) return kept;
    try {
      const variants = decodeVariants(entry, this.documents);
      this.#decoded.set(key, variants, entry.count);
      return variants;
    } catch (error) {
      throw this.#damaged(entry.file, error);
    }
  }

  /** @returns {Promise<Column[]>} */
  async columns() {
    if (!this.#facets) return [];
    return this.#files.load(this.#facets, (bytes) => parseFacets(bytes, this.documents));
  }

  /**
   * @param {number} number
   * @returns {Promise<Row>}
   */
  async document(number) {
    const name = await this.#chunks.at(Math.floor(number / this.#chunkSize));
    const chunk = /** @type {Row[]} */ (await this.#files.load(name, parseJson));
    const found = chunk[number % this.#chunkSize];
    if (!Array.isArray(found)) throw this.#damaged(name);
    return found;
  }

  /**
   * @param {string} name
   * @param {unknown} [cause]
   */
  #damaged(name, cause) {
    this.#files.forget(name);
    return new SearchError("damaged", name, cause);
  }

  /** @param {number} count */
  idf(count) {
    return Math.log(1 + (this.documents - count + 0.5) / (count + 0.5));
  }
}

/**
 * Whether a key stands before another by code point; `<` would go by UTF-16.
 * @param {string} one
 * @param {string} other
 */
function isBefore(one, other) {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at++) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(at);
    if (left !== right) return rank(left) < rank(right);
  }
  return one.length < other.length;
}

/** @param {number} unit */
function rank(unit) {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

// --- Facets ---

/**
 * One facet of all documents.
 * @typedef {object} Column
 * @property {string} name
 * @property {string} label
 * @property {[value: string, label: string][]} values
 * @property {number[][]} sets the combinations of values that there are, by their numbers
 * @property {Uint16Array | Uint32Array} setOf the number of each document's set
 */

/** @typedef {Omit<Column, "setOf"> & { column: string }} CodedColumn */

/**
 * @param {Uint8Array} bytes
 * @param {number} documents
 * @returns {Column[]}
 */
function parseFacets(bytes, documents) {
  const { facets } = /** @type {{ facets: CodedColumn[] }} */ (parseJson(bytes));
  return facets.map(({ column, ...facet }) => {
    const { values, sets } = facet;
    if (!sets.every((set) => set.every((number) => number in values))) {
      throw new RangeError("no such value");
    }
    return { ...facet, setOf: decodeColumn(column, documents, sets.length) };
  });
}

/**
 * @param {string} column
 * @param {number} documents
 * @param {number} sets how many there are
 */
function decodeColumn(column, documents, sets) {
  const width = documents > 0 ? column.length / documents : 1;
  if (!Number.isInteger(width) || width === 0 || !/^[0-9a-z]*$/.test(column)) {
    throw new RangeError("column");
  }
  const setOf = sets > 0x10000 ? new Uint32Array(documents) : new Uint16Array(documents);
  for (let document = 0, at = 0; document < documents; document++) {
    let set = 0;
    for (const end = at + width; at < end; at++) {
      const code = column.charCodeAt(at);
      set = set * 36 + code - (code < 58 ? 48 : 87);
    }
    if (set >= sets) throw new RangeError("no such set");
    setOf[document] = set;
  }
  return setOf;
}

// --- Queries ---

/** @typedef {Pick<Word, "folded" | "accented">} Spelling */

/**
 * @typedef {object} Place
 * @property {Spelling} word
 * @property {boolean} fixed nothing may stand in for it
 * @property {boolean} unfinished it may still be being typed
 */

/**
 * @typedef {object} Asked
 * @property {Place[]} places
 * @property {Spelling[][]} required
 * @property {Spelling[][]} barred
 */

/** @typedef {{ key: string, hash: number | null }} Term */

const QUOTES = /[“”„«»]/g;
const PART = /(-?)"([^"]*)"|-"([^"]*)$|([^\s"]+)|\s+|"/g;

/**
 * @param {string} query
 * @returns {Asked}
 */
function parseQuery(query) {
  /** @type {Asked} */
  const asked = { places: [], required: [], barred: [] };
  let unfinished = false;
  for (const [, minus, quoted, open, plain = ""] of query.replace(QUOTES, '"').matchAll(PART)) {
    const found = words(quoted ?? open ?? plain);
    const isBarred = minus === "-" || open !== undefined || plain.startsWith("-");
    unfinished = plain !== "" && !isBarred && found.length > 0;
    if (found.length === 0) continue;
    if (isBarred) asked.barred.push(found);
    else if (quoted !== undefined) asked.required.push(found);
    if (!isBarred) asked.places.push(...placesOf(found, quoted !== undefined));
  }
  const cut = asked.places.splice(MOST_PLACES);
  const last = asked.places.at(-1);
  if (last) last.unfinished = unfinished && cut.length === 0;
  return asked;
}

/**
 * @param {Spelling[]} found
 * @param {boolean} fixed
 * @returns {Place[]}
 */
function placesOf(found, fixed) {
  return found.map((word) => ({ word, fixed, unfinished: false }));
}

/** @param {Spelling} word */
function hasMarks(word) {
  return word.accented !== word.folded;
}

/**
 * @param {Spelling} one
 * @param {Spelling} other
 * @returns {Spelling}
 */
function together(one, other) {
  return {
    folded: `${one.folded} ${other.folded}`,
    accented: `${one.accented} ${other.accented}`,
  };
}

/**
 * What a document must have that these words stand in it.
 * @param {Spelling[]} phrase
 * @returns {Term[]}
 */
function termsOf(phrase) {
  const pairs = phrase.slice(1).map((word, at) => together(phrase[at], word));
  return (pairs.length > 0 ? pairs : phrase).map((word) => ({
    key: word.folded,
    hash: hasMarks(word) ? hashOf(word.accented) : null,
  }));
}

/**
 * The places with the other form of every abbreviation in them, or null.
 * @param {Place[]} places
 * @param {string[][]} abbreviations
 */
function otherForm(places, abbreviations) {
  const swaps = abbreviations
    .flatMap(([short, long]) => [[short, long], [long, short]])
    .map(([from, to]) => ({ from: from.split(" "), to: to.split(" ") }))
    .sort((one, other) => other.from.length - one.from.length);
  /** @type {Place[]} */
  const swapped = [];
  let found = false;
  for (let at = 0; at < places.length; ) {
    const swap = swaps.find(({ from }) => standsAt(places, at, from));
    if (swap) swapped.push(...placesOf(swap.to.map(spelling), true));
    else swapped.push(places[at]);
    found ||= swap !== undefined;
    at += swap ? swap.from.length : 1;
  }
  return found ? swapped : null;
}

/**
 * @param {string} folded
 * @returns {Spelling}
 */
function spelling(folded) {
  return { folded, accented: folded };
}

/**
 * @param {Place[]} places
 * @param {number} at
 * @param {string[]} form
 */
function standsAt(places, at, form) {
  return form.every((word, far) => {
    const place = places[at + far];
    return place && !place.fixed && place.word.folded === word;
  });
}

// --- Alternatives ---

/** The entries that one search has come by. */
class Lists {
  /** @type {Map<string, Entry | undefined>} */
  #known = new Map();

  /** @param {Edition} edition */
  constructor(edition) {
    this.edition = edition;
  }

  /** @param {string[]} keys */
  async need(keys) {
    const unknown = keys.filter((key) => !this.#known.has(key));
    const found = await this.edition.entries(unknown);
    for (const key of unknown) this.#known.set(key, found.get(key));
  }

  /** @param {string} key */
  count(key) {
    return this.#known.get(key)?.count ?? 0;
  }

  /** @param {string} key */
  variants(key) {
    const entry = this.#known.get(key);
    return entry ? this.edition.variants(key, entry) : [];
  }
}

/**
 * What may stand at a place.
 * @typedef {object} Alternative
 * @property {string} word
 * @property {number} weight
 */

/**
 * @typedef {object} Reading
 * @property {Place[]} places
 * @property {Alternative[][]} alternatives of each place, the token itself first
 * @property {string[]} understood the word that each place was taken for
 */

/**
 * Finds what may stand at each place. Three rounds at most, each of files side by side.
 * @param {Place[]} places
 * @param {Lists} lists
 * @returns {Promise<Reading>}
 */
async function readingOf(places, lists) {
  const { lexicon } = lists.edition;
  const tokens = places.map((place) => place.word.folded);
  const isKnown = (/** @type {number} */ at) => places[at].fixed || lexicon.has(tokens[at]);
  const near = tokens.map((token, at) => (isKnown(at) ? [] : lexicon.near(token)));
  const begun = tokens.map((token, at) => (places[at].unfinished ? lexicon.beginning(token) : []));
  const around = (/** @type {string} */ word, /** @type {number} */ at) =>
    pairsAround(tokens, at, word);
  const ahead = (/** @type {string} */ word, /** @type {number} */ at) =>
    at > 0 ? [`${tokens[at - 1]} ${word}`] : [];
  const probes = () =>
    tokens.flatMap((token, at) => [
      token,
      ...[token, ...near[at]].flatMap((word) => around(word, at)),
      ...begun[at].flatMap((word) => ahead(word, at)),
    ]);
  const paired = (/** @type {string[]} */ keys) =>
    keys.reduce((sum, key) => sum + lists.count(key), 0);

  await lists.need(probes());
  tokens.forEach((token, at) => {
    const isLonely = lexicon.has(token) && !standsBeside(places, at, lists);
    if (tokens.length > 1 && isLonely && !places[at].fixed) near[at] = lexicon.near(token);
  });
  await lists.need(probes());

  const readings = tokens.map((token, at) => {
    const repairs = ranked(near[at], (word) => evidence(around(word, at), lists));
    const completions = ranked(begun[at], (word) => paired(ahead(word, at)));
    return readPlace(token, repairs, completions, isKnown(at), paired(ahead(token, at)), lists);
  });
  const alternatives = readings.map((reading) => reading.alternatives);
  await lists.need([
    ...alternatives.flatMap((some) => some.map(({ word }) => word)),
    ...alternatives.slice(1).flatMap((some, at) => pairsOf(alternatives[at], some)),
  ]);
  return { places, alternatives, understood: readings.map((reading) => reading.understood) };
}

/**
 * Whether a document has the place beside a neighbour, in the form that was typed.
 * @param {Place[]} places
 * @param {number} at
 * @param {Lists} lists
 */
function standsBeside(places, at, lists) {
  const pairs = [places.slice(Math.max(0, at - 1), at + 1), places.slice(at, at + 2)];
  return pairs.some(([one, other]) => {
    if (!one || !other || one === other) return false;
    const [{ key, hash }] = termsOf([one.word, other.word]);
    return lists.variants(key).some((variant) => hash === null || variant.hash === hash);
  });
}

/**
 * How many documents speak for a word by its pairs; one that fits on both sides goes first.
 * @param {string[]} pairs
 * @param {Lists} lists
 */
function evidence(pairs, lists) {
  const counts = pairs.map((key) => lists.count(key));
  const isBetween = counts.length > 1 && counts.every((count) => count > 0);
  return counts.reduce((sum, count) => sum + count, isBetween ? FITS_BETWEEN : 0);
}

/**
 * @param {string[]} tokens
 * @param {number} at
 * @param {string} word what stands there instead
 */
function pairsAround(tokens, at, word) {
  const pairs = [];
  if (at > 0) pairs.push(`${tokens[at - 1]} ${word}`);
  if (at < tokens.length - 1) pairs.push(`${word} ${tokens[at + 1]}`);
  return pairs;
}

/**
 * @param {Alternative[]} left
 * @param {Alternative[]} right
 */
function pairsOf(left, right) {
  return left.flatMap((one) => right.map((other) => `${one.word} ${other.word}`));
}

/** @typedef {{ word: string, pairs: number }} Candidate */

/**
 * Words with more pairs first; otherwise as they were.
 * @param {string[]} found
 * @param {(word: string) => number} pairsWith
 * @returns {Candidate[]}
 */
function ranked(found, pairsWith) {
  const candidates = found.map((word) => ({ word, pairs: pairsWith(word) }));
  return candidates.sort((one, other) => other.pairs - one.pairs);
}

/**
 * @param {string} token
 * @param {Candidate[]} repairs
 * @param {Candidate[]} completions
 * @param {boolean} isKnown whether only a repair that forms pairs will do
 * @param {number} ownPairs how many documents have the token behind the word before
 * @param {Lists} lists
 */
function readPlace(token, repairs, completions, isKnown, ownPairs, lists) {
  const { weights } = lists.edition;
  const usable = repairs.filter(({ pairs }) => pairs > 0 || !isKnown).slice(0, MOST_REPAIRS);
  /** @type {Map<string, number>} */
  const found = new Map([[token, 1]]);
  for (const { word, pairs } of usable) found.set(word, weights.repair * (pairs > 0 ? 1 : 0.5));
  for (const { word, pairs } of completions.slice(0, MOST_COMPLETIONS)) {
    // Where the token itself seldom follows the word before, a longer one was begun.
    const likely = pairs > 0 ? (weights.repair * pairs) / (pairs + ownPairs) : 0;
    found.set(word, Math.max(weights.prefix, likely, found.get(word) ?? 0));
  }
  const isRepaired = lists.count(token) === 0 && completions.length === 0 && usable.length > 0;
  return {
    alternatives: Array.from(found, ([word, weight]) => ({ word, weight })),
    understood: isRepaired ? usable[0].word : token,
  };
}

// --- Scores ---

/** The best that each document has from one place or pair. */
class Best {
  /** @type {number[]} */
  #touched = [];
  #best;

  /** @param {number} documents */
  constructor(documents) {
    this.#best = new Float64Array(documents);
  }

  /**
   * @param {Variant[]} variants
   * @param {number} factor
   * @param {number[]} bonuses of each variant
   */
  add(variants, factor, bonuses) {
    const best = this.#best;
    for (const [place, { documents, impacts }] of variants.entries()) {
      const factorHere = factor * (1 + bonuses[place]);
      for (let at = 0; at < documents.length; at++) {
        const document = documents[at];
        const value = factorHere * impacts[at];
        if (value <= best[document]) continue;
        if (best[document] === 0) this.#touched.push(document);
        best[document] = value;
      }
    }
  }

  /**
   * Hands over what there is, and starts anew.
   * @param {(document: number, value: number) => void} use
   */
  drain(use) {
    for (const document of this.#touched) {
      use(document, this.#best[document]);
      this.#best[document] = 0;
    }
    this.#touched = [];
  }
}

/**
 * The score of each document for one reading of the query.
 * @param {Reading} reading
 * @param {Lists} lists
 * @returns {Float64Array}
 */
function scoresOf({ places, alternatives }, lists) {
  const { edition } = lists;
  const { weights, documents } = edition;
  const scores = new Float64Array(documents);
  const covered = new Float64Array(documents);
  const best = new Best(documents);
  let all = 0;

  /** @type {(asked: Spelling, key: string, weight: number, bonus: number) => void} */
  const add = (asked, key, weight, bonus) => {
    const variants = lists.variants(key);
    const factor = weight * edition.idf(lists.count(key));
    best.add(variants, factor, bonusesOf(variants, asked, key, bonus));
  };
  places.forEach(({ word }, at) => {
    const idf = placeIdf(alternatives[at], lists);
    all += idf;
    for (const one of alternatives[at]) {
      add(word, one.word, one.weight, weights.accent);
    }
    best.drain((document, value) => {
      scores[document] += value;
      covered[document] += idf;
    });
  });
  places.slice(1).forEach(({ word }, at) => {
    const pair = together(places[at].word, word);
    for (const one of alternatives[at]) {
      for (const other of alternatives[at + 1]) {
        const weight = weights.pair * one.weight * other.weight;
        add(pair, `${one.word} ${other.word}`, weight, weights.accent_pair);
      }
    }
    best.drain((document, value) => {
      scores[document] += value;
    });
  });
  for (let document = 0; document < documents; document++) {
    if (scores[document] > 0) scores[document] *= (covered[document] / all) ** weights.coverage;
  }
  return scores;
}

/**
 * @param {Alternative[]} alternatives
 * @param {Lists} lists
 */
function placeIdf(alternatives, lists) {
  const counts = alternatives.map(({ word }) => lists.count(word)).filter((count) => count > 0);
  return lists.edition.idf(counts.length > 0 ? Math.min(...counts) : 0);
}

/**
 * What each variant of a key gets above others: all for the form that was typed. Where no document
 * has that, marks may have been left out: then a form gets as much as it is common.
 * @param {Variant[]} variants
 * @param {Spelling} asked a word of the query, or two
 * @param {string} key
 * @param {number} weight
 */
function bonusesOf(variants, asked, key, weight) {
  if (key !== asked.folded && hasMarks(asked)) return variants.map(() => 0);
  const typed = hasMarks(asked) ? hashOf(asked.accented) : -1;
  const isThere = variants.some(({ hash }) => hash === typed);
  const largest = Math.max(...variants.map(({ documents }) => documents.length));
  return variants.map(({ hash, documents }) => {
    const share = isThere ? Number(hash === typed) : documents.length / largest;
    return weight * share;
  });
}

/**
 * Which documents have all of these terms, as 1.
 * @param {Term[]} terms
 * @param {Lists} lists
 */
function having(terms, lists) {
  const hits = new Uint16Array(lists.edition.documents);
  for (const { key, hash } of terms) {
    for (const variant of lists.variants(key)) {
      if (hash !== null && variant.hash !== hash) continue;
      for (const document of variant.documents) hits[document]++;
    }
  }
  return hits.map((count) => (count === terms.length ? 1 : 0));
}

/**
 * Takes the score from documents that the query does not allow.
 * @param {Float64Array} scores
 * @param {Asked} asked
 * @param {Lists} lists
 */
function sift(scores, { required, barred }, lists) {
  for (const phrase of required) {
    having(termsOf(phrase), lists).forEach((has, document) => has || (scores[document] = 0));
  }
  for (const phrase of barred) {
    having(termsOf(phrase), lists).forEach((has, document) => has && (scores[document] = 0));
  }
}

/**
 * The documents with the best scores, newest first among equals.
 * @param {Float64Array} scores
 * @param {number} most
 */
function topOf(scores, most) {
  /** @type {number[]} */
  const top = [];
  let total = 0;
  for (let document = scores.length - 1; document >= 0; document--) {
    const score = scores[document];
    if (score <= 0) continue;
    total++;
    if (top.length === most && (most === 0 || score <= scores[top[most - 1]])) continue;
    top.splice(placeIn(top, score, scores), 0, document);
    if (top.length > most) top.pop();
  }
  return { top, total };
}

/**
 * @param {number[]} top
 * @param {number} score
 * @param {Float64Array} scores
 */
function placeIn(top, score, scores) {
  let low = 0;
  let high = top.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[top[middle]] < score) high = middle;
    else low = middle + 1;
  }
  return low;
}

// --- Filters ---

/**
 * A facet and what of it the filters let through.
 * @typedef {object} Choice
 * @property {Column} column
 * @property {boolean[]} isChosen for each value
 * @property {Uint8Array} misses 1 for each set that the facet's filter keeps out
 */

/**
 * Loads the facets only where there is something to filter or to count.
 * @param {Edition} edition
 * @param {Filters} filters
 * @param {boolean} counts
 */
async function choicesOf(edition, filters, counts) {
  if (!counts && namesOf(filters).length === 0) return [];
  const columns = await edition.columns();
  return columns.map((column) => choose(column, filters[column.name] ?? []));
}

/**
 * @param {Column} column
 * @param {string[]} chosen
 * @returns {Choice}
 */
function choose(column, chosen) {
  const isChosen = column.values.map(([value]) => chosen.includes(value));
  const isKept = (/** @type {number[]} */ set) => set.some((number) => isChosen[number]);
  const misses = column.sets.map((set) => (chosen.length === 0 || isKept(set) ? 0 : 1));
  return { column, isChosen, misses: Uint8Array.from(misses) };
}

/**
 * How many filters keep each document out.
 * @param {Choice[]} choices
 * @param {Filters} filters
 * @param {number} documents
 */
function missedBy(choices, filters, documents) {
  const missed = new Uint8Array(documents);
  const known = new Set(choices.map(({ column }) => column.name));
  if (namesOf(filters).some((name) => !known.has(name))) missed.fill(1);
  for (const { column, misses } of choices) {
    const { setOf } = column;
    for (let document = 0; document < documents; document++) {
      missed[document] += misses[setOf[document]];
    }
  }
  return missed;
}

/**
 * The facets of which something is chosen.
 * @param {Filters} filters
 */
function namesOf(filters) {
  return Object.keys(filters).filter((name) => filters[name].length > 0);
}

/**
 * Counts for each value the documents that no filter keeps out but that of its own facet.
 * @param {Choice} choice
 * @param {Uint8Array} missed
 * @param {Float64Array} scores
 * @returns {FacetCounts}
 */
function countsOf({ column, isChosen, misses }, missed, scores) {
  const { name, label, values, sets, setOf } = column;
  const bySet = new Uint32Array(sets.length);
  for (let document = 0; document < scores.length; document++) {
    const set = setOf[document];
    if (scores[document] > 0 && missed[document] === misses[set]) bySet[set]++;
  }
  const byValue = new Uint32Array(values.length);
  sets.forEach((set, at) => set.forEach((number) => (byValue[number] += bySet[at])));
  const counted = values.map(([value, labelOfValue], number) => {
    return { value, label: labelOfValue, count: byValue[number], chosen: isChosen[number] };
  });
  return { name, label, values: counted.filter(({ count, chosen }) => count > 0 || chosen) };
}

// --- The index ---

/**
 * @param {Edition} edition
 * @param {string} query
 * @param {SearchOptions} options
 * @returns {Promise<Found>}
 */
async function find(edition, query, options) {
  const { filters = {}, sort = "relevance", limit = 10, offset = 0, counts = false } = options;
  const asked = parseQuery(query);
  const lists = new Lists(edition);
  const [readings, choices] = await settled([
    readingsOf(asked, lists),
    choicesOf(edition, filters, counts),
  ]);
  const scores = scoresFor(readings, lists);
  sift(scores, asked, lists);
  dropFaint(scores, edition.weights.floor);
  const missed = missedBy(choices, filters, edition.documents);
  const counted = counts ? choices.map((choice) => countsOf(choice, missed, scores)) : undefined;
  missed.forEach((count, document) => count > 0 && (scores[document] = 0));
  const ranks = sort === "date" ? scores.map(Math.sign) : scores; // equals stand by date
  const { top, total } = topOf(ranks, offset + limit);
  const used = usedIn(readings, lists);
  const loading = top.slice(offset).map(async (number) => {
    return resultOf(await edition.document(number), scores[number], used);
  });
  const results = await settled(loading);
  return {
    total,
    results: sort === "date" ? results : titledFirst(results, readings, edition.weights.title),
    repaired: repairedIn(readings[0], results),
    counts: counted,
  };
}

/**
 * The query as it stands, and with the other form of its abbreviations if it has any.
 * @param {Asked} asked
 * @param {Lists} lists
 * @returns {Promise<Reading[]>}
 */
async function readingsOf({ places, required, barred }, lists) {
  const other = otherForm(places, lists.edition.abbreviations);
  const terms = [...required, ...barred].flatMap(termsOf);
  const forms = other ? [places, other] : [places];
  const [readings] = await settled([
    settled(forms.map((form) => readingOf(form, lists))),
    lists.need(terms.map(({ key }) => key)),
  ]);
  return readings;
}

/**
 * Without words all documents are equal, so that they stand newest first.
 * @param {Reading[]} readings
 * @param {Lists} lists
 */
function scoresFor(readings, lists) {
  if (readings[0].places.length === 0) return new Float64Array(lists.edition.documents).fill(1);
  return better(readings.map((reading) => scoresOf(reading, lists)));
}

/**
 * Drops documents that have next to nothing of what the best one has: a common word or two. Sorted
 * by date they would stand first, and counts would count them.
 * @param {Float64Array} scores
 * @param {number} floor the share of the best score that it takes
 */
function dropFaint(scores, floor) {
  const least = floor * scores.reduce((best, score) => Math.max(best, score), 0);
  for (let document = 0; document < scores.length; document++) {
    if (scores[document] < least) scores[document] = 0;
  }
}

/** @param {Float64Array[]} scores */
function better([scores, others]) {
  others?.forEach((score, document) => {
    if (score > scores[document]) scores[document] = score;
  });
  return scores;
}

/**
 * @param {Reading[]} readings
 * @param {Lists} lists
 */
function usedIn(readings, lists) {
  const all = readings.flatMap(({ alternatives }) => alternatives.flat());
  return new Set(all.map(({ word }) => word).filter((word) => lists.count(word) > 0));
}

/**
 * Results of one page, those lifted whose title has the query word for word: most of all a title
 * that says nothing else.
 * @param {Result[]} results
 * @param {Reading[]} readings
 * @param {number} weight
 */
function titledFirst(results, readings, weight) {
  const lifted = results.map((result) => {
    const title = words(result.title).map(({ folded }) => folded);
    const share = Math.max(...readings.map((reading) => shareIn(title, reading)));
    return { result, value: result.score * (1 + weight * share) };
  });
  return lifted.sort((one, other) => other.value - one.value).map(({ result }) => result);
}

/**
 * @param {string[]} title
 * @param {Reading} reading
 * @returns {number} 0 where the query does not stand in the title, else 1 and its share of it
 */
function shareIn(title, { alternatives }) {
  const isAt = (/** @type {number} */ start) =>
    alternatives.every((some, at) => some.some(({ word }) => word === title[start + at]));
  const stands = alternatives.length > 0 && title.some((_, start) => isAt(start));
  return stands ? 1 + alternatives.length / title.length : 0;
}

/**
 * The query as it was understood, its words as the results have them: with their marks.
 * @param {Reading} reading
 * @param {Result[]} results
 */
function repairedIn({ places, understood }, results) {
  if (places.every(({ word }, at) => word.folded === understood[at])) return null;
  const written = new Map();
  for (const text of results.flatMap((result) => [result.title, result.text])) {
    for (const { folded, start, end } of words(text)) {
      if (!written.has(folded)) written.set(folded, text.slice(start, end).toLowerCase());
    }
  }
  return understood
    .map((word, at) => {
      const typed = places[at].word;
      return typed.folded === word && hasMarks(typed) ? typed.accented : (written.get(word) ?? word);
    })
    .join(" ");
}

/**
 * @param {Row} row
 * @param {number} score
 * @param {Set<string>} used
 * @returns {Result}
 */
function resultOf([address, title, kind, text, date, facts, field], score, used) {
  const marks = { title: marksIn(title, used), text: marksIn(text, used) };
  return { address, title, kind, text, date, facts, field, score, marks };
}

/**
 * @param {string} text
 * @param {Set<string>} used
 * @returns {Mark[]}
 */
function marksIn(text, used) {
  return words(text)
    .filter(({ folded }) => used.has(folded))
    .map(({ start, end }) => [start, end]);
}

/**
 * @param {unknown} error
 * @returns {error is SearchError}
 */
function isMissing(error) {
  return error instanceof SearchError && error.kind === "missing";
}

class Index {
  /** @type {Promise<Edition> | null} */
  #renewing = null;
  #files;
  #edition;

  /**
   * @param {Files} files
   * @param {Edition} edition
   */
  constructor(files, edition) {
    this.#files = files;
    this.#edition = edition;
  }

  /**
   * Without words, all that the filters let through, newest first.
   * @param {string} query
   * @param {SearchOptions} [options]
   * @returns {Promise<Found>}
   */
  search(query, options = {}) {
    return this.#ask((edition) => find(edition, query, options));
  }

  /**
   * Everything that one can filter by.
   * @returns {Promise<Facet[]>}
   */
  async facets() {
    const columns = await this.#ask((edition) => edition.columns());
    return columns.map(({ name, label, values }) => ({
      name,
      label,
      values: values.map(([value, labelOfValue]) => ({ value, label: labelOfValue })),
    }));
  }

  /**
   * Once more where a file is gone: the site may have been published anew.
   * @template Answer
   * @param {(edition: Edition) => Promise<Answer>} question
   */
  async #ask(question) {
    const edition = this.#edition;
    try {
      return await question(edition);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    return question(await this.#after(edition));
  }

  /**
   * The edition that is in force when another has lost a file.
   * @param {Edition} stale
   */
  async #after(stale) {
    if (this.#edition !== stale) return this.#edition;
    this.#renewing ??= newestEdition(this.#files, stale).finally(() => {
      this.#renewing = null;
    });
    this.#edition = await this.#renewing;
    return this.#edition;
  }
}

/**
 * @param {Files} files
 * @param {Edition | null} known
 * @returns {Promise<Edition>}
 */
async function newestEdition(files, known) {
  const name = await files.headName();
  if (name === known?.name) return known;
  return files.load(name, (bytes) => {
    return new Edition(files, name, /** @type {Head} */ (parseJson(bytes)));
  });
}

/**
 * Opens the index in a folder.
 * @param {string} baseUrl address of the folder, with its last slash
 * @param {{ fetch?: Fetch }} [options]
 * @returns {Promise<Index>}
 */
export async function openIndex(baseUrl, options = {}) {
  const files = new Files(baseUrl, options.fetch ?? globalThis.fetch);
  const edition = await newestEdition(files, null).catch((error) => {
    if (isMissing(error) && error.file !== "start.json") return newestEdition(files, null);
    throw error;
  });
  return new Index(files, edition);
}
