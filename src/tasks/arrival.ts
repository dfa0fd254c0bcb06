/** Whether the help arrived: what is to be asked after 28 and after 90 days, once help was offered or taken up. */
import type { HelpFollows } from '../persons/index.ts';
import { nations } from '../vocabulary/working-days.ts';
import { addTask } from './store.ts';
import { arrivalClocks, nthId, type Task, taskOf } from './task.ts';

export const taskFields = ['what', 'way', 'by', 'nation', 'earliest', 'latest', 'ending', 'endedWith', 'takenBy'];

type Offered = Pick<Task, 'id' | 'what' | 'nation'> & { readonly from: Date };
/** Whoever offered help asks after 28 and after 90 days whether it arrived. */
export const arrivalTasks = ({ id, what, nation, from }: Offered) =>
  arrivalClocks.map((by, nth) => ({
    id: nthId(id, nth),
    what: `Ask whether it arrived: ${what}`,
    way: 'a question whether help arrived' as const,
    by,
    nation,
    earliest: from,
    latest: from,
  }));

/** In the name of who wrote down the yes. Tasks take their ids from the act: one that is sent twice asks once. */
export const helpFollowed: HelpFollows = {
  fields: taskFields.filter((field) => !['ending', 'endedWith', 'takenBy'].includes(field)),
  begun: async (tx, keys, { id, personId, agencyId, authorId, at, help }) => {
    const by = { personId, agencyId, authorId, addedAt: at };
    const asked = arrivalTasks({ id: id as never, what: help, nation: nations[0], from: at });
    for (const one of asked) await addTask(tx, keys, taskOf({ ...one, ...by }));
  },
};
