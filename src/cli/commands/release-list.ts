/** `safelight release list`: the imported releases of the member's agency, with the ids that other commands take. */
import { type ImportedReleaseSummary, listImportedReleases } from '../../newsroom/imported-releases/index.ts';
import { actAsMember } from '../acting.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  type ParsedArguments,
  type Terminal,
  toOneLine,
  usageError,
  withRuntime,
} from '../command.ts';

const pageSize = 500;

export async function runReleaseList(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const email = getTextOption(given, 'as', 'Say who asks, with --as EMAIL. See safelight release list --help.');
  const area = getTextOption(given, 'area') || undefined;
  const year = readYear(getTextOption(given, 'year'));
  await withRuntime(terminal, (opened) =>
    actAsMember(opened, email, async (acting) => {
      const work = await acting.begin('imported release.read');
      try {
        for (let page = 1, seen = 0, total = 1; seen < total && !terminal.stopped.aborted; page += 1) {
          const found = await listImportedReleases(work.db, { area, year }, { page, size: pageSize });
          for (const release of found.cuttings) terminal.printLine(lineOf(release));
          total = found.total;
          seen += pageSize;
        }
      } finally {
        await work.settle();
      }
    }),
  );
  return exitCodes.done;
}

/** Columns between tabs: no value holds one. */
const lineOf = ({ id, publishedOn, area, title, claimCount }: ImportedReleaseSummary): string =>
  [id, publishedOn ?? '-', area ?? '-', `${claimCount}`, title].map(toOneLine).join('\t');

function readYear(typed: string): number | undefined {
  if (typed === '') return undefined;
  if (!/^[1-9]\d{3}$/.test(typed)) throw usageError('Give the year with four digits: --year 2024.');
  return Number(typed);
}
