import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestParts, findChanges } from './paper-versions.ts';
import type { StaffPaper } from './staff-paper.ts';

const paper = (more: Partial<StaffPaper> = {}, damage: string | null = 'A door'): StaffPaper => ({
  title: 'Search record',
  about: 'Blue Door',
  marking: 'OFFICIAL',
  lead: [],
  sections: [
    { kind: 'rows', title: 'Power', rows: [{ asks: 'Power', says: 'A warrant' }] },
    { kind: 'rows', title: 'Search', rows: [{ asks: 'Damage', says: damage }] },
  ],
  sources: [],
  ...more,
});
const made = { parts: digestParts(paper(), 'key') };

for (const [name, other, changes] of [
  ['nothing', paper(), []],
  ['an answer', paper({}, 'A lock'), ['Search']],
  ['an answer that is blank now', paper({}, null), ['Search']],
  ['a section that is gone', paper({ sections: paper().sections.slice(0, 1) }), ['Search']],
  [
    'a section that is new',
    paper({ sections: [...paper().sections, { kind: 'list', title: 'More', items: [] }] }),
    ['More'],
  ],
  ['the title', paper({ about: 'Red Gate' }), ['Title, introduction and sources']],
] as const)
  test(`finds ${name}`, () => assert.deepEqual(findChanges(made, other, ['key']), changes));

test('a digest under an earlier key is no change, and a digest without the key tells nothing', () => {
  assert.deepEqual(findChanges(made, paper(), ['new key', 'key']), []);
  assert.notDeepEqual(digestParts(paper(), 'key'), digestParts(paper(), 'new key'));
  assert.doesNotMatch(JSON.stringify(made.parts), /warrant|door/);
});
