/** Disclosures without consent: a second person answers them, and the author sends what was approved. Read, decide, change, answer. */

import { listAgencies, listMembers, memberNames } from '../../identity/agencies/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import {
  custodyPurpose,
  listSharedDocuments,
  policePurpose,
  type SharedItem,
} from '../../vocabulary/information-shared.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { NoteId } from '../notes/note.ts';
import type { Agencies } from '../notes/pages.ts';
import {
  createReferral,
  type PreparedReferral,
  prepareReferral,
  type ReferralAnswers,
} from '../referrals/create-referral.ts';
import { ApprovalForm, DisclosurePath, DoneQuery, ReviewForm } from '../referrals/forms.ts';
import { referralRefusals, sentReferralPath } from '../referrals/pages.ts';
import type { PersonReader } from '../referrals/people.ts';
import { basisByGround, checkReferral, grounds, isDuplicateReferral } from '../referrals/referral.ts';
import type { SubjectReader } from '../referrals/subject-reader.ts';
import {
  type Disclosure,
  decideDisclosure,
  deriveDisclosureStatus,
  type FrozenDraft,
  joinDraftDigests,
  mayApprove,
  type ReviewRefusal,
  type ReviewResult,
  reviewDisclosure,
} from './disclosure.ts';
import { findSendingRoute } from './outside-referrals.ts';
import { disclosurePage, disclosureReviewPage, disclosuresPage, reviewRefusals, sendPage } from './pages.ts';
import * as disclosures from './store.ts';
import { disclosureFields, filterSecondPersons, getApprovedDisclosure } from './without-consent.ts';

const fields = disclosureFields;

const readActingMember = ({ actor }: Request) => ({
  memberId: actor.memberId as MemberId,
  agencyId: actor.agencyId as AgencyId,
  roles: actor.roles,
});

/** Whether the signed-in member can answer it. */
const mayReview = (disclosure: Disclosure, request: Request): boolean =>
  request.can('disclosure.approve') &&
  ['waits for approval', 'to be looked at'].includes(deriveDisclosureStatus(disclosure)) &&
  disclosure.agencyId === request.actor.agencyId &&
  disclosure.askedBy !== request.actor.memberId &&
  mayApprove(request.actor.roles);

/** Names and possible second persons from the main store, read after the safeguarding store. */
const readNamesAndSecondPersons = (request: Request, ids: readonly (string | null)[]) =>
  request.under('agency.read', async (db) => {
    const agencies: Agencies = new Map((await listAgencies(db)).map((one) => [one.id as string, one]));
    const seconds = filterSecondPersons(await listMembers(db), request.actor);
    return { agencies, names: await memberNames(db, ids), seconds };
  });

export const disclosureRoutes =
  (read: SubjectReader, people: PersonReader) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    await reviewRoutes(app, keys);
    await sendingRoutes(app, keys, read, people);
  };

async function reviewRoutes(app: App, keys: AreaParts['keys']): Promise<void> {
  app.get(disclosurePaths.list.route, may('disclosure.read'), async (request, reply) => {
    const db = request.look('disclosures.listed', null, { fields });
    const { agencyId, memberId } = request.actor;
    const now = floorToHour(request.now);
    const waiting = await disclosures.listUnfinished(db, { agencyId, memberId, now });
    request.returned(waiting.map(({ id }) => id));
    const around = await readNamesAndSecondPersons(
      request,
      waiting.map(({ askedBy }) => askedBy),
    );
    return reply.list(disclosuresPage(waiting, { ...around, memberId, now }));
  });

  const reading = may('disclosure.read', DisclosurePath, DoneQuery);
  app.get(disclosurePaths.disclosure.route, reading, async (request, reply) => {
    const { id } = request.params;
    const db = request.look('reasons.shown', id, { fields: [...fields, 'plan'] });
    const disclosure = await disclosures.getDisclosure(db, keys, id);
    const { askedBy, approvedBy, refusedBy, reviewedBy, until } = disclosure;
    const now = floorToHour(request.now);
    // After sending, the approver can read what went to custody or police. So they can read it before they approve.
    const reads =
      request.can('consent.read') || (findSendingRoute(disclosure).sent && request.can('disclosure.approve'));
    const knows = reads === true && disclosure.agencyId === request.actor.agencyId;
    const open = askedBy === request.actor.memberId && deriveDisclosureStatus(disclosure) === 'approved' && now < until;
    const { right } = findSendingRoute(disclosure);
    const sends = open && disclosure.plan && request.can(right) && !(await disclosures.findGrantOfDisclosure(db, id));
    const around = await readNamesAndSecondPersons(request, [askedBy, approvedBy, refusedBy, reviewedBy]);
    const { done } = request.query;
    const shown = { ...around, answers: mayReview(disclosure, request), sends: Boolean(sends), knows, now, done };
    return reply.case(disclosurePage(disclosure, shown));
  });

  answerRoute(app, keys);
}

