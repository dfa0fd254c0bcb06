/** What a person met at a visit needs and wants, and which advice they got. Pure: no clock, no database, no wording. */
import type { Age } from '../../vocabulary/age.ts';
import type { AgencyId, EncounterId, Id, MemberId, OperationId, VisitId } from '../../vocabulary/ids.ts';
import type { VisitInterpreter } from '../../vocabulary/interpreting.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export const adviceKinds = [
  'rights at work',
  'health',
  'sexual health',
  'safety',
  'safe accommodation',
  'money and benefits',
  'immigration advice',
  'legal advice',
  'later help',
] as const;
export type AdviceKind = (typeof adviceKinds)[number];

export const understandings = ['yes', 'in part', 'no', 'not known'] as const;

export const needKinds = [
  'health',
  'sexual health',
  'safety',
  'shelter',
  'money',
  'papers',
  'children',
  'legal advice',
  'immigration advice',
  'nothing now',
] as const;
export type NeedKind = (typeof needKinds)[number];

/** Several may hold at once (domain 9.4). None of them makes help depend on another. */
export const outcomes = [
  'advice given',
  'advice declined',
  'wants help now',
  'wants help later',
  'wants nothing now',
  'declined police contact',
  'no indicators',
  'indicators seen',
  'referred',
  'referral agreed',
  'referral declined',
  'no referral offered',
  'took a card',
  'children’s services told',
] as const;
export type NoteOutcome = (typeof outcomes)[number];

/** Those that the author ticks; the others follow from other records. */
export const selectableOutcomes = outcomes.filter((outcome) => outcome !== 'advice given' && outcome !== 'referred');

/** Why a note changes. A fixed list, so that the log never quotes the person. */
export const correctionReasons = [
  'written down wrongly',
  'something was missing',
  'the person said more',
  'the person asked for it',
] as const;
/** Anybody could claim this reason, so it requires a request in which the person’s identity was confirmed. */
export const requestedByPerson = 'the person asked for it' satisfies (typeof correctionReasons)[number];

export type NoteId = Id<'note'>;

/** The answers of the form. */
export type NoteAnswers = {
  readonly advice: readonly AdviceKind[];
  readonly understood: (typeof understandings)[number] | null;
  readonly needs: readonly NeedKind[];
  readonly outcomes: readonly NoteOutcome[];
  /** Catalogue ids of the indicators that the person disclosed, or showed through their health. */
  readonly disclosed: readonly string[];
  /** What the person wants, in their own words; sealed. */
  readonly wants: string | null;
};

export type Note = NoteAnswers & {
  readonly id: NoteId;
  readonly encounterId: EncounterId;
  readonly visitId: VisitId;
  readonly operationId: OperationId;
  readonly town: string;
  readonly day: string;
  /** The person’s number at the visit; null in older notes. */
  readonly metNumber: number | null;
  /** The age when the note was written or last corrected; null in older notes. */
  readonly age: Age | null;
  /** As recorded at the visit when the note was written, or corrected since; null if not recorded. */
  readonly language: string | null;
  readonly interpreter: VisitInterpreter | null;
  /** How readers reach the author, as the author gave it. */
  readonly authorPhone: string | null;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** To the hour: a note must not show at which minute a person spoke. */
  readonly writtenAt: Date;
};

export type NoteRefusal =
  | 'nothing said'
  | 'given and declined'
  | 'understood missing'
  | 'wants something and nothing'
  | 'needs and none'
  | 'offered and not offered'
  | 'both';

export const wantsHelpNow = ({ outcomes: held }: Pick<NoteAnswers, 'outcomes'>): boolean =>
  held.includes('wants help now');

/** What the person said to the author. It is no consent: the referral asks for that, and says who made it. */
export const agreedToReferral = ({ outcomes: held }: Pick<NoteAnswers, 'outcomes'>): boolean =>
  held.includes('referral agreed');

/** The author’s own statement in the note. Members who cannot see referrals have no other source for it. */
export const statesCouncilNotified = ({ outcomes: held }: Pick<NoteAnswers, 'outcomes'>): boolean =>
  held.includes('children’s services told');

/** Returns all contradictions at once, so that correcting one does not reveal another. */
export function findNoteErrors({ advice, understood, needs, outcomes: held, disclosed }: NoteAnswers): NoteRefusal[] {
  const has = (outcome: NoteOutcome): boolean => held.includes(outcome);
  const wrong: [boolean, NoteRefusal][] = [
    [advice.length > 0 && !understood, 'understood missing'],
    [needs.includes('nothing now') && needs.length > 1, 'needs and none'],
    [advice.length > 0 && has('advice declined'), 'given and declined'],
    [has('wants nothing now') && (has('wants help now') || has('wants help later')), 'wants something and nothing'],
    [has('no referral offered') && (has('referral agreed') || has('referral declined')), 'offered and not offered'],
    [has('no indicators') && (has('indicators seen') || disclosed.length > 0), 'both'],
    [advice.length === 0 && held.every((outcome) => outcome === 'advice given'), 'nothing said'],
  ];
  return wrong.flatMap(([is, what]) => (is ? [what] : []));
}

/** Checks which answers fit together. Any advice implies "advice given". Never asks for cooperation with police or immigration status (design 3.12). */
export function validateNoteAnswers(asked: NoteAnswers): Result<NoteAnswers, NoteRefusal> {
  const [wrong] = findNoteErrors(asked);
  if (wrong) return refuse(wrong);
  const given: NoteOutcome[] = asked.advice.length > 0 ? ['advice given'] : [];
  const all = [...given, ...asked.outcomes.filter((outcome) => outcome !== 'advice given')];
  return accept({ ...asked, understood: asked.advice.length > 0 ? asked.understood : null, outcomes: all });
}

const countedAges: Readonly<Record<Age, string>> = { adult: 'adult', 'under 18': 'child', 'not known': 'not known' };

export type Fact = { readonly indicator: string; readonly part: string | null };

/** The countable facts of a note (domain 4.2): no quotations, no identities. */
export const deriveFacts = ({
  advice,
  needs,
  outcomes: held,
  disclosed,
  age,
}: NoteAnswers & Pick<Note, 'age'>): Fact[] => [
  ...advice.map((part) => ({ indicator: 'people.advised', part })),
  ...needs.filter((need) => need !== 'nothing now').map((part) => ({ indicator: 'needs.recorded', part })),
  ...(held.includes('indicators seen') || disclosed.length > 0
    ? [{ indicator: 'victims.inNotes', part: countedAges[age ?? 'not known'] }]
    : []),
  ...(held.includes('declined police contact') ? [{ indicator: 'people.declinedPolice', part: null }] : []),
];
