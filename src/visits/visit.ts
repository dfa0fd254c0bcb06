/** What a visit is, what may happen at the door and who is met there. Pure: no clock, no database, no wording. */
import type { EncounterId, MemberId, OperationId, PremisesId, TeamId, VisitId } from '../vocabulary/ids.ts';
import type { Side } from '../vocabulary/people.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';

export const answers = ['nobody in', 'refused', 'spoken with'] as const;
export type Answer = (typeof answers)[number];

export const rolesInPremises = ['works there', 'runs it', 'lives there', 'customer', 'visitor', 'not known'] as const;
export const interpreters = ['not needed', 'in person', 'by phone', 'none could be found'] as const;
/** Age not known: a child until assessed (Modern Slavery Act 2015 s.51). */
export const ageKnowledge = ['adult', 'under 18', 'not known'] as const;
export const screeningOutcomes = ['no concern', 'concern raised', 'not done'] as const;
export const seizureKinds = ['cash', 'phone', 'documents', 'drugs', 'weapon', 'vehicle', 'other'] as const;
/** As a sentence says them: "arrested over …". */
export const matters = [
  'immigration',
  'slavery or trafficking',
  'keeping a brothel',
  'control of prostitution for gain',
  'drugs',
  'violence',
  'theft or fraud',
  'another matter',
] as const;

/** The member who wrote a record down, and when. */
export type Recorded = { readonly recordedBy: MemberId; readonly recordedAt: Date };

export type PowerUsed = {
  readonly powerId: string | null;
  readonly basis: string;
  /** Why another than the planned one. */
  readonly basisGround: string | null;
};

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
    readonly finishedAt: Date | null;
  };

export type Encounter = Recorded & {
  readonly id: EncounterId;
  readonly visitId: VisitId;
  /** 1, 2, 3 … as they were met. */
  readonly number: number;
  readonly place: (typeof rolesInPremises)[number];
  readonly spokenTo: boolean;
  readonly age: (typeof ageKnowledge)[number];
  readonly language: string | null;
  readonly interpreter: (typeof interpreters)[number];
};

/** A sign that somebody saw: never summed, never a verdict (design 3.2). */
export type Observation = Recorded & {
  readonly id: string;
  readonly visitId: VisitId;
  readonly encounterId: EncounterId | null;
  readonly signId: string;
  readonly ofControl: boolean;
  readonly context: string;
  readonly explanation: string;
};

export type ArrivalRefusal = 'not on' | 'already arrived' | 'nobody attended' | 'not in the team' | 'in the future';

/** Whether a team may say that it has arrived. Refuses a visit that was postponed or called off, and one without anybody of the team. */
export function arrive(
  planned: { readonly state: string; readonly arrived: boolean },
  arrival: { readonly at: Date; readonly attendees: readonly string[] },
  team: readonly string[],
  now: Date,
): Result<true, ArrivalRefusal> {
  if (planned.arrived) return refuse('already arrived');
  if (planned.state !== 'planned') return refuse('not on');
  return attended(arrival, team, now);
}

/** The same for a correction of an arrival. */
export function attended(
  { at, attendees }: { readonly at: Date; readonly attendees: readonly string[] },
  team: readonly string[],
  now: Date,
): Result<true, ArrivalRefusal> {
  if (attendees.length === 0) return refuse('nobody attended');
  if (attendees.some((id) => !team.includes(id))) return refuse('not in the team');
  return at > now ? refuse('in the future') : accept(true);
}

export type AtTheDoor = Pick<Visit, 'answer' | 'answeredBy' | 'present'>;
export type DoorRefusal = 'finished' | 'people were met' | 'fewer than were met' | 'somebody was there';

/** What happened at the door. A visit where nobody was found is a result; one where somebody was met was not empty. */
export function answerDoor(visit: Visit, said: AtTheDoor, met: number): Result<Visit, DoorRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (said.answer === 'nobody in') {
    if (met > 0) return refuse('people were met');
    if ((said.present ?? 0) > 0) return refuse('somebody was there');
    return accept({ ...visit, answer: said.answer, answeredBy: null, present: null });
  }
  if (said.present !== null && said.present < met) return refuse('fewer than were met');
  return accept({ ...visit, ...said });
}

export type LeavingRefusal = 'finished' | 'before arriving' | 'in the future';

export function leave(visit: Visit, at: Date, now: Date): Result<Visit, LeavingRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (at < visit.arrivedAt) return refuse('before arriving');
  return at > now ? refuse('in the future') : accept({ ...visit, leftAt: at });
}

/** What hangs on a visit, as far as whoever asks may know. */
export type Hanging = { readonly spokenTo: number; readonly unscreened: number };
export type Missing = 'the door' | 'time of leaving' | 'a person spoken with' | 'screening';

/** What stands between a visit and its end. Nobody leaves an arrest without saying whether the person was screened for exploitation (design 3.11). */
export function missing(visit: Pick<Visit, 'answer' | 'leftAt'>, { spokenTo, unscreened }: Hanging): Missing[] {
  const open: [boolean, Missing][] = [
    [visit.answer === null, 'the door'],
    [visit.leftAt === null, 'time of leaving'],
    [visit.answer === 'spoken with' && spokenTo === 0, 'a person spoken with'],
    [unscreened > 0, 'screening'],
  ];
  return open.flatMap(([is, what]) => (is ? [what] : []));
}

/** Who may end a visit: an officer of the team; a helper only where the team has no officer, because she cannot see what an officer left open. */
export const mayFinish = (side: Side, team: readonly Side[]): boolean =>
  side === 'enforcement' || !team.includes('enforcement');

export type FinishRefusal = 'finished' | 'not yours to finish' | Missing;

export function finish(visit: Visit, hanging: Hanging, may: boolean, now: Date): Result<Visit, FinishRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (!may) return refuse('not yours to finish');
  const [first] = missing(visit, hanging);
  return first ? refuse(first) : accept({ ...visit, finishedAt: now });
}

export type MeetingRefusal = 'finished' | 'nobody was found' | 'language missing' | 'no words were spoken';

/** Whether somebody may be added to those met, or corrected: not where nobody was found, and no interpreter without a language. */
export function meet(
  visit: Pick<Visit, 'finishedAt' | 'answer'>,
  person: Pick<Encounter, 'spokenTo' | 'language' | 'interpreter'>,
): Result<true, MeetingRefusal> {
  if (visit.finishedAt) return refuse('finished');
  if (visit.answer === 'nobody in') return refuse('nobody was found');
  const interpreted = person.interpreter === 'in person' || person.interpreter === 'by phone';
  if (interpreted && !person.spokenTo) return refuse('no words were spoken');
  return person.interpreter !== 'not needed' && !person.language ? refuse('language missing') : accept(true);
}
