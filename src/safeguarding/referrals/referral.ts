/** A request to one agency to help one person: by consent or on a legal ground, sharing no more than was agreed. Pure: no clock, no database, no wording. */

import { addDays } from '../../vocabulary/calendar/days.ts';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, Id, MemberId, OperationId, PersonId } from '../../vocabulary/ids.ts';
import {
  type DisclosurePurpose,
  type DocumentGroup,
  draftGroup,
  isDocumentGroup,
  type LegalBasis,
  type ShareableItem,
  type SharedItem,
} from '../../vocabulary/information-shared.ts';
import type { Role, Side } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';
import type { NeedKind, NoteId } from '../notes/note.ts';
import type { AgeRead, HeldDocument, Subject } from './subject.ts';

export const referralStates = ['sent', 'accepted', 'declined'] as const;
export type ReferralState = (typeof referralStates)[number];

/** An adult is referred only with their consent. For anybody under 18 or of unknown age help is arranged in any case (domain 1.2). */
export const grounds = ['agreed', 'treated as child', 'vital interests', 'statutory duty', 'court order'] as const;
export type Ground = (typeof grounds)[number];

/** The lawful basis without consent; null where the person agreed. */
export const basisByGround: Record<Ground, LegalBasis | null> = {
  agreed: null,
  'treated as child': 'child',
  'vital interests': 'vital interests',
  'statutory duty': 'statutory duty',
  'court order': 'court order',
};

/** Outcome that the recipient of a draft reports. */
export const notSubmitted = 'not submitted';
/** Outcomes after an agency accepted. */
export const referralOutcomes = ['help given', 'did not attend', 'person withdrew', 'passed on', notSubmitted] as const;
export type ReferralOutcome = (typeof referralOutcomes)[number];
export const referralEndings = ['finished', 'taken back'] as const;
export type ReferralEnding = (typeof referralEndings)[number];

/** Deadlines for an answer. Weekends and bank holidays are no working days. */
export const answerDeadlines = [
  'within four hours',
  'today',
  'by the next working day',
  'within five working days',
] as const;
export type AnswerDeadline = (typeof answerDeadlines)[number];

export type ReferralId = Id<'referral'>;

export type Referral = {
  readonly id: ReferralId;
  /** The person: by a note, by a record, or by both. */
  readonly noteId: NoteId | null;
  readonly personId: PersonId | null;
  readonly operationId: OperationId | null;
  readonly day: string;
  readonly fromAgency: AgencyId;
  readonly authorId: MemberId;
  readonly toAgency: AgencyId;
  /** The recipient has no member in Safelight. The referral goes on paper or as a sealed file, and the sender records the answer. */
  readonly outside: boolean;
  readonly needs: readonly NeedKind[];
  readonly ground: Ground;
  readonly purpose: DisclosurePurpose | null;
  /** Whether the recipient becomes responsible for the person when it accepts. */
  readonly handOver: boolean;
  /** To the hour; null in referrals from before deadlines existed. */
  readonly answerBy: Date | null;
  /** Treated as a child, and wants help now: shown on the recipient’s Home page before anybody opens the words. */
  readonly child?: boolean | undefined;
  readonly wantsHelpNow?: boolean | undefined;
  /** What the recipient needs to know, as typed; sealed. */
  readonly words: string;
  readonly state: ReferralState;
  readonly decidedBy: MemberId | null;
  readonly decidedAt: Date | null;
  /** Why it was declined, or the place, time and phone contact after acceptance; sealed. */
  readonly reason: string | null;
  readonly outcome: ReferralOutcome | null;
  readonly ended: ReferralEnding | null;
  readonly endedAt: Date | null;
};

/** Begins the last words of a referral, where the sender gave a number. */
export const senderPhonePrefix = 'Phone of the sender: ';
export const findSenderPhone = ({ words }: Pick<Referral, 'words'>): string | undefined =>
  words.includes(senderPhonePrefix)
    ? words.slice(words.lastIndexOf(senderPhonePrefix) + senderPhonePrefix.length)
    : undefined;

