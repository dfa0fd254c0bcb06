/** What a newer version of “Who can see what” opens and closes, in sentences: read from the two texts alone, so that a printed one from years ago will do. */
import { listOf } from '../../vocabulary/languages/english.ts';
import { calledOf, plainly } from './kinds.ts';

export type Difference = {
  readonly opens: readonly string[];
  readonly closes: readonly string[];
  /** Kinds of record that are new, gone, or marked or described otherwise. */
  readonly otherwise: readonly string[];
};

export const isSame = ({ opens, closes, otherwise }: Difference): boolean =>
  opens.length + closes.length + otherwise.length === 0;

/** One who, one verb, one purpose: what can be opened or closed by itself. */
type Atom = {
  readonly kind: string;
  readonly who: string;
  readonly verb: string;
  readonly of: string;
  readonly why: string;
  readonly where: string;
};
type Kind = { readonly said: string; readonly atoms: readonly Atom[] };

/** Undefined where the text is no such document. */
export function differenceOf(older: string, newer: string): Difference | undefined {
  const [before, after] = [kindsOf(older), kindsOf(newer)];
  if (before.size === 0 || after.size === 0) return undefined;
  const atoms = (kinds: ReadonlyMap<string, Kind>) =>
    new Map([...kinds.values()].flatMap((kind) => kind.atoms.map((atom) => [JSON.stringify(atom), atom] as const)));
  const [had, has] = [atoms(before), atoms(after)];
  return {
    opens: sentences(
      [...has].filter(([key]) => !had.has(key)),
      'may now',
    ),
    closes: sentences(
      [...had].filter(([key]) => !has.has(key)),
      'may no longer',
    ),
    otherwise: [...namesOf(before, after)],
  };
}

function* namesOf(before: ReadonlyMap<string, Kind>, after: ReadonlyMap<string, Kind>): Iterable<string> {
  for (const [name, { said }] of after) {
    const was = before.get(name);
    if (!was) yield `“${name}” is a new kind of record: ${said}`;
    else if (was.said !== said) yield `“${name}” is now described as: ${said} Before: ${was.said}`;
  }
  for (const [name, { said }] of before) if (!after.has(name)) yield `“${name}” is no longer a kind of record: ${said}`;
}

/** What differs in the verb alone, or in the purpose alone, is one sentence. */
function sentences(differing: readonly (readonly [string, Atom])[], may: string): string[] {
  const byPurpose = merged(
    differing.map(([, atom]) => ({ ...atom, verbs: atom.verb, reasons: atom.why })),
    ['kind', 'who', 'of', 'where', 'reasons'],
    'verbs',
    listOf,
  );
  const whole = merged(byPurpose, ['kind', 'who', 'of', 'where', 'verbs'], 'reasons', (reasons) =>
    reasons.join(' or '),
  );
  return whole.map(
    ({ who, verbs, kind, of, reasons, where }) => `${who} ${may} ${verbs} “${kind}”${of}, ${reasons}${where}.`,
  );
}

type Said = Record<'kind' | 'who' | 'of' | 'where' | 'verbs' | 'reasons', string>;

function merged(
  items: readonly Said[],
  same: readonly (keyof Said)[],
  joined: keyof Said,
  join: (parts: readonly string[]) => string,
): Said[] {
  const groups = Map.groupBy(items, (item) => JSON.stringify(same.map((key) => item[key])));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, [joined]: join(group.map((item) => item[joined])) }] : [];
  });
}

const section = /^## By kind of record$([\s\S]*?)(?=^## |$(?![\s\S]))/m;
const sentence =
  /^- \*\*(?<who>.+?)\*\* may \*\*(?<verbs>.+?)\*\* (?<of>.*?), _(?<why>.+?)_(?<where>, only where .*)?\.$/;

function kindsOf(text: string): Map<string, Kind> {
  const [, body = ''] = section.exec(text.replaceAll('\r\n', '\n')) ?? [];
  const kinds = body
    .split(/^### /m)
    .slice(1)
    .map((part) =>
      kindOf(
        part
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    );
  return new Map(kinds);
}

/** Documents of before called a kind by the table's own name: it is the same kind. */
function kindOf([first = '', ...lines]: readonly string[]): [string, Kind] {
  const { name } = calledOf(first);
  const said = lines.filter((line) => !line.startsWith('- ')).join(' ');
  return [name, { said, atoms: lines.flatMap((line) => atomsOf(name, line)) }];
}

function atomsOf(kind: string, line: string): Atom[] {
  const { who, verbs, of, why, where = '' } = sentence.exec(plainly(line))?.groups ?? {};
  if (!who || !verbs || !why || of === undefined) return [];
  const what = of === 'it' ? '' : `: ${of}`;
  return verbs
    .split(', ')
    .flatMap((verb) => why.split(' or ').map((purpose) => ({ kind, who, verb, of: what, why: purpose, where })));
}
