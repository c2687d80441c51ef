// Everything can be read without this: it filters, searches, sorts and folds.
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

  // Long parts begin folded, and unfold for print and for whatever an address points at.
  const folds = all('details');
  const contents = document.querySelector('.toc details');
  const narrow = matchMedia('(max-width: 67.99rem)');
  const fold = (open) => folds.forEach((part) => { if (part !== contents) part.open = open; });
  fold(false);
  const fit = () => { if (contents) contents.open = !narrow.matches; };
  fit();
  narrow.addEventListener('change', fit);
  let before = null;
  addEventListener('beforeprint', () => { before = folds.map((part) => part.open); folds.forEach((part) => { part.open = true; }); });
  addEventListener('afterprint', () => { if (before) folds.forEach((part, index) => { part.open = before[index]; }); before = null; });
  const clears = [];
  const reveal = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const target = id ? document.getElementById(id) : null;
    if (!target) return;
    if (target.closest('[hidden]')) clears.forEach((clear) => clear());
    for (let part = target.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link && link.hash === location.hash) reveal();
  });
  all('.tools').forEach((tools) => {
    tools.hidden = false;
    tools.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) fold(button.dataset.fold === 'open');
    });
  });

  // Whatever an address points at comes to lie below the filter bar.
  const bars = all('.bar');
  const room = () => {
    const heights = bars.filter((bar) => !bar.hidden && getComputedStyle(bar).position === 'sticky').map((bar) => bar.offsetHeight);
    document.documentElement.style.setProperty('--bar', `${Math.max(0, ...heights)}px`);
  };
  addEventListener('resize', room);

  // Filters: each bar names its rows; a row is shown when every control of the bar agrees.
  all('.bar').forEach((bar) => {
    const scope = bar.closest('section');
    const rows = all(bar.dataset.rows, scope);
    const groups = all(bar.dataset.groups, scope);
    const shown = scope.querySelector('.shown');
    if (rows.length === 0) return;
    // Taken once: sorting moves rows out of their clause.
    const clauses = rows.map((row) => { const group = row.closest('[data-c]'); return group ? group.dataset.c : ''; });
    // An article that tells of several findings of one kind counts as so many.
    const weights = rows.map((row) => Number(row.dataset.n || 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let texts = null;
    const textOf = (index) => {
      if (!texts) texts = rows.map((row, at) => `${row.textContent} ${clauses[at]}`.toLowerCase());
      return texts[index];
    };
    const apply = () => {
      const words = all('[data-by="text"]', bar).map((field) => field.value.toLowerCase().split(/\s+/)).flat().filter(Boolean);
      const boxes = all('[data-by="class"]', bar);
      const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      const some = kinds.size > 0 && kinds.size < boxes.length;
      const clause = all('[data-by="clause"]', bar).map((field) => field.value).find(Boolean) || '';
      const active = words.length > 0 || some || clause !== '';
      let number = 0;
      rows.forEach((row, index) => {
        const kind = !some || [...row.classList].some((name) => kinds.has(name));
        const place = !clause || clauses[index] === clause || clauses[index].startsWith(`${clause}.`);
        const fits = kind && place && words.every((word) => textOf(index).includes(word));
        if (fits) number += weights[index];
        if (row.hidden === fits) row.hidden = !fits;
      });
      groups.forEach((group) => { group.hidden = active && !group.querySelector(`:scope ${bar.dataset.rows}:not([hidden])`); });
      if (shown) {
        shown.textContent = shown.dataset.words.replace('{n}', number).replace('{m}', total);
        shown.classList.toggle('on', active);
      }
    };
    let timer = 0;
    const soon = () => { clearTimeout(timer); timer = setTimeout(apply, 90); };
    bar.addEventListener('input', soon);
    const clear = () => {
      all('input[type="search"], select', bar).forEach((field) => { field.value = ''; });
      all('input[type="checkbox"]', bar).forEach((box) => { box.checked = false; });
      apply();
    };
    all('button', bar).forEach((button) => button.addEventListener('click', clear));
    clears.push(clear);
    bar.hidden = false;
    if (shown) shown.hidden = false;
    apply();
  });

  // Sorting: a head becomes a button; ascending, descending, as it was.
  all('table.sort').forEach((table) => {
    const bodies = [...table.tBodies];
    const original = bodies.map((body) => [...body.rows]);
    const heads = all('thead th', table);
    const sort = (column, turn) => {
      heads.forEach((head, index) => {
        if (index === column && turn) head.setAttribute('aria-sort', turn > 0 ? 'ascending' : 'descending');
        else head.removeAttribute('aria-sort');
      });
      if (turn === 0) {
        bodies.forEach((body, index) => { body.append(...original[index]); });
        all('tr.top, tr.sub', table).forEach((row) => { row.hidden = false; });
        const bar = table.closest('section').querySelector('.bar');
        if (bar) bar.dispatchEvent(new Event('input'));
        return;
      }
      const rows = original.flat().filter((row) => !row.matches('.top, .sub'));
      const key = new Map(rows.map((row) => [row, row.cells[column] ? row.cells[column].textContent.trim() : '']));
      rows.sort((left, right) => turn * collator.compare(key.get(left), key.get(right)));
      all('tr.top, tr.sub', table).forEach((row) => { row.hidden = true; });
      bodies[0].hidden = false;
      bodies[0].append(...rows);
    };
    heads.forEach((head, column) => {
      const words = head.textContent.trim();
      if (!words) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = words;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const now = head.getAttribute('aria-sort');
        sort(column, now === 'ascending' ? -1 : now === 'descending' ? 0 : 1);
      });
    });
  });

  // The contents show where the reader is.
  const links = new Map(all('.toc a').map((link) => [link.hash.slice(1), link]));
  const marks = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const visible = new Set();
  const watch = new IntersectionObserver((entries) => {
    entries.forEach((entry) => { if (entry.isIntersecting) visible.add(entry.target); else visible.delete(entry.target); });
    const current = marks.filter((mark) => visible.has(mark)).pop();
    if (!current) return;
    links.forEach((link, id) => { if (id === current.id) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current'); });
  }, { rootMargin: '0px 0px -70% 0px' });
  marks.forEach((mark) => watch.observe(mark));
  room();
  reveal();
})();