/** Fills each agreed item from existing records, so that nobody types it twice. */
export function buildSharedItems(
  chosen: readonly ShareableItem[],
  { town, advice, wants }: Pick<Subject, 'town' | 'advice' | 'wants'>,
  { day, needs, words }: Pick<Referral, 'day' | 'needs' | 'words'>,
  reach: string | null,
  papers: readonly HeldDocument[] = [],
): SharedItem[] {
  const said: Record<Exclude<ShareableItem, DocumentGroup>, string | null> = {
    'when we met': day,
    'where we met': town,
    'help needed': needs.join(', ') || null,
    'essential information': words || null,
    wishes: wants,
    'given advice': wordsOfAll(advice).join(', ') || null,
    'contact details': reach,
  };
  return chosen.flatMap((item) => {
    if (isDocumentGroup(item)) return buildSharedDocuments(item, papers);
    return said[item] ? [{ item, words: said[item] }] : [];
  });
}

function buildSharedDocuments(item: DocumentGroup, papers: readonly HeldDocument[]): SharedItem[] {
  const those = papers.filter((one) => one.item === item);
  const words = those.map(({ called, what }) => `${called} (${what})`).join('; ');
  return words ? [{ item, words, papers: those.map(({ id, called }) => ({ id, called })) }] : [];
}

export type DocumentSelectionRefusal = 'no such paper' | 'paper not agreed';

/** The documents that the member chose; under an existing consent, only those that it covers. */
export function selectDocuments(
  papers: readonly HeldDocument[],
  ids: readonly string[],
  agreed: readonly string[] | undefined,
): Result<HeldDocument[], DocumentSelectionRefusal> {
  const chosen = papers.filter(({ id }) => ids.includes(id));
  if (chosen.length < new Set(ids).size) return refuse('no such paper');
  if (agreed && !chosen.every(({ item }) => agreed.includes(item))) return refuse('paper not agreed');
  return accept(chosen);
}

/** Support agencies with a member in Safelight who can read a referral. */
export function filterRecipients<Agency extends { readonly id: string; readonly side: Side }>(
  agencies: readonly Agency[],
  members: readonly { readonly agencyId: string; readonly roles: readonly Role[] }[],
): Agency[] {
  const reading = new Set(
    members.flatMap(({ agencyId, roles }) => (roles.includes('partner caseworker') ? [agencyId] : [])),
  );
  return agencies.filter(({ id, side }) => side === 'help' && reading.has(id));
}

/** Leaves out the sender's own agency. A council stays, because its children's services are asked by its other workers too. */
export const withoutOwnAgency = <Agency extends { readonly id: string; readonly kind: string }>(
  agencies: readonly Agency[],
  ownId: string,
): Agency[] => agencies.filter(({ id, kind }) => id !== ownId || kind === 'council');

/** Support agencies without a member in Safelight: they are asked by letter or by a sealed file. */
export function filterOutsideRecipients<Agency extends { readonly id: string; readonly side: Side }>(
  agencies: readonly Agency[],
  members: readonly { readonly agencyId: string }[],
): Agency[] {
  const here = new Set(members.map(({ agencyId }) => agencyId));
  return agencies.filter(({ id, side }) => side === 'help' && !here.has(id));
}

/** The recipient decides. If it has no member in Safelight, the sender records the decision. */
export const isDecidingAgency = (
  { toAgency, fromAgency, outside }: Pick<Referral, 'toAgency' | 'fromAgency' | 'outside'>,
  agencyId: string,
): boolean => toAgency === agencyId || (outside && fromAgency === agencyId);

/** Both agencies can ask and answer if both have members in Safelight. */
export const isMessagingAgency = (
  { toAgency, fromAgency, outside }: Pick<Referral, 'toAgency' | 'fromAgency' | 'outside'>,
  agencyId: string,
): boolean => !outside && (toAgency === agencyId || fromAgency === agencyId);

