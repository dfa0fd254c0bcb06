/** Rows of an invented log, for tests, the bench and the assurance of tampering. */
import { randomUUID } from 'node:crypto';
import { type LogRow, writeLog } from '../../platform/audit-hook/audit.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';

export const exampleRow = (more: Partial<LogRow> = {}): LogRow => ({
  at: new Date('2026-09-18T10:59:30.123Z'),
  kind: 'consultation',
  event: 'visit.looked at',
  action: 'visit.read',
  purpose: 'operation',
  memberId: randomUUID(),
  agencyId: randomUUID(),
  roles: ['field'],
  subject: randomUUID(),
  fields: ['language', 'rooms'],
  returned: [randomUUID(), randomUUID()],
  recipient: null,
  reason: null,
  ownerId: randomUUID(),
  breakGlassId: null,
  requestId: randomUUID(),
  ...more,
});

/** Each in its own transaction, as the processes write them. */
export async function addRows(db: Writer<AnyTables>, count: number, more: Partial<LogRow> = {}): Promise<void> {
  for (let row = 0; row < count; row += 1) await writeLog(db, [exampleRow(more)]);
}
