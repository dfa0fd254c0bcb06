/** For tests of people who have a record: a council that keeps one of somebody who walked in, nurses who may be asked to help, and others who stand near. */
import type { TestContext } from 'node:test';
import { addPerson } from '../../../../src/safeguarding/people/examples.ts';
import { newTimelessId } from '../../../../src/vocabulary/ids.ts';
import { type HouseOptions, openHouse, type Visitor } from '../../house.ts';

export const aWalkIn = async (t: TestContext, options: HouseOptions = {}) => {
  const house = await openHouse(t, { today: '2026-09-18', time: '10:47', ...options });
  const { agency, member, safeguardingDb, keys, clock } = house;
  const council = await agency('council', { name: 'Lea Council' });
  const nurses = await agency('health', { name: 'Lea Nurses' });
  const others = await agency('voluntary', { name: 'Open Door' });
  const force = await agency('police force');
  const caseworker = await member(council, ['partner caseworker'], 'Cas Worker');
  const colleague = await member(council, ['safeguarding lead'], 'Col League');
  const nurse = await member(nurses, ['partner caseworker'], 'Nia Nurse');
  const elsewhere = await member(others, ['partner caseworker'], 'Els Where');
  const officer = await member(force, ['field', 'enforcement', 'safeguarding lead'], 'Off Icer');
  const person = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  return { ...house, council, nurses, others, caseworker, colleague, nurse, elsewhere, officer, person };
};
export type WalkIn = Awaited<ReturnType<typeof aWalkIn>>;

export const consentTo = (to: string, more: Record<string, unknown> = {}) => ({
  id: newTimelessId(),
  act: 'refer',
  to,
  purpose: 'to find a safe place to stay',
  items: ['when we met', 'what help is asked for', 'what they need to know', 'how to reach the person safely'],
  days: '28',
  ...more,
});

/** Asked in the words of the page, and agreed to by the person herself. */
export async function agrees(at: Visitor, personId: string, asked: ReturnType<typeof consentTo>): Promise<string> {
  const url = `/staff/safeguarding/people/${personId}/agreed/ask`;
  const shown = await at.post(url, { ...asked, step: 'show' });
  const digest = /name="digest" value="([^"]+)"/.exec(shown.body)?.[1];
  const saved = await at.post(url, {
    ...asked,
    digest,
    step: 'save',
    how: 'the person themself',
    language: 'uk',
    interpreted: 'an interpreter in the room',
    interpreter: 'Interpreter 4471',
  });
  if (saved.statusCode !== 303) throw new Error(`${saved.statusCode}: ${saved.body.replace(/<[^>]*>|\s+/g, ' ')}`);
  return asked.id;
}
