/** Summary of a person's NRM referrals for the page of their record, with the target date of the next decision. */
import { stateOf } from '../../nrm/index.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { nationOf } from '../first-responder-requests/who-may-submit.ts';
import { hourWords } from '../notes/pages.ts';
import { treated } from '../people/person.ts';
import type { Beside, Line } from '../people/record-sections.ts';
import { getPerson } from '../people/store.ts';
import { concernFields } from './audited-reads.ts';
import { ageOf, type Concern, caseOf, goesOn } from './nrm-referral.ts';
import { nowWords } from './pages.ts';
import { at } from './route-question-pages.ts';
import { aimOf } from './routes.ts';
import { type ConcernTables, listConcernsOf } from './store.ts';

/** The target date while no reasonable grounds decision has been made. */
async function awaited(concern: Concern): Promise<string> {
  const held = caseOf(concern);
  const aim = held && stateOf(held) === 'submitted' && (await aimOf(concern, nationOf(concern.answers.nation?.value)));
  return aim ? `. A decision on reasonable grounds is hoped for by ${longDay(aim)}` : '';
}

export const concernsBeside: Beside = {
  action: 'concern.read',
  tell: (request, keys, id) =>
    request.under('concern.read', async (_db, look) => {
      const db = look('concerns.listed', id, { fields: concernFields }) as unknown as AuditedReader<ConcernTables>;
      const all = await listConcernsOf(db, keys, id);
      request.returned(all.map((one) => one.id));
      const open: Line[] = [];
      if (all.length === 0) return { open };
      const age = ageOf[treated(await getPerson(db as never, keys, id), request.today)];
      for (const concern of all)
        open.push({
          what: 'Concern',
          text: `${nowWords(concern, age)}${await awaited(concern)}. Raised ${hourWords(concern.raisedAt)}`,
          href: at(concern.id),
        });
      const going = goesOn(all);
      return { open, concern: going && at(going.id) };
    }),
};
