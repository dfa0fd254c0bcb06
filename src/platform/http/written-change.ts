/** What one transaction of a request writes, and what its log row says. */
import type { Result } from '../../vocabulary/result.ts';
import type { Action } from '../access-policy/access.ts';
import { createLogRow, type LogDetails, type LogRow } from '../audit-hook/audit.ts';
import type { AnyTables, Writer } from '../database/database.ts';

export type WrittenChange<Value, Refusal extends string> = {
  /** The action that decides on database and role. */
  readonly under: Action;
  readonly event: string;
  readonly subject: string | null;
  readonly decide: (tx: Writer<AnyTables>) => Promise<Result<Value, Refusal>>;
  readonly details: LogDetails | undefined;
};

type Who = Parameters<typeof createLogRow>[0];

/** The log row of the change, and one for each more that it names. */
export function listLogRows<Value, Refusal extends string>(
  { under, event, subject, details }: WrittenChange<Value, Refusal>,
  who: Who,
): LogRow[] {
  const { also = [], ...own } = details ?? {};
  const rows = [{ event, subject, ...own }, ...also.map((one) => ({ subject, ...own, ...one }))];
  return rows.map((row) => createLogRow({ ...who, action: under }, row.event, row.subject, 'alteration', row));
}
