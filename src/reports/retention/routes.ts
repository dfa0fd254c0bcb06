/** Who may say how long reports are kept, hold one, end a hold, and see what was destroyed. */
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import { type App, IdPath, may } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { ReportPath } from '../forms.ts';
import { queueTitles } from '../queue/pages.ts';
import { actionOf, findNames } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { EndHoldForm, HoldForm, RuleForm } from './forms.ts';
import * as page from './pages.ts';
import { findRuleInForce, type Hold, type Outcome, outcomes, type RetentionRule } from './retention.ts';
import * as store from './store.ts';

/** So many of the next are named; all are counted. */
const maxListed = 100;

export const retentionRoutes =
  (line: IntakeLine) =>
  async (app: App): Promise<void> => {
    const { certificates } = reportPaths[line];
    rulesRoutes(line, app);
    newHoldRoutes(line, app);
    holdsRoutes(line, app);

    app.get(
      certificates.route,
      may(actionOf(line, 'certificate.read'), z.unknown(), PageQuery),
      async (request, reply) => {
        const asked = { page: request.query.page, size: pageSize };
        const { certificates: shown, total } = await store.listCertificates(request.db, asked);
        const pages = paginate(asked.page, pageSize, total, (to) => withQuery(certificates(), { page: to }));
        return reply.list(page.certificatesPage(line, shown, pages));
      },
    );
  };

function rulesRoutes(line: IntakeLine, app: App): void {
  const paths = reportPaths[line];
  app.get(paths.retention.route, may(actionOf(line, 'retention.read')), async (request, reply) => {
    const all = await store.listRules(request.db);
    const inForce = outcomes.map((outcome) => [outcome, findRuleInForce(all, outcome, request.today)] as const);
    const overview = {
      line,
      rules: Object.fromEntries(inForce) as Record<Outcome, RetentionRule | undefined>,
      coming: all.filter(({ validFrom }) => validFrom > request.today),
      counts: await store.countRetention(request.db, request.now),
      next: await store.listDueReports(request.db, request.now, maxListed),
      sets: request.can(actionOf(line, 'retention.set')),
      holds: request.can(actionOf(line, 'hold.set')),
    };
    return reply.sections(page.retentionPage(overview));
  });

  formRoute(app, paths.newRule.route, {
    may: may(actionOf(line, 'retention.set')),
    load: async () => ({ id: newTimelessId<'retention rule'>() }),
    form: RuleForm,
    check: (_, { validFrom }, { today }) => (validFrom < today ? page.validFromErrors : undefined),
    page: (_, _typed, _errors, { today }) => page.rulePage(line, today),
    event: 'retention.rule set',
    subject: ({ id }) => id,
    details: () => ({ fields: ['days'] }),
    change: async (tx, { id }, said, { actor, now }) => {
      const { memberId, agencyId } = actor;
      await store.addRule(tx, {
        id,
        agencyId: agencyId as AgencyId,
        ...said,
        setBy: memberId as MemberId,
        setAt: now,
      });
      return accept(true);
    },
    refusals: {},
    next: () => paths.retention(),
  });
}

function newHoldRoutes(line: IntakeLine, app: App): void {
  const paths = reportPaths[line];
  formRoute(app, paths.newHold.route, {
    may: may(actionOf(line, 'hold.set'), ReportPath),
    load: async ({ params }) => ({ reportId: params.id }),
    form: HoldForm,
    check: (_, { reviewOn }, { today }) => (reviewOn <= today ? page.reviewDateErrors : undefined),
    page: ({ reportId }) => page.holdPage(line, reportId),
    event: 'report.held',
    subject: ({ reportId }) => reportId,
    change: async (tx, { reportId }, said, { actor, now }) => {
      const hold: Hold = {
        id: newTimelessId(),
        reportId,
        agencyId: actor.agencyId as AgencyId,
        ...said,
        setBy: actor.memberId as MemberId,
        setAt: now,
        endedBy: null,
        endedAt: null,
        endedBecause: null,
      };
      return store.addHold(tx, hold);
    },
    refusals: { 'no such report': page.noSuchReportErrors },
    next: () => paths.holds(),
  });
}

function holdsRoutes(line: IntakeLine, app: App): void {
  const paths = reportPaths[line];
  app.get(paths.holds.route, may(actionOf(line, 'hold.read')), async (request, reply) => {
    const holds = await store.listHolds(request.db);
    const names = await findNames(
      request,
      line,
      holds.flatMap(({ setBy, endedBy }) => [setBy, endedBy]),
    );
    return reply.list(page.holdsPage(line, holds, names, request.today));
  });

  formRoute(app, paths.holdEnd.route, {
    may: may(actionOf(line, 'hold.end'), IdPath),
    load: ({ db, params }) => store.getHold(db, params.id),
    form: EndHoldForm,
    page: (hold) => page.endHoldPage(line, hold),
    event: 'report.held no longer',
    subject: ({ reportId }) => reportId,
    change: async (tx, hold, { because }, { actor, now }) => {
      const ending = { endedBy: actor.memberId as MemberId, endedAt: now, endedBecause: because };
      return (await store.endHold(tx, hold.id, ending)) ? accept(true) : refuse('ended already');
    },
    refusals: { 'ended already': page.endedAlreadyErrors },
    next: () => paths.holds(),
  });
}

const maxCounted = 200;

/** The warning before: reports that are destroyed within the days of warning, and holds to review. */
export const retentionHomeItems = (line: IntakeLine): HomeItems => ({
  action: actionOf(line, 'retention.read'),
  waiting: async (db, request) => {
    const going = (await store.listDueReports(db, request.now, maxCounted)).filter(({ held }) => !held);
    const toReview = (await store.listHolds(db)).filter(
      ({ endedAt, reviewOn }) => endedAt === null && reviewOn <= request.today,
    );
    const shared = { for: queueTitles[line], status: 'to do' } as const;
    return listDue([
      {
        ...shared,
        what: countedTask(
          going.length,
          'Check a report before it is destroyed',
          `Check #${going.length === maxCounted ? ' or more' : ''} reports before they are destroyed`,
        ),
        detail: 'Put a hold on a report that you still need.',
        due: going[0]?.dueAt,
        href: reportPaths[line].retention(),
        count: going.length,
      },
      {
        ...shared,
        what: countedTask(toReview.length, 'Review a hold on a report', 'Review holds on # reports'),
        due: toReview[0]?.reviewOn,
        href: reportPaths[line].holds(),
        count: toReview.length,
      },
    ]);
  },
});
