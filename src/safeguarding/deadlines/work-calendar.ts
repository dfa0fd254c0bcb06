/** Working days by the bank holidays of the signs module. */
import { bankHolidays } from '../../public/signs/index.ts';
import type { Nation } from '../../vocabulary/calendar/working-days.ts';
import type { WorkCalendar } from './clock.ts';

/** A newly proclaimed holiday is one entry in that module's data, for its opening hours and for these clocks. */
export const calendarOf = async (nation: Nation): Promise<WorkCalendar> => ({
  nation,
  holidays: await bankHolidays(),
});
