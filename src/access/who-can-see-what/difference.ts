/** What a newer version of “Who can see what” opens and closes, in sentences: read from the two texts alone, so that a printed one from years ago will do. */
import { listOf } from '../../vocabulary/languages/english.ts';
import { getKindLabel, replaceKindNames } from './kinds.ts';
import { replaceFormerWords } from './words.ts';

export type Difference = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Kinds of record that are new, gone, or marked or described otherwise. */
  readonly redescribed: readonly string[];
};

export const isUnchanged = ({ added, removed, redescribed }: Difference): boolean =>
  added.length + removed.length + redescribed.length === 0;

/** One who, one verb, one purpose: what can be opened or closed by itself. */
type SinglePermission = {
  readonly kind: string;
  readonly who: string;
  readonly verb: string;
  readonly of: string;
  readonly why: string;
  readonly where: string;
};
type Kind = { readonly description: string; readonly permissions: readonly SinglePermission[] };

/** Undefined where the text is no such document. */
export function compareAccessRules(older: string, newer: string): Difference | undefined {
  const [before, after] = [parseKinds(older), parseKinds(newer)];
  if (before.size === 0 || after.size === 0) return undefined;
  const atoms = (kinds: ReadonlyMap<string, Kind>) =>
    new Map(
      [...kinds.values()].flatMap((kind) => kind.permissions.map((atom) => [JSON.stringify(atom), atom] as const)),
    );
  const [had, has] = [atoms(before), atoms(after)];
  return {
    added: formatDifferences(
      [...has].filter(([key]) => !had.has(key)),
      'may now',
    ),
    removed: formatDifferences(
      [...had].filter(([key]) => !has.has(key)),
      'may no longer',
    ),
    redescribed: [...describeKindChanges(before, after)],
  };
}

function* describeKindChanges(before: ReadonlyMap<string, Kind>, after: ReadonlyMap<string, Kind>): Iterable<string> {
  for (const [name, { description }] of after) {
    const was = before.get(name);
    if (!was) yield `“${name}” is a new kind of record: ${description}`;
    else if (was.description !== description)
      yield `“${name}” is now described as: ${description} Before: ${was.description}`;
  }
  for (const [name, { description }] of before)
    if (!after.has(name)) yield `“${name}” is no longer a kind of record: ${description}`;
}

/** What differs in the verb alone, or in the purpose alone, is one sentence. */
function formatDifferences(differing: readonly (readonly [string, SinglePermission])[], may: string): string[] {
  const byPurpose = mergeBy(
    differing.map(([, atom]) => ({ ...atom, verbs: atom.verb, reasons: atom.why })),
    ['kind', 'who', 'of', 'where', 'reasons'],
    'verbs',
    listOf,
  );
  const whole = mergeBy(byPurpose, ['kind', 'who', 'of', 'where', 'verbs'], 'reasons', (reasons) =>
    reasons.join(' or '),
  );
  return whole.map(
    ({ who, verbs, kind, of, reasons, where }) => `${who} ${may} ${verbs} “${kind}”${of}, ${reasons}${where}.`,
  );
}

type MergedPermission = Record<'kind' | 'who' | 'of' | 'where' | 'verbs' | 'reasons', string>;

function mergeBy(
  items: readonly MergedPermission[],
  same: readonly (keyof MergedPermission)[],
  joined: keyof MergedPermission,
  join: (parts: readonly string[]) => string,
): MergedPermission[] {
  const groups = Map.groupBy(items, (item) => JSON.stringify(same.map((key) => item[key])));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, [joined]: join(group.map((item) => item[joined])) }] : [];
  });
}

const sectionPattern = /^## By kind of record$([\s\S]*?)(?=^## |$(?![\s\S]))/m;
const sentencePattern =
  /^- \*\*(?<who>.+?)\*\* may \*\*(?<verbs>.+?)\*\* (?<of>.*?), _(?<why>.+?)_(?<where>, only where .*)?\.$/;

function parseKinds(text: string): Map<string, Kind> {
  const [, body = ''] = sectionPattern.exec(text.replaceAll('\r\n', '\n')) ?? [];
  const kinds = body
    .split(/^### /m)
    .slice(1)
    .map((part) =>
      parseKind(
        part
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    );
  return new Map(kinds);
}

/** Documents of before called a kind by the table's own name: it is the same kind. */
function parseKind([first = '', ...lines]: readonly string[]): [string, Kind] {
  const { name } = getKindLabel(first);
  const said = lines.filter((line) => !line.startsWith('- ')).join(' ');
  return [name, { description: said, permissions: lines.flatMap((line) => parsePermissions(name, line)) }];
}

function parsePermissions(kind: string, line: string): SinglePermission[] {
  const {
    who,
    verbs,
    of,
    why,
    where = '',
  } = sentencePattern.exec(replaceFormerWords(replaceKindNames(line)))?.groups ?? {};
  if (!who || !verbs || !why || of === undefined) return [];
  const what = of === 'it' ? '' : `: ${of}`;
  return verbs
    .split(', ')
    .flatMap((verb) => why.split(' or ').map((purpose) => ({ kind, who, verb, of: what, why: purpose, where })));
}