/** A second person answers: before it is told, or afterwards where it could not wait. */
function answerRoute(app: App, keys: AreaParts['keys']): void {
  formRoute(app, disclosurePaths.answer.route, {
    may: may('disclosure.approve', DisclosurePath),
    load: async (request) => {
      const { id } = request.params;
      const db = request.look('reasons.shown', id, { fields: [...fields, 'plan'] });
      const disclosure = await disclosures.getDisclosure(db, keys, id);
      if (!mayReview(disclosure, request)) throw notFound('disclosure');
      const around = await readNamesAndSecondPersons(request, [disclosure.askedBy]);
      return { ...around, disclosure, knows: request.can('consent.read') };
    },
    form: ({ disclosure }): typeof ReviewForm | typeof ApprovalForm =>
      disclosure.timing === 'at once' ? ReviewForm : ApprovalForm,
    check: ({ disclosure }, { answer, read }) =>
      answer !== 'refuse' && read !== joinDraftDigests(disclosure) ? reviewRefusals.unread : undefined,
    page: ({ disclosure, ...around }) => disclosureReviewPage(disclosure, around),
    show: (reply, page) => reply.page('safeguarding/disclosures/approval', page),
    event: ({ disclosure }, { answer }) =>
      disclosure.timing === 'at once'
        ? 'disclosure.reviewed'
        : answer === 'approve'
          ? 'disclosure.approved'
          : 'disclosure.refused',
    subject: ({ disclosure }) => disclosure.id,
    details: ({ disclosure }) => ({
      fields: disclosure.timing === 'at once' ? ['reviewResult', 'said'] : ['approvedBy', 'said'],
    }),
    change: async (tx, { disclosure }, { answer, said }, request) => {
      const current = await disclosures.lockDisclosure(tx, keys, disclosure.id);
      const now = floorToHour(request.now);
      const result: Result<Disclosure, ReviewRefusal> =
        disclosure.timing === 'at once'
          ? reviewDisclosure(current, { reviewResult: answer as ReviewResult, said }, readActingMember(request), now)
          : decideDisclosure(current, { approves: answer === 'approve', said }, readActingMember(request), now);
      if (result.ok) await disclosures.saveReview(tx, keys, result.value);
      return result;
    },
    refusals: reviewRefusals,
    next: (_, { disclosure }) => withQuery(disclosurePaths.disclosure(disclosure.id), { done: 'answered' }),
  });
}

/** The author sends exactly what was approved. */
async function sendingRoutes(
  app: App,
  keys: AreaParts['keys'],
  read: SubjectReader,
  people: PersonReader,
): Promise<void> {
  /** Compares digests, so that only the approved drafts are sent. */
  const areStill = async (request: Request, drafts: readonly FrozenDraft[]): Promise<boolean> => {
    for (const { personId, paperId, digest } of drafts) {
      const [now] = await people.draftsOf(request, keys, personId, [paperId]);
      if (now?.digest !== digest) return false;
    }
    return true;
  };
  formRoute(app, disclosurePaths.sending.route, {
    may: may('referral.make', DisclosurePath),
    load: async (request) => {
      const { id } = request.params;
      const disclosure = await getApprovedDisclosure(request, keys, id, isSentAsReferral);
      const { noteId, drafts = [], shown, form } = disclosure.plan;
      const same = await areStill(request, drafts);
      const found = noteId
        ? await read.ofNote(request, noteId as NoteId)
        : await read.ofPerson(request, disclosure.personId);
      const answers = form as ReferralAnswers;
      const ground = grounds.find((one) => basisByGround[one] === disclosure.basis) ?? 'vital interests';
      const resting = { ground, consent: undefined, outside: found.outside, papers: [] };
      const planned = await prepareReferral(request, found.subject, answers, resting);
      const made: PreparedReferral = { ...planned, shown: shown as readonly SharedItem[], until: disclosure.until };
      return { disclosure, found, answers, made, ground, same };
    },
    form: NothingAsked,
    check: ({ disclosure, found, made, ground, same }) => {
      if (!same) return reviewRefusals.changed;
      const still = checkReferral(disclosure.recipient, ground, found.recipients, found.subject.age);
      if (!still.ok) return referralRefusals[still.refusal];
      const again = isDuplicateReferral(made.referral, listSharedDocuments(made.shown), found.asked);
      return again ? referralRefusals['asked already'] : undefined;
    },
    page: ({ disclosure, made, found }) => sendPage(disclosure, made, found.agencies),
    show: (reply, page) => reply.page('safeguarding/referrals/preview', page),
    event: 'referral.made',
    subject: ({ made }) => made.referral.id,
    details: ({ disclosure }) => ({
      kind: 'disclosure',
      recipient: disclosure.recipient,
      fields: [...disclosure.items],
    }),
    change: (tx, { disclosure, found, answers, made }, _, request) =>
      createReferral(tx, keys, request, made, { subject: found.subject, form: answers, disclosure }),
    refusals: referralRefusals,
    next: (_, { made }) => sentReferralPath(made.referral),
  });
}

/** What goes to custody or police is sent by other pages. */
const isSentAsReferral = (purpose: Disclosure['purpose']): boolean =>
  purpose !== custodyPurpose && purpose !== policePurpose;

/** For a second person of the agency: disclosures to decide on, and those to review. */
export const disclosureHomeItems: HomeItems = {
  action: 'disclosure.approve',
  waiting: async (db, request, look) => {
    look('disclosures.waiting counted', null, { fields: ['timing'] });
    const { agencyId, memberId } = request.actor;
    const now = floorToHour(request.now);
    const {
      approve,
      children,
      look: reviews,
      approveBy,
      reviewBy,
    } = await disclosures.countForSecondPerson(db, {
      ...{ agencyId, memberId, now },
    });
    const shared = { status: 'to do', urgency: 'pressing', href: disclosurePaths.list() } as const;
    return listDue([
      {
        ...shared,
        what: countedTask(
          approve,
          'Approve or refuse a disclosure without consent',
          'Approve or refuse # disclosures without consent',
        ),
        ...(children > 0 && {
          detail: `${countedTask(children, '1 person', '# people')} under 18, or of unknown age. Nothing is sent before a colleague approves it.`,
          urgency: 'urgent' as const,
        }),
        due: approveBy,
        count: approve,
      },
      {
        ...shared,
        what: countedTask(
          reviews,
          'Review a disclosure made in an emergency',
          'Review # disclosures made in an emergency',
        ),
        due: reviewBy,
        count: reviews,
      },
    ]);
  },
};
