/** Press at work, for tests: who there is, and the steps that a release takes. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Member } from '../../../../src/identity/agencies/index.ts';
import { signedReturn } from '../../../../src/newsroom/drafting/examples.ts';
import { addNewsroom } from '../../../../src/newsroom/releases/examples.ts';
import { findPublication } from '../../../../src/newsroom/releases/publication-store.ts';
import { getRelease } from '../../../../src/newsroom/releases/store.ts';
import type { SignedReturn } from '../../../../src/vocabulary/figures.ts';
import type { ReleaseId } from '../../../../src/vocabulary/ids.ts';
import { openHouse, type Visitor } from '../../house.ts';

/** Press at work in a house of its own: two of the force, one of the council that takes part, one who does not. */
export async function openNewsroom(
  t: TestContext,
  { counted = signedReturn, environment = {} }: { counted?: SignedReturn; environment?: Record<string, string> } = {},
) {
  const house = await openHouse(t, { today: '2026-09-24', time: '10:00', environment });
  const cast = await addNewsroom(house, counted);
  const people: { readonly member: Member; at: Visitor }[] = [];
  for (const member of [cast.writer, cast.colleague, cast.partner, cast.stranger])
    people.push({ member, at: await house.signIn(member) });
  const [writer, colleague, partner, stranger] = people.map(
    (person): Visitor => ({
      ...person.at,
      get: (url) => person.at.get(url),
      post: (url, answers) => person.at.post(url, answers),
    }),
  ) as [Visitor, Visitor, Visitor, Visitor];
  /** Another day: everybody has signed in again. */
  const moveTo = async (at: string): Promise<void> => {
    house.clock.move(new Date(at));
    for (const person of people) person.at = await house.signIn(person.member);
  };
  return { ...house, ...cast, writer, colleague, partner, stranger, moveTo };
}
export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>;

/** What a page's text says, where HTML had to write it otherwise. */
export const decoded = (html: string): string =>
  html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Drafts from a signed return. Returns the release's staff address. */
export async function draft(visitor: Visitor, returnId: string): Promise<string> {
  const drafted = await visitor.post(`/staff/newsroom/returns/${returnId}/draft`, { named: 'no' });
  assert.equal(drafted.statusCode, 303, drafted.body);
  return String(drafted.headers.location);
}

/** What the edit form holds, to be sent as it is but for what is changed. */
export async function formOf(visitor: Visitor, address: string): Promise<Record<string, string>> {
  const { body } = await visitor.get(`${address}/edit`);
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of body.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</g))
    fields[name] = decoded(value);
  for (const [tag] of body.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(tag)?.[1];
    if (name && name !== '_csrf') fields[name] = decoded(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  return fields;
}

/** Edits by the form, as a person would. */
export async function change(visitor: Visitor, address: string, changed: Record<string, string>): Promise<void> {
  const response = await visitor.post(`${address}/edit`, { ...(await formOf(visitor, address)), ...changed });
  assert.equal(response.statusCode, 303, response.body);
}

export const idOf = (address: string): ReleaseId => address.split('/').at(-1) as ReleaseId;

export const revisionOf = async ({ db }: Newsroom, address: string): Promise<number> =>
  (await getRelease(db, idOf(address))).revision;

/** Submits, has it approved by the partner, and publishes. Returns its public address. */
export async function publish(room: Newsroom, address: string, approver: Visitor = room.partner): Promise<string> {
  const revision = await revisionOf(room, address);
  for (const [who, act] of [
    [room.writer, 'submit'],
    [approver, 'approve'],
    [room.writer, 'publish'],
  ] as const) {
    const response = await who.post(`${address}/${act}`, { revision });
    assert.equal(response.statusCode, 303, `${act}: ${response.body}`);
  }
  const publication = await findPublication(room.db, idOf(address));
  return `/news/${publication?.slug}`;
}

/** What is answered to the question why a release is taken along. */
export const taking = { why: 'to publish it, or to send it to the press', words: 'the evening paper' };
