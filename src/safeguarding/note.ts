/** What a person at the door said she needs and wants, and what she was told. Pure: no clock, no database, no wording. */

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
