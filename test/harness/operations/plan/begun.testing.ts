/** An operation just begun, for tests: a force with a planner by name, and a council that can refer. */
import type { TestContext } from 'node:test';
import { addOperation, letIn } from '../../../../src/operations/plan/examples.ts';
import { openHouse, type Visitor } from '../../house.ts';

export const place = {
  business: 'nail bar',
  name: 'Blue Door',
  address: '14 Mill Lane',
  town: 'Watford',
  postcode: '',
  dwelling: 'no',
  priority: 'high',
  reason: 'Two reports of people who never leave',
};
export const day = (name: string, date: string) => {
  const [year = '', month = '', number = ''] = date.split('-');
  return { [`${name}-day`]: number, [`${name}-month`]: month, [`${name}-year`]: year };
};
export const decision = { decidedBy: 'Supt Marlow', reason: 'Because of the reports', alternative: 'Waiting' };
export const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';
export const shown = ({ body }: { body: string }) => body.replaceAll(/name="_csrf" value="[\w-]+"/g, '');
export const baseIn = ({ body }: { body: string }) => /name="base" value="(\d+)"/.exec(body)?.[1] ?? 'none';

/** A force with a planner by name, a council that can refer, and an empty operation. */
export async function begun(t: TestContext) {
  const house = await openHouse(t, { today: '2026-09-10' });
  const { db, agency, member, signIn } = house;
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const council = await agency('council', { name: 'Leashire council', firstResponder: true });
  const lead = await member(force, ['planner'], 'Asha Planner');
  const operation = await addOperation(db, force, lead);
  await letIn(db, operation, lead);
  return {
    ...house,
    force,
    council,
    lead,
    operation,
    planner: await signIn(lead),
    of: `/staff/operations/${operation.id}`,
  };
}

/** Opens a form, and sends it with the version that it was opened on. */
export const send = async (who: Visitor, address: string, answers: Record<string, unknown>) =>
  who.post(address, { ...answers, base: baseIn(await who.get(address)) });
