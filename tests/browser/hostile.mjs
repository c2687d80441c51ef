// A repository whose texts try to become markup, script, template or address.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What must appear as text, wherever it appears. */
export const attacks = [
  '"><img src=x onerror="document.title=`caught`">',
  '</script><script>document.title="caught"</script>',
  "' onmouseover='document.title=1' x='",
  '{{ 7*7 }}',
  '{% include "/etc/passwd" %}',
  '[a](javascript:document.title=1)',
  '<iframe src="data:text/html,x"></iframe>',
  '</style><style>*{display:none}</style>',
  '<svg/onload=document.title=1>',
];

/** What turns a line round, and what is not seen at all. */
const turned = '\u202Eesrever\u2066 \u200B';

const quoted = (text) => JSON.stringify(text);

/** Writes it into a folder. */
export function hostileRepository(folder) {
  mkdirSync(folder, { recursive: true });
  const write = (name, text) => writeFileSync(join(folder, name), text);
  write('clausewise.yaml', `organization: {name: ${quoted(`Ltd ${attacks[0]}`)}, unit: ${quoted(attacks[1])}}
roles: {top_management: [${quoted(`Ann ${attacks[4]}`)}]}
report: {prepared_by: ${quoted(attacks[8])}, classification: ${quoted(attacks[7])}}
`);
  [...attacks, `Rules ${turned}`].forEach((attack, index) => {
    write(`policy-${index}.md`, `---
id: POL-${index}
title: ${quoted(`Policy ${attack}`)}
kind: service-management-policy
status: draft
version: "1.0"
owner: ${quoted(`Owner ${attack}`)}
approved_by: ${quoted(attack)}
approved_on: 2020-01-01
next_review: 2020-02-01
---

# Policy ${attack}

Commitment to the services. See [there](nowhere-${index}.md) and [x](javascript:document.title=1).
`);
  });
  write('catalogue.yaml', `kind: service-catalogue
entries:
${[...attacks, turned].map((attack, index) => `  - {id: SVC-${index}, name: ${quoted(attack)}, status: live, owner: ${quoted(attack)}}`).join('\n')}
`);
  write('nonconformities.yaml', `kind: nonconformity-record
records:
${attacks.map((attack, index) => `  - {id: ${quoted(`NC-${index} ${attack}`)}, title: ${quoted(attack)}, found_on: 2026-08-01, status: open, due: 2026-09-01}`).join('\n')}
  - {id: NC-BIDI, title: ${quoted(turned)}, found_on: 2026-08-01, status: open, due: 2026-09-01}
`);
}

/** A repository with so many changes that each break some eighteen rules. */
export function largeRepository(folder, number) {
  mkdirSync(folder, { recursive: true });
  const record = (_, index) => `  - {id: CHG-${index}, title: Change ${index}, requested_on: 2026-03-01, category: normal, approved_on: 2026-04-02, approved_by: Jane Doe, implemented_on: 2026-04-01, status: closed, back_out: none}`;
  writeFileSync(join(folder, 'changes.yaml'), `kind: change-record\nrecords:\n${Array.from({ length: number }, record).join('\n')}\n`);
}
