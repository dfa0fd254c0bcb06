/** Fail closed: the log gone, forbidden, full, read-only; then the server killed outright, and the database too, in the middle of reads and changes. No answer without its row, no change without its row. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseNames, type Embedded, openEmbedded } from '../../../src/platform/embedded-postgres/embedded.ts';
import { fill } from '../../bench/audited-fill.ts';
import { chance, type Effort, type Row } from '../../harness/assurance.ts';
import { migrateEmbedded } from '../../harness/embedded.ts';
import type { Target } from './closed-asking.ts';
import { type Answered, countOf, type Records, reckon, untilKilled } from './closed-kills.ts';
import { whileTheLogFails } from './closed-log.ts';

export async function assureClosed({ seed, quick }: Effort): Promise<readonly Row[]> {
  const size = { members: 20, records: quick ? 4_000 : 20_000, logRows: 100 };
  const kills = quick ? 4 : 40;
  const folder = mkdtempSync(join(tmpdir(), 'safelight-closed-'));
  const open = (): Promise<Embedded> => openEmbedded(folder, { tell: () => {}, lost: () => {} });
  let embedded = await open();
  try {
    await migrateEmbedded(embedded);
    const { tokens, idsOf } = await fill(embedded.superuserAddress(databaseNames.main), size, new Date());
    const targets = Array.from({ length: size.records }, (_, number): Target => {
      const member = number % size.members;
      return { id: idsOf(member, Math.floor(number / size.members)), token: tokens[member] ?? '' };
    });
    const toRead = Math.floor(size.records * 0.8);
    const records: Records = { toRead: targets.slice(0, toRead), toChange: targets.slice(toRead) };
    const refused = await whileTheLogFails(embedded, records.toChange);
    const random = chance(seed);
    const answered: Answered = { asked: 0, shown: new Set(), changes: 0, statuses: new Map() };
    const before = await countOf(embedded);
    for (let kill = 0; kill < kills; kill += 1) {
      const withDatabase = kill % 3 === 1;
      await untilKilled(embedded, records, answered, 20 + random() * 300, withDatabase);
      if (withDatabase) {
        await embedded.stop().catch(() => {});
        embedded = await open();
      }
    }
    return [...refused, ...(await reckon(embedded, answered, kills, before))];
  } finally {
    await embedded.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}
