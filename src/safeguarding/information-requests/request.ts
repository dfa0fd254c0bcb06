/** A victim information request from police to a support agency, and its answer: what was agreed, or nothing, which looks like nothing held. Pure: no clock, no database, no wording. */

import type { AgeTreatment } from '../../vocabulary/age.ts';
import type { AgencyId, Id, MemberId, PersonId } from '../../vocabulary/ids.ts';
import { policeRequestKinds } from '../../vocabulary/information-shared.ts';
import type { Explanation } from '../../vocabulary/interpreting.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';

export type RequestId = Id<'information request'>;
export type DecisionId = Id<'information decision'>;
/** The id of a decision that a second person approved. */
export const decisionIdOf = (id: string): DecisionId => id as DecisionId;

export const kinds = policeRequestKinds;
export type Kind = (typeof kinds)[number];
export const asksForCounselling = (asked: readonly Kind[]): boolean => asked.includes('notes of counselling');

/** Notice to the person is in writing, on or before the day of the request, or as soon as can be after it (s.44B). */
export const notices = ['given', 'later', 'not given'] as const;
export type NoticeState = (typeof notices)[number];

/** Sealed: what police say about a person and their case. */
export type RequestContent = {
  /** The person as police know them. */
  readonly who: string;
  /** The police reference. */
  readonly reference: string;
  /** The text for each test, by its name. */
  readonly tests: Readonly<Record<string, string>>;
  /** How the information will be handled. */
  readonly handling: string;
  readonly noticeWhy: string | null;
};

export type InformationRequest = RequestContent & {
  readonly id: RequestId;
  readonly agencyId: AgencyId;
  readonly askedBy: MemberId;
  /** The agency that police ask: the controller of what is held, if anything is. */
  readonly recipient: AgencyId;
  /** The edition of the law that the request is based on. */
  readonly law: string;
  readonly kinds: readonly Kind[];
  readonly notice: NoticeState;
  readonly askedAt: Date;
  /** The same for every request, whatever was decided and whenever. */
  readonly dueAt: Date;
};

/** Every answer waits this long, because a quick refusal would reveal that no record exists. */
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
  return asked.notice === 'given' || asked.noticeWhy ? accept(true) : refuse('no reason for no notice');
}

export const outcomes = ['give agreed items', 'give nothing'] as const;
export type Outcome = (typeof outcomes)[number];
export const agreements = ['agreed to the ticked items', 'does not agree', 'was not asked'] as const;
export type Agreement = (typeof agreements)[number];
export const grounds = ['the person agreed', 'child’s best interests'] as const;
export type Ground = (typeof grounds)[number];

/** The wording that the person agreed to and how it was interpreted, as for every consent. Sealed. */
export type ConsentDetails = Explanation & {
  /** The exact English words, and the same in the person’s language as they were shown beside them. */
  readonly wording: string;
  readonly shownWording?: string | null;
  readonly shownLanguage?: string | null;
  /** Over both. */
  readonly digest: string;
  readonly how: string;
};

export type Decision = {
  readonly id: DecisionId;
  readonly requestId: RequestId;
  readonly agencyId: AgencyId;
  readonly decidedBy: MemberId;
  /** The person whose record it is about; null if no record was found or searched for. */
  readonly personId: PersonId | null;
  readonly outcome: Outcome;
  readonly ground: Ground | null;
  readonly kinds: readonly Kind[];
  /** Sealed. */
  readonly reasons: string;
  /** What an adult agreed to, explained by the member who decided. */
  readonly agreed: ConsentDetails | null;
  /** To the hour. */
  readonly decidedAt: Date;
};

export type DecisionInput = {
  readonly outcome: Outcome;
  readonly person: { readonly treatedAs: AgeTreatment } | undefined;
  /** The tests that the decision found passed. */
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

/** Refuses to give anything unless every test is passed and the adult consents (for a child: best interests). Gives at most what was asked and agreed; giving nothing is always allowed. */
export function decide(
  request: Pick<InformationRequest, 'kinds' | 'dueAt'>,
  tests: readonly string[],
  judged: DecisionInput,
  now: Date,
): Result<Ground | null, DecisionRefusal> {
  if (judged.outcome === 'give nothing') return accept(null);
  if (now >= request.dueAt) return refuse('too late');
  if (!judged.person) return refuse('nobody chosen');
  if (!tests.every((test) => judged.passed.includes(test))) return refuse('a test not passed');
  const adult = judged.person.treatedAs === 'adult';
  if (judged.agreement === 'does not agree' || (adult && judged.agreement !== 'agreed to the ticked items'))
    return refuse('not agreed');
  if (judged.kinds.length === 0) return refuse('nothing named');
  if (!judged.kinds.every((kind) => request.kinds.includes(kind))) return refuse('not asked for');
  if (!judged.words) return refuse('no words');
  return accept(adult ? 'the person agreed' : 'child’s best interests');
}

/** The notice to the person under s.44B: what is sought, why, and how it will be handled. */
export const noticeWords = (
  { kinds: asked, tests, handling }: Pick<InformationRequest, 'kinds' | 'tests' | 'handling'>,
  recipient: string,
): string[] => [
  `We ask ${recipient} for information that may be about you, if they hold any. We do not know whether they hold information about you.`,
  `Information requested: ${wordsOfAll(asked).join('; ')}. ${tests.specific ?? ''}`.trim(),
  `Why: ${tests['a reasonable line of enquiry'] ?? ''}`,
  `Use of the answer: ${handling}`,
  `You can tell us or ${recipient} what you think of it. They decide, and they do not have to answer us. They share information about an adult only with consent. They share information about a child only in the child’s best interests.`,
];
