/** Who may ask what of referrals: help makes them, the agency asked decides. Read, decide, change, answer. */
import { listAgencies, listMembers, memberNames } from '../partnership/index.ts';
import { hourOf } from '../platform/audit.ts';
import type { RoomParts } from '../platform/doors.ts';
import { answersOf } from '../platform/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../platform/http.ts';
import { addressWith, PageQuery, pageSize, pagesOf } from '../platform/paging.ts';
import { notFound } from '../platform/problem.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../vocabulary/ids.ts';
import { accept } from '../vocabulary/result.ts';
import { DecisionForm, NotePath, ReferForm, ReferralPath } from './forms.ts';
import type { NoteId } from './note.ts';
import type { Agencies } from './pages.ts';
import { decide, type Referral, recipientsAmong, refer } from './referral.ts';
import { decidePage, previewPage, referPage, referralPage, referralRefusals, referralsPage } from './referral-pages.ts';
import { addReferral, getReferral, listReferrals, lockReferral, saveDecision } from './referral-store.ts';
import { getNote } from './store.ts';

const agreedFields = ['day', 'fromAgency', 'needs', 'ground', 'words'];

/** Names of agencies and people, from the main store, after this one has been read. */
export const readNames = (request: Request, ids: readonly (string | null)[]) =>
  request.under('agency.read', async (db) => {
    const agencies: Agencies = new Map((await listAgencies(db)).map((agency) => [agency.id as string, agency]));
    return { agencies, names: await memberNames(db, ids) };
  });

export async function referralRoutes(app: App, { keys }: RoomParts): Promise<void> {
  await makingRoutes(app, keys);
  await decidingRoutes(app, keys);
}

async function makingRoutes(app: App, keys: RoomParts['keys']): Promise<void> {
  const opened = async (request: Request, id: NoteId) => {
    const db = request.look('note.shown', id, { fields: ['needs', 'town', 'day'] });
    const note = await getNote(db, keys, id);
    const { recipients, agencies } = await request.under('agency.read', async (main) => {
      const all = await listAgencies(main);
      const byId: Agencies = new Map(all.map((agency) => [agency.id as string, agency]));
      return { recipients: recipientsAmong(all, await listMembers(main)), agencies: byId };
    });
    return { note, recipients, agencies };
  };
  const idIn = (body: unknown): string => {
    const read = ReferralPath.safeParse({ id: answersOf(body).id });
    return read.success ? read.data.id : newTimelessId();
  };

  app.get('/safeguarding/notes/:id/refer', may('referral.make', NotePath), async (request, reply) => {
    const { note, recipients } = await opened(request, request.params.id);
    return reply.page('platform/form', referPage(note, recipients, newTimelessId()));
  });
  app.post('/safeguarding/notes/:id/refer', may('referral.make', NotePath), async (request, reply) => {
    const { note, recipients, agencies } = await opened(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', referPage(note, recipients, idIn(request.body), answersOf(request.body), errors));
    const form = readForm(ReferForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, to, needs, words, agreed, step } = form.values;
    if (step === 'change') return again({});
    const may = refer(to, agreed, recipients);
    if (!may.ok) return again(referralRefusals[may.refusal]);
    const referral: Referral = {
      id,
      noteId: note.id,
      operationId: note.operationId,
      day: note.day,
      fromAgency: request.actor.agencyId as AgencyId,
      authorId: request.actor.memberId as MemberId,
      toAgency: to as AgencyId,
      needs,
      ground: may.value,
      words,
      state: 'sent',
      decidedBy: null,
      decidedAt: null,
      reason: null,
    };
    if (step === 'preview') return reply.page('safeguarding/preview', previewPage(referral, agencies, request.body));
    await request.change('referral.made', id, async (tx) => accept(await addReferral(tx, keys, referral)), {
      kind: 'disclosure',
      recipient: to,
      fields: agreedFields,
    });
    return reply.redirect(`/staff/safeguarding/notes/${note.id}#referrals`, 303);
  });
}

async function decidingRoutes(app: App, keys: RoomParts['keys']): Promise<void> {
  app.get('/safeguarding/referrals', may('referral.read', undefined, PageQuery), async (request, reply) => {
    const { page } = request.query;
    const db = request.look('referrals.listed', null, { fields: ['day', 'fromAgency', 'toAgency', 'needs', 'state'] });
    const { referrals, total } = await listReferrals(db, page);
    request.returned(referrals.map(({ id }) => id));
    const { agencies } = await readNames(request, []);
    const pages = pagesOf(page, pageSize, total, (to) => addressWith('/staff/safeguarding/referrals', { page: to }));
    return reply.page('platform/page', referralsPage(referrals, agencies, pages, request.can('referral.decide')));
  });

  app.get('/safeguarding/referrals/:id', may('referral.read', ReferralPath), async (request, reply) => {
    const db = request.look('referral.shown', request.params.id, { fields: agreedFields });
    const referral = await getReferral(db, keys, request.params.id);
    const { agencies, names } = await readNames(request, [referral.decidedBy]);
    const decides = request.can('referral.decide') && mayDecide(request, referral) && referral.state === 'sent';
    return reply.page('platform/page', referralPage({ referral, agencies, names, decides }));
  });

  const opened = async (request: Request, id: Referral['id']) => {
    const referral = await getReferral(request.look('referral.shown', id, { fields: agreedFields }), keys, id);
    if (!mayDecide(request, referral)) throw notFound('referral');
    return referral;
  };
  app.get('/safeguarding/referrals/:id/decide', may('referral.decide', ReferralPath), async (request, reply) =>
    reply.page('platform/form', decidePage(await opened(request, request.params.id))),
  );
  app.post('/safeguarding/referrals/:id/decide', may('referral.decide', ReferralPath), async (request, reply) => {
    const referral = await opened(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', decidePage(referral, answersOf(request.body), errors));
    const form = readForm(DecisionForm, request.body);
    if (!form.ok) return again(form.errors);
    const { decision, reason } = form.values;
    const decided = await request.change(
      'referral.decided',
      referral.id,
      async (tx) => {
        const current = await lockReferral(tx, keys, referral.id);
        const by = request.actor.memberId as MemberId;
        const result = decide(current, decision, reason, by, hourOf(request.now));
        if (result.ok) await saveDecision(tx, keys, result.value);
        return result;
      },
      { fields: ['state', 'reason'] },
    );
    if (!decided.ok) return again(referralRefusals[decided.refusal]);
    return reply.redirect(`/staff/safeguarding/referrals/${referral.id}`, 303);
  });
}

/** The agency asked decides; whoever asked reads. */
const mayDecide = (request: Request, referral: Referral): boolean => referral.toAgency === request.actor.agencyId;
