/** The day by which the Home Office means to decide on a referral, by the dated rules and the bank holidays of the nation on the form. */
import { periods, reasonableGroundsAim } from '../../../nrm/index.ts';
import { holidaysOf, nationOf } from '../../../nrm/submitters/index.ts';
import { bankHolidays } from '../../../public/signs/index.ts';
import { isWorkingDay } from '../../../vocabulary/calendar/working-days.ts';
import { caseOf, type ReferralContent } from '../nrm-referral.ts';

/** Null where nothing was referred by name, once a decision is recorded, and where no rule names a number of days. */
export async function findDecisionDay(content: ReferralContent): Promise<string | null> {
  const held = caseOf(content);
  if (!held || held.decisions.length > 0) return null;
  const nation = holidaysOf[nationOf({ ...content.submission?.facts, ...content.answers }.nation)];
  const holidays = await bankHolidays();
  return reasonableGroundsAim(periods, held.referredOn, (day) => isWorkingDay(day, nation, holidays));
}
