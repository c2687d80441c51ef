// The browser, the program, and the pages that it makes: what the checks and the pictures share.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(root, process.env.CLAUSEWISE ?? 'target/debug/clausewise');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A new folder for what a run writes. */
export const scratch = () => mkdtempSync(join(tmpdir(), 'clausewise-pages-'));

/** Writes a page with the program and gives its address. Findings are no failure here. */
export function page(folder, name, command, repository, ...options) {
  const path = join(folder, `${name}.html`);
  try {
    execFileSync(program, [command, repository, '--as-of', '2026-10-15', '-o', path, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    if (error.status !== 1 && error.status !== 3) throw new Error(`${command} ${repository}: ${error.stderr ?? error}`);
  }
  return { name, path, url: pathToFileURL(path).href };
}

/** The browser, without anything of its own that would ask the network. */
export function launch() {
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}; install the Debian package chromium, or name one in CHROMIUM`);
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...quiet] });
}
