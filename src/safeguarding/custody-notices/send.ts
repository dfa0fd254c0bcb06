/** Sends a notice: with consent as it is given; for a child after a second person approved it, unchanged, or at once if it could not wait. */

import { listAgencies, listMembers } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type App, type FormErrors, may, type Request } from '../../platform/http/server.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { custodyItem, custodyPurpose } from '../../vocabulary/information-shared.ts';
import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding-custody-notices.ts';
import { accept } from '../../vocabulary/result.ts';
import { endAfterDays } from '../consent/routes.ts';
import type { Disclosure } from '../disclosures/disclosure.ts';
import * as disclosures from '../disclosures/store.ts';
import { type DisclosureRequest, filterSecondPersons, getApprovedDisclosure } from '../disclosures/without-consent.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { describeSecondPersons } from '../referrals/form-pages.ts';
import { ApprovedPath } from './forms.ts';
import { disclosureIdOf, groundFor, type Notice, noticeIdOf } from './notice.ts';
import { type Authority, approvedPage, approvedRefusals } from './pages.ts';
import { sentenceOn } from './sentence.ts';
import * as store from './store.ts';

export const personFields = ['called', 'age', 'ageBasis', 'yearOfBirth', 'language', 'interpreter'];

/** Enforcement agencies with a custodian, and the members of this agency who can approve a child’s notice. Members are in the main database. */
export const readAuthoritiesAndApprovers = (request: Request) =>
  request.under('member.read', async (db) => {
    const members = await listMembers(db);
    const custodians = members.filter(
      ({ roles, agencySide }) => agencySide === 'enforcement' && roles.includes('custodian'),
    );
    const held = new Set(custodians.map(({ agencyId }) => agencyId as string));
    const authorities: Authority[] = (await listAgencies(db))
      .filter(({ id }) => held.has(id))
      .map(({ id, name }) => ({ id, name }));
    return { authorities, seconds: describeSecondPersons(filterSecondPersons(members, request.actor)) };
  });

export type NoticeToSend = {
  readonly notice: Notice;
  readonly reference: string;
  /** A disclosure made at once, for later review. */
  readonly disclosure?: Disclosure;
};

/** Saves the notice here and sends the parcel in one transaction. */
export const sendNotice = (request: Request, keys: UnitKeys, { notice, reference, disclosure }: NoticeToSend) =>
  request.change(
    'custody safeguarding notice.sent',
    notice.id,
    async (tx) => {
      const { crossingId, recipient, sentence } = notice;
      const once = disclosure ? await disclosures.addImmediateDisclosure(tx, keys, disclosure) : accept(true);
      if (!once.ok) return once;
      if (await store.addNotice(tx, keys, notice))
        await store.queueNotice(tx, keys, { crossingId, recipient, sentence, reference, takesBack: null });
      return accept(true);
    },
    {
      kind: 'disclosure',
      fields: ['sentence', 'custodyReference'],
      recipient: notice.recipient,
      reason: notice.ground,
    },
  );

/** Long enough to find an approver, and no longer than a reference is useful. */
const daysToApprove = 7;

type ApprovedNotice = {
  readonly notice: Pick<Notice, 'sentence' | 'wording' | 'interpreted'>;
  readonly reference: string;
};

/** What a second person is asked to approve: everything that would be sent, under the id of the future notice. */
export function toDisclosureRequest(
  request: Request,
  { notice, reference }: NoticeToSend,
  person: Person,
): DisclosureRequest {
  const { sentence, wording, interpreted } = notice;
  const form: ApprovedNotice = { notice: { sentence, wording, interpreted }, reference };
  return {
    id: disclosureIdOf(notice.id),
    personId: notice.personId,
    operationId: person.operationId,
    recipient: notice.recipient,
    purpose: custodyPurpose,
    items: [custodyItem],
    until: endAfterDays(request.today, daysToApprove),
    basis: 'child',
    reasons: notice.reasons ?? '',
    plan: {
      shown: [
        { item: 'the sentence', words: sentenceOn(sentence, request.today).words },
        { item: 'the custody reference', words: reference },
      ],
      noteId: null,
      form,
    },
  };
}

/** For the requester: sends exactly what was approved, if the person is still treated as a child. */
export async function approvedRoutes(app: App, keys: UnitKeys): Promise<void> {
  const opened = async (request: Request, id: Disclosure['id']) => {
    const disclosure = await getApprovedDisclosure(request, keys, id, (purpose) => purpose === custodyPurpose);
    const personId = disclosure.personId as Person['id'];
    const person = await getPerson(request.look('person.shown', personId, { fields: personFields }), keys, personId);
    const { authorities } = await readAuthoritiesAndApprovers(request);
    return { disclosure, person, authority: authorities.find((one) => one.id === disclosure.recipient) };
  };
  const path = custodyNoticePaths.sendApproved.route;
  app.get(path, may('custody safeguarding notice.send', ApprovedPath), async (request, reply) => {
    const { disclosure, authority } = await opened(request, request.params.id);
    return reply.page(
      'safeguarding/referrals/preview',
      approvedPage(disclosure, authority?.name ?? 'an agency that has left'),
    );
  });

  app.post(path, may('custody safeguarding notice.send', ApprovedPath), async (request, reply) => {
    const { disclosure, person, authority } = await opened(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('safeguarding/referrals/preview', approvedPage(disclosure, authority?.name ?? 'custody', errors));
    if (!authority) return again(approvedRefusals['no custodian']);
    const ground = groundFor(determineAgeTreatment(person, request.today));
    if (ground === 'the person agreed') return again(approvedRefusals['treated as an adult']);
    const { notice: kept, reference } = disclosure.plan.form as ApprovedNotice;
    const { personId, recipient, reasons } = disclosure;
    const id = noticeIdOf(disclosure.id);
    const notice = noticeBy(request, { ...kept, id, personId: personId as Person['id'], recipient, ground, reasons });
    await sendNotice(request, keys, { notice, reference });
    return reply.redirect(custodyNoticePaths.notice(id), 303);
  });
}

/** In the member’s own name, now. */
export const noticeBy = (
  request: Request,
  said: Pick<Notice, 'id' | 'personId' | 'recipient' | 'sentence' | 'ground' | 'wording' | 'interpreted' | 'reasons'>,
): Notice => ({
  ...said,
  agencyId: request.actor.agencyId as AgencyId,
  authorId: request.actor.memberId as MemberId,
  crossingId: newTimelessId<'crossing'>(),
  givenAt: floorToHour(request.now),
  takenBackAt: null,
  takenBackBy: null,
  takenBackCrossing: null,
});
