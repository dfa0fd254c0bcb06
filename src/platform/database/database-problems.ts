/** What an error of the database means to who asked. */

import { conflict, notFound, Problem } from '../http/problem.ts';
import { isUnavailable } from './database.ts';
import { changedTableCode } from './statements.ts';
import { foreignKeyViolation } from './violations.ts';

/** A database that cannot be reached is no bug of ours: the page says that nothing was shown or changed. */
export const orUnavailable = <Value>(opening: Promise<Value>): Promise<Value> =>
  opening.catch((cause: Error) => {
    throw new Problem('unavailable', `the database cannot be reached: ${cause.message}`);
  });

export const refuseUnwritableLog = (): never => {
  throw new Problem('unavailable', 'the access log cannot be written');
};

const insufficientPrivilege = '42501';
/** Sent back by another's change, in the wrong order, or by a table that an upgrade had just changed. */
export const retryableCodes = new Set(['40001', '40P01', changedTableCode]);

/** Written of something that went between the look and the change. PostgreSQL says the same of taking away what others still name, which is for who takes it away to answer. */
const isMissingReference = ({ code, message = '' }: { readonly code?: string; readonly message?: string }): boolean =>
  code === foreignKeyViolation && !message.startsWith('update or delete on table');

/** PostgreSQL refused and went on running: its codes have five characters. Those of class 08 and 57 say that it is lost or ends. */
export const isAnsweredRefusal = (error: unknown): boolean =>
  /^(?!08|57)[0-9A-Z]{5}$/.test(String((error as { readonly code?: unknown }).code));

/** Rows that policies hide, and rows deleted meanwhile, are not found. On a conflict the reader is asked to look again. */
export function toProblem(error: unknown): unknown {
  const code = (error as { code?: string }).code;
  if (code === insufficientPrivilege || isMissingReference(error as Error)) return notFound('record');
  if (isUnavailable(error)) return new Problem('unavailable', 'the database takes no changes');
  if (code && retryableCodes.has(code)) return conflict('somebody changed this at the same moment');
  return error;
}
