/** Who may say how long reports are kept, hold one, end a hold, and see what was destroyed. */
import { z } from 'zod';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { type App, type FormErrors, may, readForm } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { capital, countWord, plural } from '../../vocabulary/languages/english.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { ReportPath } from '../forms.ts';
import { actionOf, findNames } from '../queue/routes.ts';
import type { IntakeLine } from '../report.ts';
import { EndHoldForm, HoldForm, IdPath, RuleForm } from './forms.ts';
import * as page from './pages.ts';
import { findRuleInForce, type Hold, type Outcome, outcomes, type RetentionRule } from './retention.ts';
import * as store from './store.ts';

/** So many of the next are named; all are counted. */
const maxListed = 100;

export const retentionRoutes =
  (line: IntakeLine) =>
  async (app: App): Promise<void> => {
    const at = page.retentionAddress(line);
    const path = at.replace('/staff', '');
    await rulesRoutes(line, app, path);
    await holdRoutes(line, app, path);

    app.get(
      `${path}/certificates`,
      may(actionOf(line, 'certificate.read'), z.unknown(), PageQuery),
      async (request, reply) => {
        const asked = { page: request.query.page, size: pageSize };
        const { certificates, total } = await store.listCertificates(request.db, asked);
        const pages = paginate(asked.page, pageSize, total, (to) => withQuery(`${at}/certificates`, { page: to }));
        return reply.page('platform/page', page.certificatesPage(line, certificates, pages));
      },
    );
  };

async function rulesRoutes(line: IntakeLine, app: App, path: string): Promise<void> {
  app.get(path, may(actionOf(line, 'retention.read')), async (request, reply) => {
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
    return reply.page('platform/page', page.retentionPage(overview));
  });

  app.get(`${path}/rule`, may(actionOf(line, 'retention.set')), async (request, reply) =>
    reply.page('platform/form', page.rulePage(line, request.today)),
  );

  app.post(`${path}/rule`, may(actionOf(line, 'retention.set')), async (request, reply) => {
    const again = (errors: FormErrors) =>
      reply.page('platform/form', page.rulePage(line, request.today, answersOf(request.body), errors));
    const form = readForm(RuleForm, request.body);
    if (!form.ok) return again(form.errors);
    if (form.values.validFrom < request.today) return again(page.validFromErrors);
    const { memberId, agencyId } = request.actor;
    const rule: RetentionRule = {
      id: newTimelessId(),
      agencyId: agencyId as AgencyId,
      ...form.values,
      setBy: memberId as MemberId,
      setAt: request.now,
    };
    await request.change(
      'retention.rule set',
      rule.id,
      async (tx) => {
        await store.addRule(tx, rule);
        return accept(true);
      },
      { fields: ['days'] },
    );
    return reply.redirect(page.retentionAddress(line), 303);
  });
}

async function holdRoutes(line: IntakeLine, app: App, path: string): Promise<void> {
  const holdsAt = `${page.retentionAddress(line)}/holds`;

  app.get(`${path}/holds`, may(actionOf(line, 'hold.read')), async (request, reply) => {
    const holds = await store.listHolds(request.db);
    const names = await findNames(
      request,
      line,
      holds.flatMap(({ setBy, endedBy }) => [setBy, endedBy]),
    );
    return reply.page('platform/page', page.holdsPage(line, holds, names, request.today));
  });

  app.get(`${path}/hold/:id`, may(actionOf(line, 'hold.set'), ReportPath), async (request, reply) =>
    reply.page('platform/form', page.holdPage(line, request.params.id)),
  );

  app.post(`${path}/hold/:id`, may(actionOf(line, 'hold.set'), ReportPath), async (request, reply) => {
    const { id: reportId } = request.params;
    const again = (errors: FormErrors) =>
      reply.page('platform/form', page.holdPage(line, reportId, answersOf(request.body), errors));
    const form = readForm(HoldForm, request.body);
    if (!form.ok) return again(form.errors);
    if (form.values.reviewOn <= request.today) return again(page.reviewDateErrors);
    const { memberId, agencyId } = request.actor;
    const hold: Hold = {
      id: newTimelessId(),
      reportId,
      agencyId: agencyId as AgencyId,
      ...form.values,
      setBy: memberId as MemberId,
      setAt: request.now,
      endedBy: null,
      endedAt: null,
      endedBecause: null,
    };
    const held = await request.change('report.held', reportId, (tx) => store.addHold(tx, hold));
    if (!held.ok) return again(page.noSuchReportErrors);
    return reply.redirect(holdsAt, 303);
  });

  app.get(`${path}/holds/:id/end`, may(actionOf(line, 'hold.end'), IdPath), async (request, reply) =>
    reply.page('platform/form', page.endHoldPage(line, await store.getHold(request.db, request.params.id))),
  );

  app.post(`${path}/holds/:id/end`, may(actionOf(line, 'hold.end'), IdPath), async (request, reply) => {
    const hold = await store.getHold(request.db, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', page.endHoldPage(line, hold, answersOf(request.body), errors));
    const form = readForm(EndHoldForm, request.body);
    if (!form.ok) return again(form.errors);
    const ending = {
      endedBy: request.actor.memberId as MemberId,
      endedAt: request.now,
      endedBecause: form.values.because,
    };
    const ended = await request.change('report.held no longer', hold.reportId, async (tx) =>
      (await store.endHold(tx, hold.id, ending)) ? accept(true) : refuse('ended already'),
    );
    if (!ended.ok) return again(page.endedAlreadyErrors);
    return reply.redirect(holdsAt, 303);
  });
}

const maxCounted = 200;

/** The warning before: what goes within the days of warning, and holds that somebody has to look at again. */
export const retentionHomeItems = (line: IntakeLine): HomeItems => ({
  action: actionOf(line, 'retention.read'),
  title:
    line === 'police' ? 'Reports that are to be destroyed' : 'Reports to the support side that are to be destroyed',
  more: { href: page.retentionAddress(line), text: 'How long reports are kept' },
  waiting: async (db, request) => {
    const going = (await store.listDueReports(db, request.now, maxCounted)).filter(({ held }) => !held).length;
    const toReview = (await store.listHolds(db)).filter(
      ({ endedAt, reviewOn }) => endedAt === null && reviewOn <= request.today,
    ).length;
    const said = (count: number, one: string, many: string): string =>
      `${capital(count === maxCounted ? 'two hundred or more' : countWord(count))} ${plural(count, one, many)}`;
    return [
      {
        count: going,
        href: page.retentionAddress(line),
        text: said(
          going,
          'report is destroyed within two weeks: hold it if it is still needed',
          'reports are destroyed within two weeks: hold what is still needed',
        ),
      },
      {
        count: toReview,
        href: `${page.retentionAddress(line)}/holds`,
        text: said(toReview, 'held report is to be looked at again', 'held reports are to be looked at again'),
      },
    ].filter(({ count }) => count > 0);
  },
});
