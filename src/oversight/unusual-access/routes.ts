/** Routes to list and answer unusual accesses. Each database keeps its own answers. */

import { z } from 'zod';
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { oversightPaths } from '../../vocabulary/paths/audit.ts';
import type { StaffPath } from '../../vocabulary/paths/path.ts';
import { accept } from '../../vocabulary/result.ts';
import { readLogNames } from '../access-log/reading.ts';
import { AnswerForm } from '../forms.ts';
import { addAnswers, listAnswers, readAccessHistory } from '../store.ts';
import { findUnusualAccesses, subtractDays } from './find-unusual.ts';
import { ownAccessError, type UnusualAccessList, unusualAccessAnswerPage, unusualAccessPage } from './pages.ts';
import { groupSimilarAccesses, listAnsweredRequests } from './similar-accesses.ts';
import { getThresholds } from './thresholds.ts';
import { type Finding, mayAnswer } from './unusual-access.ts';

/** How many log entries are checked at once, latest first. */
const maxAccesses = 5_000;
const Query = PageQuery.extend({ behind: PageQuery.shape.page });
const AnswerQuery = z.object({
  sort: z.string().max(100).catch(''),
  member: z.string().max(50).catch(''),
  request: z.string().max(50).catch(''),
});

const fields = ['at', 'member', 'event', 'subject', 'returned'];

export async function unusualAccessRoutes(app: App, policy: AreaPolicy): Promise<void> {
  listRoute(app, policy);
  answerRoutes(app, policy, {
    path: oversightPaths.answerUnusual,
    action: 'access.answer',
    log: 'log.read',
    at: ({ now }) => now,
  });
  answerRoutes(app, policy, {
    path: oversightPaths.answerRestricted,
    action: 'help access.answer',
    log: 'help log.read',
    at: ({ now }) => floorToHour(now),
  });
}

function listRoute(app: App, policy: AreaPolicy): void {
  app.get(oversightPaths.unusual.route, may('log.read', z.unknown(), Query), async (request, reply) => {
    const { query } = request;
    const held = getThresholds(request.today);
    const db = request.look('log.weighed', null, { fields });
    const history = await readAccessHistory(db);
    const since = subtractDays(request.now, held.days);
    const found = async (from: AuditedReader<AnyTables>, of: 'page' | 'behind'): Promise<UnusualAccessList> => {
      const groups = groupSimilarAccesses(
        await findUnusualAccesses(from, { policy, history, since, most: maxAccesses }),
      );
      const at = query[of];
      const addressOf = (to: number) => withQuery(oversightPaths.unusual(), { ...query, [of]: to });
      return {
        groups: groups.slice((at - 1) * pageSize, at * pageSize),
        answers: await listAnswers(from),
        pages: paginate(at, pageSize, groups.length, addressOf),
      };
    };
    const main = await found(db, 'page');
    const behind = request.can('help log.read')
      ? await request.under('help log.read', (_db, look) => found(look('log.weighed', null, { fields }), 'behind'))
      : undefined;
    const people = [main, behind].flatMap((one) => (one ? listPeopleIn(one) : []));
    const around = await request.under('log.read', (reader) => readLogNames(reader, people));
    const rights = {
      main: request.can('access.answer'),
      behind: request.can('help access.answer'),
      who: request.actor.memberId,
    };
    return reply.sections(unusualAccessPage({ main, behind }, around, held, rights));
  });
}

/** Whose access it was, and who answered. */
const listPeopleIn = ({ groups, answers }: UnusualAccessList): string[] => [
  ...groups.map(([{ memberId }]) => memberId),
  ...answers.map(({ answeredBy }) => answeredBy),
];

type AnswerRoute = {
  readonly path: StaffPath & (() => string);
  readonly action: string;
  /** What the accesses are read under. */
  readonly log: string;
  readonly at: (request: Request) => Date;
};

/** Both databases are read before the answer is saved in one of them. */
function answerRoutes(app: App, policy: AreaPolicy, { path, action, log, at }: AnswerRoute): void {
  app.get(path.route, may(action, z.unknown(), AnswerQuery), async (request, reply) =>
    reply.form(unusualAccessAnswerPage(path(), request.query.sort), request.query),
  );

  app.post(path.route, may(action), async (request, reply) => {
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) => reply.form(unusualAccessAnswerPage(path(), typed.sort), typed, errors);
    const form = readForm(AnswerForm, request.body);
    if (!form.ok) return again(form.errors);
    const { member: memberId, request: requestId, ...said } = form.values;
    const { memberId: answeredBy, agencyId } = request.actor;
    if (!mayAnswer({ memberId }, answeredBy)) return again(ownAccessError);
    const requests = await listCoveredRequests(request, policy, { sort: said.sort, memberId, requestId }, log);
    const about = { ...said, agencyId, memberId, answeredBy, answeredAt: at(request) };
    const answers = requests.map((one) => ({ ...about, id: newTimelessId(), requestId: one }));
    await request.change('access.answered', memberId, async (tx) => accept(await addAnswers(tx, answers)), {
      kind: 'collection',
      fields: ['words'],
    });
    return reply.redirect(oversightPaths.unusual(), 303);
  });
}

/** All accesses that the answer covers, one row each. */
async function listCoveredRequests(
  request: Request,
  policy: AreaPolicy,
  asked: Pick<Finding, 'sort' | 'memberId' | 'requestId'>,
  log: string,
) {
  const since = subtractDays(request.now, getThresholds(request.today).days);
  const history = await request.under('log.read', (reader) => readAccessHistory(reader));
  return request.under(log, async (_db, look) => {
    const from = look('log.weighed', null, { fields });
    return listAnsweredRequests(
      asked,
      await findUnusualAccesses(from, { policy, history, since, most: maxAccesses }),
      await listAnswers(from),
    );
  });
}
