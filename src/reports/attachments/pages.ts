/** What staff see of a file that came with a report: what it is, whether a working copy is there, and the way to it. */

import {
  type CopyableKind,
  cleaningFailureMessages,
  fileKindLabels,
  formatPartLabel,
  isCopyable,
} from '../../platform/files/index.ts';
import type { CasePage, Cell, PageAction, Section } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import { summaryRow, text } from '../page-parts.ts';
import type { IntakeLine } from '../report.ts';
import { isOriginalKept } from '../source-identity/original-file.ts';
import type { FileDescription } from './received-files.ts';
import type { ReportFile } from './store.ts';

export type OpenFile = ReportFile & { readonly said: FileDescription };

export const describeFileState = (file: ReportFile): string =>
  `${file.addedAt ? `added later, ${formatHour(file.addedAt)}; ` : ''}${describeState(file)}`;

const describeState = ({ state, sealedKey, keepsOriginal }: ReportFile): string => {
  switch (state) {
    case 'waiting':
      return 'not opened yet';
    case 'ready':
      return keepsOriginal ? 'clean copy made; as it came it is kept, sealed' : 'clean copy made';
    case 'as it came':
      return 'no clean copy can be made of its kind; kept sealed, as it came';
    case 'not cleaned':
      return sealedKey ? 'could not be cleaned; kept sealed, as it came' : 'could not be cleaned, and was destroyed';
  }
};

/** What the way out is called: of what has a clean copy the original is the other of two. */
export const exportLabel = ({ said, state }: OpenFile): string =>
  isCopyable(said.kind) && state !== 'not cleaned' ? 'Export the original file' : 'Export the file, sealed';

const exportCell = (line: IntakeLine, file: OpenFile): Cell =>
  isOriginalKept(file)
    ? { text: exportLabel(file), hidden: file.said.name, href: reportPaths[line].fileExport(file.id) }
    : text('Original not kept');

/** For the page of the report. */
export const filesSection = (line: IntakeLine, files: readonly OpenFile[]): Section[] =>
  files.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'Photos and files',
          stack: true,
          columns: ['File', 'What it is', 'How it stands', 'As it came'].map(text),
          rows: files.map((file) => [
            { text: file.said.name, href: reportPaths[line].file(file.id) },
            text(`${fileKindLabels[file.said.kind]}, ${formatSize(file.said.bytes)}`),
            text(describeFileState(file)),
            exportCell(line, file),
          ]),
        },
      ];

/** Shown where the file is not in the folder that this process reads. */
export const fileMissingMessage =
  'The file is not in the folder of this server. Servers on several machines must share the folder (SAFELIGHT_FILES).';

export function filePage(line: IntakeLine, file: OpenFile, { missing }: { readonly missing: boolean }): CasePage {
  const paths = reportPaths[line];
  const { id, said, state, parts, why } = file;
  const kept = file.keepsOriginal
    ? 'The reporter said yes: it may be kept'
    : 'The reporter did not agree that it is kept';
  const notHere: Section[] = missing ? [{ kind: 'states', items: [{ kind: 'unwise', text: fileMissingMessage }] }] : [];
  const copy = Array.from({ length: parts ?? 0 }, (_, index) => ({
    href: withQuery(paths.fileCopy(id), { part: index + 1 }),
    text: formatPartLabel(said.kind as CopyableKind, index + 1),
  }));
  const clean: PageAction[] =
    state === 'waiting' ? [{ post: paths.fileCleaning(id), text: 'Make the clean copy' }] : [];
  return {
    title: said.name,
    caption: `${fileKindLabels[said.kind]}, ${formatSize(said.bytes)}`,
    back: { href: paths.report(file.reportId), text: 'The report' },
    lead: [stateTexts[state]],
    actions: [
      ...clean,
      ...(isOriginalKept(file) ? [{ href: paths.fileExport(id), text: exportLabel(file), secondary: true }] : []),
    ],
    sections: [
      ...notHere,
      {
        kind: 'summary',
        rows: [
          summaryRow('How it stands', describeFileState(file)),
          ...(why ? [summaryRow('Why', cleaningFailureMessages[why])] : []),
          summaryRow('As it came', kept),
        ],
      },
      ...(state === 'ready' ? [{ kind: 'list' as const, title: 'The clean copy', items: copy }] : []),
    ],
  };
}

const stateTexts: Record<ReportFile['state'], string> = {
  waiting:
    'A file can be harmful and can hold hidden data. You open a clean copy here, made by a separate program. The original file is destroyed unless the reporter agreed to keep it.',
  ready: 'The copy leaves out the place, the time and the phone. Each view is logged.',
  'as it came':
    'This page cannot show it, because no clean copy can be made. It stays sealed. You can export it for a court or an examiner.',
  'not cleaned': 'There is no file to open. If you can, ask the reporter for a picture of it or a description.',
};
