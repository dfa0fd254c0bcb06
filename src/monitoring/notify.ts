/** Notifies administrators of what System health finds, where waiting for somebody to open the page would cost data. */
import { sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../platform/database/database.ts';
import { notify } from '../platform/notifications/index.ts';
import { listRecipients } from '../platform/notifications/store.ts';
import type { Monitor } from './monitor.ts';
import { judgeAll } from './rules.ts';

/** The rules, each with the id that stands for it in a notification. */
export const notifiedRules: Readonly<Record<string, string>> = {
  backup: '5afe1197-0000-4000-8000-000000000001',
  drill: '5afe1197-0000-4000-8000-000000000002',
  data_disk: '5afe1197-0000-4000-8000-000000000003',
  files_disk: '5afe1197-0000-4000-8000-000000000004',
  main_seal: '5afe1197-0000-4000-8000-000000000005',
  safeguarding_seal: '5afe1197-0000-4000-8000-000000000006',
  files_store: '5afe1197-0000-4000-8000-000000000007',
  site_certificate: '5afe1197-0000-4000-8000-000000000008',
  backup_log: '5afe1197-0000-4000-8000-000000000009',
};

const hour = 3_600_000;
/** A finding that lasts is said again after so long. */
const saidAgainAfter = 24 * hour;
/** A finding that was gone for so long is a new one. */
const newAfter = hour;

/** For the leader, once a minute: one notification to the administrators of each agency for a finding, and again each day while it lasts. */
export function notifyOfFindings(
  monitor: Pick<Monitor, 'measure'>,
): (tx: Writer<AnyTables>, now: Date) => Promise<void> {
  const wellSince = new Map<string, number>();
  return async (tx, now) => {
    const judged = judgeAll(await monitor.measure()).filter(({ name }) => name in notifiedRules);
    const at = now.getTime();
    const isNew = (name: string): boolean => at - (wellSince.get(name) ?? at) >= newAfter;
    const ill = judged.filter(({ cure }) => cure !== undefined).map(({ name }) => name);
    const told = ill.length > 0 ? await listTold(tx, new Date(at - saidAgainAfter)) : new Set();
    const due = ill.filter((name) => isNew(name) || !told.has(notifiedRules[name] ?? ''));
    await tell(tx, due, now);
    for (const { name, cure } of judged)
      if (cure) wellSince.delete(name);
      else if (!wellSince.has(name)) wellSince.set(name, at);
  };
}

const listTold = async (tx: Reader<AnyTables>, since: Date): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ subject: string }>`
    select distinct subject from notices where kind = 'system finding' and made_at > ${since}`.execute(tx);
  return new Set(rows.map(({ subject }) => subject));
};

async function tell(tx: Writer<AnyTables>, names: readonly string[], now: Date): Promise<void> {
  if (names.length === 0) return;
  const holders = await listRecipients(tx, { agency: null, operation: null, roles: ['administrator'] }, now);
  const agencies = [...new Set(holders.map(({ agencyId }) => agencyId))];
  await notify(
    tx,
    names.flatMap((name) =>
      agencies.map((agency) => ({
        kind: 'system finding' as const,
        subject: notifiedRules[name] ?? null,
        ownerId: agency,
        to: { agency, roles: ['administrator'] as const },
        madeAt: now,
      })),
    ),
  );
}
