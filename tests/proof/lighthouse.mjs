// Lighthouse as a phone on a slow network, five times per page; the median of every category must reach the bar.

import { writeFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const BASE = process.env.PROOF_URL;
const RESULT = process.argv[2];
const PAGES = ["/", "/register/", "/register/voorbeeld-botbreuken/"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const RUNS = 5;
const BAR = 95;
const FAST = 1000; // Lighthouse slows a machine of at least this speed down to a phone; a busy one gets slower still

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// A run that Lighthouse itself could not record says nothing about the page: it is made again.
async function recorded(address, tries = 4) {
  for (let left = tries; ; left--) {
    try {
      return await once(address);
    } catch (error) {
      if (left <= 1) throw error;
      console.error(`   again: ${error.message}`);
    }
  }
}

// Every run has a browser of its own: nothing is cached, as for somebody who comes for the first time.
async function once(address) {
  const chrome = await launch({
    chromePath: process.env.CHROMIUM,
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const { lhr } = await lighthouse(BASE + address, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    chrome.kill();
  }
}

const points = (lhr, category) => Math.round(lhr.categories[category].score * 100);

// What costs points, with the number that Lighthouse shows beside it.
const lost = (lhr) =>
  CATEGORIES.flatMap((category) =>
    lhr.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => `${category}: ${lhr.audits[id].title} (${lhr.audits[id].displayValue ?? id})`),
  );

const results = [];
for (const page of PAGES) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await recorded(page));
  const medians = Object.fromEntries(CATEGORIES.map((c) => [c, middle(runs.map((lhr) => points(lhr, c)))]));
  const typical = runs.find((lhr) => points(lhr, "performance") === medians.performance);
  const metrics = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];
  results.push({
    page,
    medians,
    runs: runs.map((lhr) => Object.fromEntries(CATEGORIES.map((c) => [c, points(lhr, c)]))),
    metrics: Object.fromEntries(metrics.map((id) => [id, typical.audits[id].displayValue])),
    lost: lost(typical),
    speed: middle(runs.map((lhr) => lhr.environment.benchmarkIndex)), // of this machine while it measured
  });
}
writeFileSync(RESULT, JSON.stringify(results, null, 2) + "\n");

console.log(`  ${"median of " + RUNS}`.padEnd(38) + CATEGORIES.map((c) => c.padStart(16)).join(""));
for (const { page, medians, lost: reasons, speed } of results) {
  const note = speed < FAST ? `   (busy machine: ${Math.round(speed)})` : "";
  console.log(`  ${page}`.padEnd(38) + CATEGORIES.map((c) => String(medians[c]).padStart(16)).join("") + note);
  if (CATEGORIES.some((c) => medians[c] < 100)) for (const reason of reasons) console.log(`      ${reason}`);
}
const low = results.flatMap(({ page, medians }) => CATEGORIES.filter((c) => medians[c] < BAR).map((c) => `${page} ${c}`));
console.log(`lighthouse: ${low.length ? `FAILED, under ${BAR}: ${low.join(", ")}` : "ok"} (${PAGES.length} pages, ${RUNS} runs each; lighthouse.json)`);
process.exitCode = low.length ? 1 : 0;
