// The reader of the search index against indexes that encode.mjs makes: node --test tests/search/
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";

import { hashOf, openIndex, words } from "../../site_builder/theme/assets/search/reader.js";
import { WEIGHTS, encodeIndex } from "./encode.mjs";
import { BASE, NOTHING, body, failsWith, numbers, open, serve } from "./served.mjs";

const times = (count, document) => Array.from({ length: count }, () => document);
const idf = (all, count) => Math.log(1 + (all - count + 0.5) / (count + 0.5));
const near = (actual, expected) => {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);
};

describe("words", () => {
  const cases = JSON.parse(readFileSync(new URL("words.json", import.meta.url), "utf8"));
  for (const { text, folded, accented } of cases) {
    it(JSON.stringify(text), () => {
      const found = words(text);
      assert.deepEqual(found.map((word) => word.folded), folded);
      assert.deepEqual(found.map((word) => word.accented), accented);
      for (const { start, end, folded: word } of found) {
        assert.deepEqual(words(text.slice(start, end)).map((one) => one.folded), [word]);
      }
    });
  }

  it("says where words stand in a text in NFD", () => {
    const text = "🔥 Tie\u0302\u0301ng Vie\u0323\u0302t, İ!";
    assert.deepEqual(
      words(text).map(({ start, end }) => text.slice(start, end)),
      ["Tie\u0302\u0301ng", "Vie\u0323\u0302t", "İ"],
    );
  });

  it("hashes as the writer does", () => {
    assert.deepEqual(["phòng cháy", "a", ""].map(hashOf), [42705, 52512, 7385]);
  });
});

