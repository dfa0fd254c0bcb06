/** What a visit is, what may happen at the premises, who was encountered, and what enforcement alone records. Pure: no clock, database or wording. */

import type { Age, AgeBasis } from '../vocabulary/age.ts';
import { daysBetween } from '../vocabulary/calendar/days.ts';
import { dayOf } from '../vocabulary/calendar/wall-clock.ts';
import type { Currency } from '../vocabulary/currencies.ts';
import type { arrestKinds, arrestStatuses, sexes } from '../vocabulary/figures.ts';
import type { EncounterId, MemberId, OperationId, PartnerId, PremisesId, TeamId, VisitId } from '../vocabulary/ids.ts';
import { isThroughInterpreter, type VisitInterpreter } from '../vocabulary/interpreting.ts';
import type { AgencyKind, Side } from '../vocabulary/people.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';

export const forcedAnswers = ['forced, no reply', 'forced, refused', 'forced, no notice'] as const;
/** Answers that mean that somebody of the team went in. */
export const enteredAnswers = ['entered', ...forcedAnswers] as const;
/** What happened at the door. */
export const answers = ['no reply', 'refused entry', 'spoken to outside', ...enteredAnswers] as const;
export type Answer = (typeof answers)[number];

const isAmong = (of: readonly string[], answer: string | null): boolean => answer !== null && of.includes(answer);
/** Whether somebody of the team went in: only then was a power of entry used. */
export const isEntered = (answer: string | null): boolean => isAmong(enteredAnswers, answer);
const isForced = (answer: Answer | null): boolean => isAmong(forcedAnswers, answer);

export const rolesInPremises = ['works there', 'runs it', 'lives there', 'customer', 'visitor', 'not known'] as const;
export const screeningOutcomes = ['no concern', 'concern raised', 'not done'] as const;
export const consentWays = ['in writing', 'by word'] as const;
export const findings = ['yes', 'in part', 'no'] as const;
export const seizureKinds = ['cash', 'phone', 'documents', 'drugs', 'weapon', 'vehicle', 'other'] as const;
/** As a sentence says them: "arrested over …". */
export const matters = [
  'immigration',
  'slavery or trafficking',
  'keeping a brothel',
  'controlling prostitution',
  'drugs',
  'violence',
  'theft or fraud',
  'another matter',
] as const;

/** The member who wrote a record down, and when. */
export type Recorded = { readonly recordedBy: MemberId; readonly recordedAt: Date };

/** The power of entry that a team used; null if nobody entered or it is not recorded yet. */
export type PowerUsed = {
  readonly powerId: string | null;
  readonly basis: string | null;
  /** Why a power other than the planned one was used. */
  readonly basisGround: string | null;
};

/** Others of one unit who attended without an account here, as a number; `partnerId` is null for interpreters, who are nobody's unit. */
export type OtherAttendees = { readonly partnerId: PartnerId | null; readonly from: string; readonly count: number };

export type Visit = Recorded &
  PowerUsed & {
    readonly id: VisitId;
    readonly operationId: OperationId;
    readonly premisesId: PremisesId;
    readonly teamId: TeamId;
    readonly arrivedAt: Date;
    readonly leftAt: Date | null;
    readonly answer: Answer | null;
    /** By their place there ("the manager"), not by name. */
    readonly answeredBy: string | null;
    readonly present: number | null;
    /** Who of the partnership was there. */
    readonly attendees: readonly MemberId[];
    /** And how many more, without an account. */
    readonly others: readonly OtherAttendees[];
    /** Why immigration officers came in although it was decided that they would not, or not yet. */
    readonly immigrationGround: string | null;
    readonly finishedAt: Date | null;
  };

/** How far a visit is. */
export type VisitState = Pick<Visit, 'id' | 'arrivedAt' | 'leftAt' | 'answer' | 'finishedAt' | 'powerId' | 'basis'>;

export type Encounter = Recorded & {
  readonly id: EncounterId;
  readonly visitId: VisitId;
  /** 1, 2, 3 … as they were met. */
  readonly number: number;
  readonly place: (typeof rolesInPremises)[number];
  readonly spokenTo: boolean;
  readonly age: Age;
  readonly language: string | null;
  readonly interpreter: VisitInterpreter;
  /** The day of erasure: since then the row holds only what is counted. */
  readonly disposedOn?: string | null | undefined;
  readonly noteLeftToColleague?: boolean | undefined;
  /** Who at children's services was told that this person is or may be a child, and when. */
  readonly servicesTold?: string | null | undefined;
  readonly servicesToldAt?: Date | null | undefined;
};

