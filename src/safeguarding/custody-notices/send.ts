/** Sends a notice: with consent as it is given; for a child after a second person approved it, unchanged, or at once if it could not wait. */

import { listAgencies, listMembers } from '../../identity/agencies/index.ts';
import type { ShownWords } from '../../nrm/consent-words/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { custodyItem, custodyPurpose } from '../../vocabulary/information-shared.ts';
import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { endAfterDays } from '../consent/asking/question.ts';
import type { ConsentTables } from '../consent/store.ts';
import { type Disclosure, disclosureIdOf, type ImmediateDisclosureRefusal } from '../disclosures/disclosure.ts';
import * as disclosures from '../disclosures/store.ts';
import { type DisclosureRequest, filterSecondPersons, getApprovedDisclosure } from '../disclosures/without-consent.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { describeSecondPersons, immediateDisclosureRefusals } from '../referrals/form-pages.ts';
import { ApprovedPath } from './forms.ts';
import { groundFor, type Notice, noticeIdOf } from './notice.ts';
import { type Authority, approvedPage, approvedRefusals } from './pages.ts';
import { sentenceOn } from './sentence.ts';
import type { NoticeTables } from './store.ts';
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

const sent = 'custody safeguarding notice.sent';
const sentDetails = ({ recipient, ground }: Pick<Notice, 'recipient' | 'ground'>) =>
  ({ kind: 'disclosure', fields: ['sentence', 'custodyReference'], recipient, reason: ground }) as const;

/** Saves the notice here and sends the parcel in one transaction. */
export const sendNotice = (request: Request, keys: UnitKeys, parcel: NoticeToSend) =>
  request.change(sent, parcel.notice.id, (tx) => saveNotice(tx, keys, parcel), sentDetails(parcel.notice));

async function saveNotice(
  tx: Writer<NoticeTables & ConsentTables>,
  keys: UnitKeys,
  { notice, reference, disclosure }: NoticeToSend,
): Promise<Result<boolean, ImmediateDisclosureRefusal>> {
  const { transferId, recipient, sentence } = notice;
  const once = disclosure ? await disclosures.addImmediateDisclosure(tx, keys, disclosure) : accept(true);
  if (once.ok && (await store.addNotice(tx, keys, notice)))
    await store.queueNotice(tx, keys, { transferId, recipient, sentence, reference, withdraws: null });
  return once;
}

/** Long enough to find an approver, and no longer than a reference is useful. */
const daysToApprove = 7;

type ApprovedNotice = {
  readonly notice: Pick<Notice, 'sentence' | 'wording' | 'interpreted'> & Partial<ShownWords>;
  readonly reference: string;
};

/** What a second person is asked to approve: everything that would be sent, under the id of the future notice. */
export function toDisclosureRequest(
  request: Request,
  { notice, reference }: NoticeToSend,
  person: Person,
): DisclosureRequest {
  const { sentence, wording, shownWording, shownLanguage, interpreted } = notice;
  const form: ApprovedNotice = { notice: { sentence, wording, shownWording, shownLanguage, interpreted }, reference };
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
        { item: 'the message', words: sentenceOn(sentence, request.today).words },
        { item: 'the custody reference', words: reference },
      ],
      noteId: null,
      form,
    },
  };
}

/** For the requester: sends exactly what was approved, if the person is still treated as a child. */
export async function approvedRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, custodyNoticePaths.sendApproved.route, {
    may: may('custody safeguarding notice.send', ApprovedPath),
    load: async (request) => {
      const { id } = request.params;
      const disclosure = await getApprovedDisclosure(request, keys, id, (purpose) => purpose === custodyPurpose);
      const personId = disclosure.personId as Person['id'];
      const person = await getPerson(request.look('person.shown', personId, { fields: personFields }), keys, personId);
      const { authorities } = await readAuthoritiesAndApprovers(request);
      return { disclosure, person, authority: authorities.find((one) => one.id === disclosure.recipient) };
    },
    form: NothingAsked,
    page: ({ disclosure, authority }, typed) =>
      approvedPage(disclosure, authority?.name ?? (typed ? 'custody' : 'an agency that has left')),
    show: (reply, page) => reply.page('safeguarding/referrals/preview', page),
    event: sent,
    subject: ({ disclosure }) => disclosure.id,
    details: ({ disclosure: { recipient } }) => sentDetails({ recipient, ground: 'child’s best interests' }),
    change: async (tx, { disclosure, person, authority }, _, request) => {
      if (!authority) return refuse('no custodian');
      const ground = groundFor(determineAgeTreatment(person, request.today));
      if (ground === 'the person agreed') return refuse('treated as an adult');
      const { notice: kept, reference } = disclosure.plan.form as ApprovedNotice;
      const { recipient, reasons } = disclosure;
      const said = {
        shownWording: null,
        shownLanguage: null,
        ...kept,
        id: noticeIdOf(disclosure.id),
        personId: person.id,
        recipient,
        ground,
        reasons,
      };
      return saveNotice(tx, keys, { notice: noticeBy(request, said), reference });
    },
    refusals: { ...approvedRefusals, ...immediateDisclosureRefusals },
    next: (_, { disclosure }) => custodyNoticePaths.notice(disclosure.id),
  });
}

/** In the member’s own name, now. */
export const noticeBy = (
  request: Request,
  said: Pick<Notice, 'id' | 'personId' | 'recipient' | 'sentence' | 'ground' | 'interpreted' | 'reasons'> & ShownWords,
): Notice => ({
  ...said,
  agencyId: request.actor.agencyId as AgencyId,
  authorId: request.actor.memberId as MemberId,
  transferId: newTimelessId<'crossing'>(),
  givenAt: floorToHour(request.now),
  withdrawnAt: null,
  withdrawnBy: null,
  withdrawalTransferId: null,
});