describe("ranking", () => {
  it("scores by the formula", async () => {
    const { index } = await open([body("cháy rừng"), body("cháy nhà"), body("mưa")]);
    const { total, results, repaired } = await index.search("cháy rừng ");
    assert.equal(total, 2);
    assert.equal(repaired, null);
    const [chay, rung] = [idf(3, 2), idf(3, 1)];
    near(results[0].score, (chay + rung) * 1.25 + WEIGHTS.pair * rung * 2);
    near(results[1].score, chay * 1.25 * Math.sqrt(chay / (chay + rung)));
  });

  it("lifts titles with the query word for word, those first that say nothing else", async () => {
    const many = "đường hoa ".repeat(12);
    const documents = [
      { title: "Hoa bên đường", body: many },
      { title: "Trồng đường hoa ở xã", body: many.slice(0, 60) },
      { title: "Đường hoa", body: many.slice(0, 60) },
      { title: "Hoa đường", body: many.slice(0, 110) },
    ];
    const { index } = await open(documents);
    for (const query of ["đường hoa", "duong hoa", "duonh hoa", "đường ho"]) {
      assert.deepEqual(numbers(await index.search(query)).slice(0, 2), [2, 1], query);
    }
    const byDate = await index.search("đường hoa", { sort: "date" });
    assert.deepEqual(numbers(byDate), [3, 2, 1, 0]);
  });

  it("leaves out what has next to nothing of what the best has", async () => {
    const documents = [body("hiến đất làm đường"), ...times(9, body("đất xấu"))];
    const { index } = await open(documents, { weights: { floor: 0.2 } });
    for (const sort of /** @type {const} */ (["relevance", "date"])) {
      const found = await index.search("hiến đất ", { sort });
      assert.deepEqual([found.total, numbers(found)], [1, [0]], sort);
    }
    assert.equal((await index.search("đất ")).total, 10);
    assert.equal((await index.search("")).total, 10);
  });

  it("puts titles first, then pairs, then newest", async () => {
    const { index } = await open([
      { title: "Phòng cháy" },
      body("cháy phòng"),
      body("phòng cháy"),
      body("phòng cháy"),
    ]);
    assert.deepEqual(numbers(await index.search("phong chay ")), [0, 3, 2, 1]);
  });

  it("prefers the form that was typed", async () => {
    const { index } = await open([...times(2, body("bán đất")), body("bàn đất"), body("ban đất")]);
    assert.equal(numbers(await index.search("bán "))[0], 1);
    assert.equal(numbers(await index.search("bàn đất "))[0], 2);
    assert.deepEqual(numbers(await index.search("ban ")), [1, 0, 3, 2], "the usual form");
  });

  it("takes a word without accents for its commonest form, whatever the others have", async () => {
    const { index } = await open([...times(2, body("bán x")), body("bàn y")]);
    for (const query of ["ban ", "ban đất "]) {
      assert.deepEqual(numbers(await index.search(query)), [1, 0, 2], query);
    }
  });

  it("takes two words for their commonest form where one has lost its accents", async () => {
    const { index } = await open([body("bán đất"), ...times(2, body("bàn đặt"))]);
    assert.equal(numbers(await index.search("bán đất "))[0], 0);
    assert.equal(numbers(await index.search("ban đãt "))[0], 2);
  });

  it("gives pages of results", async () => {
    const { index } = await open(times(30, body("mưa")));
    const { total, results } = await index.search("mua", { limit: 5, offset: 10 });
    assert.equal(total, 30);
    assert.deepEqual(numbers({ results }), [19, 18, 17, 16, 15]);
    assert.equal((await index.search("mua")).results.length, 10);
    const none = await index.search("mua", { limit: 0 });
    assert.deepEqual(none, { total: 30, results: [], repaired: null, counts: undefined });
    assert.deepEqual((await index.search("mua", { offset: 40 })).results, []);
  });

  it("finds nothing in nothing", async () => {
    const { index } = await open([]);
    for (const query of ["a", ""]) assert.deepEqual(await index.search(query), NOTHING, query);
    const other = (await open([body("mưa")])).index;
    for (const query of ["-mưa", "xyzxyz"]) {
      assert.deepEqual(await other.search(query), NOTHING, query);
    }
  });

  it("finds keys beyond U+FFFF, which UTF-16 orders otherwise", async () => {
    const letters = ["a", "字", "﨎", "𠀀", "𠀁"];
    const { index } = await open(letters.map(body), { keysOfShard: 1 });
    for (const [number, letter] of letters.entries()) {
      assert.deepEqual(numbers(await index.search(letter)), [number]);
    }
  });

  it("finds the same where names stand in lists of their own", async () => {
    const documents = Array.from({ length: 60 }, (_, at) => body(`mưa ${at % 7} lũ ${at}`));
    const options = { keysOfShard: 3 };
    const { index } = await open(documents, options);
    const { index: listed, server } = await open(documents, { ...options, listed: 4 });
    assert.ok(server.names("list").length > 10);
    for (const query of ["mưa", "lũ 17", "mua 3 lu", "0", "zzz", "mưaa", ""]) {
      const asked = { limit: 60 };
      assert.deepEqual(await listed.search(query, asked), await index.search(query, asked), query);
    }
  });

  it("loads only the lists that it needs", async () => {
    const documents = Array.from({ length: 60 }, (_, at) => body(`mưa ${at}`));
    const { index, server } = await open(documents, { keysOfShard: 2, listed: 4 });
    await index.search("mưa 17 ", { limit: 1 });
    const asked = server.names("list").filter((name) => server.times(name) > 0);
    assert.ok(asked.length <= 4, String(asked.length));
    assert.ok(server.names("list").every((name) => server.times(name) <= 1));
  });

  it("does not choke on a whole page", async () => {
    const { index } = await open([body("mưa")]);
    assert.equal((await index.search("mưa ".repeat(5000))).total, 1);
  });
});

