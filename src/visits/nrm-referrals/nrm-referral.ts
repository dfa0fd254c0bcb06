/** An NRM referral or Duty to Notify of an officer: what is asked next, which way it goes, and how it ends. Pure: no clock, no database, no wording. */
import {
  type Capacity,
  chooseRoute,
  type Decision,
  type DecisionRefusal,
  decisionTests,
  type Facts,
  type FactValue,
  isNamed,
  isSamePerson,
  type Named,
  type NrmCase,
  periods,
  type ReferralRoute,
  recordDecision,
} from '../../nrm/index.ts';
import { type AgeBasis, type AgeTreatment, determineAgeTreatment } from '../../vocabulary/age.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import type { AgencyId, EncounterId, Id, MemberId, VisitId } from '../../vocabulary/ids.ts';
import type { Explanation } from '../../vocabulary/interpreting.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { isUnconfirmedAdult } from '../child-arrests/child-notification.ts';
import type { Arrest, Encounter, Recorded } from '../visit.ts';

export type OfficerReferralId = Id<'officer referral'>;

/** How it ended; null for a draft. */
export const outcomes = ['referral', 'notification', 'not sent'] as const;
export type Outcome = (typeof outcomes)[number];

export const takeOverReasons = [
  'the officer is off duty',
  'the officer asked me to',
  'the officer can no longer open it',
] as const;
export type TakeOverReason = (typeof takeOverReasons)[number];

/** What a colleague of the same agency may know. */
export type OfficerReferral = Recorded & {
  readonly id: OfficerReferralId;
  readonly visitId: VisitId;
  readonly arrestId: string | null;
  readonly encounterId: EncounterId | null;
  readonly agencyId: AgencyId;
  readonly outcome: Outcome | null;
  readonly closedAt: Date | null;
  /** The colleague who writes it now, when they took it over and why; null while the officer who began it does. */
  readonly takenOverBy: MemberId | null;
  readonly takenOverAt: Date | null;
  readonly takenOverWhy: TakeOverReason | null;
  /** The day by which the Home Office means to decide on reasonable grounds; null once a decision is recorded. */
  readonly decisionDue: string | null;
  /** How the person was treated when it was sent: counted, and nothing else. */
  readonly referredAs?: AgeTreatment | null | undefined;
};

/** Who reads and writes it now. */
export const writerOf = ({ takenOverBy, recordedBy }: Pick<OfficerReferral, 'takenOverBy' | 'recordedBy'>): MemberId =>
  takenOverBy ?? recordedBy;

/** The adult's answer after the words of that day were explained. */
export type Consent = Explanation & {
  readonly answer: 'yes' | 'no';
  readonly wordingId: string;
  /** Of the words as they were shown. */
  readonly digest: string;
  /** The translation that was shown beside the English, and its language; null or absent where only English was shown. */
  readonly shownLanguage?: string | null;
  readonly shownWording?: string | null;
  readonly on: string;
};

/** Where it was in doubt that an adult can decide: who assessed it, and who decides where the adult cannot. */
export type Assessment = {
  readonly assessor: Named;
  readonly able: 'yes' | 'no';
  readonly decisionMaker: Named | null;
  readonly decision: 'refer' | 'do not refer' | null;
  readonly on: string;
};

/** A number or time that was recorded wrongly: what it was before, and who corrected it, when and why. */
export type SentCorrection = {
  readonly reference: string | null;
  readonly sentAt: Date;
  readonly by: MemberId;
  readonly at: Date;
  readonly why: string;
};

/** How a draft with missing answers was sent. */
export const sentFrom = ['this draft', 'the form of the Home Office'] as const;
export type SentFrom = (typeof sentFrom)[number];

/** What was sent, as it was then. */
export type Submission = {
  readonly way: 'referral' | 'notification';
  readonly ground: string;
  readonly referredAs: AgeTreatment;
  readonly responderId: string;
  readonly formId: string;
  readonly facts: Facts;
  /** Of the whole draft. */
  readonly digest: string;
  /** The number that the Home Office gave, if any. */
  readonly reference: string | null;
  readonly sentAt: Date;
  /** Asked where answers are missing. From the form of the Home Office: the facts here are not what was sent. */
  readonly sentFrom?: SentFrom | undefined;
  /** The earlier numbers and times, the first one first. */
  readonly corrections?: readonly SentCorrection[];
};

