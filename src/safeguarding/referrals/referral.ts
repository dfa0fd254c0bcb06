/** A request to one agency to help one person: with her agreement, or on a ground that the law names, and with no more than was agreed. Pure: no clock, no database, no wording. */
import {
  type Basis,
  draftGroup,
  isPaperGroup,
  type PaperGroup,
  type PersonId,
  type Shareable,
  type Shown,
  type TellingPurpose,
} from '../../vocabulary/agreed.ts';
import { addDays } from '../../vocabulary/days.ts';
import type { AgencyId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import type { Role, Side } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { NeedKind, NoteId } from './note.ts';
import type { Aged, HeldPaper, Subject } from './subject.ts';

export const referralStates = ['sent', 'accepted', 'declined'] as const;
export type ReferralState = (typeof referralStates)[number];

/** An adult is referred with her agreement alone; under 18, or age not known, help is arranged in any case (domain 1.2). */
export const grounds = [
  'agreed',
  'under 18 or age not known',
  'vital interests',
  'statutory duty',
  'court order',
] as const;
export type Ground = (typeof grounds)[number];

/** On which lawful basis it goes without consent; nothing where the person agreed. */
export const basisOf: Record<Ground, Basis | null> = {
  agreed: null,
  'under 18 or age not known': 'child',
  'vital interests': 'vital interests',
  'statutory duty': 'statutory duty',
  'court order': 'court order',
};

/** Said of a draft of a referral by whoever was handed it. */
export const notSubmitted = 'not submitted';
/** How it ended after somebody took it on. */
export const helpEndings = [
  'the help was given',
  'the person did not come',
  'the person asked us to stop',
  'passed on',
  notSubmitted,
] as const;
export type HelpEnding = (typeof helpEndings)[number];
export const referralEndings = ['finished', 'taken back'] as const;
export type ReferralEnding = (typeof referralEndings)[number];

/** By when somebody must have answered; a working day is none of weekend and bank holiday. */
export const answerTimes = ['within four hours', 'by the next working day', 'within five working days'] as const;
export type AnswerTime = (typeof answerTimes)[number];

export type ReferralId = Id<'referral'>;

export type Referral = {
  readonly id: ReferralId;
  /** Of whom: by a note of a meeting, by her record, or by both. */
  readonly noteId: NoteId | null;
  readonly personId: PersonId | null;
  readonly operationId: OperationId | null;
  readonly day: string;
  readonly fromAgency: AgencyId;
  readonly authorId: MemberId;
  readonly toAgency: AgencyId;
  /** Nobody of theirs is here: it goes on paper or as a sealed file, and whoever asked writes down what they answered. */
  readonly outside: boolean;
  readonly needs: readonly NeedKind[];
  readonly ground: Ground;
  readonly purpose: TellingPurpose | null;
  /** Whether the agency asked answers for the person from when it takes this on. */
  readonly handOver: boolean;
  /** To the hour; nothing where it was sent before there was a clock. */
  readonly answerBy: Date | null;
  /** What they need to know, as it was typed; kept under seal. */
  readonly words: string;
  readonly state: ReferralState;
  readonly decidedBy: MemberId | null;
  readonly decidedAt: Date | null;
  /** Why it was declined, or where, when and whom to ring where it was taken on; kept under seal. */
  readonly reason: string | null;
  readonly outcome: HelpEnding | null;
  readonly ended: ReferralEnding | null;
  readonly endedAt: Date | null;
};

/** Every group of data in the words that a recipient reads: from what is known already, so that nobody types it twice. */
export function shownOf(
  chosen: readonly Shareable[],
  { town, advice, wants }: Pick<Subject, 'town' | 'advice' | 'wants'>,
  { day, needs, words }: Pick<Referral, 'day' | 'needs' | 'words'>,
  reach: string | null,
  papers: readonly HeldPaper[] = [],
): Shown[] {
  const said: Record<Exclude<Shareable, PaperGroup>, string | null> = {
    'when we met': day,
    'where we met': town,
    'what help is asked for': needs.join(', ') || null,
    'what they need to know': words || null,
    'what the person wants': wants,
    'what the person was advised': advice.join(', ') || null,
    'how to reach the person safely': reach,
  };
  return chosen.flatMap((item) => {
    if (isPaperGroup(item)) return shownPapers(item, papers);
    return said[item] ? [{ item, words: said[item] }] : [];
  });
}

function shownPapers(item: PaperGroup, papers: readonly HeldPaper[]): Shown[] {
  const those = papers.filter((one) => one.item === item);
  const words = those.map(({ called, what }) => `${called} (${what})`).join('; ');
  return words ? [{ item, words, papers: those.map(({ id, called }) => ({ id, called })) }] : [];
}

export type ChoosingRefusal = 'no such paper' | 'paper not agreed';

/** Of the papers that are known, those chosen one by one; where something was agreed before, within it alone. */
export function choosePapers(
  papers: readonly HeldPaper[],
  ids: readonly string[],
  agreed: readonly string[] | undefined,
): Result<HeldPaper[], ChoosingRefusal> {
  const chosen = papers.filter(({ id }) => ids.includes(id));
  if (chosen.length < new Set(ids).size) return refuse('no such paper');
  if (agreed && !chosen.every(({ item }) => agreed.includes(item))) return refuse('paper not agreed');
  return accept(chosen);
}

/** Agencies to which a referral may go: on the help side, with somebody there to read it. */
export function recipientsAmong<Agency extends { readonly id: string; readonly side: Side }>(
  agencies: readonly Agency[],
  members: readonly { readonly agencyId: string; readonly roles: readonly Role[] }[],
): Agency[] {
  const reading = new Set(
    members.flatMap(({ agencyId, roles }) => (roles.includes('partner caseworker') ? [agencyId] : [])),
  );
  return agencies.filter(({ id, side }) => side === 'help' && reading.has(id));
}

/** Agencies that help and of which nobody is here: they are asked by letter or by a sealed file. */
export function outsideAmong<Agency extends { readonly id: string; readonly side: Side }>(
  agencies: readonly Agency[],
  members: readonly { readonly agencyId: string }[],
): Agency[] {
  const here = new Set(members.map(({ agencyId }) => agencyId));
  return agencies.filter(({ id, side }) => side === 'help' && !here.has(id));
}

/** The agency asked decides; for one of which nobody is here, whoever asked. */
export const decides = (
  { toAgency, fromAgency, outside }: Pick<Referral, 'toAgency' | 'fromAgency' | 'outside'>,
  agencyId: string,
): boolean => toAgency === agencyId || (outside && fromAgency === agencyId);

/** Both agencies ask and answer, where both are here. */
export const talks = (
  { toAgency, fromAgency, outside }: Pick<Referral, 'toAgency' | 'fromAgency' | 'outside'>,
  agencyId: string,
): boolean => !outside && (toAgency === agencyId || fromAgency === agencyId);

export type ReferralRefusal = 'not a recipient' | 'not agreed' | 'known adult' | 'known child';

/** Refuses an adult who has not agreed, whatever else is said of her age, and an agency that does not help. Asks nothing of cooperation or status (design 3.12). */
export function refer(
  to: string,
  agreed: Ground | 'not agreed' | { readonly consent: string },
  recipients: readonly { readonly id: string }[],
  aged: Aged,
): Result<Ground, ReferralRefusal> {
  if (!recipients.some(({ id }) => id === to)) return refuse('not a recipient');
  if (agreed === 'not agreed') return refuse(aged === 'under 18' ? 'known child' : 'not agreed');
  if (agreed === 'under 18 or age not known' && aged === 'adult') return refuse('known adult');
  return accept(typeof agreed === 'object' ? 'agreed' : agreed);
}

/** What was asked before, with the papers that went along. */
export type Asked = Pick<Referral, 'toAgency' | 'needs' | 'state' | 'ended'> & { readonly papers: readonly string[] };

/** Asked of the same agency for the same help already, with the same papers or more, and not over. */
export const isAskedAlready = (
  { toAgency, needs }: Pick<Referral, 'toAgency' | 'needs'>,
  papers: readonly { readonly id: string }[],
  earlier: readonly Asked[],
): boolean =>
  earlier.some(
    (one) =>
      one.toAgency === toAgency &&
      papers.every(({ id }) => one.papers.includes(id)) &&
      one.state !== 'declined' &&
      !one.ended &&
      one.needs.some((need) => needs.includes(need)),
  );

/** When the clock runs out; rules of the wall clock are the caller's. */
export function answerBy(
  within: AnswerTime,
  sentAt: Date,
  today: string,
  { isWorking, endOf }: { readonly isWorking: (day: string) => boolean; readonly endOf: (day: string) => Date },
): Date {
  if (within === 'within four hours') return new Date(sentAt.getTime() + 4 * 3_600_000);
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

/** Why what went without agreement is taken back: words of a list, so that the log says nothing of a person. */
export const takeBackReasons = [
  'it was sent to the wrong agency',
  'the ground did not hold',
  'the help is not needed any more',
  'the person asked for it',
] as const;

export type TakeBackRefusal = 'over' | 'rests on what was agreed';

/** By whoever sent it on a ground of the law: what rests on the person’s word is the person’s to take back. */
export function takeBack(referral: Referral, at: Date): Result<Referral, TakeBackRefusal> {
  if (referral.ended || referral.state === 'declined') return refuse('over');
  if (referral.ground === 'agreed') return refuse('rests on what was agreed');
  return accept({ ...referral, ended: 'taken back', endedAt: at });
}

/** Where a draft went along, that was the help asked for: it was submitted, or it was not. */
export const endingsOf = (submits: boolean): readonly HelpEnding[] =>
  submits
    ? [helpEndings[0], notSubmitted, ...helpEndings.slice(2, -1)]
    : helpEndings.filter((one) => one !== notSubmitted);

export type End = {
  readonly outcome: HelpEnding;
  readonly day: string | null;
  readonly number: string | null;
  readonly why: string | null;
};
export type EndRefusal =
  | 'another ending'
  | 'no day'
  | 'to come'
  | 'before it was asked'
  | 'no reason'
  | 'a reason against it'
  | 'a number of nothing';

/** What goes back of a draft: the day and the number where it was submitted, or why it was not. Nothing of other help. */
export function saidAtEnd(
  { outcome, day, number, why }: End,
  { submits, askedOn, today }: { readonly submits: boolean; readonly askedOn: string; readonly today: string },
): Result<string | null, EndRefusal> {
  if (!endingsOf(submits).includes(outcome)) return refuse('another ending');
  if (!submits) return accept(null);
  if (outcome !== helpEndings[0]) {
    if (number) return refuse('a number of nothing');
    return outcome === notSubmitted && !why ? refuse('no reason') : accept(why);
  }
  if (why) return refuse('a reason against it');
  if (!day) return refuse('no day');
  if (day > today) return refuse('to come');
  return day < askedOn ? refuse('before it was asked') : accept(number ? `${day} ${number}` : day);
}

export type ReadEnd = Omit<End, 'outcome'>;
/** The same, read again; before the day was asked for, the number stood alone. */
export function endIn(words: string | null, { outcome }: Pick<Referral, 'outcome'>): ReadEnd {
  if (outcome !== helpEndings[0]) return { day: null, number: null, why: words };
  const [, day = null, number = null] = /^(\d{4}-\d{2}-\d{2})(?: (.+))?$/.exec(words ?? '') ?? [];
  return day ? { day, number, why: null } : { day, number: words, why: null };
}

export type FinishRefusal = 'over' | 'not taken on';

/** By whoever took it on: what it was shown ends with it. */
export function finish(referral: Referral, outcome: HelpEnding, at: Date): Result<Referral, FinishRefusal> {
  if (referral.ended) return refuse('over');
  if (referral.state !== 'accepted') return refuse('not taken on');
  return accept({ ...referral, outcome, ended: 'finished', endedAt: at });
}

/** A question of the agency asked, or an answer to it: about one item that was agreed. Of a draft, also what came of it. */
export type Message = {
  readonly id: Id<'message'>;
  readonly referralId: ReferralId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** Nothing in a question. */
  readonly item: Shareable | null;
  /** Kept under seal. */
  readonly words: string;
  /** To the hour. */
  readonly writtenAt: Date;
};

/** Said of a draft by whoever was handed it, or by whoever handed it on paper: what came of it. */
export const isOfDraft = (
  { item, agencyId }: Pick<Message, 'item' | 'agencyId'>,
  { toAgency, outside }: Pick<Referral, 'toAgency' | 'outside'>,
): boolean => item === draftGroup && (outside || agencyId === toAgency);

/** Whether the agency asked waits for an answer. The store knows the hour alone: within one, each question waits for an answer of its own. */
export function waitsForAnswer(messages: readonly Pick<Message, 'item' | 'writtenAt'>[]): boolean {
  const hour = Math.max(...messages.filter(({ item }) => !item).map(({ writtenAt }) => writtenAt.getTime()));
  const since = messages.filter(({ writtenAt }) => writtenAt.getTime() >= hour);
  const answers = since.filter(({ item }) => item);
  const questions = since.length - answers.length;
  return questions > answers.length && answers.every(({ writtenAt }) => writtenAt.getTime() === hour);
}
