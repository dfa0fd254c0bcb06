/** What a person at the door said she needs and wants, and what she was told. Pure: no clock, no database, no wording. */
import type { AgencyId, EncounterId, Id, MemberId, OperationId, VisitId } from '../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';

export const adviceKinds = [
  'rights at work',
  'health',
  'sexual health',
  'safety',
  'a safe place to stay',
  'money and benefits',
  'immigration advice',
  'legal advice',
  'how to get help later',
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

/** More than one may hold (domain 9.4). None of them makes help depend on the others. */
export const outcomes = [
  'advice given',
  'advice declined',
  'wants help now',
  'wants help later',
  'wants nothing now',
  'did not wish to speak to police',
  'no indicators',
  'indicators seen',
  'referred',
  'referral declined by the person',
  'took a card',
] as const;
export type NoteOutcome = (typeof outcomes)[number];

/** Those that whoever writes the note ticks; the others follow from what else is recorded. */
export const tickedOutcomes = outcomes.filter((outcome) => outcome !== 'advice given' && outcome !== 'referred');

/** Why a note changes: words of a list, so that nothing a person said gets into the log. */
export const correctionReasons = [
  'written down wrongly',
  'something was missing',
  'the person said more',
  'the person asked for it',
] as const;

export type NoteId = Id<'note'>;

/** What was said, as the form has it. */
export type Said = {
  readonly advice: readonly AdviceKind[];
  readonly understood: (typeof understandings)[number] | null;
  readonly needs: readonly NeedKind[];
  readonly outcomes: readonly NoteOutcome[];
  /** What the person wants, in her own words; kept under seal. */
  readonly wants: string | null;
};

export type Note = Said & {
  readonly id: NoteId;
  readonly encounterId: EncounterId;
  readonly visitId: VisitId;
  readonly operationId: OperationId;
  readonly town: string;
  readonly day: string;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** To the hour: a note must not tell at which minute somebody spoke. */
  readonly writtenAt: Date;
};

export type NoteRefusal =
  | 'nothing said'
  | 'understood missing'
  | 'wants something and nothing'
  | 'needs and none'
  | 'both';

/** What may stand together. Advice of any kind is "advice given"; nothing here asks for cooperation with police or for a status (design 3.12). */
export function said(asked: Said): Result<Said, NoteRefusal> {
  const has = (outcome: NoteOutcome): boolean => asked.outcomes.includes(outcome);
  if (asked.advice.length > 0 && !asked.understood) return refuse('understood missing');
  if (has('wants nothing now') && (has('wants help now') || has('wants help later')))
    return refuse('wants something and nothing');
  if (asked.needs.includes('nothing now') && asked.needs.length > 1) return refuse('needs and none');
  if (has('no indicators') && has('indicators seen')) return refuse('both');
  const given: NoteOutcome[] = asked.advice.length > 0 ? ['advice given'] : [];
  const all = [...given, ...asked.outcomes.filter((outcome) => outcome !== 'advice given')];
  if (all.length === 0) return refuse('nothing said');
  return accept({ ...asked, understood: asked.advice.length > 0 ? asked.understood : null, outcomes: all });
}

export type Fact = { readonly indicator: string; readonly part: string | null };

/** What is counted of a note (domain 4.2): no word of it, and nobody in it. */
export const factsOf = ({ advice, needs, outcomes: held }: Said): Fact[] => [
  ...advice.map((part) => ({ indicator: 'people.advised', part })),
  ...needs.filter((need) => need !== 'nothing now').map((part) => ({ indicator: 'needs.recorded', part })),
  ...(held.includes('did not wish to speak to police') ? [{ indicator: 'people.declinedPolice', part: null }] : []),
];