/** Reasons for reading a sealed name. A fixed list keeps data about the person out of the log. */
export const nameReasons = [
  'to know whom an arrest or a warrant is about',
  'for a court',
  'to correct it',
  'to find help that the person asked for',
  'another reason, which I tell my supervisor',
] as const;

/** An indicator that somebody observed: never summed, never a verdict (design 3.2). */
export type Observation = Recorded & {
  readonly id: string;
  readonly visitId: VisitId;
  readonly encounterId: EncounterId | null;
  readonly indicatorId: string;
  /** A visit holds what an onlooker could observe; the database refuses anything else. */
  readonly evidence: 'observable';
  readonly ofControl: boolean;
  readonly context: string;
  readonly explanation: string;
};

/** Whether the decision for the premises keeps immigration officers out, at least at first. */
export const isImmigrationKeptOut = (decided: string | null): boolean =>
  decided === 'not present' || decided === 'waits until called';

/** Whether immigration officers came in although it was decided that they would not: it is recorded as it was, with its reason. */
export const isAgainstDecision = (
  decided: string | null,
  there: { readonly attendees: readonly string[]; readonly others: readonly OtherAttendees[] },
  kinds: ReadonlyMap<string, AgencyKind | null>,
): boolean =>
  isImmigrationKeptOut(decided) &&
  [...there.attendees, ...there.others.map(({ partnerId }) => partnerId)].some(
    (id) => id !== null && kinds.get(id) === 'immigration',
  );

export type ArrivalRefusal = 'not on' | 'already arrived' | 'nobody attended' | 'not in the team' | 'in the future';

/** Refuses arrival at a visit that is postponed or cancelled, and one without a team member. */
export function checkArrival(
  planned: { readonly state: string; readonly arrived: boolean },
  arrival: { readonly at: Date; readonly attendees: readonly string[] },
  team: readonly string[],
  now: Date,
): Result<true, ArrivalRefusal> {
  if (planned.arrived) return refuse('already arrived');
  if (planned.state !== 'planned') return refuse('not on');
  return checkAttendance(arrival, team, now);
}

/** The same for a correction of an arrival. */
export function checkAttendance(
  { at, attendees }: { readonly at: Date; readonly attendees: readonly string[] },
  team: readonly string[],
  now: Date,
): Result<true, ArrivalRefusal> {
  if (attendees.length === 0) return refuse('nobody attended');
  if (attendees.some((id) => !team.includes(id))) return refuse('not in the team');
  return at > now ? refuse('in the future') : accept(true);
}

export const noPower: PowerUsed = { powerId: null, basis: null, basisGround: null };

export type DoorAnswer = Pick<Visit, 'answer' | 'answeredBy' | 'present'>;
export type DoorRefusal = 'finished' | 'people were met' | 'fewer than were met' | 'somebody was there';

/** What happened at the door. No reply is a result. Refuses no reply where people were met or counted. */
export function recordDoorAnswer(visit: Visit, said: DoorAnswer, met: number): Result<Visit, DoorRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (said.answer === 'no reply') {
    if (met > 0) return refuse('people were met');
    if ((said.present ?? 0) > 0) return refuse('somebody was there');
    return accept({ ...visit, answer: said.answer, answeredBy: null, present: null });
  }
  if (said.present !== null && said.present < met) return refuse('fewer than were met');
  return accept({ ...visit, ...said });
}

export type EntryRefusal = 'finished' | 'nobody entered' | 'power missing' | 'force without a power';

/** Records the power of entry. Refuses a power without entry, entry without a power, and force that the power does not allow. */
export function recordEntry(visit: Visit, used: PowerUsed, allowsForce: boolean): Result<Visit, EntryRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (!isEntered(visit.answer)) return used.basis ? refuse('nobody entered') : accept({ ...visit, ...noPower });
  if (!used.basis) return refuse('power missing');
  if (isForced(visit.answer) && !allowsForce) return refuse('force without a power');
  return accept({ ...visit, ...used });
}

export type DepartureRefusal = 'finished' | 'before arriving' | 'days later' | 'in the future';
/** A departure more than two days after the arrival is a mistyped date. */
export function recordDeparture(visit: Visit, at: Date, now: Date): Result<Visit, DepartureRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (at < visit.arrivedAt) return refuse('before arriving');
  if (at > now) return refuse('in the future');
  if (daysBetween(dayOf(visit.arrivedAt), dayOf(at)) > 2) return refuse('days later');
  return accept({ ...visit, leftAt: at });
}

