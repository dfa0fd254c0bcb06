/** Expected reporters as a coordinator types them, one a line: “Lea Vale Constabulary”, or “GB; force; Lea Vale Constabulary; Eastern Unit”. Pure. */
import { accept, type Result, refuse } from '../../../vocabulary/result.ts';
import { isCountry } from '../countries.ts';
import { type ReporterLevel, reporterLevels } from '../document/signed-return.ts';
import { type Reporter, reporterKey } from '../inbox/inbox.ts';

export const maxReporters = 600;

export const formatReporterLine = ({ name, country, level, partOf }: Reporter): string =>
  [country, level, name, ...(partOf === null ? [] : [partOf])].join('; ');

const isLevel = (text: string): text is ReporterLevel => reporterLevels.some((level) => level === text);

/** Meant as country, level and name, without the semicolons. */
const lacksSemicolons = new RegExp(`^[A-Z]{2}[,\\s]+(?:${reporterLevels.join('|')})\\b`);

/** The country of a name that stands alone: that of the other lines, where they have one. */
function findOwnCountry(lines: readonly string[]): string {
  const named = new Set(
    lines
      .map((line) => line.split(';'))
      .flatMap(([country = '', ...more]) => (more.length > 0 ? [country.trim()] : [])),
  );
  const [one] = named;
  return named.size === 1 && one !== undefined && isCountry(one) ? one : 'GB';
}

function readLine(line: string, ownCountry: string): Result<Reporter, string> {
  if (!line.includes(';') && !lacksSemicolons.test(line))
    return line.length > 200
      ? refuse('use a shorter name')
      : accept({ name: line, country: ownCountry, level: 'force', partOf: null });
  const [country = '', level = '', name = '', partOf = '', ...more] = line.split(';').map((part) => part.trim());
  if (name === '' || more.length > 0) return refuse('use country; level; name, with semicolons');
  if (!isCountry(country)) return refuse('begin with two capital letters of a country, like GB');
  if (!isLevel(level)) return refuse('use force, partnership or country as the level');
  if (name.length > 200 || partOf.length > 200) return refuse('use a shorter name');
  return accept({ name, country, level, partOf: partOf === '' ? null : partOf });
}

/** So many wrong lines are named. */
const mostNamed = 20;

/** The reporters, or everything that is wrong with the lines. A name alone is a force of the week's own country. */
export function readReporterLines(text: string): Result<readonly Reporter[], string> {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const ownCountry = findOwnCountry(lines);
  const reporters = new Map<string, Reporter>();
  const wrong: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const read = readLine(line, ownCountry);
    const key = read.ok ? reporterKey(read.value) : '';
    if (!read.ok) wrong.push(`Line ${index + 1}: ${read.refusal}`);
    else if (reporters.has(key)) wrong.push(`Line ${index + 1}: this reporter is on the list already. Delete the line`);
    else reporters.set(key, read.value);
  }
  if (reporters.size > maxReporters) wrong.push(`Enter ${maxReporters} reporters or fewer`);
  for (const { partOf, country, name } of reporters.values())
    if (partOf !== null && !reporters.has(reporterKey({ name: partOf, country })))
      wrong.push(`“${partOf}”, which includes ${name}, is not on the list. Add it on a line of its own`);
  if (wrong.length === 0) return accept([...reporters.values()]);
  const more = wrong.length - mostNamed;
  return refuse([...wrong.slice(0, mostNamed), ...(more > 0 ? [`${more} more lines are wrong`] : [])].join('. '));
}
