// The pages in a real browser. The program is named by CLAUSEWISE, the browser by CHROMIUM; any fault ends in exit code 1.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { launch, page, root, scratch } from './browser.mjs';
import { accessible, anchors, fail, fitsWidth, open, prints, readable, valid } from './checks.mjs';
import { attacks, hostileRepository, largeRepository } from './hostile.mjs';

const folder = scratch();
const example = (name) => join(root, 'examples', name);
let failed = 0;

/** One check: told when it fails, and told how long it took. */
async function check(words, work) {
  const started = Date.now();
  try {
    const more = await work();
    console.log(`ok   ${words}${more ? `: ${more}` : ''} (${Date.now() - started} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${words}\n  ${error.message}`);
  }
}

const browser = await launch();
const pages = [
  page(folder, 'gap-gaps', 'gap', example('gaps')),
  page(folder, 'gap-complete', 'gap', example('complete')),
  page(folder, 'gap-starter', 'gap', example('starter')),
  page(folder, 'soa-gaps', 'soa', example('gaps')),
  page(folder, 'soa-complete', 'soa', example('complete')),
  page(folder, 'checklist-gaps', 'checklist', example('gaps'), '--audit', 'internal'),
  page(folder, 'checklist-stage1', 'checklist', example('complete'), '--audit', 'stage1'),
];
// Contrast is measured node by node, so it is measured where every kind of part occurs.
const measured = new Set(['gap-gaps', 'soa-gaps', 'checklist-stage1']);

for (const one of pages) {
  await check(`${one.name}: valid, quiet, anchored, printable`, async () => {
    // The pages of both examples have the same parts; the one with gaps has more of them.
    if (one.name !== 'gap-complete') await valid(one);
    const tab = await open(browser, one);
    await anchors(tab);
    await prints(tab);
    await tab.setViewportSize({ width: 390, height: 844 });
    await fitsWidth(tab, 390);
    await tab.done();
    return `loaded in ${tab.loadedIn} ms`;
  });
  if (!measured.has(one.name)) continue;
  for (const colorScheme of ['light', 'dark']) {
    await check(`${one.name}: accessible, ${colorScheme}`, async () => {
      const tab = await open(browser, one, { colorScheme });
      await accessible(tab, colorScheme);
      await tab.done();
    });
  }
  await check(`${one.name}: readable without a script`, async () => {
    const tab = await open(browser, one, { javaScriptEnabled: false });
    await readable(tab);
    await tab.done();
  });
}

const shownIn = (tab, section) => tab.locator(`${section} .shown`).innerText();
const visible = (tab, rows) => tab.locator(rows).evaluateAll((all) => all.filter((row) => !row.hidden).length);
const settled = (tab) => tab.waitForTimeout(250);

await check('gap-gaps: filter, search, sort, keyboard', async () => {
  const tab = await open(browser, pages[0]);
  const all = await visible(tab, '#gaps article');
  await tab.keyboard.press('Tab');
  if ((await tab.evaluate(() => document.activeElement.className)) !== 'skip') fail('the first stop of the keyboard is no way to the report');
  await tab.locator('#gaps input[value="observation"]').check();
  await settled(tab);
  const observations = await visible(tab, '#gaps article');
  if (observations === 0 || observations >= all) fail(`${observations} of ${all} observations`);
  if (!(await shownIn(tab, '#gaps')).startsWith(`${observations} of ${all} `)) fail('the number shown is not told');
  await tab.locator('#gaps select').selectOption('7.5');
  await settled(tab);
  const narrowed = await visible(tab, '#gaps article');
  if (narrowed === 0 || narrowed >= observations) fail(`${narrowed} of ${observations} in 7.5`);
  // A link to what the filter hides shows it all the same.
  await tab.evaluate(() => { location.hash = document.querySelector('#gaps article[hidden] h5 a').id; });
  await settled(tab);
  if ((await visible(tab, '#gaps article')) !== all) fail('a link to a hidden finding leads to nothing');
  await tab.locator('#gaps input[type="search"]').fill('nordhall contract');
  await settled(tab);
  const found = await visible(tab, '#gaps article');
  if (found === 0 || found > 3) fail(`the search finds ${found}`);
  await tab.locator('#register input[value="contradicted"]').check();
  await settled(tab);
  const contradicted = await visible(tab, '#register tr.r');
  if (contradicted !== (await tab.locator('#register tr.contradicted').count())) fail('the register does not filter');
  await tab.locator('#register .bar button').click();
  await tab.locator('#register summary').click();
  const head = tab.locator('#register thead th').nth(2);
  await head.locator('button').click();
  const words = await tab.locator('#register tr.r td:nth-of-type(2)').allInnerTexts();
  if ((await head.getAttribute('aria-sort')) !== 'ascending' || words.join() !== [...words].sort().join()) fail('sorting by verdict does not sort');
  await head.locator('button').click();
  await head.locator('button').press('Enter');
  if ((await tab.locator('#register tr.r').first().getAttribute('id')) !== '4.1-s1' || (await head.getAttribute('aria-sort')) !== null) fail('the order of the standard does not come back');
  await tab.goto(`${pages[0].url}#8.6.1-s3`);
  if (!(await tab.locator('[id="8.6.1-s3"]').isVisible())) fail('a link into a folded part does not unfold it');
  await tab.done();
});

