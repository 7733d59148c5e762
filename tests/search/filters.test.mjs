// Filters, live counts and lists without a query, against indexes that encode.mjs makes.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";

import { openIndex } from "../../site_builder/theme/assets/search/reader.js";
import { encodeIndex } from "./encode.mjs";
import { BASE, NOTHING, body, failsWith, numbers, open, serve } from "./served.mjs";

const facets = [
  { name: "loai", label: "Loại", values: [["mo-hinh", "Mô hình"], ["tin", "Tin, bài"]] },
  { name: "don-vi", label: "Đơn vị", values: [["xa", "Xã An Lạc"], ["tinh", "Tỉnh Bình An"]] },
  { name: "nam", label: "Năm", values: [["2024", "2024"], ["2023", "2023"], ["2022", "2022"]] },
];
/** A document, of the kind and year that are named first, and of units. */
const of = (loai, nam, units, text) => ({
  body: text,
  has: { loai: [loai], nam: [nam], "don-vi": units },
});
const documents = [
  of("mo-hinh", "2022", ["tinh"], "mưa"),
  of("mo-hinh", "2023", ["xa", "tinh"], "mưa lũ"),
  of("tin", "2023", [], "nắng"),
  of("mo-hinh", "2024", ["xa", "tinh"], "nắng mưa"),
  of("tin", "2024", ["tinh"], "mưa"),
];

/** `loai mo-hinh*2 tin*1`, * where it is chosen. */
const shown = ({ name, values }) =>
  [name, ...values.map(({ value, count, chosen }) => `${value}${chosen ? "*" : ":"}${count}`)].join(
    " ",
  );

describe("filters", () => {
  const cases = [
    [{ nam: ["2023"] }, [2, 1]],
    [{ nam: ["2023", "2022"] }, [2, 1, 0]],
    [{ nam: ["2023"], loai: ["mo-hinh"] }, [1]],
    [{ "don-vi": ["xa"], nam: ["2022", "2024"], loai: ["mo-hinh"] }, [3]],
    [{ "don-vi": ["xa", "tinh"] }, [4, 3, 1, 0]],
    [{ nam: ["2023", "1999"] }, [2, 1]],
    [{ nam: ["1999"] }, []],
    [{ la: ["2023"], nam: ["2023"] }, []],
    [{ nam: [], la: [] }, [4, 3, 2, 1, 0]],
    [{ constructor: ["2023"] }, []],
  ];
  for (const [filters, expected] of cases) {
    it(JSON.stringify(filters), async () => {
      const { index } = await open(documents, { facets });
      const { total, results } = await index.search("", { filters });
      assert.deepEqual(numbers({ results }), expected);
      assert.equal(total, expected.length);
    });
  }

  it("filter what a query finds, before it is cut to a page", async () => {
    const { index } = await open(documents, { facets });
    const filters = { loai: ["mo-hinh"] };
    const { total, results } = await index.search("mưa", { filters, limit: 2 });
    assert.equal(total, 3);
    assert.equal(results.length, 2);
    const none = await index.search("nắng", { filters: { nam: ["2022"] } });
    assert.deepEqual(none, NOTHING);
  });

  it("find nothing in an index without facets", async () => {
    const { index } = await open([body("mưa")]);
    assert.equal((await index.search("mưa", { filters: { nam: ["2023"] } })).total, 0);
    assert.deepEqual((await index.search("mưa", { counts: true })).counts, []);
    assert.deepEqual(await index.facets(), []);
  });
});

