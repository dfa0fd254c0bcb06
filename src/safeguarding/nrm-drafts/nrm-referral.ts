/** A potential victim referral: the next question, the way it goes, the submitter and the decisions since. Pure: no clock, no database, no wording. */

import * as nrm from '../../nrm/index.ts';
import { isNamed, isSamePerson, type Named } from '../../nrm/index.ts';
import type { AgeTreatment } from '../../vocabulary/age.ts';
import type { Nation } from '../../vocabulary/calendar/working-days.ts';
import type { AgencyId, Id, MemberId, PersonId } from '../../vocabulary/ids.ts';
import type { Explanation } from '../../vocabulary/interpreting.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type NrmReferralId = Id<'concern'>;

/** The author of an entry and its day. */
export type Attribution = { readonly by: MemberId; readonly on: string };

/** The adult’s answer after the wording of that day was shown or read out. */
export type Consent = Attribution &
  Explanation & {
    readonly answer: 'yes' | 'no';
    readonly wordingId: string;
    /** The words in the person’s language, as they were shown beside the English, and its code. Answers of before have none. */
    readonly shownWording?: string | null;
    readonly shownLanguage?: string | null;
    /** Over both languages. */
    readonly digest: string;
    readonly how: string;
  };

/** An earlier doubt, and why there is none now. */
export type WithdrawnDoubt = Attribution & { readonly why: string; readonly doubted: Attribution };

/** One question a page; null until it is asked. A person who is or may be under 18 is asked none of them. */
export type RouteAnswers = {
  /** `turned`: each time that a doubt was withdrawn, the earliest first. */
  readonly doubt: (Attribution & { readonly answer: 'yes' | 'no'; readonly turned?: readonly WithdrawnDoubt[] }) | null;
  readonly assessor: (Attribution & Named) | null;
  readonly able: (Attribution & { readonly answer: 'yes' | 'no' }) | null;
  readonly decisionMaker: (Attribution & Named) | null;
  readonly decision: (Attribution & { readonly answer: 'refer' | 'do not refer' }) | null;
  readonly consent: Consent | null;
};

export const noRouteAnswers: RouteAnswers = {
  doubt: null,
  assessor: null,
  able: null,
  decisionMaker: null,
  decision: null,
  consent: null,
};

export const questions = ['doubt', 'assessor', 'able', 'decisionMaker', 'decision', 'consent'] as const;
export type Question = (typeof questions)[number];

/** What was submitted, frozen: the facts of that day and a digest of the whole draft. */
export type Submission = Attribution & {
  readonly agencyId: AgencyId;
  readonly way: 'referral' | 'notification';
  readonly ground: string;
  readonly referredAs: AgeTreatment;
  readonly responderId: string;
  readonly formId: string;
  readonly facts: nrm.Facts;
  readonly digest: string;
  /** The number that the service gave, if any. */
  readonly reference: string | null;
  /** The agency that submitted the draft it had been handed; `by` is who recorded that. */
  readonly handedOn?: string;
};

/** A draft saved as a document of the person’s record for a first responder. Frozen, so that later edits do not change what they submit. */
export type FirstResponderDraft = Attribution &
  Pick<Submission, 'ground' | 'referredAs' | 'formId' | 'facts' | 'digest'> & {
    readonly paperId: string;
  };

export type RecordedDecision = nrm.Decision & { readonly by: MemberId };

/** Everything here is sealed under the person’s own key. */
export type NrmReferralContent = {
  readonly answers: Readonly<Record<string, Attribution & { readonly value: nrm.FactValue }>>;
  readonly fork: RouteAnswers;
  /** The earliest first. */
  readonly handed: readonly FirstResponderDraft[];
  readonly submission: Submission | null;
  readonly decisions: readonly RecordedDecision[];
  /** A person who was referred as a child and is now an adult agrees to stay, or leaves. */
  readonly agreedToStay: Attribution | null;
  readonly suspendedOn: string | null;
  readonly withdrawnOn: string | null;
};

export const emptyContent: NrmReferralContent = {
  answers: {},
  fork: noRouteAnswers,
  handed: [],
  submission: null,
  decisions: [],
  agreedToStay: null,
  suspendedOn: null,
  withdrawnOn: null,
};

export type NrmReferral = NrmReferralContent & {
  readonly id: NrmReferralId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** To the hour. */
  readonly raisedAt: Date;
  /** Number of the version. Sealed content of one version does not open as another. */
  readonly revision: number;
};

/** The next question of the fork; undefined when all are answered. */
export function nextQuestion({ fork }: Pick<NrmReferralContent, 'fork'>, age: AgeTreatment): Question | undefined {
  if (age !== 'adult') return undefined;
  if (!fork.doubt) return 'doubt';
  if (fork.doubt.answer === 'yes') {
    if (!isNamed(fork.assessor)) return 'assessor';
    if (!fork.able) return 'able';
    if (fork.able.answer === 'no') {
      if (!isNamed(fork.decisionMaker) || isSamePerson(fork.assessor, fork.decisionMaker)) return 'decisionMaker';
      return fork.decision ? undefined : 'decision';
    }
  }
  return fork.consent ? undefined : 'consent';
}

