import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOfPdf } from '../../../test/fixtures/pdf.ts';
import { pdfOf } from '../../nrm/documents/index.ts';
import { draftJson, type FactName, type FactValue, fieldsOf, formVersions, toPrintedForm } from '../../nrm/index.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { buildCaseDraft } from '../nrm-drafts/draft.ts';
import { answersBy, typedFacts } from '../nrm-drafts/examples.ts';
import { emptyContent, type NrmReferral, noRouteAnswers, type RouteAnswers } from '../nrm-drafts/nrm-referral.ts';
import { olga } from '../people/examples.ts';
import { contactWays, type Person } from '../people/person.ts';

const noted = { by: 'worker' as MemberId, on: '2026-11-26' };
const worker = { id: 'worker', name: 'Ravi Menon', title: 'Social worker', organisation: 'Lea Council' };
const consent = (answer: 'yes' | 'no') =>
  ({ ...noRouteAnswers, doubt: { ...noted, answer: 'no' }, consent: { ...noted, answer } }) as unknown as RouteAnswers;
const concern = (typed: Readonly<Record<string, FactValue>>, answer: 'yes' | 'no' = 'yes') =>
  ({
    ...emptyContent,
    id: 'c0ffee00',
    answers: answersBy({ ...typedFacts, ...typed }, noted),
    fork: consent(answer),
  }) as unknown as NrmReferral;

type Reach = Pick<Person, 'contactWay' | 'contactAt' | 'contactWhen' | 'contactNever'>;
const ats: Record<Reach['contactWay'], readonly (string | null)[]> = {
  'a call': ['07700 900461', 'through Ana, 07700 900461'],
  'a text message': ['07700 900461'],
  'an e-mail': ['olga@post.example', 'through Ana'],
  'a letter': ['c/o the library, Tring'],
  'through somebody the person trusts': ['Ana, 07700 900462'],
  'in person alone': [null, '07700 900461'],
  'no way is safe': [null],
};
const conditions = [
  { contactWhen: null, contactNever: null },
  { contactWhen: 'Before noon', contactNever: null },
  { contactWhen: null, contactNever: 'No call that was not agreed by text' },
  { contactWhen: 'After ten', contactNever: 'Nothing by post' },
] as const;
const reaches: readonly Reach[] = contactWays.flatMap((contactWay) =>
  ats[contactWay].flatMap((contactAt) => conditions.map((one) => ({ contactWay, contactAt, ...one }))),
);
const personOf = (reach: Partial<Person>): Person =>
  ({ ...olga, id: 'p', agencyId: 'a', authorId: 'm', origin: 'walked in', ...reach }) as unknown as Person;
const wordsOf = (reach: Reach): string => `${JSON.stringify(reach)}`;

const answersOn = (day: string, person: Person, typed: Readonly<Record<string, FactValue>> = {}, earlier = false) => {
  const by = { worker, responderId: 'councils-england-wales', today: day };
  const made = buildCaseDraft(concern(earlier ? {} : typed), earlier ? concern(typed) : undefined, person, by);
  assert.ok(made.leaving);
  const entries = made.leaving.sections.flatMap((section) => section.entries);
  return { draft: made.leaving, answers: new Map(entries.map(({ field, answer }) => [field.key, answer])) };
};

/** Written apart from the code: what each answer of the form permits, and which record permits that. */
const permits: readonly (readonly [
  key: string,
  is: (answer: FactValue) => boolean,
  allowed: (reach: Reach) => boolean,
])[] = [
  ['pv-phone-number', (answer) => answer === 'yes', mayBeCalled],
  ['pv-phone-number-yes', () => true, mayBeCalled],
  [
    'pv-phone-number',
    (answer) => answer === 'pv-alternative-number',
    ({ contactWay }) => contactWay === 'through somebody the person trusts',
  ],
  [
    'who-contact',
    (answer) => answer === 'potential-victim',
    ({ contactWay }) => contactWay === 'an e-mail' || contactWay === 'a letter',
  ],
  ['pv-contact-details', (answer) => [answer].flat().includes('email'), ({ contactWay }) => contactWay === 'an e-mail'],
  ['pv-contact-details', (answer) => [answer].flat().includes('post'), ({ contactWay }) => contactWay === 'a letter'],
  ['pv-contact-details-email-input', () => true, ({ contactAt }) => contactAt === 'olga@post.example'],
  ['pv-contact-details-email-check', () => true, ({ contactWay }) => contactWay === 'an e-mail'],
  ['pv-contact-details-post-check', () => true, ({ contactWay }) => contactWay === 'a letter'],
];
function mayBeCalled({ contactWay, contactAt, contactWhen, contactNever }: Reach): boolean {
  return contactWay === 'a call' && contactAt === '07700 900461' && contactWhen === null && contactNever === null;
}
function assertNoLooser(answers: ReadonlyMap<string, FactValue | null>, reach: Reach, why: string): void {
  for (const [key, is, allowed] of permits) {
    const answer = answers.get(key) ?? null;
    if (answer !== null && is(answer)) assert.ok(allowed(reach), `${key} is ${answer} (${why}): ${wordsOf(reach)}`);
  }
}

