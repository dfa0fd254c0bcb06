import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Indicator } from '../../vocabulary/figures.ts';
import { draftRelease } from './draft.ts';
import { counting, extras, signedReturn } from './examples.ts';
import { publicMarkdown } from './placeholder.ts';
import { applyPolicy } from './public-figures.ts';
import { getPolicy } from './publication-policy.ts';
import { listStatedFigures } from './stated-figures.ts';

const now = getPolicy('in force from 2026');

test('figures that weigh those of the text are in the table and not in the prose', () => {
  const draft = draftRelease(signedReturn, now, extras);
  const told = applyPolicy(signedReturn, now, extras.decisions);
  const text = publicMarkdown(draft.body, told);
  assert.ok(text.ok);
  assert.doesNotMatch(
    text.value,
    /screened|without a record|answered|refused|called off|on the plan|no damage|prove|these figures/i,
  );
  const by = { edition: 'an edition', definitionOf: (indicator: Indicator) => indicator };
  const tabled = (texts: readonly string[], given = told) =>
    Object.fromEntries(
      listStatedFigures(texts, given, by).flatMap(({ key, part, quantity }) =>
        part === null
          ? [[key, quantity.kind === 'number' ? quantity.value : quantity.kind === 'words' ? quantity.words : null]]
          : [],
      ),
    );
  const beside = {
    'premises.visited': 8,
    'visits.made': 8,
    'visits.refused': 0,
    'damage.done': 0,
  };
  const shown = tabled([draft.title, draft.body]);
  assert.deepEqual({ ...shown, ...beside }, shown);
  for (const one of ['visits.nobodyFound', 'visits.calledOff'])
    assert.ok(!(one in shown), 'one visit is one address that neighbours know');
  for (const one of ['arrests.screened', 'arrests.notScreened'])
    assert.ok(!(one in shown), 'three of four were screened, so one person was not');
  const both = applyPolicy(counting({ 'arrests.made': 9, 'arrests.screened': 7, 'arrests.notScreened': 2 }), now);
  assert.deepEqual(tabled(['{{arrests.made}} arrests'], both), {
    'arrests.made': 9,
    'arrests.screened': 7,
    'arrests.notScreened': 2,
  });
  assert.ok(!('premises.planned' in shown), 'withheld: a team may still come');
  assert.deepEqual(tabled(['Nothing is counted here.']), {}, 'a writer who tells no figure brings none');
  assert.ok(!('arrests.screened' in tabled(['{{premises.visited}} addresses'])), 'it would give the number arrested');
  const noughts = counting({ 'premises.visited': 8, 'warrants.executed': 0, 'people.advised': 0, 'seizures.made': 2 });
  const given = applyPolicy(noughts, now);
  assert.deepEqual(tabled(['{{premises.visited}} addresses'], given), {
    'premises.visited': 8,
    'warrants.executed': 0,
    'people.advised': 0,
  });
});
