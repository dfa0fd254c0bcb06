/** Whether the parts of one “Who can see what” say the same: they are made of one table, so that they differ only where somebody changed the text. */
import { getKindLabel, replaceKindNames } from './kinds.ts';
import { everybody, replaceFormerWords, roleLabels } from './words.ts';

type Line = {
  /** The heading that it appears under, by role. */
  readonly role: string;
  readonly kind: string;
  readonly may: string;
  readonly side: string;
};

const headings = new Set<string>([everybody, ...Object.values(roleLabels)]);

/** In sentences; none where the parts agree. The difference between two versions is read from “By kind of record” alone. */
export function findInconsistencies(document: string): string[] {
  const text = document.replaceAll('\r\n', '\n');
  const [byKind, byRole] = [
    parseLinesByKind(parseSections(text, 'By kind of record')),
    parseLinesByRole(parseSections(text, 'By role')),
  ];
  const read = byKind.filter(({ may }) => /^\*\*[^*]*\bread\b/.test(may));
  const never = parseSections(text, 'By role').flatMap(([role, lines]) =>
    parseNeverSeen(lines)
      .filter((kind) => read.some((line) => line.kind === kind && [role, everybody].includes(line.role)))
      .map((kind) => `“By role” says that ${role} never see “${kind}”, and “By kind of record” lets them read it.`),
  );
  return [
    ...findMissingLines(
      byRole,
      byKind,
      (line) => `${formatLine(line)} is in “By role”, but not in “By kind of record”.`,
    ),
    ...findMissingLines(
      byKind,
      byRole,
      (line) => `${formatLine(line)} is in “By kind of record”, but not in “By role”.`,
    ),
    ...never,
    ...findPurposeInconsistencies(text),
  ];
}

const formatLine = ({ role, kind, may, side }: Line): string =>
  `“${role}${side ? ` ${side}` : ''} may ${may.replaceAll(/\*\*|(?<=, )_|_(?=,|$)/g, '')}” of “${kind}”`;

function findMissingLines(lines: readonly Line[], others: readonly Line[], sentence: (line: Line) => string): string[] {
  const there = new Set(others.map((line) => JSON.stringify(line)));
  return lines.filter((line) => !there.has(JSON.stringify(line))).map(sentence);
}

type Section = readonly [heading: string, lines: readonly string[]];

function parseSections(text: string, title: string): Section[] {
  const [, body = ''] = new RegExp(`^## ${title}$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(text) ?? [];
  return body
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n').map((line) => line.trim());
      return [heading, lines.filter(Boolean)] as const;
    });
}

const parseLinesByKind = (parts: readonly Section[]): Line[] =>
  parts.flatMap(([kind, lines]) =>
    lines.flatMap((line) => {
      const [, who = '', role = '', side = '', may = ''] =
        /^- \*\*((.+?)(?: (of an? \w+ agency))?)\*\* may (.*)\.$/.exec(replaceFormerWords(replaceKindNames(line))) ??
        [];
      return headings.has(role) && who ? [{ role, kind: getKindLabel(kind).name, may, side }] : [];
    }),
  );

const parseLinesByRole = (parts: readonly Section[]): Line[] =>
  parts.flatMap(([role, lines]) =>
    lines.flatMap((line) => {
      const [, kind = '', may = '', side = ''] =
        /^- \*\*(.+?)\*\*: may (.*?)\.(?: \(Only members (.*)\.\))?$/.exec(
          replaceFormerWords(replaceKindNames(line)),
        ) ?? [];
      return kind ? [{ role, kind: getKindLabel(kind).name, may, side }] : [];
    }),
  );

const parseNeverSeen = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => parseList(/^Never see: (.*)\.$/, line));

const parseList = (form: RegExp, line: string): string[] =>
  (form.exec(line)?.[1] ?? '')
    .split('; ')
    .filter(Boolean)
    .map((name) => getKindLabel(name).name);

/** Each kind that is listed under a purpose has a sentence for it. */
function findPurposeInconsistencies(text: string): string[] {
  const kinds = new Map(
    parseSections(text, 'By kind of record').map(([kind, lines]) => [getKindLabel(kind).name, lines]),
  );
  return parseSections(text, 'By purpose').flatMap(([heading, lines]) => {
    const purpose = heading.replace(/^T/, 't');
    const has = (kind: string): boolean =>
      kinds.get(kind)?.some((line) => (/, _(.+?)_/.exec(line)?.[1] ?? '').split(' or ').includes(purpose)) ?? false;
    return lines
      .flatMap((line) => parseList(/^Kinds of record[^:]*: (.*)\.$/, line))
      .filter((kind) => !has(kind))
      .map((kind) => `“By purpose” lists “${kind}” under “${heading}”, and “By kind of record” does not let it be so.`);
  });
}
