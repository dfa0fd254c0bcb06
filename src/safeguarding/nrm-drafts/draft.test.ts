import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftJson, type FactValue, fieldsOf, formVersions } from '../../nrm/index.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { olga } from '../people/examples.ts';
import type { Person } from '../people/person.ts';
import { buildCaseDraft } from './draft.ts';
import { answersBy, typedFacts } from './examples.ts';
import { emptyContent, type NrmReferral, noRouteAnswers, type RouteAnswers } from './nrm-referral.ts';

const today = '2026-11-26';
const noted = { by: 'worker' as MemberId, on: today };
const person = { ...olga, id: 'p', agencyId: 'a', authorId: 'm', origin: 'walked in' } as unknown as Person;
const worker = { id: 'worker', name: 'Ravi Menon', title: 'Social worker', organisation: 'Lea Council in full' };
const by = { worker, responderId: 'councils-england-wales', today };
const consent = (answer: 'yes' | 'no'): RouteAnswers =>
  ({ ...noRouteAnswers, doubt: { ...noted, answer: 'no' }, consent: { ...noted, answer } }) as unknown as RouteAnswers;
const concern = (fork: RouteAnswers, facts: Readonly<Record<string, FactValue>> = typedFacts): NrmReferral => ({
  ...emptyContent,
  answers: answersBy(facts, noted),
  fork,
  id: '0f1e2d3c-0000-4000-8000-000000000000' as NrmReferral['id'],
  personId: 'p' as NrmReferral['personId'],
  agencyId: 'a' as NrmReferral['agencyId'],
  authorId: noted.by,
  raisedAt: new Date(),
  revision: 1,
});
const made = (fork: RouteAnswers, facts?: Readonly<Record<string, FactValue>>) =>
  buildCaseDraft(concern(fork, facts), undefined, person, by);

test('drafts a referral for a person who says yes, from the record, the application and the worker', () => {
  const { leaving, draft } = made(consent('yes'));
  assert.ok(leaving);
  const json = draftJson(leaving);
  for (const words of ['Olga', '07700 900461', 'Ukrainian', 'Ravi', 'Menon', 'Lea Council in full', 'SL-0F1E2D3C'])
    assert.ok(json.includes(words), words);
  assert.deepEqual(
    draft.missing.map(({ key }) => key),
    ['who-contact'],
    'nothing else is left to ask',
  );
});

test('after a no: a field that a notification never sends stays here, wherever it was typed', () => {
  const fields = formVersions.flatMap((form) => fieldsOf(form));
  for (const { from, notify, kind } of fields.filter((field) => field.notify === 'never')) {
    const secret = kind === 'choice' || kind === 'choices' ? 'yes' : 'Secretword Xylophone';
    const { leaving, heldBack } = made(consent('no'), { ...typedFacts, [from]: secret });
    assert.ok(leaving, `${from} (${notify}): ${JSON.stringify(heldBack)}`);
    assert.ok(!draftJson(leaving).includes('Xylophone'), from);
  }
});

test('after a no: a name in any sent text stops the whole notification, and the text is named', () => {
  const form = formVersions.find(({ id }) => id === 'nrm-2026');
  assert.ok(form);
  const shown: Record<string, FactValue> = {
    ...typedFacts,
    'risk again': 'yes',
    'kinds of exploitation': ['types-of-exploitation-other'],
  };
  const met = new Set(
    made(consent('no'), shown).draft.sections.flatMap(({ entries }) => entries.map(({ field }) => field.key)),
  );
  const texts = fieldsOf(form).filter(({ key, notify }) => notify === 'checked' && met.has(key));
  assert.ok(texts.length >= 12, `${texts.length} texts`);
  for (const { key, from } of texts) {
    const { leaving, heldBack } = made(consent('no'), { ...shown, [from]: 'There Olga slept.' });
    assert.equal(leaving, null, key);
    assert.ok(
      heldBack?.findings.some(({ field, found }) => field === key && found === 'Olga'),
      key,
    );
  }
});

