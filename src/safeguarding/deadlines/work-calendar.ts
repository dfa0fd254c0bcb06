/** The bank holidays that the signs room keeps, for whom working days are counted. */
import { bankHolidays } from '../../public/signs/index.ts';
import type { Nation } from '../../vocabulary/working-days.ts';
import type { WorkCalendar } from './clock.ts';

/** Days proclaimed since are one entry of that room's data, for its opening hours and for these clocks alike. */
export const calendarOf = async (nation: Nation): Promise<WorkCalendar> => ({
  nation,
  holidays: await bankHolidays(),
});