await check('checklist-gaps: filter by result, clause and text', async () => {
  const tab = await open(browser, pages[5]);
  const all = await visible(tab, '#_rows article');
  await tab.locator('#_rows select').selectOption({ index: 3 });
  await settled(tab);
  const group = await visible(tab, '#_rows article');
  if (group === 0 || group >= all) fail(`${group} of ${all} rows of a group`);
  await tab.locator('#_rows input[value="major"]').check();
  await settled(tab);
  if ((await visible(tab, '#_rows article')) !== 0) fail('nobody has answered, and a result is found');
  await tab.locator('#_rows .bar button').click();
  await tab.locator('#_rows input[type="search"]').fill('8.6.1-s3');
  await settled(tab);
  if ((await visible(tab, '#_rows article')) === 0) fail('an id is not found');
  await tab.done();
});

await check('hostile texts appear as text and do nothing', async () => {
  const repository = join(folder, 'hostile');
  hostileRepository(repository);
  const made = [page(folder, 'hostile-gap', 'gap', repository), page(folder, 'hostile-soa', 'soa', repository), page(folder, 'hostile-checklist', 'checklist', repository)];
  let told = '';
  for (const one of made) {
    await valid(one);
    const tab = await open(browser, one);
    await anchors(tab);
    await tab.waitForTimeout(200);
    told += await tab.evaluate(() => document.documentElement.textContent);
    const title = await tab.title();
    if (!title.includes('<img src=x')) fail(`the title became ${title}`);
    const strange = await tab.evaluate(() => [...document.querySelectorAll('img, iframe, object, embed, link, base, form, main script, main style, [onerror], [onload], [onmouseover], a:not([href^="#"])')].map((element) => element.outerHTML.slice(0, 120)));
    if (strange.length > 0) fail(`became an element: ${strange.join(' | ')}`);
    await tab.done();
  }
  const lost = attacks.filter((attack) => !told.includes(attack));
  if (lost.length > 0) fail(`not found as text: ${lost.join(' | ')}`);
  if (!told.includes('<U+202E>') || /[\u202A-\u202E\u2066-\u2069\u200B]/u.test(told)) fail(`a control of direction came through, or is not shown: ${told.match(/.{0,40}(U\+202E|esrever).{0,40}/u)?.[0]}`);
});

await check('2,000 findings filter without delay', async () => {
  const repository = join(folder, 'large');
  largeRepository(repository, 112);
  const one = page(folder, 'large', 'gap', repository);
  const tab = await open(browser, one);
  const all = await visible(tab, '#gaps article');
  if (all < 2000) fail(`only ${all} findings`);
  const took = await tab.evaluate(async () => {
    const field = document.querySelector('#gaps input[type="search"]');
    const shown = document.querySelector('#gaps .shown');
    const started = performance.now();
    field.value = 'chg-77';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    while (!shown.classList.contains('on')) await new Promise((resolve) => { setTimeout(resolve, 5); });
    document.body.getBoundingClientRect();
    return Math.round(performance.now() - started);
  });
  await tab.done();
  if (took > 1500) fail(`the search took ${took} ms`);
  return `${all} findings, loaded in ${tab.loadedIn} ms, searched in ${took} ms`;
});

await browser.close();
rmSync(folder, { recursive: true, force: true });
console.log(failed === 0 ? 'all pages hold' : `${failed} checks failed`);
process.exit(failed === 0 ? 0 : 1);