const days = formVersions.map(({ validFrom }) => validFrom);
const contactFields = formVersions.flatMap(fieldsOf).filter(({ key }) => permits.some(([of]) => of === key));

test('no answer of a draft permits more than the safe contact of the record', () => {
  for (const day of days)
    for (const reach of reaches)
      assertNoLooser(answersOn(day, personOf(reach)).answers, reach, `${day}, from the record`);
});

test('no typed answer, here or in an earlier concern, permits more than the record', () => {
  const loosest: Readonly<Record<string, FactValue>> = {
    ...{ 'telephone allowed': 'yes', telephone: '07700 900999', email: 'else@post.example', 'safe to e-mail': 'yes' },
    ...{ 'whom to write to': 'potential-victim', 'how to write': ['email', 'post'], 'safe to post': ['yes'] },
  };
  const alone = contactFields.flatMap(({ from, options }) => options.map((option) => ({ ...loosest, [from]: option })));
  for (const day of days)
    for (const reach of reaches)
      for (const typed of [loosest, ...alone])
        for (const earlier of [true, false])
          assertNoLooser(answersOn(day, personOf(reach), typed, earlier).answers, reach, `typed, earlier: ${earlier}`);
});

test('a text message is not a telephone call: the draft says no, and how the person can be reached', () => {
  const { answers } = answersOn('2026-11-26', personOf({ contactWhen: null, contactNever: null }));
  assert.equal(answers.get('pv-phone-number'), 'no');
  assert.equal(answers.get('pv-phone-number-yes'), undefined);
  assert.match(String(answers.get('no-contact-details')), /A text message: 07700 900461\./);
});

test('the draft repeats a call without conditions as the record has it', () => {
  const person = personOf({ contactWay: 'a call', contactWhen: null, contactNever: null });
  const { answers } = answersOn('2026-11-26', person);
  assert.deepEqual([answers.get('pv-phone-number'), answers.get('pv-phone-number-yes')], ['yes', '07700 900461']);
  assert.equal(
    answersOn('2026-11-26', person, { 'telephone allowed': 'no' }).answers.get('pv-phone-number'),
    'no',
    'tighter',
  );
});

test('carries all safe-contact instructions of the record on the draft, its document and its PDF', async () => {
  for (const day of days)
    for (const reach of reaches) {
      const { draft } = answersOn(day, personOf(reach), { 'without a telephone': 'At the clinic.' });
      const paper = toPrintedForm(draft);
      const says = [reach.contactAt, reach.contactWhen, reach.contactNever].flatMap((words) => words ?? []);
      const shown = [draftJson(draft), JSON.stringify(paper.sections[0])];
      if (day === days.at(-1)) shown.push((await textOfPdf(await pdfOf(paper))).join(' ').replace(/\s+/g, ' '));
      for (const text of shown)
        for (const words of says) assert.ok(text.includes(words), `${words} is missing: ${wordsOf(reach)}`);
    }
});

test('a notification says nothing about how to reach the person', () => {
  const by = { worker, responderId: 'councils-england-wales', today: '2026-11-26' };
  for (const reach of reaches) {
    const { leaving } = buildCaseDraft(concern({}, 'no'), undefined, personOf(reach), by);
    assert.ok(leaving);
    const text = `${draftJson(leaving)}${JSON.stringify(toPrintedForm(leaving))}`;
    for (const words of [reach.contactAt, reach.contactWhen, reach.contactNever])
      assert.ok(!words || !text.includes(words), words ?? '');
    assert.doesNotMatch(text, /safe contact/i);
  }
});

test('does not use the whole name as a first name', () => {
  const named = (called: string, name: FactName) => {
    const by = { worker, responderId: 'councils-england-wales', today: '2026-11-26' };
    return buildCaseDraft(concern({}), undefined, personOf({ called }), by).known[name]?.value;
  };
  for (const called of ['Mirela Ionescu', 'Nguyễn Thị Hồng Ánh', 'Olga  Kovalenko', 'Ана Марија'])
    assert.deepEqual([named(called, 'first name'), named(called, 'last name')], [undefined, undefined], called);
  assert.equal(named('Olga', 'first name'), 'Olga');
});