/** Records attached to a visit, as far as the member may know. */
export type AttachedRecords = { readonly met: number; readonly spokenTo: number; readonly unscreened: number };
export type MissingStep =
  | 'the door'
  | 'power'
  | 'time of leaving'
  | 'a person spoken to'
  | 'a person met'
  | 'screening';

/** What is missing before a visit can finish. An arrest must say whether the person was screened for exploitation (design 3.11). */
export function listMissingSteps(
  visit: Pick<Visit, 'answer' | 'basis' | 'present' | 'leftAt'>,
  { met, spokenTo, unscreened }: AttachedRecords,
): MissingStep[] {
  const entered = isEntered(visit.answer);
  const open: [boolean, MissingStep][] = [
    [visit.answer === null, 'the door'],
    [entered && visit.basis === null, 'power'],
    [visit.leftAt === null, 'time of leaving'],
    [visit.answer === 'spoken to outside' && spokenTo === 0, 'a person spoken to'],
    [entered && met === 0 && visit.present !== 0, 'a person met'],
    [unscreened > 0, 'screening'],
  ];
  return open.flatMap(([is, what]) => (is ? [what] : []));
}

/** An officer of the team may finish a visit. A helper may only if the team has no officer, because helpers cannot see what officers left open. */
export const mayFinish = (side: Side, team: readonly Side[]): boolean =>
  side === 'enforcement' || !team.includes('enforcement');

export type FinishRefusal = 'finished' | 'not yours to finish' | MissingStep;

export function finishVisit(
  visit: Visit,
  hanging: AttachedRecords,
  may: boolean,
  now: Date,
): Result<Visit, FinishRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (!may) return refuse('not yours to finish');
  const [first] = listMissingSteps(visit, hanging);
  return first ? refuse(first) : accept({ ...visit, finishedAt: now });
}

/** How long after arriving the save itself may be taken for the time of leaving. */
const leavingWithin = 3_600_000;

/** A visit without a reply is over when it is saved: nothing else can be recorded at it. It was left then, or at the time of arrival where that is entered much later. */
export function finishWithoutReply(visit: Visit, may: boolean, now: Date): Visit {
  if (visit.answer !== 'no reply' || !may) return visit;
  const leftAt = now.getTime() - visit.arrivedAt.getTime() <= leavingWithin ? now : visit.arrivedAt;
  return { ...visit, leftAt, finishedAt: now };
}

export type EncounterRefusal = 'finished' | 'nobody was found' | 'language missing' | 'no words were spoken';

/** Contradictions in a record of an encounter: an interpreter without a language or without a conversation. */
export function findEncounterContradictions({
  spokenTo,
  language,
  interpreter,
}: Pick<Encounter, 'spokenTo' | 'language' | 'interpreter'>): ('language missing' | 'no words were spoken')[] {
  if (isThroughInterpreter(interpreter) && !spokenTo) return ['no words were spoken'];
  return interpreter !== 'not needed' && !language ? ['language missing'] : [];
}

/** Refuses an encounter on a visit where nobody was found, and an interpreter without a language. */
export function checkEncounter(
  visit: Pick<Visit, 'finishedAt' | 'answer'>,
  person: Pick<Encounter, 'spokenTo' | 'language' | 'interpreter'>,
): Result<true, EncounterRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (visit.answer === 'no reply') return refuse('nobody was found');
  const [wrong] = findEncounterContradictions(person);
  return wrong ? refuse(wrong) : accept(true);
}

export type ArrestFacts = {
  /** With a criminal arrest, proceedings become active (Contempt of Court Act 1981, schedule 1, paragraph 4). Immigration detention has no such effect. */
  readonly kind: (typeof arrestKinds)[number];
  readonly matter: (typeof matters)[number];
  readonly offence: string | null;
  readonly sex: (typeof sexes)[number];
  /** In years; null when not known, and then a child until assessed. */
  readonly age: number | null;
  readonly ageBasis?: AgeBasis | null | undefined;
  readonly residence: string | null;
  readonly status: (typeof arrestStatuses)[number];
  readonly custodyRef: string | null;
  readonly arrestedAt: Date;
  readonly encounterId: EncounterId | null;
};

export type Arrest = Recorded &
  ArrestFacts & { readonly id: string; readonly visitId: VisitId; readonly closedAt: Date | null };

