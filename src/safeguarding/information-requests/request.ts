/** A request of police to the agency that helps somebody, and what is answered: what was agreed, or nothing, which looks like nothing held. Pure: no clock, no database, no wording. */
import { policeKinds } from '../../vocabulary/agreed.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type RequestId = Id<'information request'>;
export type DecisionId = Id<'information decision'>;
type PersonId = Id<'person'>;

export const kinds = policeKinds;
export type Kind = (typeof kinds)[number];
export const asksForCounselling = (asked: readonly Kind[]): boolean => asked.includes('notes of counselling');

/** Notice to the person is in writing, on or before the day of the request, or as soon as can be after it (s.44B). */
export const notices = ['given to the person', 'as soon as can be', 'not given'] as const;
export type NoticeState = (typeof notices)[number];

/** Kept under seal: what police say of somebody and of their case. */
export type Said = {
  /** As police know the person. */
  readonly who: string;
  /** Their own. */
  readonly reference: string;
  /** What was written for each test, by its name. */
  readonly tests: Readonly<Record<string, string>>;
  /** How it will be dealt with. */
  readonly handling: string;
  readonly noticeWhy: string | null;
};

export type InformationRequest = Said & {
  readonly id: RequestId;
  readonly agencyId: AgencyId;
  readonly askedBy: MemberId;
  /** Whom police ask: the controller of what is held, if anything is. */
  readonly recipient: AgencyId;
  /** The edition of the law by which it was asked. */
  readonly law: string;
  readonly kinds: readonly Kind[];
  readonly notice: NoticeState;
  readonly askedAt: Date;
  /** Whatever was decided before, and whether anything was. */
  readonly dueAt: Date;
};

/** So long everybody waits alike: a quick no would tell that nobody is known. */
export const daysToAnswer = 14;
export const dueOf = (askedAt: Date): Date => new Date(askedAt.getTime() + daysToAnswer * 86_400_000);

export const states = ['waits', 'answered', 'no information is given'] as const;
export type State = (typeof states)[number];

/** What police see. Refused, nothing held and never looked at are one answer, at one moment. */
export function stateOf({ dueAt }: Pick<InformationRequest, 'dueAt'>, answered: boolean, now: Date): State {
  if (answered) return 'answered';
  return now < dueAt ? 'waits' : 'no information is given';
}

export type AskRefusal = 'nothing named' | 'a test unanswered' | 'no reason for no notice';

export function mayAsk(
  asked: Pick<InformationRequest, 'kinds' | 'notice' | 'tests' | 'noticeWhy'>,
  tests: readonly string[],
): Result<true, AskRefusal> {
  if (asked.kinds.length === 0) return refuse('nothing named');
  if (!tests.every((test) => asked.tests[test])) return refuse('a test unanswered');
  return asked.notice === 'given to the person' || asked.noticeWhy ? accept(true) : refuse('no reason for no notice');
}

export const outcomes = ['give what was agreed', 'give nothing'] as const;
export type Outcome = (typeof outcomes)[number];
export const agreements = ['agreed to what is ticked', 'does not agree', 'was not asked'] as const;
export type Agreement = (typeof agreements)[number];
export const grounds = ['the person agreed', 'best interests of a child'] as const;
export type Ground = (typeof grounds)[number];

/** To which words the person said yes, and how they were carried over: as with everything else that is agreed. Kept under seal. */
export type AgreedTo = {
  readonly wording: string;
  readonly digest: string;
  readonly how: string;
  readonly language: string;
  readonly interpreted: string;
  readonly interpreter: string | null;
};

export type Decision = {
  readonly id: DecisionId;
  readonly requestId: RequestId;
  readonly agencyId: AgencyId;
  readonly decidedBy: MemberId;
  /** Whose record it is about; null where nobody is known, or nobody looked. */
  readonly personId: PersonId | null;
  readonly outcome: Outcome;
  readonly ground: Ground | null;
  readonly kinds: readonly Kind[];
  /** Kept under seal. */
  readonly reasons: string;
  /** What an adult agreed to; who decided explained it. */
  readonly agreed: AgreedTo | null;
  /** To the hour. */
  readonly decidedAt: Date;
};

export type Judged = {
  readonly outcome: Outcome;
  readonly person: { readonly treatedAs: 'as an adult' | 'as a child' | 'as a child until assessed' } | undefined;
  /** The tests that the request is found to pass. */
  readonly passed: readonly string[];
  readonly agreement: Agreement;
  readonly kinds: readonly Kind[];
  readonly words: string | null;
};

export type DecisionRefusal =
  | 'too late'
  | 'nobody chosen'
  | 'a test not passed'
  | 'not agreed'
  | 'nothing named'
  | 'not asked for'
  | 'no words';

/** Nothing may be given unless every test is passed, the person said yes (of a child: it is best), and no more is given than was asked and agreed. Nothing can always be given. */
export function decide(
  request: Pick<InformationRequest, 'kinds' | 'dueAt'>,
  tests: readonly string[],
  judged: Judged,
  now: Date,
): Result<Ground | null, DecisionRefusal> {
  if (judged.outcome === 'give nothing') return accept(null);
  if (now >= request.dueAt) return refuse('too late');
  if (!judged.person) return refuse('nobody chosen');
  if (!tests.every((test) => judged.passed.includes(test))) return refuse('a test not passed');
  const adult = judged.person.treatedAs === 'as an adult';
  if (judged.agreement === 'does not agree' || (adult && judged.agreement !== 'agreed to what is ticked'))
    return refuse('not agreed');
  if (judged.kinds.length === 0) return refuse('nothing named');
  if (!judged.kinds.every((kind) => request.kinds.includes(kind))) return refuse('not asked for');
  if (!judged.words) return refuse('no words');
  return accept(adult ? 'the person agreed' : 'best interests of a child');
}

/** The words that an adult is asked to agree to before police are answered: what, to whom, in which words, and that a no costs nothing. One sentence a line, short enough to be read out. */
export const agreementWords = (police: string, given: readonly Kind[], words: string): string[] => [
  `${police} ask us about you. We answer only if you agree.`,
  `We would tell them this: ${given.join('; ')}.`,
  `In these words, and no others: “${words}”`,
  'They can use it in their case, and other people in the case may read it. Once they are told, it cannot be taken back.',
  'You agree to this alone. You do not have to speak to the police.',
  'If you say no, we tell them that we give no information. We say the same about people whom we do not know.',
  'If you say no, you still get help. Help does not depend on speaking to the police or on your immigration status.',
];

/** The notice to the person, as s.44B asks: what is sought, why, and how it will be dealt with. */
export const noticeWords = (
  { kinds: asked, tests, handling }: Pick<InformationRequest, 'kinds' | 'tests' | 'handling'>,
  recipient: string,
): string[] => [
  `We ask ${recipient} for information that may be about you, if they hold any. We do not know whether they do.`,
  `What we ask for: ${asked.join('; ')}. ${tests.specific ?? ''}`.trim(),
  `Why: ${tests['a reasonable line of enquiry'] ?? ''}`,
  `What we do with it: ${handling}`,
  `You can tell us or ${recipient} what you think of it. They decide, and they need not answer us. They give us nothing of an adult who has not said yes, and of a child only what is best for the child.`,
];
