/** Routes to list and answer unusual accesses. Each database keeps its own answers. */

import { z } from 'zod';
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
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

export async function unusualAccessRoutes(app: App, policy: AreaPolicy): Promise<void> {
  const fields = ['at', 'member', 'event', 'subject', 'returned'];
  const address = '/staff/oversight/unusual';

  app.get('/oversight/unusual', may('log.read', z.unknown(), Query), async (request, reply) => {
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
      return {
        groups: groups.slice((at - 1) * pageSize, at * pageSize),
        answers: await listAnswers(from),
        pages: paginate(at, pageSize, groups.length, (to) => withQuery(address, { ...query, [of]: to })),
      };
    };
    const main = await found(db, 'page');
    const behind = request.can('help log.read')
      ? await request.under('help log.read', (_db, look) => found(look('log.weighed', null, { fields }), 'behind'))
      : undefined;
    const people = [main, behind].flatMap((one) => [
      ...(one?.groups.map(([{ memberId }]) => memberId) ?? []),
      ...(one?.answers.map(({ answeredBy }) => answeredBy) ?? []),
    ]);
    const around = await request.under('log.read', (reader) => readLogNames(reader, people));
    const rights = {
      main: request.can('access.answer'),
      behind: request.can('help access.answer'),
      who: request.actor.memberId,
    };
    return reply.page('platform/page', unusualAccessPage({ main, behind }, around, held, rights));
  });

  /** All accesses that the answer covers, one row each. */
  const answered = async (request: Request, asked: Pick<Finding, 'sort' | 'memberId' | 'requestId'>, log: string) => {
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
  };

  for (const [path, action, log, at] of [
    ['/oversight/unusual/answer', 'access.answer', 'log.read', (request: Request) => request.now],
    [
      '/oversight/safeguarding/answer',
      'help access.answer',
      'help log.read',
      (request: Request) => floorToHour(request.now),
    ],
  ] as const) {
    app.get(path, may(action, z.unknown(), AnswerQuery), async (request, reply) =>
      reply.page('platform/form', unusualAccessAnswerPage(`/staff${path}`, request.query)),
    );
    app.post(path, may(action), async (request, reply) => {
      const form = readForm(AnswerForm, request.body);
      if (!form.ok)
        return reply.page(
          'platform/form',
          unusualAccessAnswerPage(`/staff${path}`, answersOf(request.body), form.errors),
        );
      const { member: memberId, request: requestId, ...said } = form.values;
      const { memberId: answeredBy, agencyId } = request.actor;
      if (!mayAnswer({ memberId }, answeredBy))
        return reply.page(
          'platform/form',
          unusualAccessAnswerPage(`/staff${path}`, answersOf(request.body), ownAccessError),
        );
      const requests = await answered(request, { sort: said.sort, memberId, requestId }, log);
      const about = { ...said, agencyId, memberId, answeredBy, answeredAt: at(request) };
      const answers = requests.map((one) => ({ ...about, id: newTimelessId(), requestId: one }));
      await request.change('access.answered', memberId, async (tx) => accept(await addAnswers(tx, answers)), {
        kind: 'collection',
        fields: ['words'],
      });
      return reply.redirect(address, 303);
    });
  }
}
