// Makes the pictures of the README again: CLAUSEWISE=target/debug/clausewise node tests/browser/pictures.mjs
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launch, page, root, scratch } from './browser.mjs';

const folder = scratch();
const images = join(root, 'docs', 'images');
mkdirSync(images, { recursive: true });
const gaps = join(root, 'examples', 'gaps');
const browser = await launch();

/** What of a page is shown: where it is scrolled to. */
const pictures = [
  { name: 'gap', made: page(folder, 'gap', 'gap', gaps), to: '#summary' },
  { name: 'soa', made: page(folder, 'soa', 'soa', gaps), to: '[id="8"]' },
  { name: 'checklist', made: page(folder, 'checklist', 'checklist', gaps, '--audit', 'stage2'), to: '[id="8.6.1-s3"]' },
];
for (const { name, made, to } of pictures) {
  const tab = await browser.newPage({ viewport: { width: 1180, height: 700 }, deviceScaleFactor: 0.85, colorScheme: 'light' });
  await tab.goto(made.url);
  await tab.waitForTimeout(300);
  await tab.locator(to).evaluate((element) => { element.scrollIntoView(); });
  await tab.waitForTimeout(300);
  const path = join(images, `${name}.png`);
  await tab.screenshot({ path });
  await tab.close();
  console.log(`${path}: ${Math.round(statSync(path).size / 1024)} kB`);
}
await browser.close();
rmSync(folder, { recursive: true, force: true });
