import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft, idOf, openNewsroom, publish, revisionOf } from '../../../test/fixtures/releases.ts';
import { signedReturn } from '../drafting/examples.ts';
import { addSignedReturn } from './examples.ts';

test('home lists a writer’s own draft until it is on its way, and again when a later return is signed', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague, partner, signed, force, analyst, db } = room;
  const home = async (who = writer): Promise<string> => (await who.get('/staff')).body;
  assert.doesNotMatch(await home(), /Finish a draft release/);
  const address = await draft(writer, signed.id);
  const begun = await home();
  assert.match(begun, new RegExp(`href="${address}"[^>]*>[^<]*Finish a draft release`));
  assert.match(begun, /In progress/);
  assert.doesNotMatch(begun, /Nothing due/);
  assert.doesNotMatch(await home(colleague), /Finish a draft release/, 'each writer finishes their own');

  const revision = await revisionOf(room, address);
  assert.equal((await writer.post(`${address}/submit`, { revision })).statusCode, 303);
  assert.doesNotMatch(await home(), /Finish a draft release|Use the new figures/);
  assert.equal((await partner.post(`${address}/approve`, { revision })).statusCode, 303);
  assert.doesNotMatch(await home(), /Use the new figures/);

  const { operationId } = signed;
  const later = { ...signedReturn, version: 2, signedAt: new Date('2026-09-24T08:00:00Z') };
  await addSignedReturn(db, later, { agency: force, member: analyst, operationId });
  const overtaken = await home();
  assert.match(overtaken, /Use the new figures in a release/);
  assert.match(overtaken, /Return 2 was signed after it was drafted\./);
  assert.match(overtaken, /Needs attention/);
  assert.equal((await writer.post(`${address}/renew`, {})).statusCode, 303);
  const renewed = await home();
  assert.match(renewed, /Finish a draft release/);
  assert.doesNotMatch(renewed, /Return 2 was signed/);
});

test('each task of press says which operation or release it is about', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, council, signed } = room;
  const codeName = signedReturn.facts.codeName;
  const named = (what: string, name: string) => new RegExp(`>[^<]*${what}[\\s\\S]*?data-label="For">${name}<`);
  const home = async (who: typeof writer) => (await who.get('/staff')).body;
  assert.match(await home(writer), named('Draft a release for a signed return', codeName));
  const address = await draft(writer, signed.id);
  const title = 'Eight business addresses visited in Hertfordshire during week of action';
  const revision = await revisionOf(room, address);
  await writer.post(`${address}/submit`, { revision });
  assert.match(await home(partner), named('Approve a release', title));
  await partner.post(`${address}/approve`, { revision });
  assert.match(await home(writer), named('Publish an approved release', title));
  const lead = await room.signIn(await room.member(council, ['safeguarding lead'], 'Lee Lead'));
  const stopped = await lead.post(`/staff/submitted-releases/${idOf(address)}`, { revision, reason: 'danger' });
  assert.equal(stopped.statusCode, 303);
  assert.match(await home(writer), named('A release was stopped: change its text', title));
});

test('a return signed too early says so before a draft is begun: on home, in the list and in the form', async (t) => {
  const counted = { ...signedReturn, signedAt: new Date('2026-09-18T10:00:00Z') };
  const { writer, signed } = await openNewsroom(t, { counted });
  assert.match((await writer.get('/staff')).body, /It cannot be published before 19 September 2026\./);
  assert.match((await writer.get('/staff/newsroom/returns')).body, /Signed too early to be published/);
  const form = (await writer.get(`/staff/newsroom/returns/${signed.id}/draft`)).body;
  assert.match(form, /nobody can publish it yet[\s\S]*from 19 September 2026/);
  await draft(writer, signed.id);
  const home = (await writer.get('/staff')).body;
  assert.match(home, /Finish a draft release/);
  assert.match(home, /It cannot be published before 19 September 2026\./);
});

test('press are told of a newer return for a published release, on its page and in one line on Home', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague, partner, stranger, signed, force, analyst, db } = room;
  const address = await draft(writer, signed.id);
  await publish(room, address);
  const line = /A newer return was signed for a release/;
  const notice = /A newer return was signed\b[\s\S]*Version 2 of the return was signed after this text/;
  assert.doesNotMatch((await colleague.get('/staff')).body, line);
  assert.doesNotMatch((await writer.get(address)).body, notice);

  const { operationId } = signed;
  const later = { ...signedReturn, version: 2, signedAt: new Date('2026-09-24T08:00:00Z') };
  await addSignedReturn(db, later, { agency: force, member: analyst, operationId });
  for (const who of [writer, colleague]) {
    const home = (await who.get('/staff')).body;
    assert.match(home, new RegExp(`href="${address}"[^>]*>[^<]*A newer return was signed for a release`));
    assert.match(home, /Its page shows which figures changed/);
  }
  for (const who of [partner, stranger])
    assert.doesNotMatch((await who.get('/staff')).body, line, 'of the agency alone');
  const page = (await colleague.get(address)).body;
  assert.match(page, notice);
  assert.match(page, new RegExp(`href="${address}/correct"`), 'the correction is one click away');

  await room.moveTo('2026-11-24T10:00:00Z');
  assert.doesNotMatch((await colleague.get('/staff')).body, line, 'it does not stay for ever');
  assert.match((await colleague.get(address)).body, notice);
});
