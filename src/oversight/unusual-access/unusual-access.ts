/** Finds unusual accesses, each with its reason in words. It blocks nothing, sums nothing and gives nobody a score. Pure. */
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import type { Span } from '../possible-access/possible-access.ts';
import type { Thresholds } from './thresholds.ts';

export const unusualKinds = [
  'outside her own operations',
  'many people in a short time',
  'her own name or a colleague’s',
  'at an hour far from her shift',
  'after the record was closed',
  'by breaking the glass',
  'soon after she joined',
] as const;
export type UnusualKind = (typeof unusualKinds)[number];

/** One access with its context. */
export type Access = {
  readonly at: number;
  readonly day: string;
  /** "23:40", by the clock on the wall. */
  readonly time: string;
  readonly event: string;
  readonly memberId: string;
  readonly requestId: string;
  /** Records of people that it showed or listed. */
  readonly people: readonly string[];
  readonly subject: string | null;
  readonly operation: string | undefined;
  readonly closedAt: number | undefined;
  readonly breakGlass: boolean;
};
/** A grant to a member, or their time on a team. */
export type AccessGrant = Span & { readonly subject: string; readonly relation: 'member' | 'partner' | 'team' };

export type Finding = {
  readonly sort: UnusualKind;
  readonly memberId: string;
  readonly requestId: string;
  readonly at: number;
  readonly words: string;
  readonly operation: string | undefined;
  readonly records: readonly string[];
};

const day = 86_400_000;
/** The safeguarding log keeps the hour alone, so an access may seem earlier than it was. */
const isWithinSpan = (span: Span, at: number): boolean => span.since <= at && at < span.until;
const isNight = (time: string, { from, until }: Thresholds['night']): boolean => time >= from || time < until;

/** What was granted and held at the moment of an access. */
type Standing = {
  readonly granted: readonly AccessGrant[];
  readonly terms: readonly Span[];
  readonly held: Thresholds;
};

/** Returns unusual accesses, latest first. `letIn`: grants of the member and their agency. `terms`: when the member held which roles. */
export function detectUnusualAccesses(
  looks: readonly Access[],
  letIn: (memberId: string) => readonly AccessGrant[],
  thresholds: (day: string) => Thresholds,
  terms: (memberId: string) => readonly Span[] = () => [],
): Finding[] {
  const found = looks.flatMap((look) =>
    listReasons(look, {
      granted: letIn(look.memberId).filter((span) => isWithinSpan(span, look.at)),
      terms: terms(look.memberId),
      held: thresholds(look.day),
    }),
  );
  return [...mergeByNight(mergeByRequest(found)), ...detectManyPeople(looks, thresholds)].sort((a, b) => b.at - a.at);
}

/** Why one access stands out by itself: none, one or several reasons. */
function listReasons(look: Access, standing: Standing): Finding[] {
  const { memberId, requestId, at, operation } = look;
  const records = [...new Set([...(look.subject ? [look.subject] : []), ...look.people])];
  return [...reasonsOfPlace(look, standing), ...reasonsOfTime(look, standing)].map(([sort, words]) => ({
    sort,
    memberId,
    requestId,
    at,
    words,
    operation,
    records,
  }));
}

type Reason = readonly [kind: UnusualKind, words: string];

/** The record, or the way to it, is not the member's own. */
function reasonsOfPlace(look: Access, { granted }: Standing): Reason[] {
  const reasons: Reason[] = [];
  if (look.breakGlass) reasons.push(['by breaking the glass', 'The member saw it only under emergency access.']);
  if (look.operation && !granted.some(({ subject }) => subject === look.operation))
    reasons.push([
      'outside her own operations',
      'The record belongs to an operation that did not include the member or their agency at the time.',
    ]);
  if (look.event === 'name.like own shown')
    reasons.push([
      'her own name or a colleague’s',
      'The sealed name shares a family name with the member or a colleague.',
    ]);
  return reasons;
}

