/** Actions of a data-protection lead on the first page: open requests from people about their data, and unusual accesses. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { dayOf } from '../platform/clock.ts';
import { countedTask, type HomeItems, listDue } from '../platform/http/home.ts';
import type { Request } from '../platform/http/server.ts';
import { addMonths } from '../vocabulary/calendar/days.ts';
import { oversightPaths, requestPaths } from '../vocabulary/paths/audit.ts';
import { type AccessHistory, listAnswers, readAccessHistory } from './store.ts';
import { countOpenRequests } from './subject-access/store.ts';
import { findUnusualAccesses, subtractDays } from './unusual-access/find-unusual.ts';
import { isAnswerTo } from './unusual-access/similar-accesses.ts';
import { mayAnswer } from './unusual-access/unusual-access.ts';

/** The first page checks fewer accesses than the page of accesses, so that it stays fast. */
const days = 7;
const maxAccesses = 1_000;

/** The law gives one month for an answer: UK GDPR Article 12(3). */
const monthsToAnswer = 1;

const requestHomeItems = (action: string, from: string): HomeItems => ({
  action,
  waiting: async (db, _request, look) => {
    look('requests.waiting counted', null, { fields: ['state', 'openedAt'] });
    const { count, oldest } = await countOpenRequests(db);
    if (!oldest) return [];
    return [
      {
        what: countedTask(
          count,
          'Answer a person’s request for their data',
          'Answer # requests of people for their data',
        ),
        for: from,
        due: addMonths(dayOf(oldest), monthsToAnswer),
        status: 'to do',
        href: requestPaths.requests(),
        count,
      },
    ];
  },
});

type LogStore = { readonly log: string; readonly answer: string; readonly from: string };

const unusualAccessHomeItems = (
  policy: AreaPolicy,
  { log, answer, from }: LogStore,
  historyFor: (db: Parameters<NonNullable<HomeItems['waiting']>>[0], request: Request) => Promise<AccessHistory>,
): HomeItems => ({
  action: log,
  waiting: async (db, request, look) => {
    if (!request.can(answer)) return [];
    const seen = look('log.waiting counted', null, { fields: ['at', 'member', 'event', 'subject', 'returned'] });
    const history = await historyFor(db, request);
    const findings = await findUnusualAccesses(seen, {
      policy,
      history,
      since: subtractDays(request.now, days),
      most: maxAccesses,
    });
    const answers = await listAnswers(seen);
    const own = findings.filter(
      (finding) => mayAnswer(finding, request.actor.memberId) && !answers.some(isAnswerTo(finding)),
    );
    return listDue([
      {
        what: countedTask(own.length, 'Check an unusual access', 'Check # unusual accesses'),
        detail: `In the last ${days} days.`,
        for: from,
        status: 'to do',
        href: oversightPaths.unusual(),
        count: own.length,
      },
    ]);
  },
});

/** Left out if there are no actions. Roles and grants are in the main database, so the first items read them and pass them to the ones for the safeguarding database. */
export function oversightHomeItems(policy: AreaPolicy): readonly HomeItems[] {
  const read = new WeakMap<Request, AccessHistory>();
  const [operational, safeguarding] = ['Operational records', 'Safeguarding records'];
  return [
    requestHomeItems('request.read', operational),
    requestHomeItems('help request.read', safeguarding),
    unusualAccessHomeItems(
      policy,
      { log: 'log.read', answer: 'access.answer', from: operational },
      async (db, request) => {
        const history = await readAccessHistory(db);
        read.set(request, history);
        return history;
      },
    ),
    unusualAccessHomeItems(
      policy,
      { log: 'help log.read', answer: 'help access.answer', from: safeguarding },
      async (_db, request) => read.get(request) ?? { terms: [], grants: [] },
    ),
  ];
}
