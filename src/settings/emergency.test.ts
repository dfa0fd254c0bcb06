/** Nobody can hide, renumber or overtake the emergency entry by a setting. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { entryOfService } from '../public/contacts/service-entry.ts';
import { allServices, servicesWith } from '../public/signs/load.ts';
import { newId } from '../vocabulary/ids.ts';
import { answersOfService } from './contact-fields.ts';
import { contactForm } from './contact-form.ts';
import { openSettings } from './examples.ts';

const today = '2026-11-24';
const emergency = allServices.find(({ id }) => id === 'emergency');
assert.ok(emergency);
const before = entryOfService(emergency);
const [phone, ...otherWays] = emergency.channels;
assert.ok(phone);

const errorsOf = (more: Record<string, unknown>, id = 'emergency') => {
  const form = contactForm({ id, before: id === 'emergency' ? before : undefined, today });
  const parsed = form.safeParse({ ...answersOfService(emergency), ...more });
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
};

/** What an earlier version of Safelight let two people approve. */
const harmful: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['hidden', { ...before, withheld: 'not needed' }],
  ['another number', { ...before, channels: [{ ...phone, number: '+448981234567', printed: '0898 123 4567' }] }],
  ['no telephone', { ...before, channels: otherWays }],
  ['other hours', { ...before, hours: { usual: 'not confirmed', says: 'By day', bankHolidays: 'as usual' } }],
  ['one area', { ...before, area: 'Scotland' }],
  ['ended', { ...before, validTo: '2026-11-01' }],
  ['one kind', { ...before, kinds: ['domestic servitude'] }],
  ['no emergency', { ...before, role: 'police' }],
];

test('refuses a change of the emergency entry at its field, and takes a new check', () => {
  assert.equal(errorsOf({ dateChecked: today, languages: 'English' }), '');
  for (const [more, error] of [
    [{ withheld: 'not needed' }, /^withheld: The emergency number is always shown/],
    [{ channel1Printed: '0898 123 4567' }, /^channel1Printed: The numbers and addresses of the emergency entry/],
    [{ channel1Printed: '' }, /^channel1Printed: The numbers and addresses of the emergency entry/],
    [{ usual: 'not confirmed', says: 'By day' }, /^usual: The hours of the emergency entry/],
    [{ exceptions: '2026-12-25, closed, Christmas Day' }, /^usual: The hours of the emergency entry/],
    [{ area: 'Scotland' }, /^name: Name, role, area/],
  ] as const)
    assert.match(errorsOf(more), error, JSON.stringify(more));
  assert.match(errorsOf({ name: 'Fell Guards' }, 'new'), /^role: Only 999 can be the emergency service/);
});

test('ignores an approved version that changes the emergency entry, or takes its role', () => {
  for (const [what, entry] of harmful)
    assert.deepEqual(
      servicesWith({ approved: () => new Map([['emergency', entry]]) }).find(({ id }) => id === 'emergency'),
      emergency,
      what,
    );
  const beside = { ...before, id: 'fell guards', name: 'Fell Guards' };
  assert.deepEqual(servicesWith({ approved: () => new Map([['fell guards', beside]]) }), allServices);
  const checked = servicesWith({ approved: () => new Map([['emergency', { ...before, dateChecked: '2026-11-29' }]]) });
  assert.equal(checked.find(({ id }) => id === 'emergency')?.dateChecked, '2026-11-29', 'a new check counts');
});

test('help shows 999 whatever was proposed and approved earlier, and no such version can be approved', async (t) => {
  const { app, ada, sol, db, clock } = await openSettings(t, {}, { today });
  const propose = async (entry: Readonly<Record<string, unknown>>, approved: boolean) => {
    const id = newId<'public setting'>();
    await sql`insert into public_settings (id, kind, part, content, proposed_by, proposed_at)
      values (${id}, 'contacts', 'emergency', ${JSON.stringify(entry)}, ${ada.member.id}, ${clock.now()})`.execute(db);
    if (approved)
      await sql`insert into public_setting_decisions (id, approved, decided_by, decided_at)
        values (${id}, true, ${sol.member.id}, ${clock.now()})`.execute(db);
    clock.move(new Date(clock.now().getTime() + 61_000));
    return `/staff/settings/versions/${id}`;
  };
  for (const [what, entry] of harmful) {
    const version = await propose(entry, true);
    for (const url of ['/help', '/help?language=pl'])
      assert.match((await app.inject(url)).body, /<a class="[^"]+" href="tel:999"/, `${what} ${url}`);
    assert.doesNotMatch((await app.inject('/help')).body, /0898/, what);
    const page = (await ada.get(version)).body;
    assert.doesNotMatch(page, /Propose this version again/, what);
    assert.equal((await ada.post(`${version}/again`, {})).statusCode, 409, what);
  }
  const [, entry] = harmful[0] ?? [];
  const waiting = await propose(entry ?? {}, false);
  const refused = await sol.post(`${waiting}/decide`, { decision: 'approve' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Refuse this version\. It changes the emergency entry/);
});