describe("counts", () => {
  it("are of what each value would find beside the other facets' filters", async () => {
    const { index } = await open(documents, { facets });
    const filters = { loai: ["mo-hinh"], nam: ["2024"] };
    const { total, counts } = await index.search("mưa", { filters, counts: true });
    assert.equal(total, 1);
    assert.deepEqual(counts.map(shown), [
      "loai mo-hinh*1 tin:1",
      "don-vi xa:1 tinh:1",
      "nam 2024*1 2023:1 2022:1",
    ]);
    assert.deepEqual(counts[1].label, "Đơn vị");
    assert.deepEqual(counts[1].values[0].label, "Xã An Lạc");
  });

  it("leave out what would find nothing, but not what is chosen", async () => {
    const { index } = await open(documents, { facets });
    const { counts } = await index.search("lũ", { filters: { nam: ["2024"] }, counts: true });
    assert.deepEqual(counts.map(shown), ["loai", "don-vi", "nam 2024*0 2023:1"]);
  });

  it("are nought everywhere where a filter is unknown", async () => {
    const { index } = await open(documents, { facets });
    const filters = { la: ["a"], nam: ["2024"] };
    const { counts } = await index.search("", { filters, counts: true });
    assert.deepEqual(counts.map(shown), ["loai", "don-vi", "nam 2024*0"]);
  });

  it("are those that one gets by counting, whatever the documents", async () => {
    const chance = chanceFrom(7);
    for (let round = 0; round < 60; round++) {
      const { known, all, filters, query } = randomCase(chance);
      const { index } = await open(all, { facets: known });
      const { total, results, counts } = await index.search(query, {
        filters,
        counts: true,
        limit: all.length,
      });
      const expected = counted(known, all, filters, query);
      assert.deepEqual(counts, expected.counts);
      assert.deepEqual(numbers({ results }).sort(byNumber), expected.found);
      assert.equal(total, expected.found.length);
    }
  });
});

describe("order", () => {
  it("is that of dates where one asks for it", async () => {
    const all = [{ title: "mưa" }, body("mưa mưa"), body("nắng"), body("mưa")];
    const { index } = await open(all);
    const byScore = await index.search("mưa");
    const byDate = await index.search("mưa", { sort: "date" });
    assert.deepEqual(numbers(byScore), [0, 1, 3]);
    assert.deepEqual(numbers(byDate), [3, 1, 0]);
    const scores = ({ results }) => results.map(({ score }) => score);
    assert.deepEqual(scores(byDate), scores(byScore).reverse());
    assert.equal(byDate.total, 3);
  });

  it("is that of dates without words, page by page", async () => {
    const all = Array.from({ length: 30 }, (_, at) => body(at % 2 ? "mưa" : "nắng"));
    const { index } = await open(all);
    for (const query of ["", "  ", '"', "!?"]) {
      const { total, results } = await index.search(query, { limit: 4, offset: 8 });
      assert.equal(total, 30, query);
      assert.deepEqual(numbers({ results }), [21, 20, 19, 18], query);
    }
    const { total, results, repaired } = await index.search("-mưa", { limit: 3 });
    assert.equal(total, 15);
    assert.deepEqual(numbers({ results }), [28, 26, 24]);
    assert.equal(repaired, null);
    assert.deepEqual(results[0].marks, { title: [], text: [] });
    assert.deepEqual((await index.search("", { offset: 30 })).results, []);
  });
});

