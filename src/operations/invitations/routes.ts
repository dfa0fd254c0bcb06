/** Who may answer an invitation: the page, accepting by one press, declining with a reason. Read, decide, change, answer. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { findAgreement, listAgreements } from '../../identity/agreements/index.ts';
import { instantAt, timeOf } from '../../platform/clock.ts';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { Day, type FormErrors, OptionalText, RequiredText, Time } from '../../platform/forms/forms.ts';
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { findStanding, notify } from '../../platform/notifications/index.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { partnerInvitationPaths } from '../../vocabulary/paths/operations.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { isLedBy } from '../weeks/operation.ts';
import { getPartner } from '../weeks/partner-store.ts';
import { getOperation } from '../weeks/store.ts';
import { type AnswerRefusal, checkAnswer, type InvitationAnswer, invitationAnswers } from './invitation.ts';
import { answerErrors, declinePage, type InvitationView, invitationPage, telephonePage } from './pages.ts';
import * as store from './store.ts';

const DeclineForm = z.object({ reason: RequiredText('Enter why your agency cannot take part', 500) });
const TelephoneForm = z.object({
  answer: z.enum(invitationAnswers, 'Select what the agency answered'),
  saidBy: RequiredText('Enter the name and job of the person who answered', 120),
  day: Day('Enter the day of the call'),
  time: Time('Enter the time of the call'),
  reason: OptionalText(500),
});
type Asked = Request & { readonly params: { readonly id: string } };

/** The agreement of the agency that leads with the one that is invited, as it counts today. */
const findAgreementOf = async (db: Reader<AnyTables>, lead: string, invited: string, today: string) =>
  findAgreement(await listAgreements(db), [lead, invited], today);

async function load({ db, params, actor, today, can }: Asked): Promise<InvitationView> {
  const invitation = await store.getInvitation(db, params.id);
  const operation = await getOperation(db, invitation.operationId);
  const records = actor.roles.includes('planner') && isLedBy(operation, actor.agencyId);
  return {
    invitation,
    operation,
    partner: await getPartner(db, invitation.id),
    agreement: await findAgreementOf(db, operation.agencyId, invitation.agencyId, today),
    names: await memberNames(db, [invitation.invitedBy, invitation.answeredBy]),
    answers: can('partner invitation.answer') && invitation.agencyId === actor.agencyId,
    standing:
      invitation.answer === null && operation.agencyId === actor.agencyId
        ? await findStanding(db, 'partner invited', invitation.id)
        : undefined,
    records,
    reachable: records ? (await store.listUnreachableAgencies(db, [invitation.agencyId])).size === 0 : undefined,
  };
}

/** For the agency that is invited alone: others read the answer. */
async function loadToAnswer(request: Asked): Promise<InvitationView> {
  const view = await load(request);
  if (!view.answers) throw new Problem('forbidden', 'another agency answers this invitation');
  return view;
}

/** For planners of the agency that leads. */
async function loadToRecord(request: Asked): Promise<InvitationView> {
  const view = await load(request);
  if (!view.records) throw new Problem('forbidden', 'the planner who invites records an answer by telephone');
  return view;
}

type Said = { readonly answer: InvitationAnswer; readonly reason: string | null };
type ByTelephone = { readonly saidBy: string; readonly saidAt: Date };

/** Decides on what is there now, and tells the member who invited. */
async function answer(
  tx: Writer<AnyTables>,
  { invitation: { id }, operation }: InvitationView,
  said: Said,
  { actor, now, today }: Request,
  call: ByTelephone | { readonly saidBy: null; readonly saidAt: null } = { saidBy: null, saidAt: null },
): Promise<Result<true, AnswerRefusal>> {
  const invitation = await store.lockInvitation(tx, id);
  const agreement = await findAgreementOf(tx, operation.agencyId, invitation.agencyId, today);
  const allowed = checkAnswer(invitation, said.answer, agreement);
  if (!allowed.ok) return allowed;
  await store.saveAnswer(tx, id, { ...said, ...call, answeredBy: actor.memberId as MemberId, answeredAt: now });
  if (actor.memberId === invitation.invitedBy) return accept(true);
  await notify(tx, [
    {
      kind: 'invitation answered',
      subject: id,
      ownerId: operation.agencyId,
      to: { member: invitation.invitedBy },
      madeAt: now,
    },
  ]);
  return accept(true);
}

