/** Groups unusual accesses that are alike into one line: one member, one kind, one operation, one hour. Each stays an access of its own. Pure. */
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import type { AccessAnswer } from '../store.ts';
import type { Finding } from './unusual-access.ts';

/** The latest first, as they were found. */
export type SimilarAccesses = readonly [Finding, ...Finding[]];

export function groupSimilarAccesses(findings: readonly Finding[]): SimilarAccesses[] {
  const groups = Map.groupBy(findings, ({ sort, memberId, operation, at }) =>
    JSON.stringify([sort, memberId, operation, Math.floor(at / hourMs)]),
  );
  return [...groups.values()].flatMap(([first, ...others]) => (first ? [[first, ...others] as const] : []));
}

export const isAnswerTo =
  ({ sort, memberId, requestId }: Pick<Finding, 'sort' | 'memberId' | 'requestId'>) =>
  (answer: Pick<AccessAnswer, 'sort' | 'memberId' | 'requestId'>): boolean =>
    answer.sort === sort && answer.memberId === memberId && answer.requestId === requestId;

export const listUnanswered = (alike: readonly Finding[], answers: readonly AccessAnswer[]): Finding[] =>
  alike.filter((finding) => !answers.some(isAnswerTo(finding)));

/** The accesses that one answer covers: the chosen one and earlier unanswered ones like it. Later ones were not on the page that the reviewer saw. */
export function listAnsweredRequests(
  asked: Pick<Finding, 'sort' | 'memberId' | 'requestId'>,
  findings: readonly Finding[],
  answers: readonly AccessAnswer[],
): string[] {
  const alike = groupSimilarAccesses(findings).find((group) => group.some(isAnswerTo(asked))) ?? [];
  const from = alike.findIndex(isAnswerTo(asked));
  const open = from < 0 ? [] : listUnanswered(alike.slice(from), answers);
  return [...new Set([asked.requestId, ...open.map(({ requestId }) => requestId)])];
}