describe("repair", () => {
  const documents = [
    ...times(6, body("phong trào")),
    ...times(4, body("phòng cháy")),
    ...times(5, body("phóng viên")),
    ...times(4, body("chạy bộ")),
  ];

  for (const typed of ["phogn", "phng", "phoong", "phobg"]) {
    it(`mends ${typed}`, async () => {
      const { index } = await open(documents);
      const { total, repaired } = await index.search(`${typed} chay `);
      assert.equal(repaired, "phong chay");
      assert.equal(total, 19);
    });
  }

  it("tells what it took the query for as the results write it", async () => {
    const { index } = await open(times(4, { title: "Thắp sáng Đường Quê", text: "Hòa bình.", body: "hòa" }));
    for (const [query, repaired] of [
      ["thap sang duonh que ", "thắp sáng đường quê"],
      ["tháp sang duonh hoaf ", "tháp sáng đường hòa"],
    ]) {
      assert.equal((await index.search(query)).repaired, repaired, query);
    }
  });

  it("mends no single letter", async () => {
    const { index } = await open(times(4, body("nhóm a b")));
    const { total, repaired } = await index.search("x ");
    assert.deepEqual([total, repaired], [0, null]);
  });

  it("weighs what it mends, by half without a pair", async () => {
    const all = [...times(4, body("mưa lũ")), body("nắng")];
    const { index } = await open(all);
    const alone = await index.search("muaa ");
    near(alone.results[0].score, 0.4 * idf(5, 4) * 1.25);
    const paired = await index.search("muaa lũ ");
    const rain = idf(5, 4);
    near(paired.results[0].score, 0.8 * rain * 1.25 + rain * 1.25 + 1.3 * 0.8 * rain);
  });

  it("mends a known word that forms no pair", async () => {
    const { index } = await open([
      ...times(4, body("chảy máu")),
      ...times(4, body("chữa cháy")),
      ...times(4, body("chua cay")),
    ]);
    const { results, repaired } = await index.search("chua chảu ");
    assert.equal(repaired, "chua chay");
    assert.ok(numbers({ results })[0] >= 4 && numbers({ results })[0] < 8);
    const known = await index.search("máu cay ");
    assert.equal(known.repaired, null);
  });

  it("leaves rare words of the index in what it understood", async () => {
    const { index } = await open([body("phang"), ...times(4, body("phong"))]);
    const { total, repaired } = await index.search("phang ");
    assert.equal(repaired, null);
    assert.equal(total, 5);
  });

  it("does not mend what stands in quotation marks", async () => {
    const { index } = await open(documents);
    assert.deepEqual(await index.search('"phogn"'), NOTHING);
  });
});

describe("completion", () => {
  const documents = [...times(4, body("phòng cháy")), ...times(9, body("chính chuyên"))];

  it("takes what was typed for the beginning of what mostly follows the word before", async () => {
    const { index } = await open([
      ...times(4, body("tiếng kẻng")),
      ...times(3, body("kể chuyện bằng tiếng Việt")),
    ]);
    assert.deepEqual(numbers(await index.search("tieng ke")).slice(0, 4), [3, 2, 1, 0]);
    assert.deepEqual(numbers(await index.search("tieng ke ")).slice(0, 3), [6, 5, 4]);
  });

  it("completes and mends into words of one document where the lexicon has them", async () => {
    const documents = [body("tiếng kẻng làng tôi"), ...times(5, body("mưa lũ"))];
    const { index } = await open(documents, { fewest: 1, known: 0 });
    for (const query of ["tieng ken", "tieng kenh ", "tieng keng"]) {
      assert.deepEqual(numbers(await index.search(query)), [0], query);
    }
  });

  it("completes the last word, not before a blank", async () => {
    const { index } = await open([
      ...times(4, body("phòng ngừa")),
      ...times(9, body("chính chuyên")),
    ]);
    assert.equal((await index.search("chuy")).total, 9);
    assert.equal((await index.search("chuy ")).total, 0);
    assert.equal((await index.search("chuy phong ")).total, 4);
    assert.equal((await index.search("chuye")).repaired, null);
  });

  it("weighs what it completes, with its pair", async () => {
    const { index } = await open(documents);
    const idf4 = idf(13, 4);
    const alone = (await index.search("chá")).results.find(({ score }) => score < idf4);
    near(alone?.score ?? 0, 0.6 * idf4);
    // Nothing else follows the word before: as sure as what is mended.
    const { results } = await index.search("phong ch");
    near(results[0].score, idf4 * 1.25 + 0.8 * idf4 * 1.25 + 1.3 * 0.8 * idf4 * 2);
  });
});

