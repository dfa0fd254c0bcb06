import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftJson } from './draft.ts';
import { adult, known } from './examples.ts';
import type { Facts } from './facts.ts';
import { type FormVersion, fieldsOf, formOn } from './form.ts';
import { firstResponders, formVersions } from './load.ts';
import { buildNotification, type NotificationResult } from './notification.ts';

const form = formOn(formVersions, '2026-11-25') as FormVersion;
const sender = {
  responderId: 'territorial-police-england-wales',
  organisation: 'Lea Vale Constabulary',
  firstName: 'Ravi',
  lastName: 'Menon',
  responders: firstResponders,
  day: '2026-11-25',
};
const built = (facts: Facts = {}, version = form): NotificationResult =>
  buildNotification(version, { ...adult, ...facts }, known, sender);
const refusalOf = (notified: NotificationResult) => (notified.ok ? 'built' : notified.refusal);

test('sends nothing from a complete record that is not on the list', () => {
  for (const version of formVersions) {
    const notified = built(
      { 'what happened': 'She had to work without pay.', 'why you refer': 'She asked for it.' },
      version,
    );
    assert.ok(notified.ok, version.id);
    const json = draftJson(notified.notification.draft);
    for (const fact of [
      'first name',
      'last name',
      'name used',
      'telephone',
      'date of birth',
      'email',
      'town',
      'town now',
      'birthplace',
      'own reference',
      'language',
      'journey',
    ] as const)
      assert.ok(!json.includes(String(adult[fact])), `${version.id} sends ${fact}`);
    const allowed = new Set(fieldsOf(version).flatMap(({ key, notify: does }) => (does === 'never' ? [] : [key])));
    assert.deepEqual(
      notified.notification.draft.sections
        .flatMap(({ entries }) => entries.map(({ field }) => field.key))
        .filter((key) => !allowed.has(key)),
      [],
    );
  }
});

test('checks every free text: the person’s name in any of them stops the notification', () => {
  const free = fieldsOf(form).filter(({ notify: does }) => does === 'checked');
  assert.ok(free.length >= 15);
  for (const { key, from } of free) {
    const shown: Facts = {
      'still there': key.includes('keeping') ? 'yes' : 'no',
      'more than one situation': key.endsWith('multiple') ? 'yes' : 'no',
      'reported before': key.startsWith('not-sure') ? 'not-sure' : 'no',
      'kinds of exploitation': ['types-of-exploitation-other'],
      'others exploited': key.includes('yes') ? 'yes' : 'not-sure',
      'risk again': 'yes',
    };
    const notified = built({ ...shown, [from]: 'Mirela was afraid.' });
    assert.equal(refusalOf(notified), 'identifies', key);
    assert.ok(!notified.ok && notified.findings.some(({ field, found }) => field === key && found === 'Mirela'), key);
  }
});

test('says in each finding where it is, why it matters and what to write instead', () => {
  const notified = built({ 'how treated': 'He hit her. Ring 07700 900 982.' });
  assert.ok(!notified.ok);
  const [finding] = notified.findings;
  assert.equal(finding?.found, '07700 900 982');
  assert.equal('He hit her. Ring 07700 900 982.'.slice(finding?.from, finding?.to), '07700 900 982');
  assert.equal(finding?.why, 'A phone number leads to one person.');
  assert.equal(finding?.instead, 'Leave it out.');
});

test('combines details across answers and with the details sent in their own fields', () => {
  const age = { 'how it started': 'She is 34 years old.' };
  assert.equal(refusalOf(built(age)), 'built');
  assert.equal(refusalOf(built({ ...age, 'living conditions': 'The house is in a village.' })), 'identifies');
  assert.equal(refusalOf(built({ ...age, nationality: 'BT' })), 'identifies', 'an age, and a country few come from');
  assert.equal(refusalOf(built({ nationality: 'BT' })), 'built', 'the field alone is what the law has sent');
});

test('lets no choice and no line about the sender carry unchecked words', () => {
  assert.equal(refusalOf(built({ gender: 'Mirela Ionescu' })), 'does not fit');
  assert.equal(refusalOf(built({ 'last contact': 'Mirela, 07700 900417' })), 'does not fit');
  assert.equal(refusalOf(built({ 'kinds of exploitation': ['Mirela'] })), 'does not fit');
  assert.equal(refusalOf(built({ nationality: 'Mirela' })), 'does not fit');
  assert.equal(refusalOf(built({ 'your role': 'Officer for Mirela' })), 'identifies');
  assert.equal(refusalOf(built({ 'your telephone': '07700 900417' })), 'identifies');
  assert.equal(refusalOf(built({ 'your role': 'a\nb' })), 'does not fit');
  assert.equal(refusalOf(built({ 'your role': 'Adviser to Linh Tran, 12 High Street' })), 'identifies');
  assert.equal(refusalOf(built({ 'your telephone': 'Linh Tran 01632 960014' })), 'does not fit');
  assert.equal(refusalOf(built({ 'other contact': 'about tran thi linh born 14.3.1997' })), 'does not fit');
});

test('accepts only adults, and only first responders in force on the day', () => {
  assert.equal(refusalOf(built({ 'under 18 now': 'not-sure' })), 'not about an adult');
  assert.equal(refusalOf(built({ 'under 18 now': 'yes' })), 'not about an adult');
  for (const other of [{ responderId: null }, { responderId: 'nhs-england' }, { day: '2015-10-31' }])
    assert.equal(refusalOf(buildNotification(form, adult, known, { ...sender, ...other })), 'not a first responder');
});

test('counts missing answers without stopping the notification', () => {
  const { 'how treated': _, ...rest } = adult;
  const notified = buildNotification(form, rest, known, sender);
  assert.ok(notified.ok);
  assert.deepEqual(
    notified.notification.draft.missing.map(({ key }) => key),
    ['how-they-were-treated'],
  );
});

test('never sends a name or contact details, even for an adult willing to help', () => {
  const notified = built({ 'willing to help': 'yes' });
  assert.ok(notified.ok);
  assert.ok(!draftJson(notified.notification.draft).includes('pv-name'));
});

test('searches for what the facts hold about the person, whether or not the caller names it', () => {
  for (const [fact, words] of [
    ['last name', 'Ms ionescu was afraid.'],
    ['telephone', 'It ends in 900417.'],
    ['town now', 'She is in hemel hempstead.'],
  ] as const) {
    const notified = buildNotification(
      form,
      { ...adult, 'how treated': words },
      { names: [], numbers: [], places: [] },
      sender,
    );
    assert.ok(!notified.ok && notified.findings.some(({ kind }) => kind.startsWith('a known')), fact);
  }
});

test('lets a member with the same name as the person send: the application supplies the name and nobody types it', () => {
  const notified = buildNotification(form, { ...adult, 'your first name': '14 Tamarisk Close' }, known, {
    ...sender,
    firstName: 'Mirela',
  });
  assert.ok(notified.ok);
  assert.ok(!draftJson(notified.notification.draft).includes('Tamarisk'));
});
