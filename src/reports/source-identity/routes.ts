/** Routes for requesting a source identity, deciding on a request, and reading the identity while it is open. */
import { z } from 'zod';
import { listMembers } from '../../identity/agencies/index.ts';
import { floorToHour } from '../../platform/audit-hook/audit.ts';
import { answersOf, Sentence } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { ReportPath, WhyContactForm } from '../forms.ts';
import { actionOf, namesOf } from '../queue/routes.ts';
import type { Line, ReportId } from '../report.ts';
import { openContact, pairsOf } from '../sealing/sealed-report.ts';
import { findContact } from '../store.ts';
import {
  type ContactDecision,
  type ContactOpening,
  contactPurposes,
  hoursToAsk,
  mayDecide,
  stateOf,
} from './identity-request.ts';
import * as page from './pages.ts';
import * as store from './store.ts';

const IdPath = z.object({ id: z.uuid() });

const AskForm = z.object({
  purpose: z.enum(contactPurposes, 'Select what for'),
  reason: Sentence('Say why you need to know who told it'),
  hours: z.enum(hoursToAsk, 'Select for how long').transform(Number),
});
const DecideForm = z.object({
  decision: z.enum(page.decisions, 'Select what you decide'),
  reasons: Sentence('Say why you decide so'),
});

/** In the safeguarding database times are full hours. */
export const momentOn = (line: Line, { now }: Request): Date => (line === 'help' ? floorToHour(now) : now);

export const contactRoutes =
  (line: Line) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    const at = page.contactsAt(line);
    const path = at.replace('/staff', '');
    await askRoutes(line, app, path);
    await decideRoutes(line, app, path);

    app.get(path, may(actionOf(line, 'contact opening.read')), async (request, reply) => {
      const all = await store.listContactOpenings(request.db);
      const names = await namesOf(
        request,
        line,
        all.map(({ askedBy }) => askedBy),
      );
      return reply.page('platform/page', page.contactsPage(line, all, names, request.now));
    });

    /** Checked before the page asks for a reason: without an open request of their own, the reader gets “not found”. */
    const mustBeOpen = (request: Request, id: ReportId): Promise<void> =>
      request.under(actionOf(line, 'contact opening.read'), async (db) => {
        const open = (await store.openingsOf(db, id)).some(
          (one) =>
            one.fileId === null &&
            one.askedBy === request.actor.memberId &&
            stateOf(one, one.decision, momentOn(line, request)) === 'open',
        );
        if (!open) throw notFound('contact');
      });

    app.get(`${path}/:id`, may(actionOf(line, 'reporter contact.read'), ReportPath), async (request, reply) => {
      await mustBeOpen(request, request.params.id);
      return reply.page('platform/form', page.whyContactPage(line, request.params.id));
    });

    app.post(`${path}/:id`, may(actionOf(line, 'reporter contact.read'), ReportPath), async (request, reply) => {
      const { id } = request.params;
      const form = readForm(WhyContactForm, request.body);
      if (!form.ok) {
        await mustBeOpen(request, id);
        return reply.page('platform/form', page.whyContactPage(line, id, answersOf(request.body), form.errors));
      }
      const db = request.look('contact.shown', id, { fields: ['contact'], reason: form.values.why });
      const sealed = await findContact(db, id);
      if (!sealed) throw notFound('contact');
      const contact = openContact(pairsOf(keys, line), line, id, sealed);
      return reply.page('platform/page', page.contactPage(line, id, contact));
    });
  };

/** Whether another member of the agency could decide. Members are in the main store. */
export const isDecidable = (request: Request): Promise<boolean> =>
  request.under('member.read', async (db) =>
    (await listMembers(db, { agencyIds: [request.actor.agencyId as AgencyId] })).some(
      (one) => one.roles.includes('custodian') && one.id !== request.actor.memberId,
    ),
  );

async function askRoutes(line: Line, app: App, path: string): Promise<void> {
  app.get(`${path}/ask/:id`, may(actionOf(line, 'contact opening.ask'), ReportPath), async (request, reply) => {
    const { id } = request.params;
    if (!(await store.isContactHeld(request.db, id))) throw notFound('contact');
    const asked = page.askContactPage(line, id);
    if (await isDecidable(request)) return reply.page('platform/form', asked);
    return reply.page('platform/form', { ...asked, warning: page.askErrors['no custodian'][''], closed: true });
  });

  app.post(`${path}/ask/:id`, may(actionOf(line, 'contact opening.ask'), ReportPath), async (request, reply) => {
    const { id: reportId } = request.params;
    if (!(await store.isContactHeld(request.db, reportId))) throw notFound('contact');
    const again = (errors: FormErrors) =>
      reply.page('platform/form', page.askContactPage(line, reportId, answersOf(request.body), errors));
    const form = readForm(AskForm, request.body);
    if (!form.ok) return again(form.errors);
    if (!(await isDecidable(request))) return again(page.askErrors['no custodian']);
    const { hours, ...said } = form.values;
    const askedAt = momentOn(line, request);
    const opening: ContactOpening = {
      id: newTimelessId(),
      reportId,
      fileId: null,
      agencyId: request.actor.agencyId as AgencyId,
      askedBy: request.actor.memberId as MemberId,
      ...said,
      askedAt,
      until: new Date(askedAt.getTime() + hours * 3_600_000),
    };
    const asked = await request.change(
      'contact.opening asked',
      reportId,
      (tx) => store.addContactOpening(tx, opening),
      { kind: 'collection', returned: [opening.id], reason: opening.purpose },
    );
    if (!asked.ok) return again(page.askErrors[asked.refusal]);
    return reply.redirect(`${page.contactsAt(line)}/requests/${opening.id}`, 303);
  });
}

