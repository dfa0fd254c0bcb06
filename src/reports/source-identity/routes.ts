/** Routes for requesting a source identity, deciding on a request, and reading the identity while it is open. */

import { z } from 'zod';
import {
  hasOtherCustodian,
  mayDecideRequest,
  requestEnd,
  requestStateOf,
} from '../../access/custodian-decisions/index.ts';
import { answersOf, Sentence } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { ReadIdentityForm, ReportPath } from '../forms.ts';
import { actionOf, findNames } from '../queue/routes.ts';
import type { IntakeLine, ReportId } from '../report.ts';
import { allKeyPairs, openContact } from '../sealing/sealed-report.ts';
import { findContact } from '../store.ts';
import {
  identityPurposes,
  requestHours,
  type SourceIdentityDecision,
  type SourceIdentityRequest,
} from './identity-request.ts';
import * as page from './pages.ts';
import * as store from './store.ts';

const IdPath = z.object({ id: z.uuid() });

const IdentityRequestForm = z.object({
  purpose: z.enum(identityPurposes, 'Select what for'),
  reason: Sentence('Say why you need to know who told it'),
  hours: z.enum(requestHours, 'Select for how long').transform(Number),
});
const DecisionForm = z.object({
  decision: z.enum(page.decisions, 'Select what you decide'),
  reasons: Sentence('Say why you decide so'),
});

/** In the safeguarding database times are full hours. */
export const lineTime = (line: IntakeLine, { now }: Request): Date => (line === 'help' ? floorToHour(now) : now);

export const sourceIdentityRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const at = page.sourceIdentityAddress(line);
    const path = at.replace('/staff', '');
    await requestRoutes(line, app, path);
    await decideRoutes(line, app, path);

    app.get(path, may(actionOf(line, 'source identity request.read')), async (request, reply) => {
      const all = await store.listSourceIdentityRequests(request.db);
      const names = await findNames(
        request,
        line,
        all.map(({ askedBy }) => askedBy),
      );
      return reply.page('platform/page', page.requestsPage(line, all, names, request.now));
    });

    /** Checked before the page asks for a reason: without an open request of their own, the reader gets “not found”. */
    const assertOpen = (request: Request, id: ReportId): Promise<void> =>
      request.under(actionOf(line, 'source identity request.read'), async (db) => {
        const open = (await store.listReportIdentityRequests(db, id)).some(
          (one) =>
            one.fileId === null &&
            one.askedBy === request.actor.memberId &&
            requestStateOf(one, one.decision, lineTime(line, request)) === 'open',
        );
        if (!open) throw notFound('contact');
      });

    app.get(`${path}/:id`, may(actionOf(line, 'source identity.read'), ReportPath), async (request, reply) => {
      await assertOpen(request, request.params.id);
      return reply.page('platform/form', page.readIdentityReasonPage(line, request.params.id));
    });

    app.post(`${path}/:id`, may(actionOf(line, 'source identity.read'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      const form = readForm(ReadIdentityForm, request.body);
      if (!form.ok) {
        await assertOpen(request, id);
        return reply.page('platform/form', page.readIdentityReasonPage(line, id, answersOf(request.body), form.errors));
      }
      const db = request.look('source identity.shown', id, { fields: ['contact'], reason: form.values.why });
      const sealed = await findContact(db, id);
      if (!sealed) throw notFound('contact');
      const contact = openContact(allKeyPairs(keys, line), line, id, sealed);
      return reply.page('platform/page', page.sourceIdentityPage(line, id, contact));
    });
  };

/** Whether another member of the agency could decide. Members are in the main store. */
export const isDecidable = (request: Request): Promise<boolean> =>
  request.under('member.read', (db) =>
    hasOtherCustodian(db, request.actor.agencyId as AgencyId, request.actor.memberId),
  );

async function requestRoutes(line: IntakeLine, app: App, path: string): Promise<void> {
  app.get(
    `${path}/ask/:id`,
    may(actionOf(line, 'source identity request.make'), ReportPath),
    async (request, reply) => {
      const { id } = request.params;
      if (!(await store.hasSourceIdentity(request.db, id))) throw notFound('contact');
      const asked = page.newRequestPage(line, id);
      if (await isDecidable(request)) return reply.page('platform/form', asked);
      return reply.page('platform/form', { ...asked, warning: page.requestErrors['no custodian'][''], closed: true });
    },
  );

  app.post(
    `${path}/ask/:id`,
    may(actionOf(line, 'source identity request.make'), ReportPath),
    async (request, reply) => {
      const { id: reportId } = request.params;
      if (!(await store.hasSourceIdentity(request.db, reportId))) throw notFound('contact');
      const again = (errors: FormErrors) =>
        reply.page('platform/form', page.newRequestPage(line, reportId, answersOf(request.body), errors));
      const form = readForm(IdentityRequestForm, request.body);
      if (!form.ok) return again(form.errors);
      if (!(await isDecidable(request))) return again(page.requestErrors['no custodian']);
      const { hours, ...said } = form.values;
      const askedAt = lineTime(line, request);
      const opening: SourceIdentityRequest = {
        id: newTimelessId(),
        reportId,
        fileId: null,
        agencyId: request.actor.agencyId as AgencyId,
        askedBy: request.actor.memberId as MemberId,
        ...said,
        askedAt,
        until: requestEnd(askedAt, hours),
      };
      const asked = await request.change(
        'source identity.requested',
        reportId,
        (tx) => store.addSourceIdentityRequest(tx, opening),
        { kind: 'collection', returned: [opening.id], reason: opening.purpose },
      );
      if (!asked.ok) return again(page.requestErrors[asked.refusal]);
      return reply.redirect(`${page.sourceIdentityAddress(line)}/requests/${opening.id}`, 303);
    },
  );
}

