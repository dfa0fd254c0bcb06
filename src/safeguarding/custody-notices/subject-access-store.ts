/** Notices sent to custody about a person, for their subject access request. */

import type { AreaRecordsHeld } from '../../platform/area.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import { createLines, type ShownColumn } from '../../vocabulary/records-held.ts';
import { readPart } from '../people/subject-access-store.ts';
import { listNotices } from './store.ts';

const noticeLabels: readonly ShownColumn[] = [
  ['sentence', 'What custody or immigration was told'],
  ['wording', 'What you were asked, word for word'],
  ['shownWording', 'The same words in your language, as they were shown'],
  ['ground', 'Why it was allowed'],
  ['interpreted', 'Interpreter'],
  ['reasons', 'Why it was thought best for you', 'an agency’s own remark'],
  ['givenAt', 'Sent in the hour after'],
  ['withdrawnAt', 'Taken back in the hour after'],
];

export const readHeldNotices: AreaRecordsHeld = (db, keys, about) =>
  readPart(db, about, 'What was sent to custody or immigration to protect you', async (personId) =>
    (await listNotices(db, keys, { personId })).flatMap((notice) =>
      createLines(`custody_notices/${notice.id}`, formatMoments(notice), noticeLabels),
    ),
  );