export type ReferralRefusal =
  | 'not a recipient'
  | 'not agreed'
  | 'known adult'
  | 'known child'
  | 'consent to something else';

/** Refuses an adult who has not agreed, whatever else their age field says, and an agency that gives no support. Never asks for cooperation or immigration status (design 3.12). */
export function checkReferral(
  to: string,
  agreed: Ground | 'not agreed' | { readonly consent: string },
  recipients: readonly { readonly id: string }[],
  aged: AgeRead,
): Result<Ground, ReferralRefusal> {
  if (!recipients.some(({ id }) => id === to)) return refuse('not a recipient');
  if (agreed === 'not agreed') return refuse(aged === 'under 18' ? 'known child' : 'not agreed');
  if (agreed === 'treated as child' && aged === 'adult') return refuse('known adult');
  return accept(typeof agreed === 'object' ? 'agreed' : agreed);
}

/** An earlier referral with the documents that were sent with it. */
export type EarlierReferral = Pick<Referral, 'toAgency' | 'needs' | 'state' | 'ended'> & {
  readonly papers: readonly string[];
};

/** The same agency was asked for the same help with at least the same documents, and that referral is open. */
export const isDuplicateReferral = (
  { toAgency, needs }: Pick<Referral, 'toAgency' | 'needs'>,
  papers: readonly { readonly id: string }[],
  earlier: readonly EarlierReferral[],
): boolean =>
  earlier.some(
    (one) =>
      one.toAgency === toAgency &&
      papers.every(({ id }) => one.papers.includes(id)) &&
      one.state !== 'declined' &&
      !one.ended &&
      one.needs.some((need) => needs.includes(need)),
  );

/** When the deadline passes; the caller applies time zone rules. The safeguarding database keeps no minutes: of four hours, the last full hour within them. */
export function calculateAnswerDeadline(
  within: AnswerDeadline,
  sentAt: Date,
  today: string,
  { isWorking, endOf }: { readonly isWorking: (day: string) => boolean; readonly endOf: (day: string) => Date },
): Date {
  if (within === 'within four hours') return floorToHour(new Date(sentAt.getTime() + 4 * hourMs));
  if (within === 'today') return endOf(today);
  let left = within === 'by the next working day' ? 1 : 5;
  let day = today;
  while (left > 0) {
    day = addDays(day, 1);
    if (isWorking(day)) left -= 1;
  }
  return endOf(day);
}

export const isLate = (
  { state, ended, answerBy: by }: Pick<Referral, 'state' | 'ended' | 'answerBy'>,
  now: Date,
): boolean => state === 'sent' && !ended && by !== null && now >= by;

export type DecisionRefusal = 'already decided' | 'reason missing' | 'over';

export function decide(
  referral: Referral,
  decision: 'accepted' | 'declined',
  reason: string | null,
  by: MemberId,
  at: Date,
): Result<Referral, DecisionRefusal> {
  if (referral.ended) return refuse('over');
  if (referral.state !== 'sent') return refuse('already decided');
  if (decision === 'declined' && !reason) return refuse('reason missing');
  return accept({
    ...referral,
    state: decision,
    decidedBy: by,
    decidedAt: at,
    reason,
  });
}

/** Why a referral on a legal ground is taken back. A fixed list, so that the log says nothing about a person. */
export const takeBackReasons = [
  'it was sent to the wrong agency',
  'the ground did not hold',
  'the help is not needed any more',
  'the person asked for it',
] as const;

export type TakeBackRefusal = 'over' | 'rests on what was agreed';

/** The sender takes back a referral on a legal ground. One that rests on consent only the person can withdraw. */
export function takeBack(referral: Referral, at: Date): Result<Referral, TakeBackRefusal> {
  if (referral.ended || referral.state === 'declined') return refuse('over');
  if (referral.ground === 'agreed') return refuse('rests on what was agreed');
  return accept({ ...referral, ended: 'taken back', endedAt: at });
}

