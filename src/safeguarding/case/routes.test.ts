import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addHelp, addPerson } from '../people/examples.ts';

const aCase = async (t: Parameters<typeof openApplication>[0], more: Parameters<typeof addPerson>[4] = {}) => {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:20' });
  const { agency, member, signIn, safeguardingDb, keys, clock } = application;
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const council = await agency('council', { name: 'Lea Council' });
  await member(council, ['partner caseworker'], 'Cas Worker');
  const nurse = await member(nurses, ['partner caseworker'], 'Nia Nurse');
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now(), more);
  return {
    ...application,
    nurses,
    council,
    nurse,
    person,
    at: await signIn(nurse),
    url: `/staff/safeguarding/people/${person.id}`,
  };
};

const primary = (body: string): string[] =>
  [...body.matchAll(/<a class="govuk-button" href="([^"]+)"[^>]*>([^<]+)</g)].map(([, , text = '']) => text.trim());

const parts = ['', '/help', '/consents', '/referrals', '/nrm', '/documents', '/history'];
const forms = [
  '/needs',
  '/offer',
  '/correct',
  '/actions',
  '/documents/new',
  '/refer',
  '/consents/ask',
  '/nrm-referral',
];

test('each page of a case says who it is about, and leads to the others', async (t) => {
  const { at, url, person } = await aCase(t);
  for (const path of [...parts, ...forms]) {
    const { body, statusCode } = await at.get(`${url}${path}`);
    assert.equal(statusCode, 200, path);
    const banner = /<section class="sl-identity"[\s\S]*?<\/section>/.exec(body)?.[0] ?? '';
    assert.match(banner, new RegExp(`Olga[\\s\\S]*${referenceOf('case', person.id)}`), path);
    assert.match(banner, /Adult[\s\S]*Ukrainian, needs an interpreter[\s\S]*A text message, 07700 900461/, path);
    assert.match(banner, /Lea Nurses[\s\S]*Never:<\/b> No calls, no voice messages/, path);
    for (const tab of parts)
      assert.ok(
        body.includes(`class="moj-sub-navigation__link" href="${url}${tab}"`) ||
          body.includes(`aria-current="page" href="${url}${tab}"`),
        `${path} leads to ${tab}`,
      );
    assert.equal([...body.matchAll(/<h1/g)].length, 1, path);
  }
});

test('a reader is offered only the parts that they may open', async (t) => {
  const { agency, member, signIn, url, nurses } = await aCase(t);
  const field = await member(nurses, ['field'], 'Fay Field');
  const other = await member(await agency('council'), ['partner caseworker']);
  const theirs = await (await signIn(field)).get(url);
  for (const [, href = ''] of theirs.body.matchAll(/moj-sub-navigation__link"[^>]* href="([^"]+)"/g))
    assert.equal((await (await signIn(field)).get(href)).statusCode, 200, href);
  for (const part of parts.filter((one) => one !== '/consents'))
    assert.equal((await (await signIn(other)).get(`${url}${part}`)).statusCode, 404, part);
});

test('the overview has one button, and it follows the state of the case', async (t) => {
  const { at, url, person, council, safeguardingDb, keys } = await aCase(t);
  const says = async () => primary((await at.get(url)).body);
  assert.deepEqual(await says(), ['Add a contact note']);
  await addHelp(safeguardingDb, keys, person, { what: 'needs', needs: ['shelter'], words: null });
  assert.deepEqual(await says(), ['Ask for consent']);
  const ask = {
    ...{ id: newTimelessId(), to: council.id, agreed: 'agreed', step: 'send', needs: ['shelter'] },
    ...{ words: 'A bed for tonight', purpose: 'safe place' },
  };
  assert.equal((await at.post(`${url}/refer`, ask)).statusCode, 303);
  assert.deepEqual(await says(), ['Add a contact note'], 'a referral waits for its answer');
  assert.equal((await at.post(`${url}/nrm-referral`, {})).statusCode, 303);
  assert.deepEqual(await says(), ['Go on with the NRM referral']);
});

test('a child is first of all for children’s services, whatever else is open', async (t) => {
  const { at, url, council } = await aCase(t, { age: 'not known', yearOfBirth: null });
  await at.post(`${url}/nrm-referral`, {});
  const { body } = await at.get(url);
  assert.deepEqual(primary(body), ['Ask children’s services']);
  assert.match(body, new RegExp(`/refer\\?to=${council.id}&amp;purpose=childcare"[^>]*>Ask children’s services`));
  assert.match(body, /Not known: treat as a child/);
});

test('the timeline says what happened, newest first, with who and when, and no free text', async (t) => {
  const { url, nurse, council, signIn, member, clock } = await aCase(t);
  const words = 'A bed for tonight, behind a door that locks';
  const anHourLater = async (who: typeof nurse) => {
    clock.move(new Date(clock.now().getTime() + 3_600_000));
    return signIn(who);
  };
  const needs = { id: newTimelessId(), needs: ['shelter'], words };
  assert.equal((await (await anHourLater(nurse)).post(`${url}/needs`, needs)).statusCode, 303);
  const id = newTimelessId();
  const ask = {
    ...{ id, to: council.id, agreed: 'agreed', step: 'send', needs: ['shelter'] },
    ...{ words, purpose: 'safe place' },
  };
  assert.equal((await (await anHourLater(nurse)).post(`${url}/refer`, ask)).statusCode, 303);
  const caseworker = await anHourLater(await member(council, ['partner caseworker'], 'Cora Council'));
  await caseworker.post(`/staff/safeguarding/referrals/${id}/decide`, { decision: 'accepted', reason: words });
  const { body } = await (await anHourLater(nurse)).get(`${url}/history`);
  const timeline = body.slice(body.indexOf('id="timeline"'));
  assert.match(
    timeline,
    /Referral accepted: Lea Council[\s\S]*Cora Council[\s\S]*Referral sent: Lea Council[\s\S]*Needs: shelter[\s\S]*Nia Nurse[\s\S]*Record opened/,
  );
  assert.ok(!timeline.includes(words));
});