const pathOf = ({ partner }: Pick<InvitationView, 'partner'>): string => partnerInvitationPaths.invitation(partner.id);
const subject = ({ invitation }: InvitationView): string => invitation.id;
const details = ({ operation }: InvitationView) => ({ recipient: operation.agencyId, fields: ['answer'] });

export async function invitationRoutes(app: App): Promise<void> {
  const mayAnswer = may('partner invitation.answer', IdPath);

  app.get(partnerInvitationPaths.invitation.route, may('operation.read', IdPath), async (request, reply) =>
    reply.sections(invitationPage(await load(request), undefined)),
  );

  buttonRoute(app, partnerInvitationPaths.accept.route, {
    may: mayAnswer,
    load: loadToAnswer,
    saves: 'Answer',
    event: 'partner invitation.accepted',
    subject,
    details,
    change: (tx, known, _, request) => answer(tx, known, { answer: 'accepted', reason: null }, request),
    // Refused in place: the page says what is missing, and who can add it.
    refused: async (refusal, known, reply) => reply.code(422).sections(invitationPage(known, answerErrors[refusal])),
    next: (_, known) => pathOf(known),
  });

  formRoute(app, partnerInvitationPaths.decline.route, {
    may: mayAnswer,
    load: loadToAnswer,
    form: DeclineForm,
    page: declinePage,
    saves: 'Answer',
    event: 'partner invitation.declined',
    subject,
    details,
    change: (tx, known, { reason }, request) => answer(tx, known, { answer: 'declined', reason }, request),
    refusals: answerErrors,
    next: (_, known) => pathOf(known),
  });

  formRoute(app, partnerInvitationPaths.telephone.route, {
    may: mayAnswer,
    load: loadToRecord,
    form: TelephoneForm,
    check: (_, values, { now }) => findWrongCall(values, now),
    page: (known, _typed, _errors, { today, now }) => telephonePage(known, { today, time: timeOf(now) }),
    saves: 'Answer',
    event: (_, { answer }) => `partner invitation.${answer}`,
    subject,
    details: ({ invitation }) => ({ recipient: invitation.agencyId, fields: ['answer', 'saidBy', 'saidAt'] }),
    change: (tx, known, { answer: said, reason, saidBy, day, time }, request) =>
      answer(tx, known, { answer: said, reason: said === 'declined' ? reason : null }, request, {
        saidBy,
        saidAt: instantAt(day, time),
      }),
    refusals: answerErrors,
    next: (_, known) => pathOf(known),
  });
}

function findWrongCall(
  { answer, reason, day, time }: z.output<typeof TelephoneForm>,
  now: Date,
): FormErrors | undefined {
  if (answer === 'declined' && reason === null) return { reason: 'Enter why the agency declines' };
  return instantAt(day, time) > now ? { time: 'This call is in the future. Check the day and the time' } : undefined;
}

const maxDay = (one: string, other: string): string => [one, other].toSorted()[1] ?? one;

/** For members who answer for their agency, until somebody has answered. Due the day before the operation begins. */
export const invitationHomeItems: HomeItems = {
  action: 'partner invitation.answer',
  waiting: async (db, { actor, today }) =>
    (await store.listOpenInvitations(db, actor.agencyId, today)).map(({ id, codeName, startsOn }): HomeItem => {
      const dayBefore = addDays(startsOn, -1);
      return {
        what: 'Answer an invitation',
        for: codeName,
        due: maxDay(dayBefore, today),
        status: 'to do',
        href: partnerInvitationPaths.invitation(id),
        count: 1,
      };
    }),
};