/** For a draft the outcome is whether it was submitted. */
export const listOutcomes = (submits: boolean): readonly ReferralOutcome[] =>
  submits
    ? [referralOutcomes[0], notSubmitted, ...referralOutcomes.slice(2, -1)]
    : referralOutcomes.filter((one) => one !== notSubmitted);

export type FinishAnswers = {
  readonly outcome: ReferralOutcome;
  readonly day: string | null;
  readonly number: string | null;
  readonly why: string | null;
};
export type FinishAnswersRefusal =
  | 'another ending'
  | 'no day'
  | 'to come'
  | 'before it was asked'
  | 'no reason'
  | 'a reason against it'
  | 'a number of nothing';

/** For a draft, accepts day and reference number of the submission, or why it was not submitted. Null for other help. */
export function composeFinishMessage(
  { outcome, day, number, why }: FinishAnswers,
  { submits, askedOn, today }: { readonly submits: boolean; readonly askedOn: string; readonly today: string },
): Result<string | null, FinishAnswersRefusal> {
  if (!listOutcomes(submits).includes(outcome)) return refuse('another ending');
  if (!submits) return accept(null);
  if (outcome !== referralOutcomes[0]) {
    if (number) return refuse('a number of nothing');
    return outcome === notSubmitted && !why ? refuse('no reason') : accept(why);
  }
  if (why) return refuse('a reason against it');
  if (!day) return refuse('no day');
  if (day > today) return refuse('to come');
  return day < askedOn ? refuse('before it was asked') : accept(number ? `${day} ${number}` : day);
}

export type SubmissionResult = Omit<FinishAnswers, 'outcome'>;
/** Reads back the outcome of a draft. Older entries have only the number, without a day. */
export function parseSubmissionResult(words: string | null, { outcome }: Pick<Referral, 'outcome'>): SubmissionResult {
  if (outcome !== referralOutcomes[0]) return { day: null, number: null, why: words };
  const [, day = null, number = null] = /^(\d{4}-\d{2}-\d{2})(?: (.+))?$/.exec(words ?? '') ?? [];
  return day ? { day, number, why: null } : { day, number: words, why: null };
}

export type FinishRefusal = 'over' | 'not taken on';

/** The accepting agency finishes it; its access ends with it. */
export function finish(referral: Referral, outcome: ReferralOutcome, at: Date): Result<Referral, FinishRefusal> {
  if (referral.ended) return refuse('over');
  if (referral.state !== 'accepted') return refuse('not taken on');
  return accept({ ...referral, outcome, ended: 'finished', endedAt: at });
}

/** A question of the recipient, or an answer about one agreed item. For a draft, also its outcome. */
export type Message = {
  readonly id: Id<'message'>;
  readonly referralId: ReferralId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** Null in a question. */
  readonly item: ShareableItem | null;
  /** Kept under seal. */
  readonly words: string;
  /** To the hour. */
  readonly writtenAt: Date;
};

/** Whether the message reports the outcome of a draft. The recipient writes it, or the sender if the draft went on paper. */
export const isDraftOutcome = (
  { item, agencyId }: Pick<Message, 'item' | 'agencyId'>,
  { toAgency, outside }: Pick<Referral, 'toAgency' | 'outside'>,
): boolean => item === draftGroup && (outside || agencyId === toAgency);

/** Whether the recipient waits for an answer. The store keeps only hours, so within one hour each question needs an answer of its own. */
export function isAwaitingAnswer(messages: readonly Pick<Message, 'item' | 'writtenAt'>[]): boolean {
  const hour = Math.max(...messages.filter(({ item }) => !item).map(({ writtenAt }) => writtenAt.getTime()));
  const since = messages.filter(({ writtenAt }) => writtenAt.getTime() >= hour);
  const answers = since.filter(({ item }) => item);
  const questions = since.length - answers.length;
  return questions > answers.length && answers.every(({ writtenAt }) => writtenAt.getTime() === hour);
}
