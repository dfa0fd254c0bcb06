/** Expected reporters as a coordinator types them, one a line: “GB; force; Lea Vale Constabulary; Eastern Unit”. Pure. */
import { accept, type Result, refuse } from '../../../vocabulary/result.ts';
import { isCountry } from '../countries.ts';
import { type ReporterLevel, reporterLevels } from '../document/signed-return.ts';
import { type Reporter, reporterKey } from '../inbox/inbox.ts';

export const maxReporters = 600;

export const formatReporterLine = ({ name, country, level, partOf }: Reporter): string =>
  [country, level, name, ...(partOf === null ? [] : [partOf])].join('; ');

const isLevel = (text: string): text is ReporterLevel => reporterLevels.some((level) => level === text);

function readLine(line: string): Result<Reporter, string> {
  const [country = '', level = '', name = '', partOf = '', ...more] = line.split(';').map((part) => part.trim());
  if (name === '' || more.length > 0) return refuse('use country; level; name, with semicolons');
  if (!isCountry(country)) return refuse('begin with two capital letters of a country, like GB');
  if (!isLevel(level)) return refuse('use force, partnership or country as the level');
  if (name.length > 200 || partOf.length > 200) return refuse('use a shorter name');
  return accept({ name, country, level, partOf: partOf === '' ? null : partOf });
}

/** The reporters, or the first thing that is wrong as a sentence. */
export function readReporterLines(text: string): Result<readonly Reporter[], string> {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const reporters = new Map<string, Reporter>();
  for (const { line, number } of lines) {
    if (line === '') continue;
    const read = readLine(line);
    if (!read.ok) return refuse(`Line ${number}: ${read.refusal}`);
    const key = reporterKey(read.value);
    if (reporters.has(key)) return refuse(`Line ${number}: this reporter is on the list already. Delete the line`);
    reporters.set(key, read.value);
  }
  if (reporters.size > maxReporters) return refuse(`Enter ${maxReporters} reporters or fewer`);
  for (const { partOf, country, name } of reporters.values())
    if (partOf !== null && !reporters.has(reporterKey({ name: partOf, country })))
      return refuse(`“${partOf}”, which includes ${name}, is not on the list. Add it on a line of its own`);
  return accept([...reporters.values()]);
}
