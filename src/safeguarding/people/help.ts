/** What a person needs, and what help was offered to her and what she said to it: acts, each by somebody and at some hour, never rewritten. Pure: no clock, no database, no wording. */

import type { PersonId } from '../../vocabulary/agreed.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { NeedKind } from '../referrals/index.ts';

/** Every way of help that there is to offer, side by side: the NRM is one among them. */
export const helps = [
  'children’s services',
  'adult safeguarding',
  'health',
  'a sexual assault referral centre',
  'a safe place to stay',
  'an immigration solicitor',
  'legal advice',
  'money and papers',
  'support led by sex workers',
  'the National Referral Mechanism',
  'nothing now',
] as const;
export type Help = (typeof helps)[number];

/** What the person said to an offer. */
export const answers = ['offered, no answer yet', 'accepted', 'declined'] as const;
export type HelpAnswer = (typeof answers)[number];

/** Kept under the person’s own key: what the person needs and what was said to an offer is the person’s. */
export type Done =
  | { readonly what: 'needs'; readonly needs: readonly NeedKind[]; readonly words: string | null }
  | { readonly what: 'offer'; readonly help: Help; readonly answer: HelpAnswer; readonly words: string | null };

export type ActId = Id<'person act'>;
export type HelpAct = {
  readonly id: ActId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** In which order they were written, since hours do not tell. */
  readonly number: number;
  /** To the hour. */
  readonly at: Date;
  readonly done: Done;
};

export type HelpRefusal = 'needs and none' | 'nothing to offer';

/** All that does not stand together. */
export function misdone(done: Done): HelpRefusal[] {
  if (done.what === 'needs')
    return done.needs.includes('nothing now') && done.needs.length > 1 ? ['needs and none'] : [];
  // That somebody wants nothing now is said by her, not offered.
  return done.help === 'nothing now' && done.answer !== 'accepted' ? ['nothing to offer'] : [];
}

export type Standing = {
  /** As they were last said; nothing where nobody has asked. */
  readonly needs: { readonly kinds: readonly NeedKind[]; readonly words: string | null } | undefined;
  /** The latest that was said to each. */
  readonly offers: ReadonlyMap<Help, HelpAct & { readonly done: Extract<Done, { what: 'offer' }> }>;
};

/** How it stands after all that was done, whatever the order it was read in. A need that is asked for anew takes nothing back of what was offered. */
export function standingOf(acts: readonly HelpAct[]): Standing {
  let needs: Standing['needs'];
  const offers = new Map<Help, HelpAct & { readonly done: Extract<Done, { what: 'offer' }> }>();
  for (const act of [...acts].sort((one, other) => one.number - other.number)) {
    const { done } = act;
    if (done.what === 'needs') needs = { kinds: done.needs, words: done.words };
    else offers.set(done.help, { ...act, done });
  }
  return { needs, offers };
}

/** What the person said yes to, for whoever is to ask later whether it arrived. */
export type HelpBegun = Omit<HelpAct, 'number' | 'done'> & { readonly help: Help };

/** Whether help begins with this act: a yes to it that did not stand before. That the person wants nothing now is none. */
export function begunBy(acts: readonly HelpAct[], id: ActId): HelpBegun | undefined {
  const act = acts.find((one) => one.id === id);
  if (act?.done.what !== 'offer' || act.done.answer !== 'accepted' || act.done.help === 'nothing now') return undefined;
  const { number, done, ...by } = act;
  const before = standingOf(acts.filter((one) => one.number < number)).offers.get(done.help);
  return before?.done.answer === 'accepted' ? undefined : { ...by, help: done.help };
}
