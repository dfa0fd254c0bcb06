/** Routes for requesting a source identity, deciding on a request, and reading the identity while it is open. */

import { z } from 'zod';
import {
  hasOtherCustodian,
  mayDecideRequest,
  requestEnd,
  requestStateOf,
} from '../../access/custodian-decisions/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, Sentence } from '../../platform/forms/forms.ts';
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { closeWhereRefused } from '../../platform/rendering/pages.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
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

const IdentityRequestForm = z.object({
  purpose: z.enum(identityPurposes, 'Select what for'),
  reason: Sentence('Enter the reason why you need the source identity'),
  hours: z.enum(requestHours, 'Select for how long').transform(Number),
});
const DecisionForm = z
  .object({
    decision: z.enum(page.decisions, 'Select what you decide'),
    reasons: Sentence('Enter the reasons for the decision'),
  })
  .transform(({ decision, reasons }) => ({ granted: decision === 'open it', reasons }));

/** In the safeguarding database times are full hours. */
export const lineTime = (line: IntakeLine, { now }: Pick<Request, 'now'>): Date =>
  line === 'help' ? floorToHour(now) : now;

export const sourceIdentityRoutes =
  (line: IntakeLine) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const paths = reportPaths[line];
    newRequestRoutes(line, app);
    requestRoutes(line, app);
    decisionRoutes(line, app);

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

    app.get(
      paths.sourceIdentity.route,
      may(actionOf(line, 'source identity.read'), ReportPath),
      async (request, reply) => {
        await assertOpen(request, request.params.id);
        return reply.form(page.readIdentityReasonPage(line, request.params.id));
      },
    );

    // What is sent opens the identity: the answer is a page, and nothing is changed.
    app.post(
      paths.sourceIdentity.route,
      may(actionOf(line, 'source identity.read'), ReportPath),
      async (request, reply) => {
        const { id } = request.params;
        const form = readForm(ReadIdentityForm, request.body);
        if (!form.ok) {
          await assertOpen(request, id);
          return reply.form(page.readIdentityReasonPage(line, id), answersOf(request.body), form.errors);
        }
        const db = request.look('source identity.shown', id, { fields: ['contact'], reason: form.values.why });
        const sealed = await findContact(db, id);
        if (!sealed) throw notFound('contact');
        const contact = openContact(allKeyPairs(keys, line), line, id, sealed);
        return reply.case(page.sourceIdentityPage(line, id, contact));
      },
    );
  };

/** Whether another member of the agency could decide. Members are in the main store. */
export const isDecidable = (request: Request): Promise<boolean> =>
  request.under('member.read', (db) =>
    hasOtherCustodian(db, request.actor.agencyId as AgencyId, request.actor.memberId),
  );

/** Who asks, from when and until when: the same for an identity and for a file as it came. */
export function createRequest(
  line: IntakeLine,
  { actor, now }: Pick<Request, 'actor' | 'now'>,
  about: Pick<SourceIdentityRequest, 'id' | 'reportId' | 'fileId'>,
  { hours, ...said }: Pick<SourceIdentityRequest, 'purpose' | 'reason'> & { readonly hours: number },
): SourceIdentityRequest {
  const askedAt = lineTime(line, { now });
  return {
    ...about,
    agencyId: actor.agencyId as AgencyId,
    askedBy: actor.memberId as MemberId,
    ...said,
    askedAt,
    until: requestEnd(askedAt, hours),
  };
}

function newRequestRoutes(line: IntakeLine, app: App): void {
  const paths = reportPaths[line];
  formRoute(app, paths.newSourceIdentityRequest.route, {
    may: may(actionOf(line, 'source identity request.make'), ReportPath),
    load: async (request) => {
      const { id: reportId } = request.params;
      if (!(await store.hasSourceIdentity(request.db, reportId))) throw notFound('contact');
      const decidable = await isDecidable(request);
      return { about: { id: newTimelessId<'source identity request'>(), reportId, fileId: null }, decidable };
    },
    form: IdentityRequestForm,
    check: ({ decidable }) => (decidable ? undefined : page.requestErrors['no custodian']),
    page: ({ about, decidable }, typed) => ({
      ...page.newRequestPage(line, about.reportId),
      ...(!typed && !decidable && page.nobodyDecides),
    }),
    event: 'source identity.requested',
    subject: ({ about }) => about.reportId,
    details: ({ about }, { purpose }) => ({ kind: 'collection', returned: [about.id], reason: purpose }),
    change: (tx, { about }, said, request) =>
      store.addSourceIdentityRequest(tx, createRequest(line, request, about, said)),
    refusals: page.requestErrors,
    next: (_, { about }) => paths.sourceIdentityRequest(about.id),
  });
}

