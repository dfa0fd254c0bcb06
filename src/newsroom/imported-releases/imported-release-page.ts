/** The page of one imported release: what today's policy would refuse, inconsistencies, its claims and where they are, and the release as published. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { CasePage, Section, StateItem, SummaryRow } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, listOf, plural } from '../../vocabulary/languages/english.ts';
import { importedReleasePaths, newsroomPaths } from '../../vocabulary/paths/newsroom.ts';
import { harms } from '../release-check/harms.ts';
import type { Claim } from '../release-reading/parsed-release.ts';
import { showHidden } from './findings/deceptive-text.ts';
import {
  deceptionFinding,
  deceptionsOf,
  type FileFinding,
  findingText,
  inconsistencyFinding,
  noteFinding,
} from './findings/file-findings.ts';
import { type ImportedRelease, webAddress } from './imported-release.ts';
import { claimCells, claimColumns, kinds, notStated } from './in-words.ts';
import { type Objection, type PolicyCheck, withoutObjections } from './policy-today.ts';
import { loadReleaseReading } from './reading.ts';

/** The release as it is shown: key points as plain words, the rest as HTML that the rules have made safe. */
export type RenderedRelease = {
  readonly description: string | null;
  readonly keyPoints: readonly string[];
  readonly body: string;
  /** Characters, addresses and links of the file that deceive. */
  readonly deceptions: readonly FileFinding[];
};

/** Nothing where the bytes are not read any more by the rules of today; they stay to be downloaded. */
export async function showRelease({
  source,
  fileName,
}: Pick<ImportedRelease, 'source' | 'fileName'>): Promise<RenderedRelease | undefined> {
  const { keyPointsOf, readForm, renderMarkdown } = await loadReleaseReading();
  const reading = readForm(source, fileName);
  if (!reading.ok) return undefined;
  const { points, body } = keyPointsOf(reading.value.body);
  const { description } = reading.value;
  return {
    description: description && showHidden(description),
    keyPoints: points.map(({ text }) => showHidden(text)),
    // Links keep hidden characters encoded: only words are changed here.
    body: showHidden(await renderMarkdown(body)),
    deceptions: deceptionsOf(reading.value).map(deceptionFinding),
  };
}

type ImportedReleasePageData = {
  readonly cutting: ImportedRelease;
  readonly today: PolicyCheck | undefined;
  readonly shown: RenderedRelease | undefined;
  readonly names: MemberNames;
  readonly mayPublish: boolean;
  readonly mayRemove: boolean;
};

export type ImportedReleasePage = CasePage & {
  readonly mayPublish: boolean;
  readonly facts: readonly SummaryRow[];
  readonly contents: readonly { readonly href: string; readonly text: string; readonly count?: number | undefined }[];
  readonly claims: readonly ClaimTable[];
  readonly shown: RenderedRelease | undefined;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/imported-releases/imported-release': ImportedReleasePage;
  }
}

/** The same with every hidden character of its texts shown by its code. */
function withHiddenShown(cutting: ImportedRelease): ImportedRelease {
  const { source, importedAt, ...read } = cutting;
  const shown = JSON.parse(JSON.stringify(read), (_, value: unknown) =>
    typeof value === 'string' ? showHidden(value) : value,
  );
  return { ...(shown as typeof read), source, importedAt };
}

export const importedReleasePage = (data: ImportedReleasePageData): ImportedReleasePage =>
  pageOf({ ...data, cutting: withHiddenShown(data.cutting) });

const pageOf = ({
  cutting,
  today,
  shown,
  names,
  mayPublish,
  mayRemove,
}: ImportedReleasePageData): ImportedReleasePage => ({
  title: cutting.title,
  caption: 'Published by others',
  back: { href: importedReleasePaths.list(), text: 'Imported releases' },
  actions: [
    ...(mayPublish ? [{ post: newsroomPaths.history(cutting.id), text: 'Make a history page of it' }] : []),
    { href: importedReleasePaths.source(cutting.id), text: 'Download the file', secondary: true },
    ...(mayRemove ? [{ href: importedReleasePaths.remove(cutting.id), text: 'Take it out', secondary: true }] : []),
  ],
  mayPublish,
  facts: factsOf(cutting, names),
  contents: [
    { href: '#today', text: 'What would not pass today', count: today?.objections.length || undefined },
    { href: '#odd', text: 'What is odd' },
    { href: '#unread', text: 'Figures not read', count: cutting.discrepancies.unread?.length },
    { href: '#claims', text: 'What it claims', count: cutting.claims.length },
    { href: '#release', text: 'The release' },
  ],
  sections: [policySection(today), oddSection(cutting, today, shown), unreadSection(cutting)],
  claims: claimTables(cutting.claims),
  shown,
});

function factsOf(
  { area, publishedOn, url, fileName, importedAt, importedBy }: ImportedRelease,
  names: MemberNames,
): SummaryRow[] {
  const link = webAddress(url);
  const row = (label: string, text: string): SummaryRow => ({ key: { text: label }, value: { text } });
  return [
    row('Area', area ?? 'not said'),
    row('Published', publishedOn ? longDay(publishedOn) : 'no day is given for certain'),
    row('Address', link ?? url ?? 'not said'),
    row('File', fileName),
    row('Imported', `${formatMoment(importedAt)}, by ${getMemberName(names, importedBy)}`),
  ];
}

