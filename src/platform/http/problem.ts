/** An expected problem: which kind it is, and the answer that it gets in `http/server.ts`. */

import { isUnavailable } from '../database/database.ts';

export const problems = {
  'bad request': 400,
  'not signed in': 401,
  forbidden: 403,
  'not to leave': 403,
  'not found': 404,
  conflict: 409,
  'sent before': 409,
  'too large': 413,
  'too many': 429,
  unavailable: 503,
  'outcome unknown': 503,
} as const;

export type ProblemKind = keyof typeof problems;

export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly statusCode: number;

  constructor(kind: ProblemKind, message: string) {
    super(message);
    this.kind = kind;
    this.statusCode = problems[kind];
  }
}

/** The same for what never was, what belongs to another agency, and what is hidden. */
export const notFound = (what: string): Problem => new Problem('not found', `no such ${what}`);

/** The row that was read. Throws “not found” where there is none, or where the member may not see it. */
export function found<Row>(row: Row | undefined, what: string): Row {
  if (!row) throw notFound(what);
  return row;
}

/** The form was carried out already, and its answer is not there to be given again. */
export class AlreadySubmitted extends Problem {
  constructor() {
    super('sent before', 'this form was carried out already');
  }
}

/** Two people changed the same thing; the later one looks again. */
export const conflict = (what: string): Problem => new Problem('conflict', what);
/** Fastify's own refusals of a request (too long, not understood) are problems too; all else that is thrown is a bug. */
export function findProblemKind(error: unknown): ProblemKind | 'bug' {
  if (error instanceof Problem) return error.kind;
  if (isUnavailable(error)) return 'unavailable';
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 413) return 'too large';
  if (statusCode === 429) return 'too many';
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'bad request';
  return 'bug';
}
