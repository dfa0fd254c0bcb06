import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication, type Visitor } from '../../../test/fixtures/application.ts';
import { aWalkIn, type WalkIn } from '../../../test/fixtures/walk-in.ts';
import { reads } from '../../../test/harness/browsing.ts';
import { seedNrmReferral } from '../nrm-drafts/examples.ts';
import { addPerson } from './examples.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const way = /href="([^"]+)"[^>]*>Refer the person to the children’s services of ([^<]+)</g;
const waysOn = (body: string) =>
  [...body.matchAll(way)].map(([, href = '', name]) => [href.replaceAll('&amp;', '&'), name] as const);

async function pages({ safeguardingDb, keys, clock }: WalkIn, at: Visitor, more: object): Promise<string[]> {
  const person = await addPerson(safeguardingDb, keys, at.member, clock.now(), more);
  const concern = await seedNrmReferral(safeguardingDb, keys, person, clock.now(), {});
  const urls = [`/staff/safeguarding/people/${person.id}`, `/staff/safeguarding/nrm-referrals/${concern.id}`];
  return Promise.all(urls.map(async (url) => (await at.get(url)).body));
}

test('for a person who is or may be a child, record and potential victim referral link to children’s services with only those preselected', async (t) => {
  const application = await aWalkIn(t);
  const { council, nurse, signIn, agency } = application;
  const at = await signIn(nurse);
  const forms = new Set<string>();
  for (const more of [
    { age: 'under 18', yearOfBirth: 2011, language: 'Vietnamese' },
    { age: 'not known', yearOfBirth: null, language: 'English', interpreter: 'not needed' },
  ] as const)
    for (const body of await pages(application, at, more)) {
      const [[href, name] = ['', ''], ...others] = waysOn(body);
      assert.equal(name, 'Lea Council');
      assert.deepEqual(others, []);
      const { searchParams } = new URL(href, 'http://x');
      assert.deepEqual(Object.fromEntries(searchParams), { to: council.id, purpose: 'childcare' });
      const form = await at.get(href);
      assert.match(form.body, new RegExp(`value="${council.id}" checked`));
      assert.match(form.body, /<option value="childcare" selected/);
      assert.match(form.body, /value="treated as child" checked/);
      assert.match(form.body, /value="safety" checked/);
      assert.match(
        plain(form.body),
        /If a child is in danger, do not wait for approval\. Telephone children’s services/,
      );
      forms.add(String(form.body.match(/ checked/g)?.length));
    }
  assert.deepEqual([...forms], ['3'], 'council, ground and need, alike whatever the language');
  for (const body of await pages(application, at, {})) assert.deepEqual(waysOn(body), [], 'an adult');
  await agency('council', { name: 'Far County' });
  const [record = ''] = await pages(application, at, { age: 'not known', yearOfBirth: null });
  assert.deepEqual(
    waysOn(record).map(([, name]) => name),
    ['Lea Council', 'Far County'],
  );
  const far = await at.get(waysOn(record)[1]?.[0] ?? '');
  assert.match(plain(far.body), /Far County Not on Safelight\. Send a letter or an encrypted file/);
});

test('shows that a council was asked, and does not offer it again', async (t) => {
  const application = await aWalkIn(t);
  const { council, nurse, signIn, safeguardingDb, keys, clock } = application;
  const at = await signIn(nurse);
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now(), { age: 'not known', yearOfBirth: null });
  const url = `/staff/safeguarding/people/${person.id}`;
  const [[href = ''] = []] = waysOn((await at.get(url)).body);
  const ask = async (agreed: string) => {
    const form = await at.get(href);
    return at.post(href.split('?')[0] ?? '', {
      ...{ id: /name="id" value="([^"]+)"/.exec(form.body)?.[1], to: council.id, agreed, step: 'send' },
      ...{ needs: ['shelter'], words: 'A child alone', purpose: 'childcare' },
    });
  };
  const waits = await ask('treated as child');
  assert.match(String(waits.headers.location), /^\/staff\/safeguarding\/disclosures\//);
  const before = (await at.get(url)).body;
  assert.match(plain(before), /Not shared yet To protect or look after a child\. A second person must approve it\./);
  assert.ok(before.includes(String(waits.headers.location)));
  assert.equal(waysOn(before).length, 1, 'nobody is told');
  const sent = await ask('agreed');
  assert.equal(sent.statusCode, 303, plain(sent.body));
  const after = await at.get(url);
  assert.deepEqual(waysOn(after.body), []);
  assert.match(plain(after.body), /Asked: Lea Council\./);
});

test('a draft sent to the council for submission does not tell its children’s services, so the link to them stays', async (t) => {
  const application = await aWalkIn(t);
  const { council, nurse, signIn, safeguardingDb, keys, clock } = application;
  const at = await signIn(nurse);
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now(), { age: 'under 18', yearOfBirth: null });
  const url = `/staff/safeguarding/people/${person.id}`;
  const [[href = ''] = []] = waysOn((await at.get(url)).body);
  const form = await at.get(href);
  const sent = await at.post(href.split('?')[0] ?? '', {
    ...{ id: /name="id" value="([^"]+)"/.exec(form.body)?.[1], to: council.id, agreed: 'agreed', step: 'send' },
    ...{
      needs: ['legal advice'],
      words: 'To submit',
      purpose: 'NRM referral',
    },
  });
  assert.equal(sent.statusCode, 303, plain(sent.body));
  const { body } = await at.get(url);
  assert.equal(waysOn(body).length, 1);
  assert.doesNotMatch(plain(body), /Asked: Lea Council/);
});

test('where no council can be asked, the page says so and links to other agencies', async (t) => {
  const application = await openApplication(t, { today: '2026-09-18' });
  const { agency, member, signIn, safeguardingDb, keys, clock } = application;
  const nurse = await member(await agency('health'), ['partner caseworker'], 'Nia Nurse');
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now(), { age: 'not known', yearOfBirth: null });
  const { body } = await (await signIn(nurse)).get(`/staff/safeguarding/people/${person.id}`);
  assert.match(body, new RegExp(`people/${person.id}/refer[^"]*"[^>]*>No council receives referrals here: call its`));
});

test('members who may record needs find the link under “Needs and support”', async (t) => {
  const { caseworker, colleague, signIn, person } = await aWalkIn(t);
  for (const who of [caseworker, colleague]) {
    const at = await signIn(who);
    const { body } = await at.get(`/staff/safeguarding/people/${person.id}`);
    const [, tab = ''] = /href="([^"]+)"[^>]*>Needs and support</.exec(body) ?? [];
    const [, href = ''] = /href="([^"]+)"[^>]*>Record what the person needs</.exec((await at.get(tab)).body) ?? [];
    await reads(at, href, /What does the person need\?/);
  }
});