/** Rule by rule, as a return of ours is held to them. */
function policySection(today: PolicyCheck | undefined): Section {
  const section = { kind: 'states', id: 'today', title: 'What would not pass today' } as const;
  if (!today)
    return {
      ...section,
      items: [{ kind: 'unwise', text: 'No publication policy is in force today, so nothing can be held to one.' }],
    };
  const lead = [
    `Held to the publication policy “${today.policy.name}”, by the rules that releases of ours are held to.`,
  ];
  const tooLong: StateItem[] = today.isTooLong
    ? [{ kind: 'unwise', text: 'A part of this release is too long for the check of its words. Read it yourself.' }]
    : [];
  return { ...section, lead, items: [...tooLong, ...today.objections.map(objectionItem), notCompared] };
}

/** The page opens no record of a case, so it can say nothing of names. */
const notCompared: StateItem = {
  kind: 'waiting',
  title: 'Names and streets are not compared yet',
  text: 'This page does not look for names, businesses or streets of your operations. A history page made of this release is compared with all of them when it is submitted, approved and published.',
};

function objectionItem({ harm, rule, items, words, safer, why, source, places }: Objection): StateItem {
  const told = items.map(
    ({ what, instead }) => `${capital(what)}: ${instead === 'nothing' ? 'not told' : `told as ${instead}`}.`,
  );
  const lines = [...new Set(places.map(({ line }) => `${line}`))];
  const quoted = (said: readonly string[]): string => listOf([...new Set(said)].map((word) => `“${showHidden(word)}”`));
  const heading = harms[harm];
  return {
    kind: 'withheld',
    title: heading.toLowerCase() === rule ? heading : `${heading}: ${rule}`,
    text: [
      ...(words.length > 0 ? [`Words: ${quoted(words)}.`] : []),
      ...told,
      why,
      ...(safer.length > 0 ? [`Better: ${quoted(safer)}.`] : []),
      `Source: ${source}.`,
      `Here in ${plural(lines.length, 'line')} ${listOf(lines)}.`,
    ].join(' '),
  };
}

const oddSection = (
  { discrepancies: { notes, inconsistencies } }: ImportedRelease,
  today: PolicyCheck | undefined,
  shown: RenderedRelease | undefined,
): Section => {
  const odd = [
    ...withoutObjections(inconsistencies, today?.objections ?? []).map(inconsistencyFinding),
    ...notes.map(noteFinding),
    ...(shown?.deceptions ?? []),
  ].sort((one, other) => one.line - other.line);
  return {
    kind: 'table',
    id: 'odd',
    caption: 'What is odd',
    columns: [{ text: 'Line' }, { text: 'What' }, { text: 'Sentence' }],
    rows: odd.map((one) => [{ text: one.line }, { text: findingText(one) }, { text: one.sentence ?? '' }]),
    stack: true,
    empty: 'Nothing contradicts itself, and the file is written as such files are.',
  };
};

/** Numbers of the text that no claim took: an editor sees what the rules missed. */
const unreadSection = ({ discrepancies: { unread } }: ImportedRelease): Section =>
  unread
    ? {
        kind: 'table',
        id: 'unread',
        caption: 'Figures not read',
        columns: [{ text: 'Figure' }, { text: 'Sentence' }, { text: 'Line', numeric: true }],
        rows: unread.map(({ words, sentence, line }) => [{ text: words }, { text: sentence }, { text: line }]),
        stack: true,
        empty: 'Every figure of the release is part of a claim.',
      }
    : {
        kind: 'states',
        id: 'unread',
        title: 'Figures not read',
        items: [
          {
            kind: 'unwise',
            text: 'This release was imported before Safelight listed figures that it does not read. Take it out and import the file again.',
          },
        ],
      };

export type ClaimTable = {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly string[];
  /** One sentence, and all that is read in it. */
  readonly groups: readonly {
    readonly lines: string;
    readonly sentence: string;
    readonly rows: readonly (readonly string[])[];
  }[];
};

/** One table for each kind of claim. Claims are grouped by the sentence they come from. */
export const claimTables = (claims: readonly Claim[]): ClaimTable[] =>
  (Object.keys(kinds) as Claim['kind'][]).flatMap((kind) => {
    const ofKind = claims.filter((claim) => claim.kind === kind);
    if (ofKind.length === 0) return [];
    const groups = Map.groupBy(ofKind, (claim) => `${linesOf(claim)}\n${claim.sentence}`);
    const said = filledColumns(ofKind);
    const shown = <One>(parts: readonly One[]): One[] => parts.filter((_, index) => said[index]);
    return [
      {
        id: kind.replaceAll(' ', '-'),
        caption: kinds[kind].caption,
        columns: shown(claimColumns(kind)),
        groups: [...groups.values()].map((group) => {
          const { sentence } = group[0] as Claim;
          const rows = group.map((claim) => shown(claimCells(claim)));
          // A sign is its whole sentence: it is not said twice.
          return {
            lines: linesOf(group[0] as Claim),
            sentence,
            rows: rows.every(([first]) => first === sentence) ? [] : rows,
          };
        }),
      },
    ];
  });

/** A column in which no claim of the kind says anything is left out; the first always stands. */
const filledColumns = (claims: readonly Claim[]): boolean[] => {
  const cells = claims.map(claimCells);
  return (cells[0] ?? []).map((_, index) => index === 0 || cells.some((row) => row[index] !== notStated));
};

const linesOf = ({ line, again }: Claim): string =>
  again.length === 0
    ? `Line ${line}`
    : `Line ${line}, again in ${plural(again.length, 'line')} ${listOf(again.map(String))}`;
