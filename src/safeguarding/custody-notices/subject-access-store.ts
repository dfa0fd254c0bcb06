/** Notices sent to custody about a person, for their subject access request. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import { listRecordIdsAbout } from '../people/subject-access-store.ts';
import { listNotices } from './store.ts';

const noticeLabels: readonly ShownColumn[] = [
  ['sentence', 'What custody or immigration was told'],
  ['wording', 'What you were asked, word for word'],
  ['ground', 'Why it was allowed'],
  ['interpreted', 'Who interpreted'],
  ['reasons', 'Why it was thought best for you', 'an agency’s own remark'],
  ['givenAt', 'Sent in the hour from'],
  ['takenBackAt', 'Taken back in the hour from'],
];

export async function readHeldNotices(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const lines = [];
  for (const personId of await listRecordIdsAbout(db, about))
    for (const notice of await listNotices(db, keys, { personId }))
      lines.push(...createLines(`custody_notices/${notice.id}`, formatMoments(notice), noticeLabels));
  return lines.length > 0 ? [{ title: 'What was sent to custody or immigration to protect you', lines }] : [];
}
