import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type Indicator, type SignedReturn } from '../../vocabulary/figures.ts';
import { draftRelease } from '../drafting/draft.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy, type PublishableReturn } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { Finding, Justification } from './finding.ts';
import { numbersIn } from './numbers.ts';

const now = getPolicy('in force from 2026');
const told = applyPolicy(signedReturn, now, extras.decisions);
const contacts = ['999', '101', '18001101', '+448000121700', '+448001111', 'https://www.modernslaveryhelpline.org'];
const check = (
  text: string,
  given: PublishableReturn = told,
  justifications: readonly Justification[] = [],
): Finding[] => checkText(text, given, { publishOn: extras.publishOn, justifications, contacts });
const brief = (findings: readonly Finding[]): string[] => findings.map(({ kind, typed }) => `${kind}: ${typed}`);

test('numbers are found in digits and in words, each with its kind and value', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['a dozen addresses and two dozen more', ['count 12: a dozen', 'count 24: two dozen']],
    ['twenty-five people, one hundred and four visits', ['count 25: twenty-five', 'count 104: one hundred and four']],
    ['1,250 people and 2 million more', ['count 1250: 1,250', 'count 2000000: 2 million']],
    ['a pair of shops, a couple of men, the pair were arrested', ['count 2: pair', 'count 2: couple', 'count 2: pair']],
    ['both women; both police and partners', ['count 2: both']],
    [
      'aged 30, 32 and 37; a 32-year-old; thirty years old',
      ['age 30: 30', 'age 32: 32', 'age 37: 37', 'age 32: 32', 'age 30: thirty'],
    ],
    [
      '40% or 12 per cent, half of them, one in three people',
      ['share 40: 40', 'share 12: 12', 'share: half', 'share 1: one', 'count 3: three'],
    ],
    ['£5,000 over two weeks', ['money 5000: 5,000', 'duration 2: two']],
    [
      'nobody was arrested, no arrests, no one, none',
      ['nought 0: nobody', 'nought 0: no', 'nought 0: no one', 'nought 0: none'],
    ],
    ['dozens, hundreds and several people', ['vague: dozens', 'vague: hundreds', 'vague: several']],
    ['16-22 September 2019 and Wednesday 25 September', ['date: 16-22 September 2019', 'date: Wednesday 25 September']],
    ['call 101 or 08000 121 700, in an emergency 999', ['phone 101: 101', 'phone: 08000 121 700', 'count 999: 999']],
    ['8am to 8pm, 24/7, 17:30', ['time: 8am', 'time: 8pm', 'time: 24/7', 'time: 17:30']],
    [
      'the Modern Slavery Act 2015, section 52, in 2026, under 18',
      ['law: Act 2015', 'law: section 52', 'year 2026: 2026', 'law: under 18'],
    ],
    ['see https://x.example/2019/12 or @herts4u', ['web: https://x.example/2019/12', 'web: @herts4u']],
    [
      'no matter; one another; one day; someone; no wrong door; nobody has to; no one should; one of the aims was; for several months; there is no typical person',
      [],
    ],
    ['one address, and one in Watford', ['count 1: one', 'count 1: one']],
  ];
  for (const [text, expected] of cases) {
    assert.deepEqual(
      numbersIn(text).map(
        ({ kind, value, start, end }) => `${kind}${value === null ? '' : ` ${value}`}: ${text.slice(start, end)}`,
      ),
      expected,
      text,
    );
  }
});

test('a number that a figure bears out may be bound; another must be bound or justified', () => {
  const [eight] = check('Eight addresses were visited.');
  assert.deepEqual([eight?.must, eight?.blocks, eight?.offers], ['may bind', false, ['{{premises.visited}}']]);
  const [nine] = check('Seven addresses were visited.');
  assert.deepEqual([nine?.must, nine?.blocks], ['bind or justify', true]);
  assert.ok(nine?.offers.includes('{{premises.visited}}'));
  for (const age of ['Officers met a 23-year-old.', 'Officers met somebody aged 23.', 'Officers met her. She is 23.'])
    assert.deepEqual(
      check(age).flatMap(({ offers }) => offers),
      [],
      'no figure says an age',
    );
  assert.deepEqual(brief(check('A dozen people were arrested, and a pair of shops closed in 40% of towns.')), [
    'number: A dozen',
    'number: pair',
    'number: 40',
  ]);
  assert.equal(check('Four people were given advice.')[0]?.blocks, true, 'the number of another figure is no support');
  assert.equal(check('More than eight addresses were visited.')[0]?.blocks, true, 'eight is not more than eight');
  assert.equal(check('Nobody was arrested.')[0]?.blocks, true);
  const then = applyPolicy(signedReturn, getPolicy('as practised in 2019'));
  const [women] = check('Those arrested were three women from Watford.', then);
  assert.deepEqual(
    women?.offers,
    ['{{arrests.made.bySex}}'],
    'three addresses in Watford are not three women from Watford',
  );
});

