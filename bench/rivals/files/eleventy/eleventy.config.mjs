// The same pages as Hugo's templates make: entries by their folder, lists by one paginated
// template over a collection that holds every page of every list.
import fs from "node:fs";

const PAGE_SIZE = 24;
const read = (name) => JSON.parse(fs.readFileSync(`_data/${name}.json`, "utf8"));

function pagesOf(address, heading, entries) {
  const last = Math.max(1, Math.ceil(entries.length / PAGE_SIZE));
  const addressOf = (number) => (number === 1 ? address : `${address}trang/${number}/`);
  return Array.from({ length: last }, (_, at) => {
    const number = at + 1;
    const near = [...new Set([1, ...[-2, -1, 0, 1, 2].map((far) => number + far), last])];
    return {
      address: addressOf(number),
      heading,
      number,
      last,
      count: entries.length,
      entries: entries.slice(at * PAGE_SIZE, number * PAGE_SIZE),
      near: near
        .filter((other) => other >= 1 && other <= last)
        .map((other) => ({ number: other, address: addressOf(other) })),
    };
  });
}

function grouped(entries, keysOf) {
  const groups = new Map();
  for (const entry of entries) {
    for (const key of keysOf(entry.data)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(entry);
    }
  }
  return groups;
}

const newestFirst = (a, b) => b.date - a.date || (a.url < b.url ? -1 : 1);

export default function (config) {
  const names = read("names");
  config.addPassthroughCopy("images");
  config.addPassthroughCopy("site.css");
  config.addGlobalData("layout", "entry.njk");

  const modelsOf = (api) => api.getFilteredByGlob("mo-hinh/**/*.md").sort(newestFirst);
  const newsOf = (api) => api.getFilteredByGlob("tin-tuc/**/*.md").sort(newestFirst);
  const groupsOf = (api) => {
    const [models, news] = [modelsOf(api), newsOf(api)];
    return {
      "linh-vuc": grouped(models, (data) => [data.field]),
      nam: grouped(models, (data) => [String(data.year)]),
      "chu-de": grouped(models, (data) => data.topics),
      "chuyen-muc": grouped(news, (data) => [data.category]),
      "tin-nam": grouped(news, (data) => [data.day.slice(0, 4)]),
    };
  };

  config.addCollection("models", modelsOf);
  config.addCollection("news", newsOf);
  config.addCollection("lists", (api) => [
    ...pagesOf("mo-hinh/", "Tất cả mô hình", modelsOf(api)),
    ...pagesOf("tin-tuc/", "Tin tức", newsOf(api)),
    ...Object.entries(groupsOf(api)).flatMap(([section, groups]) =>
      [...groups].flatMap(([key, entries]) =>
        pagesOf(`${section}/${key}/`, names[section][key] ?? key, entries),
      ),
    ),
  ]);
  config.addCollection("overviews", (api) => {
    const units = new Map([...grouped(modelsOf(api), (data) => [data.unit])]);
    return Object.entries({ ...groupsOf(api), "don-vi": units }).map(([section, groups]) => ({
      address: `${section}/`,
      heading: names.sections[section],
      links: [...groups]
        .map(([key, entries]) => ({
          address: `${section}/${key}/`,
          text: names[section][key] ?? key,
          count: entries.length,
        }))
        .sort((a, b) => b.count - a.count),
    }));
  });
  config.addCollection("units", (api) => {
    const models = grouped(modelsOf(api), (data) => [data.unit]);
    const news = grouped(newsOf(api), (data) => data.units ?? []);
    return [...new Set([...models.keys(), ...news.keys()])].map((unit) => ({
      address: `don-vi/${unit}/`,
      heading: names["don-vi"][unit],
      // As on our unit pages: the newest models by year, then the newest news, on one page.
      years: [...grouped((models.get(unit) ?? []).slice(0, PAGE_SIZE), (data) => [data.year])],
      news: (news.get(unit) ?? []).slice(0, PAGE_SIZE),
    }));
  });

  return { markdownTemplateEngine: false, dir: { output: "site" } };
}