describe("quotation marks and minus", () => {
  const documents = [
    body("phòng cháy chữa cháy"),
    body("cháy phòng"),
    body("phong chảy"),
    body("phòng khách cháy"),
  ];
  const cases = {
    '"phong chay"': [0, 2],
    "“phong chay”": [0, 2],
    '"phòng cháy"': [0],
    '"phòng cháy chữa"': [0],
    '"phòng cháy phòng"': [],
    '"cháy"': [0, 1, 3],
    '"phong chay': [0, 1, 2, 3],
    "phong -khach": [0, 1, 2],
    "phong -chảy": [0, 1, 3],
    'phong -"phòng cháy"': [1, 2, 3],
    'phong -"phong chay"': [1, 3],
    'phong -"phong chay': [1, 3],
    "phong -phong/chay": [1, 3],
    "phong - khach": [0, 1, 2, 3],
    "phong-khach": [0, 1, 2, 3],
    'khach "chữa cháy"': [0],
    "phong -vang": [0, 1, 2, 3],
  };
  for (const [query, expected] of Object.entries(cases)) {
    it(query, async () => {
      const { index } = await open(documents);
      assert.deepEqual(numbers(await index.search(query)).sort(), expected);
    });
  }
});

describe("abbreviations", () => {
  const abbreviations = [["ubnd", "uy ban nhan dan"], ["tp", "thanh pho"]];
  const documents = [
    body("UBND xã"),
    body("Ủy ban nhân dân huyện"),
    body("nhân dân"),
    body("thành phố"),
  ];

  it("finds the long form by the short, and the short by the long", async () => {
    const { index } = await open(documents, { abbreviations });
    assert.deepEqual(numbers(await index.search("UBND ")).sort(), [0, 1, 2]);
    assert.equal(numbers(await index.search("UBND "))[0], 1);
    assert.deepEqual(numbers(await index.search("ủy ban nhân dân")), [1, 2, 0]);
    assert.equal((await index.search('"UBND"')).total, 1);
  });

  it("takes the better score of two", async () => {
    const { index } = await open(documents, { abbreviations });
    const { results } = await index.search("UBND ");
    near(results.find(({ address }) => address === "bai/0/").score, idf(4, 1) * 1.25);
  });

  it("puts the other form of each", async () => {
    const { index } = await open(documents, { abbreviations });
    assert.equal((await index.search("ubnd tp ")).total, 4);
  });
});

describe("results", () => {
  it("says what the document says, with marks in the original text", async () => {
    const text = "Pho\u0300ng chống CHÁY, nổ.";
    const { index } = await open([
      {
        title: "Phòng cháy 2024",
        text,
        date: "2024-05-01",
        address: "van-ban/a/",
        facts: ["Xã An Lạc", "năm 2024"],
        field: "an-ninh",
      },
    ]);
    const [result] = (await index.search("phong chay")).results;
    const { marks, score, ...rest } = result;
    assert.deepEqual(rest, {
      address: "van-ban/a/",
      title: "Phòng cháy 2024",
      kind: "Văn bản",
      text,
      date: "2024-05-01",
      facts: ["Xã An Lạc", "năm 2024"],
      field: "an-ninh",
    });
    assert.ok(score > 0);
    assert.deepEqual(marks.title, [[0, 5], [6, 10]]);
    const marked = marks.text.map(([start, end]) => text.slice(start, end));
    assert.deepEqual(marked, ["Pho\u0300ng", "CHÁY"]);
  });

  it("marks words that stood in, not those that were barred", async () => {
    const { index } = await open(times(4, { title: "mưa lũ", text: "Mưa to, lũ lớn, gió" }));
    const [{ marks }] = (await index.search("muaa gi lũ -bão")).results;
    assert.deepEqual(marks.text, [[0, 3], [8, 10]]);
  });
});

