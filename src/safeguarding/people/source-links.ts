/** Pure. Links to the source of a record, for readers who may see it. */
import type { Link } from '../../platform/rendering/pages.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { referenceOf } from '../../vocabulary/reference.ts';

export const sourceLinks = {
  note: (id: string): Link => ({ href: notePaths.note(id), text: 'Safeguarding note of the visit' }),
  report: (id: string): Link => ({ href: reportPaths.help.report(id), text: `Report ${referenceOf('report', id)}` }),
  request: (id: string): Link => ({
    href: referralPaths.referral(id),
    text: `Referral ${referenceOf('referral', id)} that the record was opened from`,
  }),
};
