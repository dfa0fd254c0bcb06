/** A nurse whose agency is no first responder, a council that is one, and a draft on its way from her to it: the walk of several tests. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Concern } from '../../../../src/safeguarding/nrm-drafts/concern.ts';
import { answersBy, told } from '../../../../src/safeguarding/nrm-drafts/examples.ts';
import { getConcern, saveConcern } from '../../../../src/safeguarding/nrm-drafts/store.ts';
import { addPerson } from '../../../../src/safeguarding/people/examples.ts';
import type { Person } from '../../../../src/safeguarding/people/index.ts';
import { draftGroup, toTheNrm } from '../../../../src/vocabulary/agreed.ts';
import { newTimelessId } from '../../../../src/vocabulary/ids.ts';
import { openHouse, type Visitor } from '../../house.ts';
import { agrees } from '../people/walked-in.testing.ts';

export const today = '2026-11-26';
export const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** A nurse whose agency is no first responder, and a council that is one and has a caseworker. */
export async function world(t: TestContext, more: Partial<Person> = {}) {
  const house = await openHouse(t, { today });
  const { agency, member, signIn, safeguardingDb, keys, clock } = house;
  const council = await agency('council', { name: 'Lea Council', firstResponder: true });
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const nurse = await member(nurses, ['safeguarding lead'], 'Nia Nurse');
  const officer = await member(council, ['partner caseworker'], 'Cas Worker');
  const needs = { contactWay: 'a call', contactAt: '07700 900461' } as const;
  const person = await addPerson(safeguardingDb, keys, nurse, clock.now(), { ...needs, ...more });
  return { ...house, council, nurses, nurse, officer, person, her: await signIn(nurse), him: await signIn(officer) };
}
export type World = Awaited<ReturnType<typeof world>>;

export const idOf = (at: string): Concern['id'] => at.split('/').at(-1) as Concern['id'];
export const digestIn = ({ body }: { readonly body: string }): string =>
  /name="digest" value="([^"]+)"/.exec(body)?.[1] ?? '';

export async function raise(her: Visitor, person: { readonly id: string }, answer?: 'yes' | 'no'): Promise<string> {
  const at = String((await her.post(`/staff/safeguarding/persons/${person.id}/concern`)).headers.location);
  if (!answer) return at;
  await her.post(`${at}/question?of=doubt`, { answer: 'no' });
  const digest = digestIn(await her.get(`${at}/question`));
  const how = { how: 'the person themself', language: 'uk', interpreted: 'an interpreter in the room' };
  const kept = await her.post(`${at}/question?of=consent`, { digest, answer, ...how, interpreter: 'I 7' });
  assert.equal(kept.statusCode, 303, plain(kept.body));
  return at;
}

/** Writes what a worker would have typed, behind the pages. */
export async function know(
  { safeguardingDb, keys, nurse, clock }: World,
  at: string,
  more: Record<string, unknown> = {},
) {
  await safeguardingDb.transaction().execute(async (tx) => {
    const { setContext } = await import('../../../../src/platform/database.ts');
    await setContext(tx, { now: clock.now() });
    const concern = await getConcern(tx as never, keys, idOf(at));
    const answers = answersBy({ ...told, 'your role': 'Nurse', ...more } as never, { by: nurse.id, on: today });
    await saveConcern(tx as never, keys, { ...concern, answers });
  });
}

/** Reads the page, presses, and comes to the request for help: its address, and the paper that was made. */
export async function hands({ her, council }: World, at: string) {
  const digest = digestIn(await her.get(`${at}/hand`));
  const pressed = await her.post(`${at}/hand`, { digest, to: council.id });
  assert.equal(pressed.statusCode, 303, plain(pressed.body));
  const url = new URL(String(pressed.headers.location), 'http://x');
  return { refer: url.pathname, asked: `${url.pathname}${url.search}`, paper: String(url.searchParams.get('paper')) };
}

export const agreedItems = ['when we met', 'what help is asked for', 'what they need to know', draftGroup] as const;
export const saysYes = ({ her, person, council }: World, days = '28') =>
  agrees(her, person.id, {
    ...{ id: newTimelessId(), act: 'refer', to: council.id, purpose: toTheNrm, days, items: [...agreedItems] },
  });

/** Handed and asked for, with her yes. */
export async function handed(t: TestContext) {
  const w = await world(t);
  const at = await raise(w.her, w.person, 'yes');
  await know(w, at);
  const given = await hands(w, at);
  const consent = await saysYes(w);
  const id = newTimelessId();
  const about = { agreed: `consent:${consent}`, short: 'yes', needs: ['safety'], words: 'Please submit it.' };
  const send = { ...about, id, papers: [given.paper], step: 'send' };
  const sent = await w.her.post(given.refer, send);
  assert.equal(sent.statusCode, 303, plain(sent.body));
  const request = `/staff/safeguarding/referrals/${id}`;
  return { ...w, ...given, at, consent, send, request, paperAt: `/staff/safeguarding/papers/${given.paper}` };
}