test('a number that the policy keeps in must be changed, and no reason lets it stand', () => {
  const texts = [
    'One address was visited in Hemel Hempstead.',
    'Those arrested were three women.',
    'They were aged 30 and 37.',
    'Six people were given safeguarding advice.',
    'Two referrals were made.',
    'One referral was declined.',
    '2 people were given advice.',
  ];
  for (const text of texts) {
    const isKept = ({ kind, harm }: Finding): boolean => kind === 'withheld' || harm === 'exact age';
    const kept = check(text).filter(isKept);
    assert.ok(kept.length > 0, text);
    const reasons = kept.map(
      ({ typed, sentence }): Justification => ({ typed, sentence, reason: 'we want to', by: 'press' }),
    );
    assert.ok(
      check(text, told, reasons).some((one) => one.blocks && isKept(one)),
      text,
    );
  }
  assert.deepEqual(
    brief(check('A man was arrested.')).filter((found) => found.startsWith('identifying')),
    ['identifying: man'],
  );
});

const totals = (counts: Partial<Record<Indicator, number>>): PublishableReturn => {
  const figures = Object.fromEntries(
    Object.entries(counts).map(([indicator, count]) => [
      indicator,
      { indicator, total: exactly(count), breakdowns: {} },
    ]),
  );
  return applyPolicy({ ...signedReturn, figures } as SignedReturn, now, extras.decisions);
};

test('words that the records contradict must be changed', () => {
  const none = totals({
    'premises.visited': 8,
    'warrants.executed': 0,
    'arrests.made': 0,
    'people.advised': 0,
    'referrals.made': 0,
  });
  const wrong = [
    'Warrants were served at businesses.',
    'The raids went well.',
    'An arrest was made.',
    'Safeguarding advice was given.',
    'People were referred for help.',
  ];
  for (const text of wrong)
    assert.deepEqual(
      check(text, none).map(({ kind, must }) => `${kind}, ${must}`),
      ['contradiction, change'],
      text,
    );
  assert.deepEqual(brief(check('Warrants were served.', totals({ 'premises.visited': 8 }))), [
    'contradiction: Warrants',
  ]);
  const right = [
    'No warrants were executed.',
    '{{warrants.executed|warrant was|warrants were}} executed.',
    '{{arrests.made|person was|people were|nobody was}} arrested.',
  ];
  for (const text of right) assert.ok(!check(text, none).some(({ blocks }) => blocks), text);
  assert.deepEqual(check('Warrants were executed.'), [], 'three were');
});

test('a claim without a digit needs a source with its address and its date', () => {
  const claims = [
    'The number of victims of trafficking is growing.',
    'Reports have increased.',
    'Most people never tell.',
    'There are many cases here.',
    'Numbers are falling.',
    'A record number of people called.',
    'Exploitation is more common than ever.',
  ];
  for (const text of claims)
    assert.ok(
      check(text).some(({ kind, must }) => kind === 'claim' && must === 'give a source'),
      text,
    );
  const innocent = [
    'We want to increase awareness.',
    'Children are growing up here.',
    'How many people know the signs?',
    'Tell us at most what you saw.',
  ];
  for (const text of innocent) assert.deepEqual(check(text), [], text);

  const text = 'The number of reports is growing.';
  const base = { typed: 'growing', sentence: text, reason: '', by: 'press' };
  const source = { text: 'Quarterly statistics, Home Office', url: 'https://www.gov.uk/x', date: '2026-08-06' };
  assert.equal(check(text, told, [base])[0]?.blocks, true);
  assert.equal(check(text, told, [{ ...base, source: { ...source, date: 'August' } }])[0]?.blocks, true);
  assert.equal(check(text, told, [{ ...base, source: { ...source, url: 'x' } }])[0]?.blocks, true);
  assert.equal(check(text, told, [{ ...base, source }])[0]?.blocks, false);
});

test('a reason holds for the sentence as it stood', () => {
  const reason: Justification = {
    typed: 'Seven',
    sentence: 'Seven languages were spoken.',
    reason: 'interpreters noted them',
    by: 'press',
  };
  assert.equal(check('Seven languages were spoken.', told, [reason])[0]?.blocks, false);
  assert.equal(check('Seven languages were spoken in Watford.', told, [reason])[0]?.blocks, true);
  assert.equal(check('Seven languages were spoken.', told, [{ ...reason, reason: ' ' }])[0]?.blocks, true);
  assert.equal(check('Seven languages were spoken.', told, [{ ...reason, by: '' }])[0]?.blocks, true);
});

