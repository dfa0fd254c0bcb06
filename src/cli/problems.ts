/** Turns any error into one sentence for the person who typed the command. */
import { DataInUse } from '../platform/embedded-postgres/data-lock.ts';
import { Problem, type ProblemKind } from '../platform/http/problem.ts';
import { describeStartProblem } from '../platform/start-problems.ts';

const problemWords: Record<ProblemKind, string> = {
  'bad request': 'That could not be understood.',
  'not signed in': 'The account has ended.',
  forbidden: 'This member’s roles do not allow that: it is for press.',
  'not to leave': 'This is marked too closely to be taken along in this member’s role.',
  'not found': 'There is nothing by this id that this member may see.',
  conflict: 'Somebody changed this at the same moment. Try again.',
  'sent before': 'This was done already.',
  'too large': 'That is too large.',
  'too many': 'Too many tries. Wait a little.',
  unavailable: 'The database or the access log cannot be reached, so nothing was shown or changed.',
  'outcome unknown': 'We do not know whether it was saved. Look before you try again.',
};

export function formatError(error: unknown): string {
  if (error instanceof Problem) return problemWords[error.kind];
  if (error instanceof DataInUse)
    return `${firstSentence(error.message)} Stop it first, do this on its pages, or let both use a server named in DATABASE_URL.`;
  const start = describeStartProblem(error);
  if (start) return start;
  const { code, message = String(error) } = error as NodeJS.ErrnoException;
  return `This failed${code ? ` (${code})` : ''}: ${message.replaceAll(/\s+/g, ' ').slice(0, 300)}`;
}

const firstSentence = (text: string): string => text.slice(0, text.indexOf('. ') + 1) || text;
