import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmailAddress, toMobileNumber } from './address.ts';
import { calculateDue, calculateQuietEnd, settle } from './message.ts';
import { codeBody, emailBody, subject, textBody } from './text.ts';

/** In winter, when the partnership's clock shows UTC. */
const at = (day: number, time: string): Date => new Date(`2026-12-${String(day).padStart(2, '0')}T${time}:00Z`);
const night = { from: 22 * 60, until: 7 * 60 };

test('a message waits until quiet hours end, over midnight too', () => {
  for (const [moment, end] of [
    [at(1, '21:59'), at(1, '21:59')],
    [at(1, '22:00'), at(2, '07:00')],
    [at(2, '03:00'), at(2, '07:00')],
    [at(2, '06:59'), at(2, '07:00')],
    [at(2, '07:00'), at(2, '07:00')],
  ] as const)
    assert.deepEqual(calculateQuietEnd(night, moment), end, moment.toISOString());
  assert.deepEqual(calculateQuietEnd({ from: 60, until: 120 }, at(3, '01:30')), at(3, '02:00'));
  assert.deepEqual(calculateQuietEnd({ from: 60, until: 120 }, at(3, '02:00')), at(3, '02:00'));
});

test('an urgent message waits for the last urgent one alone, another for the pause and then for quiet hours', () => {
  const rested = { restedUntil: at(1, '22:05'), urgentRestedUntil: null };
  const storm = { restedUntil: at(1, '22:05'), urgentRestedUntil: at(1, '21:57') };
  for (const [urgent, quiet, rests, now, due] of [
    [true, night, rested, at(1, '23:00'), at(1, '23:00')],
    [true, night, rested, at(1, '21:55'), at(1, '21:55')],
    [true, null, storm, at(1, '21:55'), at(1, '21:57')],
    [true, { from: 21 * 60, until: 420 }, storm, at(1, '21:55'), at(1, '21:57')],
    [true, null, storm, at(1, '21:57'), at(1, '21:57')],
    [true, null, storm, at(1, '21:58'), at(1, '21:58')],
    [false, null, storm, at(1, '21:55'), at(1, '22:05')],
    [false, null, rested, at(1, '21:55'), at(1, '22:05')],
    [false, night, rested, at(1, '21:55'), at(2, '07:00')],
    [false, null, rested, at(1, '22:06'), at(1, '22:06')],
  ] as const)
    assert.deepEqual(calculateDue({ urgent, quiet, ...rests }, now), due, `${urgent} ${now.toISOString()}`);
});

test('an unknown outcome is tried once more and then stays unknown', () => {
  const now = at(1, '12:30');
  const unknown = { kind: 'unknown', reason: 'TIMEOUT' } as const;
  const first = settle({ tries: 1, doubts: 0, madeAt: at(1, '12:00') }, unknown, now);
  assert.deepEqual(first, { state: 'again', doubts: 1, dueAt: at(1, '12:35'), settledAt: null, reason: 'TIMEOUT' });
  const second = settle({ tries: 2, doubts: 1, madeAt: at(1, '12:00') }, unknown, now);
  const hour = at(1, '12:00');
  assert.deepEqual(second, { state: 'unknown', doubts: 2, dueAt: hour, settledAt: hour, reason: 'TIMEOUT' });
});

test('what was certainly not taken is tried again for a day, at growing intervals or when the gateway says', () => {
  const now = at(1, '12:30');
  const later = { kind: 'later', reason: 'HTTP_429' } as const;
  const of = (tries: number, doubts = 0) => ({ tries, doubts, madeAt: at(1, '12:00') });
  assert.deepEqual(settle(of(1), later, now).dueAt, at(1, '12:31'));
  assert.deepEqual(settle(of(4), later, now).dueAt, at(1, '12:38'));
  assert.deepEqual(settle(of(20), later, now).dueAt, at(1, '13:30'));
  assert.deepEqual(settle(of(1), { ...later, seconds: 600 }, now).dueAt, at(1, '12:40'));
  assert.equal(settle(of(30), later, at(2, '12:00')).state, 'refused');
  assert.equal(settle(of(30), later, at(2, '12:00')).reason, 'EXPIRED');
  assert.equal(settle(of(30, 1), later, at(2, '12:00')).state, 'unknown', 'an earlier try may have arrived');
  assert.equal(settle(of(1), { kind: 'refused', reason: 'HTTP_400' }, now).state, 'refused');
  assert.equal(settle(of(1), { kind: 'accepted' }, now).state, 'accepted');
});

test('one plain address is taken, and nothing that could reach a second reader', () => {
  for (const good of ['a@example.org', 'first.last+tag@mail.example.co.uk']) assert.ok(isEmailAddress(good), good);
  for (const bad of [
    'a@example.org\r\nRCPT TO:<evil@example.org>',
    'a@example.org,evil@example.org',
    'a@example.org evil@example.org',
    'A Name <a@example.org>',
    'a@example.org;',
    '"a"@example.org',
    'a@localhost',
    '@example.org',
    'a@@example.org',
    'ä@example.org',
    '',
  ])
    assert.ok(!isEmailAddress(bad), bad);
});

test('mobile numbers are brought to one form, and other numbers are refused', () => {
  for (const [typed, number] of [
    ['07700 900123', '+447700900123'],
    ['+44 7700 900 123', '+447700900123'],
    ['0044 7700 900123', '+447700900123'],
    ['+353 85 012 3456', '+353850123456'],
    ['01632 960000', undefined],
    ['999', undefined],
    ['07700 900123, 07700 900124', undefined],
    ['', undefined],
  ] as const)
    assert.equal(toMobileNumber(typed), number, typed);
});

test('all messages say the same, and a text fits into one', () => {
  assert.equal(subject, 'You have something new in Safelight');
  assert.equal(emailBody('https://a.example/staff/sign-in').match(/https:/g)?.length, 1);
  for (const text of [textBody, codeBody('123456')]) assert.match(text, /^[A-Za-z0-9 .]{1,160}$/);
});