/** The questions asked so far, in the order of the fork. */
export const askedSoFar = ({ fork }: Pick<NrmReferralContent, 'fork'>): readonly Question[] =>
  questions.filter((question) => fork[question] !== null);

/** Changing an answer removes the answers that depend on it, so that they are asked again. */
export function withAnswer<One extends Question>(
  fork: RouteAnswers,
  question: One,
  answer: NonNullable<RouteAnswers[One]>,
): RouteAnswers {
  const at = questions.indexOf(question);
  const kept = Object.fromEntries(questions.map((one, index) => [one, index < at ? fork[one] : null]));
  return { ...(kept as RouteAnswers), [question]: answer };
}

function capacityOf({ doubt, assessor, able, decisionMaker, decision }: RouteAnswers): nrm.Capacity {
  if (doubt?.answer !== 'yes') return { kind: 'not in doubt' };
  if (!assessor || !able) return { kind: 'in doubt' };
  return able.answer === 'yes'
    ? { kind: 'assessed', assessor: assessor.name, able: true }
    : {
        kind: 'assessed',
        assessor: assessor.name,
        able: false,
        decisionMaker: decisionMaker?.name ?? null,
        decision: decision?.answer ?? null,
      };
}

/** Which way it goes; undefined while a question is open. */
export function routeOf(
  said: Pick<NrmReferralContent, 'fork'>,
  age: AgeTreatment,
): Extract<nrm.ReferralRoute, { kind: 'referral' | 'notification' }> | undefined {
  if (nextQuestion(said, age)) return undefined;
  const way = nrm.chooseRoute({ age, consent: said.fork.consent?.answer ?? null, capacity: capacityOf(said.fork) });
  return way.kind === 'first' ? undefined : way;
}

/** Withdrawing a doubt needs a reason, kept with it. Earlier withdrawals stay too. */
export function answerDoubt(
  before: RouteAnswers['doubt'],
  said: 'yes' | 'no',
  why: string | null,
  noted: Attribution,
): Result<NonNullable<RouteAnswers['doubt']>, 'no reason'> {
  const turned = before?.turned ?? [];
  if (before?.answer !== 'yes' || said === 'yes') return accept({ ...noted, answer: said, turned });
  if (!why) return refuse('no reason');
  return accept({
    ...noted,
    answer: said,
    turned: [...turned, { ...noted, why, doubted: { by: before.by, on: before.on } }],
  });
}

export type AnswerRefusal = 'submitted already' | 'not asked now' | 'no reason' | 'not named' | 'assesses and decides';

/** Records the answer to one question. Refuses a skipped question, and any question about a possible child. */
export function answerQuestion<One extends Question>(
  concern: NrmReferral,
  age: AgeTreatment,
  question: One,
  given: NonNullable<RouteAnswers[One]>,
): Result<NrmReferral, AnswerRefusal> {
  if (concern.submission) return refuse('submitted already');
  if (nextQuestion(concern, age) !== question && concern.fork[question] === null) return refuse('not asked now');
  if (age !== 'adult') return refuse('not asked now');
  const wrong = checkAnswer(concern.fork, question, given);
  if (wrong) return refuse(wrong);
  return accept({ ...concern, fork: withAnswer(concern.fork, question, given) });
}

/** The assessor checks whether the person can decide. A different person then decides for them. */
function checkAnswer<One extends Question>(
  fork: RouteAnswers,
  question: One,
  given: NonNullable<RouteAnswers[One]>,
): Exclude<AnswerRefusal, 'submitted already' | 'not asked now'> | undefined {
  if (question === 'doubt') {
    const next = given as NonNullable<RouteAnswers['doubt']>;
    const turns = (next.turned ?? []).length - (fork.doubt?.turned ?? []).length;
    return turns === (fork.doubt?.answer === 'yes' && next.answer === 'no' ? 1 : 0) ? undefined : 'no reason';
  }
  if (question !== 'assessor' && question !== 'decisionMaker') return undefined;
  const one = given as Named;
  if (!isNamed(one)) return 'not named';
  return question === 'decisionMaker' && isSamePerson(fork.assessor, one) ? 'assesses and decides' : undefined;
}

export const caseOf = ({
  submission,
  decisions,
  suspendedOn,
  withdrawnOn,
}: NrmReferralContent): nrm.NrmCase | undefined =>
  submission?.way === 'referral'
    ? { referredOn: submission.on, referredAs: submission.referredAs, decisions, suspendedOn, withdrawnOn }
    : undefined;

/** A referral in progress; each person has at most one. */
export const isUnderWay = (concern: NrmReferralContent): boolean => {
  const held = caseOf(concern);
  return held !== undefined && !['withdrawn', 'negative'].includes(nrm.stateOf(held));
};

/** The open concern about this person to continue, so that each person has at most one referral at a time. */
export const findOngoingReferral = (concerns: readonly NrmReferral[]): NrmReferral | undefined =>
  concerns.find((one) => one.submission === null) ?? concerns.find(isUnderWay);

/** A clock of the Competent Authority that starts: the case, the agency and the start. */
export type ClockStart = {
  readonly clock: 'reasonable-grounds' | 'recovery-period';
  readonly concernId: NrmReferralId;
  readonly personId: NrmReferral['personId'];
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  readonly nation: Nation;
  readonly from: Date;
  readonly at: Date;
};