/** All of it is sealed. */
export type ReferralContent = {
  readonly answers: Facts;
  /** On what evidence somebody met at a visit is an adult. An arrest says so itself. */
  readonly ageBasis: AgeBasis | null;
  readonly inDoubt: boolean;
  readonly assessment: Assessment | null;
  readonly consent: Consent | null;
  readonly submission: Submission | null;
  /** Why it was closed without being sent. */
  readonly notSent: string | null;
  /** Decisions of the Home Office, in their order. */
  readonly decisions: readonly OfficerDecision[];
};

/** A decision of the Home Office, and who recorded it. */
export type OfficerDecision = Decision & { readonly by: MemberId };

export const emptyContent: ReferralContent = {
  answers: {},
  ageBasis: null,
  inDoubt: false,
  assessment: null,
  consent: null,
  submission: null,
  notSent: null,
  decisions: [],
};

export type Subject = {
  readonly arrest: Pick<Arrest, 'age' | 'ageBasis'> | undefined;
  readonly met: Pick<Encounter, 'age'> | undefined;
};

const ageOfArrest = (arrest: Pick<Arrest, 'age' | 'ageBasis'>): AgeTreatment => {
  if (arrest.age === null) return 'not sure';
  if (arrest.age < 18) return 'child';
  return isUnconfirmedAdult(arrest) ? 'not sure' : 'adult';
};

/**
 * How the person is treated: a child until assessed wherever a record leaves it open (Modern Slavery Act 2015 s.51). An
 * arrest decides. Somebody met and not arrested is an adult only on evidence that is more than how they look.
 */
export function ageOf({ arrest, met }: Subject, ageBasis: AgeBasis | null): AgeTreatment {
  if (arrest) {
    const age = ageOfArrest(arrest);
    return age === 'adult' && met?.age === 'under 18' ? 'not sure' : age;
  }
  if (met?.age === 'under 18') return 'child';
  if (met?.age !== 'adult') return 'not sure';
  // Before the evidence is given, the adult is asked for consent: nothing is sent without an answer.
  return ageBasis === null ? 'adult' : determineAgeTreatment({ age: 'adult', ageBasis, yearOfBirth: null }, '');
}

/** Whether the consent page also asks on what evidence the person is an adult. */
export const isAgeEvidenceAsked = ({ arrest, met }: Subject): boolean => !arrest && met?.age === 'adult';

function capacityOf({ inDoubt, assessment }: ReferralContent): Capacity {
  if (!inDoubt) return { kind: 'not in doubt' };
  if (!assessment) return { kind: 'in doubt' };
  const { assessor, able, decisionMaker, decision } = assessment;
  return able === 'yes'
    ? { kind: 'assessed', assessor: assessor.name, able: true }
    : { kind: 'assessed', assessor: assessor.name, able: false, decisionMaker: decisionMaker?.name ?? null, decision };
}

export type ChosenRoute = Extract<ReferralRoute, { kind: 'referral' | 'notification' }>;

/** Which way it goes; undefined while an adult has not answered or somebody must assess first. */
export function routeOf(content: ReferralContent, age: AgeTreatment): ChosenRoute | undefined {
  const { submission } = content;
  if (submission) return { kind: submission.way, ground: submission.ground } as ChosenRoute;
  const route = chooseRoute({ age, consent: content.consent?.answer ?? null, capacity: capacityOf(content) });
  return route.kind === 'first' ? undefined : route;
}

/** What is asked before the way is known. */
export type OpenQuestion = 'consent' | 'assessment';
export function openQuestion(content: ReferralContent, age: AgeTreatment): OpenQuestion | undefined {
  if (routeOf(content, age)) return undefined;
  return content.inDoubt && !content.assessment ? 'assessment' : 'consent';
}

export type AssessmentRefusal = 'not named' | 'decision maker not named' | 'assesses and decides' | 'no decision';

/** Refuses an assessor or decision maker without a name or service, and one person who does both. */
export function checkAssessment({
  assessor,
  able,
  decisionMaker,
  decision,
}: Omit<Assessment, 'on'>): Result<true, AssessmentRefusal> {
  if (!isNamed(assessor)) return refuse('not named');
  if (able === 'yes') return accept(true);
  if (!isNamed(decisionMaker)) return refuse('decision maker not named');
  if (isSamePerson(assessor, decisionMaker)) return refuse('assesses and decides');
  return decision ? accept(true) : refuse('no decision');
}

export type SubmissionRefusal = 'closed already' | 'in the future' | 'before the visit';