export type Screening = Recorded & {
  /** The arrest's own id: one screening, corrected as often as needed. */
  readonly id: string;
  readonly outcome: (typeof screeningOutcomes)[number];
  readonly reason: string | null;
  readonly screenedBy: string | null;
  readonly screenedAt: Date | null;
  readonly interpreter: VisitInterpreter | null;
};

export type Seizure = Recorded & {
  readonly id: string;
  readonly visitId: VisitId;
  readonly kind: (typeof seizureKinds)[number];
  readonly description: string;
  /** Of cash, in hundredths of its currency; null while it is not counted. */
  readonly pence: number | null;
  /** Left out, pounds. */
  readonly currency?: Currency | undefined;
  readonly exhibitRef: string | null;
  /** The place in the premises where it was found, and the officer who found it. */
  readonly foundWhere?: string | null | undefined;
  readonly foundBy?: string | null | undefined;
};

/** What Code B of PACE asks to be written of a search, as far as Safelight prints it; the visit's own id. */
export type Search = Recorded & {
  readonly id: VisitId;
  readonly searched: boolean;
  readonly rooms: string | null;
  readonly forceUsed: string | null;
  readonly damage: string | null;
  readonly noticeLeft: boolean;
  readonly officerInCharge?: string | null | undefined;
  /** Who searched, who kept the exhibits, and who else had a role. */
  readonly roles?: string | null | undefined;
  readonly beganAt?: Date | null | undefined;
  readonly endedAt?: Date | null | undefined;
  /** How many were checked at the visit, or suspected and not arrested; null where nobody gave a number. */
  readonly peopleChecked?: number | null | undefined;
  readonly vehiclesChecked?: number | null | undefined;
  readonly documentsChecked?: number | null | undefined;
  readonly suspects?: number | null | undefined;
  /** Whether the articles or persons that a warrant names were found. */
  readonly articlesFound?: (typeof findings)[number] | null | undefined;
  /** Why a friend or neighbour could not watch the search. */
  readonly witnessRefused?: string | null | undefined;
  /** By role and right, not by name. Asked where the team entered by consent. */
  readonly consentFrom?: string | null | undefined;
  readonly consentWay?: (typeof consentWays)[number] | null | undefined;
  readonly consentByWordBecause?: string | null | undefined;
  readonly consentLanguage?: string | null | undefined;
  readonly consentWithdrawnAt?: Date | null | undefined;
};

export type SearchContradiction = 'rooms without a search' | 'damage without a cause';

/** Whether a search is recorded where nobody entered. Nobody can tell until the answer at the door is recorded. */
export const isSearchWithoutEntry = (searched: boolean | undefined, answer: Answer | null): boolean =>
  searched === true && answer !== null && !isEntered(answer);

type SearchFacts = Pick<Search, 'searched' | 'rooms' | 'forceUsed' | 'damage'>;

/** Searched areas are counted only with a search. Damage without search or force is questioned, because somebody will be compensated for it. */
export function findSearchContradictions({ searched, rooms, forceUsed, damage }: SearchFacts): SearchContradiction[] {
  if (searched) return [];
  return [
    ...(rooms ? ['rooms without a search' as const] : []),
    ...(damage && !forceUsed ? ['damage without a cause' as const] : []),
  ];
}

export type ScreeningRefusal = 'reason missing' | 'who missing' | 'before the arrest' | 'in the future';

/** A screening says who, when and through which interpreter; one that was not done says why. */
export function checkScreening(
  arrest: Pick<Arrest, 'arrestedAt'>,
  said: Omit<Screening, 'id' | keyof Recorded>,
  now: Date,
): Result<Omit<Screening, 'id' | keyof Recorded>, ScreeningRefusal> {
  if (said.outcome === 'not done') {
    if (!said.reason) return refuse('reason missing');
    return accept({ ...said, screenedBy: null, screenedAt: null, interpreter: null });
  }
  if (!said.screenedBy || !said.screenedAt || !said.interpreter) return refuse('who missing');
  if (said.screenedAt < arrest.arrestedAt) return refuse('before the arrest');
  return said.screenedAt > now ? refuse('in the future') : accept(said);
}

export type ClosingRefusal = 'closed' | 'not screened' | 'still in custody';

/** No arrest closes without the answer to "screened for exploitation?" (design 3.11), nor while the person is held. */
export function closeArrest(
  arrest: Arrest,
  screening: Screening | undefined,
  now: Date,
): Result<Arrest, ClosingRefusal> {
  if (arrest.closedAt) return refuse('closed');
  if (!screening) return refuse('not screened');
  return arrest.status === 'in custody' ? refuse('still in custody') : accept({ ...arrest, closedAt: now });
}
