/** `safelight release read`: what is read from files of releases, for people or for programs. Opens no database and keeps nothing. */
import {
  type FileReading,
  openFileReader,
  type ReleaseReading,
  readingJsonSchema,
} from '../../newsroom/imported-releases/document/index.ts';
import { findingText } from '../../newsroom/imported-releases/index.ts';
import {
  type ExitCode,
  exitCodes,
  hasFlag,
  type ParsedArguments,
  stoppedRefusal,
  type Terminal,
  toOneLine,
  usageError,
} from '../command.ts';
import { listInputFiles } from '../files.ts';
import { readReleaseFile } from '../release-files.ts';

export async function runReleaseRead(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  if (hasFlag(given, 'schema')) {
    terminal.printLine(JSON.stringify(readingJsonSchema(), null, 2));
    return exitCodes.done;
  }
  if (given.rest.length === 0)
    throw usageError('Name a file, a folder or a pattern. See safelight release read --help.');
  const asJson = hasFlag(given, 'json');
  const read = await openFileReader();
  let bad = 0;
  for (const file of listInputFiles(given.rest, terminal.folder)) {
    if (terminal.stopped.aborted) throw stoppedRefusal;
    const one = read({ name: file.name, ...readReleaseFile(file) });
    if (!one.reading.read) {
      bad += 1;
      // A program may keep the objects and drop what it does not know: the error is told apart from them, too.
      if (asJson) for (const line of linesOf(one)) terminal.tell(line.trim());
    }
    if (asJson) await terminal.write(Buffer.from(`${jsonLine(one.reading)}\n`));
    else for (const line of linesOf(one)) terminal.printLine(line);
  }
  return bad > 0 ? exitCodes.someBad : exitCodes.done;
}

/** One line of ASCII letters and visible signs: what is hidden in a file stays visible in its JSON. */
const jsonLine = (reading: ReleaseReading): string =>
  JSON.stringify(reading).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (sign) =>
    sign
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

function linesOf({ reading, claims }: FileReading): string[] {
  const { file, read, title, published, findings, unread } = reading;
  const about = read ? `${title ?? 'no title'}, ${published ?? 'no day'}` : 'not read';
  return [
    `${file}: ${about}`,
    ...claims.map((claim) => `  claim, ${claim}`),
    ...findings.map((one) => `  finding${one.line ? `, line ${one.line}` : ''}: ${findingText(one)}`),
    ...unread.map(({ line, words, sentence }) => `  not read, line ${line}: ${words}, in: ${sentence}`),
  ].map((line) => (line.startsWith('  ') ? `  ${toOneLine(line)}` : toOneLine(line)));
}
