/** What a person at the door said she needs and wants, and what she was told. Pure: no clock, no database, no wording. */
import type { AgencyId, EncounterId, Id, MemberId, OperationId, VisitId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

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
  'children’s services told',
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
/** Somebody else may ask in the person’s name, or make the person ask: this one stands on a request in which it was proved who asks. */
export const askedForIt = 'the person asked for it' satisfies (typeof correctionReasons)[number];

/** As the visit has it; in doubt “not known”. */
export const ages = ['adult', 'under 18', 'not known'] as const;

export type NoteId = Id<'note'>;

/** What was said, as the form has it. */
export type Said = {
  readonly advice: readonly AdviceKind[];
  readonly understood: (typeof understandings)[number] | null;
  readonly needs: readonly NeedKind[];
  readonly outcomes: readonly NoteOutcome[];
  /** Which indicators the person disclosed, or showed of their health, by their ids in the catalogue. */
  readonly disclosed: readonly string[];
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
  /** Which person of the visit; nothing in notes from before it was kept. */
  readonly metNumber: number | null;
  /** As it was when the note was written, or corrected since; nothing in notes from before it was kept. */
  readonly age: (typeof ages)[number] | null;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** To the hour: a note must not tell at which minute somebody spoke. */
  readonly writtenAt: Date;
};

export type NoteRefusal =
  | 'nothing said'
  | 'given and declined'
  | 'understood missing'
  | 'wants something and nothing'
  | 'needs and none'
  | 'both';

export const wantsHelpNow = ({ outcomes: held }: Pick<Said, 'outcomes'>): boolean => held.includes('wants help now');

/** In doubt too: whoever may be under 18 is treated as a child until assessed. */
export const treatedAsChild = ({ age }: Pick<Note, 'age'>): boolean => age !== null && age !== 'adult';

/** As whoever wrote the note says herself: to a side that sees no referral, nothing else tells. */
export const saysChildrenTold = ({ outcomes: held }: Pick<Said, 'outcomes'>): boolean =>
  held.includes('children’s services told');

/** All that does not stand together, so that nobody mends one fault to be told of the next. */
export function missaid({ advice, understood, needs, outcomes: held, disclosed }: Said): NoteRefusal[] {
  const has = (outcome: NoteOutcome): boolean => held.includes(outcome);
  const wrong: [boolean, NoteRefusal][] = [
    [advice.length > 0 && !understood, 'understood missing'],
    [needs.includes('nothing now') && needs.length > 1, 'needs and none'],
    [advice.length > 0 && has('advice declined'), 'given and declined'],
    [has('wants nothing now') && (has('wants help now') || has('wants help later')), 'wants something and nothing'],
    [has('no indicators') && (has('indicators seen') || disclosed.length > 0), 'both'],
    [advice.length === 0 && held.every((outcome) => outcome === 'advice given'), 'nothing said'],
  ];
  return wrong.flatMap(([is, what]) => (is ? [what] : []));
}

/** What may stand together. Advice of any kind is "advice given"; nothing here asks for cooperation with police or for a status (design 3.12). */
export function said(asked: Said): Result<Said, NoteRefusal> {
  const [wrong] = missaid(asked);
  if (wrong) return refuse(wrong);
  const given: NoteOutcome[] = asked.advice.length > 0 ? ['advice given'] : [];
  const all = [...given, ...asked.outcomes.filter((outcome) => outcome !== 'advice given')];
  return accept({ ...asked, understood: asked.advice.length > 0 ? asked.understood : null, outcomes: all });
}

export type Fact = { readonly indicator: string; readonly part: string | null };

/** What is counted of a note (domain 4.2): no word of it, and nobody in it. */
export const factsOf = ({ advice, needs, outcomes: held }: Said): Fact[] => [
  ...advice.map((part) => ({ indicator: 'people.advised', part })),
  ...needs.filter((need) => need !== 'nothing now').map((part) => ({ indicator: 'needs.recorded', part })),
  ...(held.includes('did not wish to speak to police') ? [{ indicator: 'people.declinedPolice', part: null }] : []),
];