/** The hour, the age of the record or that of the account. */
function reasonsOfTime(look: Access, { granted, terms, held }: Standing): Reason[] {
  const { at } = look;
  const reasons: Reason[] = [];
  // Signing in, or reading a list without people, is no access to a record.
  const opened = look.people.length > 0 || look.operation !== undefined;
  if (opened && isNight(look.time, held.night) && !granted.some(({ relation }) => relation === 'team'))
    reasons.push([
      'at an hour far from her shift',
      `It was ${look.time}, between ${held.night.from} and ${held.night.until}, and the member was not in a team.`,
    ]);
  if (look.closedAt !== undefined && at - look.closedAt > held.closedDays * day)
    reasons.push(['after the record was closed', `The record had been closed for more than ${held.closedDays} days.`]);
  // An administrator reads no records, but could create an account that does.
  const isNew = ({ since }: Span): boolean => at >= since - hourMs && at - since < held.newDays * day;
  if (look.people.length > 0 && terms.some(isNew))
    reasons.push([
      'soon after she joined',
      `The member joined, or their roles changed, less than ${held.newDays} days before. Check their identity and who invited them.`,
    ]);
  return reasons;
}

/** A member cannot answer for their own access: another lead of the agency does. */
export const mayAnswer = ({ memberId }: Pick<Finding, 'memberId'>, who: string): boolean => memberId !== who;

const nightKind: UnusualKind = 'at an hour far from her shift';

/** All pages of one night have the same reason, so they count as one access, named by its first page. One answer covers it. */
function mergeByNight(found: readonly Finding[]): Finding[] {
  const nights: Finding[][] = [];
  const inOrder = found.filter(({ sort }) => sort === nightKind).sort((a, b) => a.at - b.at);
  for (const finding of inOrder) {
    const same = nights.findLast(([first]) => first?.memberId === finding.memberId);
    if (same?.[0] && finding.at - same[0].at < day / 2) same.push(finding);
    else nights.push([finding]);
  }
  const told = nights.flatMap((pages): Finding[] => {
    const [first] = pages;
    if (!first) return [];
    const more = pages.length === 1 ? '' : ` The member opened ${pages.length} pages that night.`;
    return [{ ...first, words: first.words + more, records: [...new Set(pages.flatMap(({ records }) => records))] }];
  });
  return [...found.filter(({ sort }) => sort !== nightKind), ...told];
}

/** Several rows of one page are one access. */
function mergeByRequest(found: readonly Finding[]): Finding[] {
  const groups = Map.groupBy(found, ({ sort, memberId, requestId }) => JSON.stringify([sort, memberId, requestId]));
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, records: [...new Set(same.flatMap(({ records }) => records))] }] : [];
  });
}

/** The first moment of each hour in which one member saw more people than the threshold; the next is sought after it. */
function detectManyPeople(looks: readonly Access[], thresholds: (day: string) => Thresholds): Finding[] {
  const byMember = Map.groupBy(
    looks.filter(({ people }) => people.length > 0),
    ({ memberId }) => memberId,
  );
  return [...byMember].flatMap(([memberId, all]) => {
    const inOrder = [...all].sort((a, b) => a.at - b.at);
    const said: Finding[] = [];
    let from = 0;
    for (const [index, look] of inOrder.entries()) {
      const { people, minutes } = thresholds(look.day).many;
      while (look.at - (inOrder[from]?.at ?? look.at) > minutes * 60_000) from += 1;
      const seen = [...new Set(inOrder.slice(from, index + 1).flatMap((one) => one.people))];
      if (seen.length <= people) continue;
      said.push({
        sort: 'many people in a short time',
        memberId,
        requestId: look.requestId,
        at: look.at,
        words: `Within ${minutes} minutes the member saw records of ${seen.length} people. The threshold is ${people}.`,
        operation: undefined,
        records: seen,
      });
      from = index + 1;
    }
    return said;
  });
}