/** Refuses a time in the future, or before the visit at which the person was met. */
export function checkSubmission(
  { outcome }: Pick<OfficerReferral, 'outcome'>,
  sentAt: Date,
  { arrivedAt, now }: { readonly arrivedAt: Date; readonly now: Date },
): Result<true, SubmissionRefusal> {
  if (outcome) return refuse('closed already');
  if (sentAt > now) return refuse('in the future');
  return sentAt < arrivedAt ? refuse('before the visit') : accept(true);
}

export type CorrectionRefusal =
  | 'not sent'
  | 'nothing changed'
  | 'in the future'
  | 'before the visit'
  | 'after a decision';

/** The submission with the right number and time. The earlier ones stay with it. */
export function correctSubmission(
  { submission, decisions }: Pick<ReferralContent, 'submission' | 'decisions'>,
  { reference, sentAt }: Pick<Submission, 'reference' | 'sentAt'>,
  { by, why }: Pick<SentCorrection, 'by' | 'why'>,
  { arrivedAt, now }: { readonly arrivedAt: Date; readonly now: Date },
): Result<Submission, CorrectionRefusal> {
  if (!submission) return refuse('not sent');
  if (reference === submission.reference && sentAt.getTime() === submission.sentAt.getTime())
    return refuse('nothing changed');
  const timely = checkSubmission({ outcome: null }, sentAt, { arrivedAt, now });
  if (!timely.ok) return refuse(timely.refusal === 'before the visit' ? timely.refusal : 'in the future');
  const [first] = decisions;
  if (first && dayOf(sentAt) > first.day) return refuse('after a decision');
  const before = { reference: submission.reference, sentAt: submission.sentAt, by, at: now, why };
  return accept({ ...submission, reference, sentAt, corrections: [...(submission.corrections ?? []), before] });
}

/** The case as the Home Office has it; undefined where nothing was referred by name. */
export const caseOf = ({
  submission,
  decisions,
}: Pick<ReferralContent, 'submission' | 'decisions'>): NrmCase | undefined =>
  submission?.way === 'referral'
    ? {
        referredOn: dayOf(submission.sentAt),
        referredAs: submission.referredAs,
        decisions,
        ...{ suspendedOn: null, withdrawnOn: null },
      }
    : undefined;

export type OfficerDecisionRefusal = DecisionRefusal | 'no referral' | 'in the future';

/** Adds a decision with the test in force on its day. Refuses an impossible order or day, never an outcome. */
export function addDecision(
  content: ReferralContent,
  { kind, outcome, day }: Pick<Decision, 'kind' | 'outcome' | 'day'>,
  { by, today }: { readonly by: MemberId; readonly today: string },
): Result<ReferralContent, OfficerDecisionRefusal> {
  const held = caseOf(content);
  if (!held) return refuse('no referral');
  if (day > today) return refuse('in the future');
  const next = recordDecision(held, kind, outcome, day, { tests: decisionTests, periods });
  if (!next.ok) return next;
  const added = next.value.decisions.slice(content.decisions.length).map((one) => ({ ...one, by }));
  return accept({ ...content, decisions: [...content.decisions, ...added] });
}

/** The answers with those just given. An answer equal to what a record says stays the record's. */
export function withAnswers(
  { answers, ...content }: ReferralContent,
  given: readonly { readonly from: string; readonly value: FactValue | null }[],
  known: Facts,
): ReferralContent {
  const next: Record<string, FactValue> = { ...(answers as Record<string, FactValue>) };
  for (const { from, value } of given) {
    const stands = (known as Record<string, FactValue | undefined>)[from];
    if (value === null || (stands !== undefined && String(stands) === String(value))) delete next[from];
    else next[from] = value;
  }
  return { ...content, answers: next as Facts };
}

const named = [
  ['first name', 'last name'],
  ['name used'],
  ['somebody else first name', 'somebody else last name'],
] as const;

/** Every name that the answers give: a news release must contain none of them. */
export const namesIn = ({ answers, submission }: Pick<ReferralContent, 'answers' | 'submission'>): string[] => {
  const facts = { ...submission?.facts, ...answers };
  return named.flatMap((parts) => {
    const name = parts.flatMap((part) => facts[part] ?? []).join(' ');
    return name ? [name] : [];
  });
};

/** The referral of one agency about an arrest or somebody met, whichever it was begun from. */
export const findReferralOf = <One extends Pick<OfficerReferral, 'arrestId' | 'encounterId'>>(
  referrals: readonly One[],
  { arrestId, encounterId }: Pick<OfficerReferral, 'arrestId' | 'encounterId'>,
): One | undefined =>
  referrals.find(
    (one) =>
      (arrestId !== null && one.arrestId === arrestId) || (encounterId !== null && one.encounterId === encounterId),
  );
