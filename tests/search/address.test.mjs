// What is searched for, in the address bar and back: node --test tests/search/
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import {
  pagesAround,
  readState,
  withValue,
  writeState,
} from "../../site_builder/theme/assets/search/address.js";

const NOTHING = { query: "", filters: {}, sort: "relevance", page: 1 };
const STATE = {
  query: "đường quê & “hoa”",
  filters: { loai: ["mo-hinh"], nam: ["2024", "2023"] },
  sort: "date",
  page: 2,
};

describe("an address", () => {
  it("says all that is searched for", () => {
    const written = writeState(STATE);
    assert.equal(new URLSearchParams(written).getAll("nam").join(), "2024,2023");
    assert.match(written, /&loai=mo-hinh&nam=2024&nam=2023&sap-xep=moi-nhat&trang=2$/);
    assert.deepEqual(readState(written), STATE);
  });

  it("is empty where nothing is searched for", () => {
    assert.equal(writeState(NOTHING), "");
    assert.equal(writeState({ ...NOTHING, query: "  " }), "");
    assert.deepEqual(readState(""), NOTHING);
  });

  it("may hold what is not ours, or makes no sense", () => {
    for (const trang of ["0", "-3", "x", ""]) {
      const written = `?fbclid=x&trang=${trang}&sap-xep=la&nam=&nam=2024&nam=2024&__proto__=a`;
      assert.deepEqual(readState(written), { ...NOTHING, filters: { nam: ["2024"] } });
    }
  });
});

describe("a value of a facet", () => {
  it("comes and goes, and leads back to the first page", () => {
    const more = withValue(STATE, "nam", "2021", true);
    assert.deepEqual(more, {
      ...STATE,
      page: 1,
      filters: { loai: ["mo-hinh"], nam: ["2024", "2023", "2021"] },
    });
    const less = withValue(STATE, "loai", "mo-hinh", false);
    assert.deepEqual(less, { ...STATE, page: 1, filters: { nam: ["2024", "2023"] } });
    assert.deepEqual(withValue(NOTHING, "nam", "2021", false), NOTHING);
  });
});

describe("numbers of pages", () => {
  it("are the first, the last and those around", () => {
    assert.deepEqual(pagesAround(1, 1), [1]);
    assert.deepEqual(pagesAround(1, 3), [1, 2, 3]);
    assert.deepEqual(pagesAround(1, 9), [1, 2, 0, 9]);
    assert.deepEqual(pagesAround(5, 9), [1, 0, 4, 5, 6, 0, 9]);
    assert.deepEqual(pagesAround(9, 9), [1, 0, 8, 9]);
  });
});