async function decideRoutes(line: Line, app: App, path: string): Promise<void> {
  const namesIn = (request: Request, { askedBy, decision }: store.ToldOpening) =>
    namesOf(request, line, [askedBy, decision?.decidedBy ?? null]);

  app.get(`${path}/requests/:id`, may(actionOf(line, 'contact opening.read'), IdPath), async (request, reply) => {
    const opening = await store.getContactOpening(request.db, request.params.id);
    const { memberId } = request.actor;
    const decides =
      request.can(actionOf(line, 'contact opening.decide')) &&
      mayDecide(opening, memberId, opening.decision, request.now).ok;
    const names = await namesIn(request, opening);
    const shown = { names, decides, own: opening.askedBy === memberId, now: request.now };
    return reply.page('platform/page', page.requestPage(line, opening, shown));
  });

  app.get(
    `${path}/requests/:id/decide`,
    may(actionOf(line, 'contact opening.decide'), IdPath),
    async (request, reply) => {
      const opening = await store.getContactOpening(request.db, request.params.id);
      const allowed = mayDecide(opening, request.actor.memberId, opening.decision, request.now);
      const errors = allowed.ok ? {} : page.decisionErrors[allowed.refusal];
      const names = await namesIn(request, opening);
      return reply.page('platform/form', {
        ...page.decideContactPage(line, opening, names, {}, errors),
        closed: !allowed.ok,
      });
    },
  );

  app.post(
    `${path}/requests/:id/decide`,
    may(actionOf(line, 'contact opening.decide'), IdPath),
    async (request, reply) => {
      const opening = await store.getContactOpening(request.db, request.params.id);
      const names = await namesIn(request, opening);
      const again = (errors: FormErrors) =>
        reply.page('platform/form', page.decideContactPage(line, opening, names, answersOf(request.body), errors));
      const form = readForm(DecideForm, request.body);
      if (!form.ok) return again(form.errors);
      const granted = form.values.decision === 'open it';
      const decision: ContactDecision = {
        id: opening.id,
        granted,
        reasons: form.values.reasons,
        decidedBy: request.actor.memberId as MemberId,
        decidedAt: momentOn(line, request),
      };
      const decided = await request.change(
        `${opening.fileId ? 'original' : 'contact'}.${granted ? 'opened' : 'opening refused'}`,
        opening.fileId ?? opening.reportId,
        async (tx) => {
          const { decision: before } = await store.getContactOpening(tx, opening.id);
          const allowed = mayDecide(opening, request.actor.memberId, before, request.now);
          if (!allowed.ok) return allowed;
          return (await store.addContactDecision(tx, decision)).ok ? accept(true) : refuse('decided already');
        },
        {
          kind: granted ? 'disclosure' : 'collection',
          ...(granted && { fields: [opening.fileId ? 'content' : 'contact'], recipient: opening.askedBy }),
          returned: [opening.id],
          reason: opening.purpose,
        },
      );
      if (!decided.ok) return again(page.decisionErrors[decided.refusal]);
      return reply.redirect(`${page.contactsAt(line)}/requests/${opening.id}`, 303);
    },
  );
}

/** Shown to the custodian until the request is decided or expires, and to the reader who asked while it is open. */
export const contactsDesk = (line: Line): HomeItems => ({
  action: actionOf(line, 'contact opening.read'),
  title: line === 'police' ? 'Who told a report' : 'Who told the support side',
  pressing: true,
  waiting: async (db, request) => {
    const decides = request.can(actionOf(line, 'contact opening.decide'));
    const { memberId } = request.actor;
    return (await store.listContactOpenings(db)).flatMap((opening) => {
      const { id, until, askedBy, decision } = opening;
      const href = `${page.contactsAt(line)}/requests/${id}`;
      const state = stateOf(opening, decision, request.now);
      if (decides && state === 'waits' && askedBy !== memberId)
        return [{ count: 1, href, text: page.askedInWords(opening) }];
      if (askedBy !== memberId || !decision || request.now >= until) return [];
      return [{ count: 1, href, text: page.decidedInWords(opening, decision.granted) }];
    });
  },
});
