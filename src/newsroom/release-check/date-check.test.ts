import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftRelease } from '../drafting/draft.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { publicMarkdown } from '../drafting/placeholder.ts';
import { applyPolicy } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';

const now = getPolicy('in force from 2026');
const told = applyPolicy(signedReturn, now, extras.decisions);
const bodyOn = (publishOn: string): string => draftRelease(signedReturn, now, { ...extras, publishOn }).body;
const saidOn = (publishOn: string): string => {
  const said = publicMarkdown(bodyOn(publishOn), told);
  return said.ok ? said.value : assert.fail(said.refusal);
};
const tense = (text: string, publishOn: string): string[] =>
  checkText(text, told, { publishOn, justifications: [], contacts: [] }).flatMap(({ typed, kind, must, blocks }) =>
    kind === 'contradiction' && must === 'change' && blocks ? [typed] : [],
  );

// The operation ends on 18 September 2026, the week on 20 September.
test('a draft is in the present until the last day of the week, and in the past afterwards', () => {
  const during = saidOn('2026-09-16');
  assert.match(
    during,
    /Lea Vale Constabulary is taking part in the week of action against sexual exploitation from 14/,
  );
  assert.match(
    during,
    /The week is part of the Europe-wide week of action against trafficking, in which 23 countries take part\./,
  );
  assert.match(during, /The operation is taking place from 14 to 18 September 2026\./);
  assert.match(during, /The aim is to find people/);
  const between = saidOn('2026-09-19');
  assert.match(between, /is taking part in the week of action/);
  assert.match(between, /partners visited [^.]* from 14 to 18 September 2026\./);
  const after = saidOn('2026-09-21');
  assert.match(
    after,
    /The visits were part of the week[^.]*\. The week was part of[^.]*, in which 23 countries took part\./,
  );
  assert.match(after, /The aim was to find people/);
  assert.doesNotMatch(after, /taking/);
});

test('a release in the tense of another day must be changed before it is read', () => {
  for (const day of ['2026-09-16', '2026-09-19', '2026-09-20', '2026-09-21', '2026-09-25'])
    assert.deepEqual(tense(bodyOn(day), day), [], day);
  assert.deepEqual(tense(bodyOn('2026-09-16'), '2026-09-21'), ['is taking place', 'is taking part in']);
  const early = 'Lea Vale Constabulary took part in the week of action against sexual exploitation.';
  assert.deepEqual(tense(early, '2026-09-20'), ['took part in the ']);
  assert.deepEqual(tense('Partners took part in a briefing.', '2026-09-16'), []);
});
