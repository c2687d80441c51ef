// What has to hold of every page. Each check throws with words that say what does not.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Ids are those of the standard and of records: "8.6.1-s3". HTML allows any without white space.
    'valid-id': ['error', { relaxed: true }],
    // Void elements are written as HTML has them; a row of a table is one line.
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
  },
});

export function fail(words) {
  throw new Error(words);
}

export async function valid(page) {
  const report = await validator.validateFile(page.path);
  const told = report.results.flatMap((result) => result.messages).slice(0, 8).map((message) => `${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
  if (!report.valid) fail(`html-validate: ${report.errorCount} errors\n  ${told.join('\n  ')}`);
}

/** Opens a page in a context of its own; whatever it asks for and complains of is an error. */
export async function open(browser, page, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
  const tab = await context.newPage();
  const faults = [];
  tab.on('console', (message) => { if (message.type() !== 'info') faults.push(`console: ${message.text()}`); });
  tab.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  tab.on('dialog', (dialog) => { faults.push('a dialog'); dialog.dismiss(); });
  tab.on('request', (request) => { if (request.url().split('#')[0] !== page.url && !request.url().startsWith('data:image/')) faults.push(`request: ${request.url()}`); });
  const started = Date.now();
  await tab.goto(page.url);
  tab.loadedIn = Date.now() - started;
  tab.done = async () => {
    await context.close();
    if (faults.length > 0) fail(faults.slice(0, 5).join('\n  '));
  };
  return tab;
}

export async function anchors(tab) {
  const lost = await tab.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id ${id} twice`);
    const known = new Set(ids);
    const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '(none)');
    return [...twice, ...links.filter((link) => !link.startsWith('#') || !known.has(decodeURIComponent(link.slice(1))))];
  });
  if (lost.length > 0) fail(`links that lead nowhere, or ids twice: ${lost.slice(0, 8).join(', ')}`);
}

/** Accessibility with everything unfolded. Of rows that look alike, the first few stand for all. */
export async function accessible(tab, words) {
  await tab.evaluate(axe);
  const violations = await tab.evaluate(async () => {
    document.querySelectorAll('details').forEach((part) => { part.open = true; });
    const met = new Map();
    document.querySelectorAll('main tr, main article, main li, .c').forEach((part) => {
      const like = `${part.closest('main > section')?.id} ${part.tagName} ${part.className}`;
      met.set(like, (met.get(like) ?? 0) + 1);
      if (met.get(like) > 4) part.remove();
    });
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const result = await window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return result.violations.map((found) => `${found.id} (${found.nodes.length}): ${found.help}; ${found.nodes.slice(0, 2).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  });
  if (violations.length > 0) fail(`axe, ${words}:\n  ${violations.join('\n  ')}`);
}

export async function fitsWidth(tab, width) {
  const wide = await tab.evaluate(() => {
    document.querySelectorAll('details').forEach((part) => { part.open = true; });
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return null;
    const out = [...document.querySelectorAll('main *')].find((element) => element.getBoundingClientRect().right > limit + 1 && !element.closest('.t'));
    return `${document.documentElement.scrollWidth}: ${out ? out.outerHTML.slice(0, 200) : 'unknown'}`;
  });
  if (wide) fail(`the page scrolls sideways at ${width}: ${wide}`);
}

/** On paper: no filter bar, every part, heads that repeat. */
export async function prints(tab) {
  await tab.emulateMedia({ media: 'print' });
  const faults = await tab.evaluate(() => {
    const seen = (element) => element.checkVisibility({ contentVisibilityAuto: false, visibilityProperty: true });
    const bars = [...document.querySelectorAll('.bar, .tools, .skip')].filter(seen).map((element) => `on paper: ${element.className}`);
    const heads = [...document.querySelectorAll('thead')].filter((head) => getComputedStyle(head).display !== 'table-header-group').map(() => 'a head that does not repeat');
    const rows = [...document.querySelectorAll('main tr, article')].filter((row) => row.getBoundingClientRect().height === 0 && !row.closest('thead, .screen'));
    return [...bars, ...heads, ...rows.slice(0, 3).map((row) => `not on paper: ${row.outerHTML.slice(0, 120)}`)];
  });
  await tab.emulateMedia({ media: 'screen' });
  if (faults.length > 0) fail(faults.slice(0, 5).join('\n  '));
}

/** Everything can be seen without a script, but for what needs one. */
export async function readable(tab) {
  const unseen = await tab.evaluate(() => {
    const needsScript = '.bar, .bar *, .shown, .tools, .tools *, .ticks, .ticks *, .ph, .paper, br, wbr, title, desc, option';
    const parts = [...document.querySelectorAll('main *')].filter((element) => !element.matches(needsScript) && !element.checkVisibility());
    return parts.slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
  });
  if (unseen.length > 0) fail(`cannot be seen without a script: ${unseen.join(' | ')}`);
}
