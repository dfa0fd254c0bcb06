/** A person’s needs, and the help offered with the person’s answers: acts with author and hour, never rewritten. Pure: no clock, no database, no wording. */

import type { AgencyId, Id, MemberId, PersonId } from '../../vocabulary/ids.ts';
import { nrmPurpose } from '../../vocabulary/information-shared.ts';
import type { NeedKind } from '../notes/note.ts';
import type { Referral } from '../referrals/referral.ts';

/** All kinds of help to offer, as equals: the NRM is one of them. */
export const helpTypes = [
  'children’s services',
  'adult safeguarding',
  'health',
  'a sexual assault referral centre',
  'safe accommodation',
  'an immigration solicitor',
  'legal advice',
  'money and papers',
  'support led by sex workers',
  'the National Referral Mechanism',
  'nothing now',
] as const;
export type HelpType = (typeof helpTypes)[number];

/** The person’s answers to an offer. */
export const answers = ['offered, no answer yet', 'accepted', 'declined'] as const;
export type HelpAnswer = (typeof answers)[number];

/** Sealed under the person’s own key, because it repeats what the person said. */
export type ContactNoteContent =
  | { readonly what: 'needs'; readonly needs: readonly NeedKind[]; readonly words: string | null }
  | { readonly what: 'offer'; readonly help: HelpType; readonly answer: HelpAnswer; readonly words: string | null };

export type ContactNoteId = Id<'person act'>;
export type ContactNote = {
  readonly id: ContactNoteId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** The order of writing, because hours do not show it. */
  readonly number: number;
  /** To the hour. */
  readonly at: Date;
  readonly done: ContactNoteContent;
};

export type HelpRefusal = 'needs and none' | 'nothing to offer';

/** Returns all contradictions. */
export function findHelpErrors(done: ContactNoteContent): HelpRefusal[] {
  if (done.what === 'needs')
    return done.needs.includes('nothing now') && done.needs.length > 1 ? ['needs and none'] : [];
  // Wanting nothing now is the person’s statement, so it can only be accepted.
  return done.help === 'nothing now' && done.answer !== 'accepted' ? ['nothing to offer'] : [];
}

export type HelpStatus = {
  /** The latest statement of needs; undefined if nobody has asked. */
  readonly needs: { readonly kinds: readonly NeedKind[]; readonly words: string | null } | undefined;
  /** The latest answer to each offer. */
  readonly offers: ReadonlyMap<
    HelpType,
    ContactNote & { readonly done: Extract<ContactNoteContent, { what: 'offer' }> }
  >;
};

/** Derives the current state from all acts, read in any order. Newly recorded needs do not withdraw offers. */
export function deriveHelpStatus(acts: readonly ContactNote[]): HelpStatus {
  let needs: HelpStatus['needs'];
  const offers = new Map<HelpType, ContactNote & { readonly done: Extract<ContactNoteContent, { what: 'offer' }> }>();
  for (const act of [...acts].sort((one, other) => one.number - other.number)) {
    const { done } = act;
    if (done.what === 'needs') needs = { kinds: done.needs, words: done.words };
    else offers.set(done.help, { ...act, done });
  }
  return { needs, offers };
}

/** The help that a referral for each need leads to. Safety is planned with the person, and is no offer of its own. */
const helpByNeed: Partial<Record<NeedKind, HelpType>> = {
  health: 'health',
  'sexual health': 'health',
  shelter: 'safe accommodation',
  money: 'money and papers',
  papers: 'money and papers',
  children: 'children’s services',
  'legal advice': 'legal advice',
  'immigration advice': 'an immigration solicitor',
};

type HelpReferral = Pick<Referral, 'needs' | 'purpose' | 'state' | 'ended' | 'toAgency' | 'day'>;

/** For each kind of help, the referral that counts: an accepted one before one that waits for an answer, and the latest of its kind. Declined and withdrawn ones do not count. */
export function findHelpReferrals<One extends HelpReferral>(referrals: readonly One[]): ReadonlyMap<HelpType, One> {
  const counting = referrals.filter(({ state, ended }) => state !== 'declined' && ended !== 'taken back');
  const weakestFirst = counting.toSorted(
    (one, other) =>
      Number(one.state === 'accepted') - Number(other.state === 'accepted') || one.day.localeCompare(other.day),
  );
  return new Map(weakestFirst.flatMap((one) => listHelpOf(one).map((help) => [help, one] as const)));
}

function listHelpOf({ needs, purpose }: Pick<Referral, 'needs' | 'purpose'>): HelpType[] {
  const asked = needs.flatMap((need) => helpByNeed[need] ?? []);
  return purpose === nrmPurpose ? [...asked, 'the National Referral Mechanism'] : asked;
}

/** Help that the person accepted, so that somebody later checks whether it arrived. */
export type AcceptedHelp = Omit<ContactNote, 'number' | 'done'> & { readonly help: HelpType };

/** Whether help begins with this act: newly accepted, and not “nothing now”. */
export function findAcceptedHelp(acts: readonly ContactNote[], id: ContactNoteId): AcceptedHelp | undefined {
  const act = acts.find((one) => one.id === id);
  if (act?.done.what !== 'offer' || act.done.answer !== 'accepted' || act.done.help === 'nothing now') return undefined;
  const { number, done, ...by } = act;
  const before = deriveHelpStatus(acts.filter((one) => one.number < number)).offers.get(done.help);
  return before?.done.answer === 'accepted' ? undefined : { ...by, help: done.help };
}
