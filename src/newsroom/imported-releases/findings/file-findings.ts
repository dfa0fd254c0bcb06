/** Findings of one file, each with its line, its key and what to do about it. The page, the import and `release read` say the same. */
import { servicesWith } from '../../../public/signs/index.ts';
import type { Inconsistency, InconsistencyKind } from '../../release-reading/inconsistencies.ts';
import type { BadFile, BadFileReason, Note, ParsedRelease } from '../../release-reading/parsed-release.ts';
import { badFileText, inconsistencyText, noteText } from '../in-words.ts';
import { type Deception, type DeceptionKind, findDeceptions } from './deceptive-text.ts';

export type FileFinding = {
  readonly kind: BadFileReason | Note['kind'] | DeceptionKind | InconsistencyKind;
  /** Whether a day, an encoding or a text that deceives is at fault: `release import` prints these. */
  readonly atImport: boolean;
  readonly line: number;
  /** The key of the front matter that it is about. */
  readonly key: string | null;
  /** One sentence. */
  readonly what: string;
  /** One sentence; null where there is nothing to do. */
  readonly cure: string | null;
  /** The sentence or the line that it is about. */
  readonly sentence: string | null;
};

const likeADate = 'Write the day, the month as a word and the year, like 25 Sep 2019';
const asUtf8 = 'Save the file as plain text with the encoding UTF-8';
const asKeys = 'Write each line as a key, a colon and a value';

const badFileCures: Readonly<Record<BadFileReason, string>> = {
  'too large': 'Take out what is not the release, such as pictures',
  empty: 'Save the release again',
  'not UTF-8': asUtf8,
  'NUL character': asUtf8,
  'no front matter': 'Begin with a line of ---, then the keys area, title and publish: date:, then another line of ---',
  'front matter never ends': 'Close it with a line like the one that opened it',
  'front matter is not YAML': asKeys,
  'front matter is not made of keys': asKeys,
  'alias, anchor or tag': 'Write the value itself, or put it into quotes',
  'key given twice': 'Keep one of the two',
};

export const badFileFinding = (bad: BadFile): FileFinding => ({
  kind: bad.refusal,
  atImport: true,
  line: bad.line,
  key: bad.refusal === 'key given twice' && bad.detail ? bad.detail : null,
  what: badFileText(bad),
  cure: badFileCures[bad.refusal],
  sentence: null,
});

type NoteFacts = {
  readonly key?: 'the detail' | 'publish.date';
  readonly cure?: string;
  readonly atImport?: true;
};
const noteFacts: Readonly<Record<Note['kind'], NoteFacts>> = {
  'key missing': { key: 'the detail', cure: 'Add it' },
  'key not known': { key: 'the detail' },
  'key given in two ways': { key: 'the detail', cure: 'Keep one of the two', atImport: true },
  'date not read': {
    key: 'publish.date',
    cure: `${likeADate}, and check that the month has that day`,
    atImport: true,
  },
  'date in another form': { key: 'publish.date' },
  'weekday and date disagree': { key: 'publish.date', cure: 'Find out which of the two is right', atImport: true },
  'front matter needed quotes': {},
  'comment in the front matter': {},
};

const dayMissing = {
  atImport: true,
  what: 'The front matter has no publish.date, so no day is known',
  cure: `Add publish: date: to it. ${likeADate}`,
} as const;

export function noteFinding(note: Note): FileFinding {
  const { key, cure = null, atImport = false } = noteFacts[note.kind];
  return {
    kind: note.kind,
    atImport,
    line: note.line,
    key: key === 'the detail' ? note.detail : (key ?? null),
    what: noteText(note),
    cure,
    sentence: null,
    ...(note.kind === 'key missing' && note.detail === 'publish.date' && dayMissing),
  };
}

export const inconsistencyFinding = (one: Inconsistency): FileFinding => ({
  kind: one.kind,
  atImport: false,
  line: one.line,
  key: null,
  what: inconsistencyText(one),
  cure: null,
  sentence: one.sentence,
});

type Words = { readonly what: (detail: string) => string; readonly cure: string };

const deceptions: Readonly<Record<DeceptionKind, Words>> = {
  'order of letters changed': {
    what: (codes) => `A hidden character changes the order in which letters are shown (${codes})`,
    cure: 'Read the words as Safelight shows them before you repeat them',
  },
  'character without width': {
    what: (codes) => `A character stands here that nobody sees (${codes})`,
    cure: 'Read the words as Safelight shows them before you repeat them',
  },
  'look-alike address': {
    what: (detail) => `An address is not what it looks like. ${detail}`,
    cure: 'Do not open it or print it before you have asked the publisher',
  },
  'link shows another address': {
    what: (detail) => `A link ${detail}`,
    cure: 'The page shows it without a link. Ask the publisher before you print it',
  },
  'link dials another number': {
    what: (detail) => `A link ${detail}`,
    cure: 'The page shows it without a link. Check the number before you print it',
  },
  'link runs code': {
    what: (scheme) => `A link leads to no address. It begins with ${scheme} and can run code or hide it`,
    cure: 'The page shows it without a link. Do not open it, and ask the publisher what happened',
  },
};

export const deceptionFinding = ({ kind, line, key, detail, text }: Deception): FileFinding => ({
  kind,
  atImport: true,
  line,
  key,
  what: deceptions[kind].what(detail),
  cure: deceptions[kind].cure,
  sentence: text,
});

/** All that is odd in a file that was read, in the order of its lines. */
export const findingsOf = (release: ParsedRelease, inconsistencies: readonly Inconsistency[]): FileFinding[] =>
  [
    ...release.notes.map(noteFinding),
    ...deceptionsOf(release).map(deceptionFinding),
    ...inconsistencies.map(inconsistencyFinding),
  ].sort((one, other) => one.line - other.line);

let known: readonly string[] | undefined;

/** Addresses of every service that Safelight knows are what a look-alike would look like. */
export function deceptionsOf(release: ParsedRelease): Deception[] {
  known ??= knownHosts();
  return findDeceptions(release, known);
}

const knownHosts = (): string[] =>
  servicesWith(undefined)
    .flatMap(({ channels }) => channels)
    .flatMap(({ address }) => (address && /^https?:/.test(address) ? [address] : []));

/** One line: "publish.date: “31 Feb 2019” is no day for certain. Write the day …", for one line of a terminal. */
export const findingText = ({ key, what, cure }: Pick<FileFinding, 'key' | 'what' | 'cure'>): string =>
  `${key && !what.includes(key) ? `${key}: ` : ''}${what}.${cure ? ` ${cure}.` : ''}`;
