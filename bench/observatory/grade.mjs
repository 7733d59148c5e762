// Grades a site on this machine as MDN's HTTP Observatory does: `node grade.mjs HTTP HTTPS`, two
// ports of localhost. Its own `scan` takes no ports, so what it does with the answers is done here
// (src/scanner/index.js): its retriever, all of its tests, its scores.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(import.meta.resolve("@mdn/mdn-http-observatory"));
const home = dirname(dirname(main));
const own = (path) => import(join(home, "src", path));

// Its list of hosts that browsers know to be encrypted is fetched when it is installed, which we
// do not let it do. This host is not in it.
writeFileSync(join(home, "conf", "hsts-preload.json"), "{}");

const { retrieve } = await own("retriever/retriever.js");
const { ALL_TESTS } = await own("constants.js");
const { getGradeForScore, getScoreModifier } = await own("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await own("grader/charts.js");

const [httpPort, httpsPort] = process.argv.slice(2).map(Number);
const answers = await retrieve("localhost", { httpPort, httpsPort });
if (answers.responses.auto?.status !== 200) throw new Error("the site does not answer");

let plain = 100;
let credit = 100;
const tests = {};
for (const test of ALL_TESTS) {
  const found = test(answers);
  const points = getScoreModifier(found.result);
  credit += points;
  plain += Math.min(points, 0);
  tests[found.constructor.name] = { result: found.result, pass: found.pass, points };
}
const { grade, score } = getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? credit : plain);
console.log(JSON.stringify({ grade, score, tests }));
