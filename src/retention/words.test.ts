import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { recordOf, ruleFor } from './examples.ts';
import { proposals, readProposals } from './load.ts';
import { type RetainedRecord, retentionStatusOn } from './retention-status.ts';
import { retentionWords, ruleWords } from './words.ts';

const text = readFileSync(new URL('./proposals.yaml', import.meta.url), 'utf8');

test('has one proposal for each class, in words', () => {
  assert.deepEqual(
    proposals.map((proposal) => `${proposal.class}: ${ruleWords(proposal)}`),
    [
      'met without concern: Destroyed 28 days after it last began anew',
      'person helped: Destroyed two years after it last began anew; not before the person is 25',
      'victim or witness: Destroyed six years after it last began anew',
      'offence of any other kind: Destroyed six years after it last began anew',
      'serious offence: Reviewed ten years after it last began anew, then each ten years',
      'public protection: Reviewed each ten years; destroyed when the person is 100',
    ],
  );
});

const broken: readonly [what: string, from: string, to: string, says: RegExp][] = [
  ['a class missing', 'class: serious offence', 'class: public protection', /must occur once in the proposals/],
  ['a source that nobody names', 'sources: [NHSRM]', 'sources: [NHS]', /no source NHS/],
  ['no time and no review', 'period: { years: 2 }', 'period: null', /has no time/],
  ['a review without a next', 'reviewEvery: { years: 10 }', 'reviewEvery: null', /never again/],
  [
    'nothing to check',
    'check: ["The ten years are general knowledge, not read in the text in force."]',
    'check: []',
    /./,
  ],
];

for (const [what, from, to, says] of broken) {
  test(`proposals are refused that have ${what}`, () => {
    assert.ok(text.includes(from), from);
    assert.throws(() => readProposals(text.replace(from, to)), says);
  });
}

const helped = recordOf('person helped', '2020-09-01');
const rule = ruleFor('person helped', { period: { years: 2 } });
const reviewed = ruleFor('serious offence', {
  period: { years: 10 },
  ends: 'after a review',
  reviewEvery: { years: 10 },
});
const endless = ruleFor('serious offence', { period: null, ends: 'after a review' });
const keep = (why: RetainedRecord['keeps'][number]['why']): RetainedRecord => ({
  ...helped,
  keeps: [{ why, recordedOn: '2020-09-01', endedOn: null }],
});

const said: readonly (readonly [RetainedRecord, typeof rule, asked: string, words: string])[] = [
  [
    recordOf('met without concern', '2026-09-16'),
    rule,
    '2026-09-16',
    'Destroyed on 14 October 2026. Records of people met without concern are kept for at most 28 days',
  ],
  [helped, rule, '2022-08-30', 'Destroyed soon, on 2 September 2022'],
  [helped, rule, '2022-09-02', 'Will be destroyed when Safelight next deletes records'],
  [helped, reviewed, '2022-09-02', 'Kept until your agency sets a rule for records of this class'],
  [keep('legal hold'), rule, '2022-09-02', 'Kept while the record is on hold'],
  [keep('linked record'), rule, '2022-09-02', 'Kept as long as the case that it belongs to'],
  [keep('help goes on'), rule, '2022-09-02', 'Kept while help continues. The retention period starts when help ends'],
  [recordOf('serious offence', '2020-05-10'), reviewed, '2022-09-02', 'At least until it is reviewed on 11 May 2030'],
  [
    recordOf('serious offence', '2010-05-10'),
    reviewed,
    '2022-09-02',
    'Until somebody decides: a review has been due since 11 May 2020',
  ],
  [recordOf('serious offence', '2010-05-10'), endless, '2022-09-02', 'Until somebody decides'],
];

for (const [record, one, asked, words] of said) {
  test(`a record says: ${words}`, () => assert.equal(retentionWords(retentionStatusOn(record, [one], asked)), words));
}