describe("files", () => {
  const documents = Array.from({ length: 40 }, (_, at) => body(`tin số ${at} về mưa`));

  it("asks for each file once, and for start.json past the cache", async () => {
    const { server, index } = await open(documents);
    assert.equal(server.asked[0], "start.json");
    assert.equal(server.asked.length, 2);
    await Promise.all([index.search("mưa số"), index.search("mưa số"), index.search("tin mưa")]);
    const count = server.asked.length;
    await index.search("mưa số");
    assert.equal(server.asked.length, count);
    assert.equal(new Set(server.asked).size, count);
    const options = [];
    await openIndex(BASE, { fetch: (url, given) => (options.push(given), server.fetch(url)) });
    assert.deepEqual(options, [{ cache: "no-cache" }, undefined]);
  });

  it("asks for the files of a query side by side", async () => {
    const { server, index } = await open(documents, { keysOfShard: 1 });
    await index.search("tin ve mua ");
    assert.ok(server.mostOpen >= 5, String(server.mostOpen));
  });

  it("reads the index anew when a file is gone", async () => {
    const { server, index } = await open(documents);
    server.files = encodeIndex([body("mưa to"), body("nắng")]);
    const [one, other] = await Promise.all([index.search("mưa"), index.search("nắng")]);
    assert.deepEqual([numbers(one), numbers(other)], [[0], [1]]);
    assert.equal(server.times("start.json"), 2);
  });

  it("fails when a file stays away, and recovers", async () => {
    const { server, index } = await open(documents);
    const { files } = server;
    const left = Object.entries(files).filter(([name]) => !name.startsWith("shard"));
    server.files = Object.fromEntries(left);
    await failsWith("missing", index.search("mưa"));
    assert.equal(server.times("start.json"), 2);
    assert.equal(server.times(server.names("head")[0]), 1);
    server.files = files;
    assert.equal((await index.search("mưa")).total, 40);
  });

  it("tries once more where the head is gone while it opens", async () => {
    const [old, current] = [encodeIndex(documents), encodeIndex([body("mưa")])];
    const server = serve({ ...current, "start.json": old["start.json"] });
    const fetch = (url) => {
      const response = server.fetch(url);
      server.files = url.endsWith("start.json") ? server.files : current;
      return response;
    };
    assert.equal((await (await openIndex(BASE, { fetch })).search("mưa")).total, 1);
    server.files = {};
    await failsWith("missing", openIndex(BASE, { fetch: server.fetch }));
  });

  it("fails offline, and recovers", async () => {
    const { server, index } = await open(documents);
    server.isDown = true;
    await failsWith("offline", index.search("mưa"));
    await failsWith("offline", openIndex(BASE, { fetch: server.fetch }));
    server.isDown = false;
    assert.equal((await index.search("mưa")).total, 40);
    const busy = async () => new Response("", { status: 503 });
    await failsWith("offline", openIndex(BASE, { fetch: busy }));
    const refuses = () => {
      throw new TypeError("bad address");
    };
    await failsWith("offline", openIndex(BASE, { fetch: refuses }));
  });

  const broken = {
    "no DEFLATE": () => Buffer.from("<!doctype html>"),
    "cut short": (packed) => packed.subarray(0, packed.length - 4),
    empty: () => Buffer.alloc(0),
    "cut short before it was packed": (packed) =>
      deflateSync(inflateSync(packed).subarray(0, -1)),
    "a document too many": () =>
      deflateSync(Buffer.from([0, 3, ...Buffer.from("mua"), 1, 1, 0, 0, 1, 255, 127])),
    "a number too long": () => deflateSync(Buffer.alloc(9, 255)),
  };
  for (const [how, breaks] of Object.entries(broken)) {
    it(`fails where a file is damaged: ${how}`, async () => {
      const files = encodeIndex(documents, { keysOfShard: 1000 });
      const damaged = (kind) => {
        const entries = Object.entries(files);
        return Object.fromEntries(
          entries.map(([name, data]) => [name, name.startsWith(kind) ? breaks(data) : data]),
        );
      };
      const server = serve(files);
      for (const kind of ["shard", "chunk"]) {
        server.files = files;
        const index = await openIndex(BASE, { fetch: server.fetch });
        server.files = damaged(kind);
        await failsWith("damaged", index.search("mua "));
        server.files = files;
        assert.equal((await index.search("mua ")).total, 40);
      }
      server.files = damaged("head");
      await failsWith("damaged", openIndex(BASE, { fetch: server.fetch }));
    });
  }

  it("fails where start.json is of another format, or no JSON", async () => {
    const files = encodeIndex(documents);
    for (const [start, kind] of [
      ['{"format":2,"head":"head-0.bin"}', "format"],
      ["null", "format"],
      ["<html>", "damaged"],
      ['{"format":1}', "damaged"],
    ]) {
      const server = serve({ ...files, "start.json": Buffer.from(start) });
      await failsWith(kind, openIndex(BASE, { fetch: server.fetch }));
    }
  });
});
