/** Routes to list and answer unusual accesses. Each database keeps its own answers. */
import { z } from 'zod';
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { floorToHour } from '../../platform/audit-hook/audit.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import { aroundOf } from '../access-log/reading.ts';
import { AnswerForm } from '../forms.ts';
import { addAnswers, listAnswers, readHistory } from '../store.ts';
import { daysBefore, weigh } from './find-unusual.ts';
import { answerPage, type Found, ownAccess, unusualPage } from './pages.ts';
import { alikeAmong, answeredWith } from './similar-accesses.ts';
import { thresholdsOn } from './thresholds.ts';
import { type Finding, mayAnswer } from './unusual-access.ts';

/** How many log entries are checked at once, latest first. */
const most = 5_000;
const Query = PageQuery.extend({ behind: PageQuery.shape.page });
const Asked = z.object({
  sort: z.string().max(100).catch(''),
  member: z.string().max(50).catch(''),
  request: z.string().max(50).catch(''),
});

export async function unusualRoutes(app: App, policy: AreaPolicy): Promise<void> {
  const fields = ['at', 'member', 'event', 'subject', 'returned'];
  const address = '/staff/oversight/unusual';

  app.get('/oversight/unusual', may('log.read', z.unknown(), Query), async (request, reply) => {
    const { query } = request;
    const held = thresholdsOn(request.today);
    const db = request.look('log.weighed', null, { fields });
    const history = await readHistory(db);
    const since = daysBefore(request.now, held.days);
    const found = async (from: AuditedReader<AnyTables>, of: 'page' | 'behind'): Promise<Found> => {
      const groups = alikeAmong(await weigh(from, { policy, history, since, most }));
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
    const around = await request.under('log.read', (reader) => aroundOf(reader, people));
    const rights = {
      main: request.can('access.answer'),
      behind: request.can('help access.answer'),
      who: request.actor.memberId,
    };
    return reply.page('platform/page', unusualPage({ main, behind }, around, held, rights));
  });

  /** All accesses that the answer covers, one row each. */
  const answered = async (request: Request, asked: Pick<Finding, 'sort' | 'memberId' | 'requestId'>, log: string) => {
    const since = daysBefore(request.now, thresholdsOn(request.today).days);
    const history = await request.under('log.read', (reader) => readHistory(reader));
    return request.under(log, async (_db, look) => {
      const from = look('log.weighed', null, { fields });
      return answeredWith(asked, await weigh(from, { policy, history, since, most }), await listAnswers(from));
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
    app.get(path, may(action, z.unknown(), Asked), async (request, reply) =>
      reply.page('platform/form', answerPage(`/staff${path}`, request.query)),
    );
    app.post(path, may(action), async (request, reply) => {
      const form = readForm(AnswerForm, request.body);
      if (!form.ok)
        return reply.page('platform/form', answerPage(`/staff${path}`, answersOf(request.body), form.errors));
      const { member: memberId, request: requestId, ...said } = form.values;
      const { memberId: answeredBy, agencyId } = request.actor;
      if (!mayAnswer({ memberId }, answeredBy))
        return reply.page('platform/form', answerPage(`/staff${path}`, answersOf(request.body), ownAccess));
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
