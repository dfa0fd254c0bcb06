/** Actions of a data-protection lead on the first page: open requests from people about their data, and unusual accesses. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { dayOf } from '../platform/clock.ts';
import type { HomeItems } from '../platform/http/home.ts';
import type { Request } from '../platform/http/server.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { capital, countWord, plural } from '../vocabulary/languages/english.ts';
import { oversightPaths, requestPaths } from '../vocabulary/paths/audit.ts';
import { type AccessHistory, listAnswers, readAccessHistory } from './store.ts';
import { countOpenRequests } from './subject-access/store.ts';
import { findUnusualAccesses, subtractDays } from './unusual-access/find-unusual.ts';
import { isAnswerTo } from './unusual-access/similar-accesses.ts';
import { mayAnswer } from './unusual-access/unusual-access.ts';

/** The first page checks fewer accesses than the page of accesses, so that it stays fast. */
const days = 7;
const maxAccesses = 1_000;

const requestHomeItems = (action: string, title: string): HomeItems => ({
  action,
  title,
  waiting: async (db, _request, look) => {
    look('requests.waiting counted', null, { fields: ['state', 'openedAt'] });
    const { count, oldest } = await countOpenRequests(db);
    if (!oldest) return [];
    const since = `${count === 1 ? 'opened' : 'the oldest opened'} on ${longDay(dayOf(oldest))}`;
    const text = `${capital(countWord(count))} ${plural(count, 'request waits', 'requests wait')} for an answer, ${since}`;
    return [{ text, href: requestPaths.requests(), count }];
  },
});

type LogStore = { readonly log: string; readonly answer: string; readonly title: string };

const unusualAccessHomeItems = (
  policy: AreaPolicy,
  { log, answer, title }: LogStore,
  historyFor: (db: Parameters<NonNullable<HomeItems['waiting']>>[0], request: Request) => Promise<AccessHistory>,
): HomeItems => ({
  action: log,
  title,
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
    if (own.length === 0) return [];
    const text = `${capital(countWord(own.length))} ${plural(own.length, 'access', 'accesses')} of the last ${days} days without findings`;
    return [{ text, href: oversightPaths.unusual(), count: own.length }];
  },
});

/** Left out if there are no actions. Roles and grants are in the main database, so the first desk reads them and passes them to the one for the safeguarding database. */
export function oversightHomeItems(policy: AreaPolicy): readonly HomeItems[] {
  const read = new WeakMap<Request, AccessHistory>();
  return [
    requestHomeItems('request.read', 'Subject access requests'),
    requestHomeItems('help request.read', 'Subject access requests about safeguarding records'),
    unusualAccessHomeItems(
      policy,
      { log: 'log.read', answer: 'access.answer', title: 'Unusual access' },
      async (db, request) => {
        const history = await readAccessHistory(db);
        read.set(request, history);
        return history;
      },
    ),
    unusualAccessHomeItems(
      policy,
      { log: 'help log.read', answer: 'help access.answer', title: 'Unusual access to safeguarding records' },
      async (_db, request) => read.get(request) ?? { terms: [], grants: [] },
    ),
  ];
}
