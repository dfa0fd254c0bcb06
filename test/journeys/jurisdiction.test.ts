import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { versionIn } from '../../src/settings/examples.ts';
import { change, draft, openNewsroom } from '../fixtures/releases.ts';

test('the check of releases follows an approved jurisdiction within a minute, whatever process heard of it', async (t) => {
  const room = await openNewsroom(t);
  const { writer, force, council, signed, db, clock } = room;
  const ada = await room.signIn(await room.member(force, ['administrator'], 'Ada Admin'));
  const sol = await room.member(council, ['administrator'], 'Sol Second');
  const address = await draft(writer, signed.id);
  await change(writer, address, { description: 'The victim lives above Golden Spa.' });
  assert.match((await writer.get(address)).body, /Sexual Offences \(Amendment\) Act 1992, section 1/);

  const form = (await ada.get('/staff/settings/name')).body;
  assert.match(form, /Published releases stay as they are, with the law that they name/);
  const saved = await ada.post('/staff/settings/name', {
    ...{ name: 'Lea Vale', shortName: 'Lea Vale', area: 'Lea Vale', jurisdiction: 'Scotland' },
  });
  // As another process approves it: this one hears nothing, and nobody asks it for a public page.
  await sql`insert into public_setting_decisions (id, approved, decided_by, decided_at)
    values (${versionIn(saved.headers.location)}, true, ${sol.id}, ${clock.now()})`.execute(db);
  clock.move(new Date(clock.now().getTime() + 60_000));
  const judged = (await writer.get(address)).body;
  assert.match(judged, /this policy’s own rule[\s\S]*Not read: the Victims, Witnesses/);
  assert.doesNotMatch(judged, /Sexual Offences \(Amendment\) Act 1992, section 1/);
});

test('the process that approved it follows at once', async (t) => {
  const room = await openNewsroom(t);
  const { writer, force, council, signed } = room;
  const ada = await room.signIn(await room.member(force, ['administrator'], 'Ada Admin'));
  const sol = await room.signIn(await room.member(council, ['administrator'], 'Sol Second'));
  const address = await draft(writer, signed.id);
  await change(writer, address, { description: 'The victim lives above Golden Spa.' });
  const saved = await ada.post('/staff/settings/name', {
    ...{ name: 'Lea Vale', shortName: 'Lea Vale', area: 'Lea Vale', jurisdiction: 'Scotland' },
  });
  await sol.post(`${saved.headers.location}/decide`, { decision: 'approve' });
  assert.match((await writer.get(address)).body, /Not read: the Victims, Witnesses/);
});