describe("the facets file", () => {
  const facetsAsked = (server) => server.asked.filter((name) => name.startsWith("facets"));

  it("is loaded when it is needed, once", async () => {
    const { server, index } = await open(documents, { facets });
    await index.search("mưa");
    await index.search("", { filters: { nam: [] } });
    assert.deepEqual(facetsAsked(server), []);
    await Promise.all([
      index.search("mưa", { counts: true }),
      index.search("", { filters: { nam: ["2023"] } }),
      index.facets(),
    ]);
    await index.search("nắng", { counts: true });
    assert.equal(facetsAsked(server).length, 1);
  });

  it("is loaded beside the query's other files", async () => {
    const { server, index } = await open(documents, { facets });
    await index.search("mưa", { counts: true, limit: 0 });
    assert.equal(server.mostOpen, 2);
  });

  it("tells what one can filter by", async () => {
    const { index } = await open(documents, { facets });
    const all = await index.facets();
    assert.deepEqual(all.map(({ name }) => name), ["loai", "don-vi", "nam"]);
    assert.deepEqual(all[0], {
      name: "loai",
      label: "Loại",
      values: [
        { value: "mo-hinh", label: "Mô hình" },
        { value: "tin", label: "Tin, bài" },
      ],
    });
  });

  it("may have more sets than one digit, or than two bytes, can tell apart", async () => {
    for (const [count, filtered] of [[37, "v36"], [70_000, "v69999"]]) {
      const values = Array.from({ length: count }, (_, at) => [`v${at}`, `V ${at}`]);
      const all = values.map(([value]) => ({ has: { loai: [value] } }));
      const { index } = await open(all, { facets: [{ name: "loai", label: "Loại", values }] });
      const { total, results } = await index.search("", { filters: { loai: [filtered] } });
      assert.equal(total, 1);
      assert.deepEqual(numbers({ results }), [count - 1]);
    }
  });

  it("is read anew with the rest when the site was published again", async () => {
    for (const ask of [
      (index) => index.search("", { filters: { nam: ["2024"] } }),
      (index) => index.search("mưa", { filters: { nam: ["2024"] }, counts: true }),
    ]) {
      const { server, index } = await open(documents, { facets });
      server.files = encodeIndex(documents.slice(3), { facets });
      assert.deepEqual(numbers(await ask(index)).sort(byNumber), [0, 1]);
      assert.equal(server.times("start.json"), 2);
    }
    const { server, index } = await open(documents, { facets });
    server.files = encodeIndex(documents, { facets: facets.slice(1) });
    assert.deepEqual((await index.facets()).map(({ name }) => name), ["don-vi", "nam"]);
  });

  const broken = {
    "a column too short": (facet) => (facet.column = facet.column.slice(1)),
    "a column too long": (facet) => (facet.column += "0"),
    "no column": (facet) => (facet.column = ""),
    "no digit in a column": (facet) => (facet.column = facet.column.replace("0", "-")),
    "a set out of range": (facet) => (facet.column = facet.column.replace("0", "9")),
    "a value out of range": (facet) => facet.sets[0].push(2),
    "a value below nought": (facet) => facet.sets[0].push(-1),
    "no sets": (facet) => delete facet.sets,
  };
  for (const [how, breaks] of Object.entries(broken)) {
    it(`is damaged where there is ${how}, and is loaded again`, async () => {
      const server = serve(encodeIndex(documents, { facets }));
      const index = await openIndex(BASE, { fetch: server.fetch });
      const { files } = server;
      const [name] = server.names("facets");
      const content = JSON.parse(inflateSync(files[name]));
      breaks(content.facets[0]);
      server.files = { ...files, [name]: deflateSync(JSON.stringify(content)) };
      await failsWith("damaged", index.search("", { counts: true }));
      await failsWith("damaged", index.facets());
      server.files = files;
      assert.equal((await index.search("", { filters: { nam: ["2024"] } })).total, 2);
      assert.equal(server.times(name), 3);
    });
  }
});

// --- Counting by hand ---

const QUERIES = {
  "": () => true,
  "mưa ": (text) => text.includes("mưa"),
  "-nắng": (text) => !text.includes("nắng"),
};
const byNumber = (one, other) => one - other;

/** Numbers from 0 up to a limit, the same ones for the same seed (mulberry32). */
function chanceFrom(seed) {
  return (limit) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function randomCase(chance) {
  const some = (all, of) => all.filter(() => chance(of) === 0);
  const range = (count, make) => Array.from({ length: count }, (_, at) => make(at));
  const known = range(1 + chance(3), (at) => ({
    name: `f${at}`,
    label: `F ${at}`,
    values: range(1 + chance(6), (value) => [`v${value}`, `V ${value}`]),
  }));
  const valuesOf = (of) => {
    const pairs = known.map(({ name, values }) => [name, some(values, of).map(([value]) => value)]);
    return Object.fromEntries(pairs);
  };
  const all = range(chance(40), () => ({
    body: some(["mưa", "nắng"], 2).join(" "),
    has: valuesOf(3),
  }));
  return { known, all, filters: valuesOf(4), query: Object.keys(QUERIES)[chance(3)] };
}

function counted(known, all, filters, query) {
  const passes = ({ body: text, has }, except) =>
    QUERIES[query](text) &&
    known.every(({ name }) => {
      const chosen = name === except ? [] : filters[name];
      return chosen.length === 0 || has[name].some((value) => chosen.includes(value));
    });
  const counts = known.map(({ name, label, values }) => {
    const beside = all.filter((document) => passes(document, name));
    const every = values.map(([value, labelOfValue]) => ({
      value,
      label: labelOfValue,
      count: beside.filter(({ has }) => has[name].includes(value)).length,
      chosen: filters[name].includes(value),
    }));
    return { name, label, values: every.filter(({ count, chosen }) => count > 0 || chosen) };
  });
  return { found: [...all.keys()].filter((number) => passes(all[number])), counts };
}
