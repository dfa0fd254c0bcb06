/** `safelight doctor`: what works, what is wrong, and what to do about it. */
import { type ExitCode, exitCodes, type ParsedArguments, type Terminal } from '../command.ts';
import { examine } from '../doctor/examine.ts';
import { formatFindings } from '../doctor/finding.ts';

export async function runDoctor(_given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const { lines, ill } = formatFindings(await examine());
  for (const line of lines) terminal.printLine(line);
  return ill === 0 ? exitCodes.done : exitCodes.failed;
}
