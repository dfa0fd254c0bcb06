/** Telling without consent: on one of four grounds that the law names, item by item, once a second person has approved it; or at once where waiting would cost a life, and then looked at by a second person. Pure: no clock, no database, no wording. */
import type { Basis, PersonId, Shown } from '../../vocabulary/agreed.ts';
import type { AgencyId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { type Bounds, type ScopeRefusal, within } from './consent.ts';

export type DisclosureId = Id<'disclosure'>;

/** Where a life, or a child, can be lost by waiting; a law and a court leave the time to ask. */
export const urgentBases: readonly Basis[] = ['child', 'vital interests'];

/** Who may approve at her own agency; where it has one lead alone, the other role is whom she asks. */
export const approvers = ['safeguarding lead', 'data-protection lead'] as const satisfies readonly Role[];
export const mayApprove = (roles: readonly Role[]): boolean => approvers.some((role) => roles.includes(role));

/** The last is of before a second person was asked for: nobody tells so any more. */
export const tellings = ['after approval', 'at once', 'by one alone'] as const;
export type TellingWay = (typeof tellings)[number];
export const looks = ['agrees', 'something was wrong'] as const;
export type Look = (typeof looks)[number];

/** The draft of a referral as a paper of the record holds it: in rows to be read, frozen on a day under its digest. */
export type FrozenDraft = {
  readonly paperId: string;
  /** Whose record it lies on. */
  readonly personId: PersonId;
  readonly on: string;
  readonly digest: string;
  /** As later rooms write and show it. */
  readonly paper: unknown;
};

/** What was on the page when it was asked for, so that exactly that is approved and told; kept under seal. What crosses the wall is forgotten here once it went or was refused. */
export type DisclosurePlan = {
  readonly shown: readonly (Omit<Shown, 'item'> & { readonly item: string })[];
  /** Those among the papers that are drafts, whole: whoever approves reads what would go. */
  readonly drafts?: readonly FrozenDraft[];
  /** What it answers, on a page of its own: whoever judges it reads it there. */
  readonly answering?: { readonly href: string; readonly text: string };
  readonly noteId: string | null;
  readonly form: unknown;
};

export type Disclosure = Bounds & {
  readonly id: DisclosureId;
  readonly operationId: OperationId | null;
  readonly agencyId: AgencyId;
  readonly basis: Basis;
  /** By which somebody else can judge; kept under seal. */
  readonly reasons: string;
  readonly told: TellingWay;
  /** Who asks for it and wrote the reasons. All times to the hour. */
  readonly askedBy: MemberId;
  readonly askedAt: Date;
  readonly plan: DisclosurePlan | null;
  readonly approvedBy: MemberId | null;
  readonly approvedAt: Date | null;
  readonly refusedBy: MemberId | null;
  readonly refusedAt: Date | null;
  /** Why waiting would have cost too much; kept under seal. */
  readonly cannotWait: string | null;
  /** By when a second person looks at what was told at once. */
  readonly lookBy: Date | null;
  readonly lookedBy: MemberId | null;
  readonly lookedAt: Date | null;
  readonly looked: Look | null;
  /** Why it was refused, or what was wrong; kept under seal. */
  readonly said: string | null;
};

export const nobodyYet = {
  approvedBy: null,
  approvedAt: null,
  refusedBy: null,
  refusedAt: null,
  cannotWait: null,
  lookBy: null,
  lookedBy: null,
  lookedAt: null,
  looked: null,
  said: null,
} as const;

export const disclosureStandings = [
  'waits for approval',
  'approved',
  'refused',
  'to be looked at',
  'looked at',
  'something was wrong',
  'told by one alone',
] as const;
export type DisclosureStanding = (typeof disclosureStandings)[number];

export function standingOfDisclosure({
  told,
  approvedAt,
  refusedAt,
  looked,
}: Pick<Disclosure, 'told' | 'approvedAt' | 'refusedAt' | 'looked'>): DisclosureStanding {
  if (told === 'by one alone') return 'told by one alone';
  if (told === 'after approval') return approvedAt ? 'approved' : refusedAt ? 'refused' : 'waits for approval';
  if (!looked) return 'to be looked at';
  return looked === 'agrees' ? 'looked at' : 'something was wrong';
}

/** The last two: under its id something was asked for, which somebody else judges; or that is asked for now in other words. */
export type AtOnceRefusal =
  | 'a lead tells at once'
  | 'time to ask'
  | 'why it cannot wait'
  | 'asked before'
  | 'asked otherwise';

/** In her own name, by whoever could approve it for another: the one way round a second person, and no way round her look afterwards. */
export function atOnce(basis: Basis, cannotWait: string | null, roles: readonly Role[]): Result<string, AtOnceRefusal> {
  if (!urgentBases.includes(basis)) return refuse('time to ask');
  if (!mayApprove(roles)) return refuse('a lead tells at once');
  return cannotWait ? accept(cannotWait) : refuse('why it cannot wait');
}

type By = { readonly memberId: MemberId; readonly agencyId: AgencyId; readonly roles: readonly Role[] };
export type SecondRefusal = 'not yours' | 'who asked' | 'answered already' | 'over' | 'unsaid';

/** Whether this is hers to answer at all: of her own agency, and not her own. */
function second({ askedBy, agencyId }: Disclosure, by: By): Result<true, SecondRefusal> {
  if (by.agencyId !== agencyId || !mayApprove(by.roles)) return refuse('not yours');
  return by.memberId === askedBy ? refuse('who asked') : accept(true);
}

export function decideDisclosure(
  disclosure: Disclosure,
  { approves, said }: { readonly approves: boolean; readonly said: string | null },
  by: By,
  now: Date,
): Result<Disclosure, SecondRefusal> {
  const may = second(disclosure, by);
  if (!may.ok) return may;
  if (standingOfDisclosure(disclosure) !== 'waits for approval') return refuse('answered already');
  if (now >= disclosure.until) return refuse('over');
  if (approves) return accept({ ...disclosure, approvedBy: by.memberId, approvedAt: now });
  return said ? accept({ ...disclosure, refusedBy: by.memberId, refusedAt: now, said }) : refuse('unsaid');
}

/** Afterwards, also late and when it is over: what was wrong is said all the same. */
export function lookAt(
  disclosure: Disclosure,
  { looked, said }: { readonly looked: Look; readonly said: string | null },
  by: By,
  now: Date,
): Result<Disclosure, SecondRefusal> {
  const may = second(disclosure, by);
  if (!may.ok) return may;
  if (standingOfDisclosure(disclosure) !== 'to be looked at') return refuse('answered already');
  if (looked === 'something was wrong' && !said) return refuse('unsaid');
  return accept({
    ...disclosure,
    lookedBy: by.memberId,
    lookedAt: now,
    looked,
    said: looked === 'agrees' ? null : said,
  });
}

/** What stands for the drafts that somebody read, as they were frozen. */
export const digestsIn = ({ plan }: Pick<Disclosure, 'plan'>): string =>
  (plan?.drafts ?? []).map(({ digest }) => digest).join(' ');

/** Late is a look of which the time has passed. */
export const lookIsLate = ({ lookBy, looked }: Pick<Disclosure, 'lookBy' | 'looked'>, now: Date): boolean =>
  lookBy !== null && looked === null && now >= lookBy;

export type PermitRefusal = ScopeRefusal | 'not approved' | 'another asked';

/** By whoever asked, within what was approved, and not when somebody found it wrong. */
export function permits(
  disclosure: Disclosure,
  wanted: Bounds & { readonly authorId: MemberId },
  now: Date,
): Result<true, PermitRefusal> {
  if (!disclosure.approvedAt || disclosure.looked === 'something was wrong') return refuse('not approved');
  if (wanted.authorId !== disclosure.askedBy) return refuse('another asked');
  return now < disclosure.until ? within(disclosure, wanted) : refuse('run out');
}