test('no typed answer overrides a no, or turns an adult into a child', () => {
  const { leaving, way } = made(consent('no'), {
    ...typedFacts,
    agrees: 'yes',
    'under 18 now': 'yes',
    organisation: 'Another',
  });
  assert.equal(way?.kind, 'notification');
  assert.ok(leaving);
  const json = JSON.parse(draftJson(leaving));
  const answers = new Map(
    json.sections.flatMap(({ fields }: { fields: { key: string; answer: unknown }[] }) =>
      fields.map(({ key, answer }) => [key, answer]),
    ),
  );
  assert.equal(answers.get('pv-under-age'), 'no');
  assert.equal(answers.get('pv-want-to-submit-nrm'), 'no');
});

test('sends nothing and asks for nothing that names the person while a question is open', () => {
  const { leaving, draft, question } = made(noRouteAnswers);
  assert.equal(leaving, null);
  assert.equal(question, 'doubt');
  const asked = draft.sections.flatMap(({ entries }) => entries.map(({ field }) => field));
  assert.deepEqual(
    asked.filter(({ notify }) => notify === 'never').map(({ key }) => key),
    [],
  );
});

test('shows a member who may not send what is identifying in the texts', () => {
  const nurse = { ...by, responderId: null };
  const whole = buildCaseDraft(concern(consent('no')), undefined, person, nurse);
  assert.equal(whole.leaving, null);
  assert.deepEqual([whole.heldBack?.refusal, whole.heldBack?.findings.length], ['not a first responder', 0]);
  const { heldBack } = buildCaseDraft(
    concern(consent('no'), { ...typedFacts, 'how treated': 'Olga was hit.' }),
    undefined,
    person,
    nurse,
  );
  assert.equal(heldBack?.findings[0]?.found, 'Olga');
});

test('never sends what one worker typed about themselves under another name', () => {
  const other = { ...by, worker: { ...worker, id: 'other', name: 'Ada Other' } };
  const { leaving } = buildCaseDraft(concern(consent('yes')), undefined, person, other);
  assert.ok(leaving);
  const json = draftJson(leaving);
  assert.ok(json.includes('Ada'));
  assert.ok(!json.includes('01632 960014'));
});

test('does not ask again what an earlier concern holds, and prefers what is typed now', () => {
  const earlier = concern(consent('no'), { ...typedFacts, birthplace: 'Lviv', family: 'Two brothers' });
  const now = concern(consent('yes'), { family: 'One sister' });
  const { known } = buildCaseDraft(now, earlier, person, by);
  assert.deepEqual([known.birthplace?.value, known.birthplace?.from], ['Lviv', 'earlier']);
  assert.deepEqual([known.family?.value, known.family?.from], ['One sister', 'here']);
  assert.equal(known['first name']?.from, 'record');
});

test('keeps what was submitted, whatever the record of the person says later', () => {
  const before = made(consent('yes'));
  assert.ok(before.leaving);
  const facts = Object.fromEntries(Object.entries(before.known).map(([name, { value }]) => [name, value]));
  const submission = {
    ...noted,
    way: 'referral',
    ground: 'consent',
    referredAs: 'adult',
    responderId: 'x',
    formId: 'nrm-2026',
    facts,
  };
  const after = buildCaseDraft(
    { ...concern(consent('yes')), submission: submission as never },
    undefined,
    { ...person, called: 'Another' },
    by,
  );
  assert.ok(after.leaving);
  assert.equal(draftJson(after.leaving), draftJson(before.leaving));
});

test('a name on the record in another script also stops its Latin spelling', () => {
  const cyrillic = { ...person, called: 'Зоряна', others: ['ሰላም'] } as Person;
  for (const words of ['We met zoriana at the door.', 'We met zoryana there.', 'we saw that selam was cold']) {
    const { leaving, heldBack } = buildCaseDraft(
      concern(consent('no'), { ...typedFacts, 'how treated': words }),
      undefined,
      cyrillic,
      by,
    );
    assert.equal(leaving, null, words);
    assert.equal(heldBack?.refusal, 'identifies', words);
  }
});
