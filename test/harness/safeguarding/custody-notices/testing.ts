/** A person known behind the wall, those who help her, and those who hold somebody: for tests of both sides. */
import type { TestContext } from 'node:test';
import { doOnce, hearNews } from '../../../../src/platform/outbox.ts';
import { ringCustodians } from '../../../../src/safeguarding/custody-notices/custody-store.ts';
import { protectiveNoticeListeners } from '../../../../src/safeguarding/custody-notices/store.ts';
import { addPerson } from '../../../../src/safeguarding/people/examples.ts';
import type { Person } from '../../../../src/safeguarding/people/index.ts';
import { type HouseOptions, openHouse, type TestHouse } from '../../house.ts';

export const openSides = async (
  t: Pick<TestContext, 'after'>,
  options: HouseOptions = {},
  of: Partial<Person> = {},
): Promise<Awaited<ReturnType<typeof sidesIn>>> => sidesIn(await openHouse(t, options), of);

export async function sidesIn(house: TestHouse, of: Partial<Person> = {}) {
  const { agency, member, safeguardingDb, keys, clock } = house;
  const advisers = await agency('sexual violence advisers', { name: 'Harbour Advisers' });
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const border = await agency('immigration', { name: 'Border Compliance East' });
  const people = {
    adviser: await member(advisers, ['field'], 'Tess Adviser'),
    lead: await member(advisers, ['safeguarding lead'], 'Ines Lead'),
    helpProtection: await member(advisers, ['data-protection lead'], 'Hana Protection'),
    custodian: await member(force, ['custodian'], 'Piers Custodian'),
    second: await member(force, ['custodian'], 'Sol Second'),
    officer: await member(force, ['field', 'enforcement'], 'Olu Officer'),
    detective: await member(force, ['custodian', 'enforcement'], 'Dee Detective'),
    commander: await member(force, ['commander', 'enforcement'], 'Bo Commander'),
    protection: await member(force, ['data-protection lead'], 'Nell Protection'),
    borderCustodian: await member(border, ['custodian'], 'Una Custodian'),
  };
  const person = await addPerson(safeguardingDb, keys, people.adviser, clock.now(), of);
  return { ...house, advisers, force, border, people, person };
}

/** The leader carries over what waits behind the wall. */
export const carryAcross = (house: Pick<TestHouse, 'databases' | 'clock' | 'keys'>): Promise<number> =>
  hearNews(house.databases, house.clock, protectiveNoticeListeners(house.keys), 'safeguarding');

export async function minutesPass(house: Pick<TestHouse, 'databases' | 'clock'>, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1)
    await doOnce(house.databases, house.clock, { name: 'ring', everySeconds: 60, run: ringCustodians });
}

export const home = '/staff/safeguarding/protective-notices';
export const custody = '/staff/custody-notices';
export const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';