const namesIn = (request: Request, line: IntakeLine, { askedBy, decision }: store.IdentityRequestDetails) =>
  findNames(request, line, [askedBy, decision?.decidedBy ?? null]);

function requestRoutes(line: IntakeLine, app: App): void {
  const paths = reportPaths[line];
  app.get(
    paths.sourceIdentityRequests.route,
    may(actionOf(line, 'source identity request.read')),
    async (request, reply) => {
      const all = await store.listSourceIdentityRequests(request.db);
      const names = await findNames(
        request,
        line,
        all.map(({ askedBy }) => askedBy),
      );
      return reply.sections(page.requestsPage(line, all, names, request.now));
    },
  );

  app.get(
    paths.sourceIdentityRequest.route,
    may(actionOf(line, 'source identity request.read'), IdPath),
    async (request, reply) => {
      const opening = await store.getSourceIdentityRequest(request.db, request.params.id);
      const { memberId } = request.actor;
      const decides =
        request.can(actionOf(line, 'source identity request.decide')) &&
        mayDecideRequest(opening, memberId, opening.decision, request.now).ok;
      const names = await namesIn(request, line, opening);
      const shown = { names, decides, own: opening.askedBy === memberId, now: request.now };
      return reply.case(page.requestPage(line, opening, shown));
    },
  );
}

function decisionRoutes(line: IntakeLine, app: App): void {
  const paths = reportPaths[line];
  formRoute(app, paths.sourceIdentityDecision.route, {
    may: may(actionOf(line, 'source identity request.decide'), IdPath),
    load: async (request) => {
      const opening = await store.getSourceIdentityRequest(request.db, request.params.id);
      return { opening, names: await namesIn(request, line, opening) };
    },
    form: DecisionForm,
    page: ({ opening, names }, typed, _errors, { actor, now }) =>
      closeWhereRefused(
        page.decideRequestPage(line, opening, names),
        typed,
        mayDecideRequest(opening, actor.memberId, opening.decision, now),
        page.decisionErrors,
      ),
    event: ({ opening }, { granted }) =>
      `${opening.fileId ? 'original file' : 'source identity'}.${granted ? 'disclosed' : 'request refused'}`,
    subject: ({ opening }) => opening.fileId ?? opening.reportId,
    details: ({ opening }, { granted }) => ({
      kind: granted ? 'disclosure' : 'collection',
      ...(granted && { fields: [opening.fileId ? 'content' : 'contact'], recipient: opening.askedBy }),
      returned: [opening.id],
      reason: opening.purpose,
    }),
    change: async (tx, { opening }, said, request) => {
      const { decision: before } = await store.getSourceIdentityRequest(tx, opening.id);
      const { memberId } = request.actor;
      const allowed = mayDecideRequest(opening, memberId, before, request.now);
      if (!allowed.ok) return allowed;
      const decision: SourceIdentityDecision = {
        id: opening.id,
        ...said,
        decidedBy: memberId as MemberId,
        decidedAt: lineTime(line, request),
      };
      return (await store.addSourceIdentityDecision(tx, decision)).ok ? accept(true) : refuse('decided already');
    },
    refusals: page.decisionErrors,
    next: (_, { opening }) => paths.sourceIdentityRequest(opening.id),
  });
}

/** Shown to the custodian until the request is decided or expires, and to the reader who asked while it is open. */
export const sourceIdentityHomeItems = (line: IntakeLine): HomeItems => ({
  action: actionOf(line, 'source identity request.read'),
  waiting: async (db, request) => {
    const decides = request.can(actionOf(line, 'source identity request.decide'));
    const { memberId } = request.actor;
    return (await store.listSourceIdentityRequests(db)).flatMap((opening): HomeItem[] => {
      const { id, until, askedBy, decision } = opening;
      const state = requestStateOf(opening, decision, request.now);
      const shared = {
        ...page.describeOnHomePage(opening),
        ...({ urgency: 'pressing', due: until, count: 1 } as const),
        href: reportPaths[line].sourceIdentityRequest(id),
      };
      if (decides && state === 'waits' && askedBy !== memberId)
        return [{ ...shared, what: page.decideTask(opening), status: 'to do' }];
      if (askedBy !== memberId || !decision || request.now >= until) return [];
      return [
        {
          ...shared,
          what: page.describeDecision(opening, decision.granted),
          due: decision.granted ? until : undefined,
          status: 'new',
        },
      ];
    });
  },
});
