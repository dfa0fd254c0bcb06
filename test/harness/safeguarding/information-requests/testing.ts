/** Police who ask, an agency that may hold something, and its lead: for tests of both sides. */
import type { TestContext } from 'node:test';
import { hearNews } from '../../../../src/platform/outbox.ts';
import { said } from '../../../../src/safeguarding/information-requests/examples.ts';
import { testField } from '../../../../src/safeguarding/information-requests/forms.ts';
import { informationRequestListeners } from '../../../../src/safeguarding/information-requests/store.ts';
import { addPerson } from '../../../../src/safeguarding/people/examples.ts';
import type { Person } from '../../../../src/safeguarding/people/index.ts';
import { type HouseOptions, openHouse, type TestHouse } from '../../house.ts';

export const home = '/staff/information-requests';
export const behind = '/staff/safeguarding/information-requests';

export async function openPolice(t: Pick<TestContext, 'after'>, options: HouseOptions = {}) {
  const house = await openHouse(t, options);
  const { agency, member, safeguardingDb, keys, clock } = house;
  const advisers = await agency('sexual violence advisers', { name: 'Harbour Advisers' });
  const council = await agency('council', { name: 'Lea Vale Council' });
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const border = await agency('immigration', { name: 'Border Compliance East' });
  const people = {
    detective: await member(force, ['enforcement'], 'Dee Detective'),
    other: await member(force, ['enforcement', 'commander'], 'Oz Other'),
    protection: await member(force, ['data-protection lead'], 'Nell Protection'),
    borderOfficer: await member(border, ['enforcement'], 'Bo Border'),
    lead: await member(advisers, ['safeguarding lead'], 'Ines Lead'),
    field: await member(advisers, ['field'], 'Tess Adviser'),
    helpProtection: await member(advisers, ['data-protection lead'], 'Hana Protection'),
    councilLead: await member(council, ['safeguarding lead'], 'Cai Lead'),
  };
  const know = (of: Partial<Person> = {}) => addPerson(safeguardingDb, keys, people.lead, clock.now(), of);
  return { ...house, advisers, council, force, border, people, know };
}

const because = 'Nothing else tells who kept the flat, and a witness has left.';

/** As the form is filled in, with an answer to every test. */
export const asking = (to: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...said,
  to,
  kinds: ['what help was given', 'whether and when the person was in contact'],
  ...Object.fromEntries([0, 1, 2, 3, 4].map((index) => [testField(index), because])),
  notice: 'given to the person',
  noticeWhy: '',
  ...more,
});

export const carryAnswers = (house: Pick<TestHouse, 'databases' | 'clock' | 'keys'>): Promise<number> =>
  hearNews(house.databases, house.clock, informationRequestListeners(house.keys), 'safeguarding');

export const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';

export const same = (body: string): string =>
  body.replaceAll(/name="_csrf" value="[^"]*"/g, '').replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'ID');