test('words that are not ours, that name a place or a nationality, or that tie arrests to help', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['People were rescued.', 'wording: rescued'],
    ['Victims were found.', 'wording: Victims'],
    ['They were illegal immigrants.', 'wording: illegal immigrants'],
    ['They are guilty of trafficking.', 'wording: guilty'],
    ['These vile criminals will go to prison.', 'wording: vile'],
    ['These vile criminals will go to prison.', 'wording: criminals'],
    ['These vile criminals will go to prison.', 'wording: go to prison'],
    ['A gang of traffickers was stopped.', 'wording: traffickers'],
    ['The ringleader was brought to justice.', 'wording: brought to justice'],
    ['Teams went to 12 Vicarage Road.', 'identifying: Vicarage Road'],
    ['Teams went to WD17 1AA.', 'identifying: WD17 1AA'],
    ['Several Romanian people spoke to us.', 'identifying: Romanian'],
    ['People were arrested and safeguarding advice was given.', 'link: safeguarding'],
  ];
  for (const [text, expected] of cases)
    assert.ok(brief(check(text)).includes(expected), `${text} ${brief(check(text))}`);
  const fine = [
    'Potential victims may be afraid.',
    'Criminal exploitation is a crime against the person exploited.',
    'Nobody is found to be not guilty by us.',
    'The Gangmasters and Labour Abuse Authority took part.',
    'Call Victim Support.',
    'The case is at Watford Magistrates Court.',
  ];
  for (const text of fine) assert.deepEqual(check(text), [], text);
  const housed = {
    ...signedReturn,
    facts: { ...signedReturn.facts, partners: ['Brook House', 'Victims First', 'Two Rivers Trust'] },
  };
  assert.deepEqual(
    check('We worked with Brook House, Victims First and Two Rivers Trust.', applyPolicy(housed, now)),
    [],
    'names of partners',
  );
  const undecided = applyPolicy(signedReturn, now);
  assert.deepEqual(brief(check('Immigration and Border Compliance East came too.', undecided)), [
    'identifying: Immigration and Border Compliance East',
  ]);
  const typed = 'People were arrested over immigration matters.';
  assert.deepEqual(brief(check(typed, undecided)), ['identifying: immigration']);
  assert.deepEqual(check(typed), [], 'a named person decided to name them');
});

test('reads the name of the week by the same rules as other words, wherever it is printed', () => {
  const named = (weekName: string) =>
    applyPolicy({ ...signedReturn, facts: { ...signedReturn.facts, weekName } }, now, extras.decisions);
  const found = (weekName: string): string[] => brief(check(`We took part in the ${weekName}.`, named(weekName)));
  assert.deepEqual(found('Massage week'), ['identifying: Massage', 'identifying: Massage week']);
  assert.deepEqual(found('Mill Lane week'), ['identifying: Mill Lane', 'identifying: Mill Lane week']);
  assert.deepEqual(
    found('Nails week'),
    ['identifying: Nails', 'identifying: Nails week'],
    'not a kind that was counted, but one all the same',
  );
  assert.deepEqual(found('Romanian week'), ['identifying: Romanian', 'identifying: Romanian week']);
  assert.deepEqual(found('Week 38 of action'), [], 'a number in an announced name');
  const early = { publishOn: '2026-09-18', justifications: [], contacts };
  assert.equal(
    checkText('We took part in a week of action.', named('Massage week'), early)[0]?.kind,
    'contradiction',
    'the neutral words keep the tense of the day too',
  );
});

test("the operation's own days may be typed, with the right weekday; other days need a reason", () => {
  const fine = [
    'From 14 to 20 September 2026.',
    'On Friday 25 September 2026.',
    'On 16 September.',
    '2026-09-18',
    '18/09/2026',
    'In September 2026, and in 2026.',
    'Under the Modern Slavery Act 2015.',
    'Figures (Home Office, 2025).',
  ];
  for (const text of fine) assert.deepEqual(check(text), [], text);
  assert.equal(check('On Wednesday 17 September 2026.')[0]?.kind, 'contradiction');
  for (const text of [
    'On 1 October 2026.',
    'From 12 to 20 September 2026.',
    'In 2019.',
    'In May 2026.',
    'Open from 8am.',
  ])
    assert.equal(check(text)[0]?.blocks, true, text);
});

test('places are those of the Markdown as typed, whatever stands before', () => {
  const text =
    '# A title\n\n* Bishop&#39;s \\* **seven** addresses were visited\n  and *twelve* people, {{oops}} and {{arrests.made|person|people}} rescued.\n';
  const found = check(text);
  assert.deepEqual(brief(found).sort(), [
    'number: seven',
    'number: twelve',
    'number: {{arrests.made|person|people}}',
    'placeholder: {{oops}}',
    'wording: rescued',
  ]);
  for (const { start, end, typed } of found) assert.equal(text.slice(start, end), typed);
});

test('what cannot be read by everybody is refused: code, HTML, placeholders in addresses', () => {
  for (const text of [
    '<div>7 victims</div>',
    'a <b>b</b>',
    '`7`',
    '    code',
    '[x](https://x.example/{{arrests.made}})',
    '![{{arrests.made}}](x.png)',
    '{{arrests.*made*}}',
  ]) {
    assert.ok(
      check(text).some(({ blocks, must }) => blocks && must === 'change'),
      text,
    );
  }
});

test('an unedited draft has nothing to find', () => {
  for (const policy of [now, getPolicy('as practised in 2019')]) {
    const draft = draftRelease(signedReturn, policy, extras);
    const given = applyPolicy(signedReturn, policy, extras.decisions);
    for (const text of [draft.title, draft.description, ...draft.keyPoints, draft.body, extras.quote?.words ?? ''])
      assert.deepEqual(check(text, given), []);
  }
});
