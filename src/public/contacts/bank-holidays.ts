/** Bank holidays of the three nations, from `date-holidays` and from days that were proclaimed since. */
import type { Calendar, Nation } from './hours.ts';

export type ExtraHoliday = { readonly nation: Nation; readonly day: string; readonly name: string };

const regions: Readonly<Record<Nation, string>> = {
  'England and Wales': 'ENG',
  Scotland: 'SCT',
  'Northern Ireland': 'NIR',
};

/** "Boxing Day (substitute day)" is shown inside brackets on the page, so it loses its own. */
function plainName(name: string): string {
  const [, day, note] = /^(.*?) \((.*)\)$/.exec(name.replace(' (substitute day)', '')) ?? [];
  const plain = day ? `${day}, ${note}` : name.replace(' (substitute day)', '');
  return name.endsWith('(substitute day)') ? `bank holiday for ${plain}` : plain;
}

/**
 * Both the day itself and its substitute count where a holiday falls on a weekend: a service that closes on
 * bank holidays is hardly open on Christmas Day because that is a Saturday, and "open now" must not be wrong.
 */
export async function openCalendar(extra: readonly ExtraHoliday[] = []): Promise<Calendar> {
  const { default: Holidays } = await import('date-holidays');
  const tables = new Map<string, ReadonlyMap<string, string>>();

  function tableOf(nation: Nation, year: string): ReadonlyMap<string, string> {
    const listed = new Holidays('GB', regions[nation])
      .getHolidays(Number(year))
      .filter((holiday) => holiday.type === 'public')
      .map((holiday): [string, string] => [holiday.date.slice(0, 10), plainName(holiday.name)]);
    const proclaimed = extra
      .filter((holiday) => holiday.nation === nation && holiday.day.startsWith(year))
      .map((holiday): [string, string] => [holiday.day, holiday.name]);
    return new Map([...listed, ...proclaimed]);
  }

  return (nation, day) => {
    const year = day.slice(0, 4);
    const known = tables.get(`${nation} ${year}`);
    if (known) return known.get(day);
    const table = tableOf(nation, year);
    tables.set(`${nation} ${year}`, table);
    return table.get(day);
  };
}
