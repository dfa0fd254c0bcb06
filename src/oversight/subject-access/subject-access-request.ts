/** A request by a person about their own data: who asks, how identity was proved, safe delivery of the answer, and redactions. Pure. */

import type { Id } from '../../vocabulary/ids.ts';
import type { Line, NameMark, Part, ThirdParty } from '../../vocabulary/records-held.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type RequestId = Id<'subject request'>;

export const requesterKinds = ['the person', 'solicitor', 'parent or guardian', 'another with authority'] as const;
export const identityProofs = [
  'identity document',
  'known to worker',
  'solicitor’s authority',
  'private questions',
] as const;
export const deliveries = ['in person', 'through a worker', 'to the solicitor', 'recorded post'] as const;
export type RequesterKind = (typeof requesterKinds)[number];
export type IdentityProof = (typeof identityProofs)[number];
export type Delivery = (typeof deliveries)[number];
/** What the person asks for. Each needs proof of identity and safe delivery. */
export const requestTypes = ['access', 'correction', 'erasure'] as const;
export type RequestType = (typeof requestTypes)[number];
export const outcomes = ['done', 'done in part', 'not done'] as const;
/** The answer to a request for correction or erasure. It quotes nothing from the record, so the letter reveals nothing. */
export type RequestOutcome = { readonly outcome: (typeof outcomes)[number]; readonly words: string | null };
export const requestStates = ['open', 'answered', 'withdrawn'] as const;

/** Whether a redaction is kept or lifted, and why. */
export type RedactionDecision = { readonly kept: boolean; readonly why: string };
export type RedactionDecisions = Readonly<Record<string, RedactionDecision>>;

export type SubjectRequest = {
  readonly id: RequestId;
  readonly agencyId: string;
  /** The ids of the records that are about the person. */
  readonly about: readonly string[];
  readonly asker: RequesterKind;
  readonly wants: RequestType;
  readonly proof: IdentityProof;
  readonly delivery: Delivery;
  /** Under which the agency keeps the letter and the name: neither is kept here. */
  readonly reference: string;
  /** Why this way of delivery is safe for the person. */
  readonly safety: string | null;
  readonly state: (typeof requestStates)[number];
  readonly marks: RedactionDecisions;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly digest: string | null;
  readonly outcome: RequestOutcome['outcome'] | null;
};

/** Replacement text for redactions. A member is described by role alone. */
const redactionTexts: Record<ThirdParty, string> = {
  'a member': '[somebody who worked on it]',
  'another person': '[withheld: it tells of somebody else]',
  'an agency’s own remark': '[withheld: an agency’s own remark]',
};

/** A redaction stays until someone lifts it with a reason. */
export const isWithheld = (
  { key, third }: Pick<Line | NameMark, 'key' | 'third'>,
  marks: RedactionDecisions,
): boolean => third !== undefined && (marks[key]?.kept ?? true);

/** The text of a line without the withheld names. */
function redactNames({ text, names = [] }: Line, marks: RedactionDecisions): string {
  const hidden = names
    .filter((name) => isWithheld(name, marks))
    .flatMap(({ at }) => at)
    .toSorted(([one], [other]) => other - one);
  let left = text;
  let end = text.length;
  for (const [from, to] of hidden) {
    if (from >= end) continue;
    left = `${left.slice(0, from)}[a name]${left.slice(Math.min(to, end))}`;
    end = from;
  }
  return left;
}

/** The answer as sent. Withheld text is not in it in any form. */
export const redactParts = (parts: readonly Part[], marks: RedactionDecisions): Part[] =>
  parts.map(({ title, lines }) => ({
    title,
    lines: lines.map((line) => ({
      key: line.key,
      label: line.label,
      text: line.third && isWithheld(line, marks) ? redactionTexts[line.third] : redactNames(line, marks),
    })),
  }));

export type RequestRefusal = 'not open' | 'nothing held' | 'no such mark' | 'no reason';

/** Lifts a mark or sets it again. */
export function decideRedaction(
  request: Pick<SubjectRequest, 'state' | 'marks'>,
  lines: readonly Line[],
  key: string,
  mark: RedactionDecision,
): Result<RedactionDecisions, RequestRefusal> {
  if (request.state !== 'open') return refuse('not open');
  const marked = lines.flatMap((line) => [
    ...(line.third ? [line.key] : []),
    ...(line.names ?? []).map((one) => one.key),
  ]);
  if (!marked.includes(key)) return refuse('no such mark');
  if (mark.why.trim() === '') return refuse('no reason');
  return accept({ ...request.marks, [key]: mark });
}

export const checkAnswerable = (
  request: Pick<SubjectRequest, 'state'>,
  held: readonly Part[],
): Result<true, RequestRefusal> => {
  if (request.state !== 'open') return refuse('not open');
  return held.some(({ lines }) => lines.length > 0) ? accept(true) : refuse('nothing held');
};