async function decideRoutes(line: IntakeLine, app: App, path: string): Promise<void> {
  const namesIn = (request: Request, { askedBy, decision }: store.IdentityRequestDetails) =>
    findNames(request, line, [askedBy, decision?.decidedBy ?? null]);

  app.get(
    `${path}/requests/:id`,
    may(actionOf(line, 'source identity request.read'), IdPath),
    async (request, reply) => {
      const opening = await store.getSourceIdentityRequest(request.db, request.params.id);
      const { memberId } = request.actor;
      const decides =
        request.can(actionOf(line, 'source identity request.decide')) &&
        mayDecideRequest(opening, memberId, opening.decision, request.now).ok;
      const names = await namesIn(request, opening);
      const shown = { names, decides, own: opening.askedBy === memberId, now: request.now };
      return reply.page('platform/page', page.requestPage(line, opening, shown));
    },
  );

  app.get(
    `${path}/requests/:id/decide`,
    may(actionOf(line, 'source identity request.decide'), IdPath),
    async (request, reply) => {
      const opening = await store.getSourceIdentityRequest(request.db, request.params.id);
      const allowed = mayDecideRequest(opening, request.actor.memberId, opening.decision, request.now);
      const errors = allowed.ok ? {} : page.decisionErrors[allowed.refusal];
      const names = await namesIn(request, opening);
      return reply.page('platform/form', {
        ...page.decideRequestPage(line, opening, names, {}, errors),
        closed: !allowed.ok,
      });
    },
  );

  app.post(
    `${path}/requests/:id/decide`,
    may(actionOf(line, 'source identity request.decide'), IdPath),
    async (request, reply) => {
      const opening = await store.getSourceIdentityRequest(request.db, request.params.id);
      const names = await namesIn(request, opening);
      const again = (errors: FormErrors) =>
        reply.page('platform/form', page.decideRequestPage(line, opening, names, answersOf(request.body), errors));
      const form = readForm(DecisionForm, request.body);
      if (!form.ok) return again(form.errors);
      const granted = form.values.decision === 'open it';
      const decision: SourceIdentityDecision = {
        id: opening.id,
        granted,
        reasons: form.values.reasons,
        decidedBy: request.actor.memberId as MemberId,
        decidedAt: lineTime(line, request),
      };
      const decided = await request.change(
        `${opening.fileId ? 'original file' : 'source identity'}.${granted ? 'disclosed' : 'request refused'}`,
        opening.fileId ?? opening.reportId,
        async (tx) => {
          const { decision: before } = await store.getSourceIdentityRequest(tx, opening.id);
          const allowed = mayDecideRequest(opening, request.actor.memberId, before, request.now);
          if (!allowed.ok) return allowed;
          return (await store.addSourceIdentityDecision(tx, decision)).ok ? accept(true) : refuse('decided already');
        },
        {
          kind: granted ? 'disclosure' : 'collection',
          ...(granted && { fields: [opening.fileId ? 'content' : 'contact'], recipient: opening.askedBy }),
          returned: [opening.id],
          reason: opening.purpose,
        },
      );
      if (!decided.ok) return again(page.decisionErrors[decided.refusal]);
      return reply.redirect(`${page.sourceIdentityAddress(line)}/requests/${opening.id}`, 303);
    },
  );
}

/** Shown to the custodian until the request is decided or expires, and to the reader who asked while it is open. */
export const sourceIdentityHomeItems = (line: IntakeLine): HomeItems => ({
  action: actionOf(line, 'source identity request.read'),
  title: line === 'police' ? 'Who told a report' : 'Who told the support side',
  pressing: true,
  waiting: async (db, request) => {
    const decides = request.can(actionOf(line, 'source identity request.decide'));
    const { memberId } = request.actor;
    return (await store.listSourceIdentityRequests(db)).flatMap((opening) => {
      const { id, until, askedBy, decision } = opening;
      const href = `${page.sourceIdentityAddress(line)}/requests/${id}`;
      const state = requestStateOf(opening, decision, request.now);
      if (decides && state === 'waits' && askedBy !== memberId)
        return [{ count: 1, href, text: page.describeRequest(opening) }];
      if (askedBy !== memberId || !decision || request.now >= until) return [];
      return [{ count: 1, href, text: page.describeDecision(opening, decision.granted) }];
    });
  },
});
