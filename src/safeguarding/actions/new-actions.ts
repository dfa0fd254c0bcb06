/** Actions that come from other modules: whether help arrived, after 28 and 90 days; and the clocks of a referral. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { type Nation, nations } from '../../vocabulary/calendar/working-days.ts';
import type { HelpListener } from '../help/routes.ts';
import { arrivalClocks, createTask, derivedId, type Task } from './action.ts';
import { addTask } from './store.ts';

export const taskFields = ['what', 'way', 'by', 'nation', 'earliest', 'latest', 'ending', 'endedWith', 'takenBy'];

type Offered = Pick<Task, 'what' | 'nation'> & { readonly id: string; readonly from: Date };
/** The member who offered help asks after 28 and 90 days whether it arrived. */
export const arrivalTasks = ({ id, what, nation, from }: Offered) =>
  arrivalClocks.map((by, nth) => ({
    id: derivedId(id, nth),
    what: `Ask whether it arrived: ${what}`,
    way: 'a question whether help arrived' as const,
    by,
    nation,
    earliest: from,
    latest: from,
  }));

/** Authored by the member who recorded the acceptance. Ids derive from the offer, so a repeated form adds no second question. */
export const helpListener: HelpListener = {
  fields: taskFields.filter((field) => !['ending', 'endedWith', 'takenBy'].includes(field)),
  begun: async (tx, keys, { id, personId, agencyId, authorId, at, help }) => {
    const by = { personId, agencyId, authorId, addedAt: at };
    const asked = arrivalTasks({ id, what: help, nation: nations[0], from: at });
    for (const one of asked) await addTask(tx, keys, createTask({ ...one, ...by }));
  },
};

const caseWords = {
  'reasonable-grounds': 'Has the reasonable grounds decision arrived? Record it in the NRM referral',
  'recovery-period': 'The recovery period ends: does the person need help beyond it?',
} as const;
type CaseClock = Pick<Task, 'personId' | 'agencyId' | 'authorId'> & {
  readonly clock: keyof typeof caseWords;
  readonly concernId: string;
  readonly nation: Nation;
  readonly from: Date;
  readonly at: Date;
};

/** A clock of the Competent Authority becomes one action of the agency that works on the case. */
export const caseListener = {
  fields: taskFields.filter((field) => !['ending', 'endedWith', 'takenBy'].includes(field)),
  begun: async (tx: Writer<AnyTables>, keys: UnitKeys, begun: CaseClock): Promise<void> => {
    const { clock, concernId, personId, agencyId, authorId, nation, from, at } = begun;
    const id = derivedId(concernId, Object.keys(caseWords).indexOf(clock));
    const when = { by: clock, nation, earliest: from, latest: from };
    const asked = { id, what: caseWords[clock], way: 'a thing to do' as const, ...when };
    await addTask(tx, keys, createTask({ ...asked, personId, agencyId, authorId, addedAt: at }));
  },
};
