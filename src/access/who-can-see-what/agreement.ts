/** Whether the parts of one “Who can see what” say the same: they are made of one table, so that they differ only where somebody changed the text. */
import { calledOf, plainly } from './kinds.ts';
import { everybody, roleWords } from './words.ts';

type Line = {
  /** The heading that it appears under, by role. */
  readonly role: string;
  readonly kind: string;
  readonly may: string;
  readonly side: string;
};

const headings = new Set<string>([everybody, ...Object.values(roleWords)]);

/** In sentences; none where the parts agree. The difference between two versions is read from “By kind of record” alone. */
export function disagreements(document: string): string[] {
  const text = document.replaceAll('\r\n', '\n');
  const [byKind, byRole] = [linesByKind(partsOf(text, 'By kind of record')), linesByRole(partsOf(text, 'By role'))];
  const read = byKind.filter(({ may }) => /^\*\*[^*]*\bread\b/.test(may));
  const never = partsOf(text, 'By role').flatMap(([role, lines]) =>
    neverIn(lines)
      .filter((kind) => read.some((line) => line.kind === kind && [role, everybody].includes(line.role)))
      .map((kind) => `“By role” says that ${role} never see “${kind}”, and “By kind of record” lets them read it.`),
  );
  return [
    ...without(byRole, byKind, (line) => `${said(line)} stands in “By role”, and not in “By kind of record”.`),
    ...without(byKind, byRole, (line) => `${said(line)} stands in “By kind of record”, and not in “By role”.`),
    ...never,
    ...purposesApart(text),
  ];
}

const said = ({ role, kind, may, side }: Line): string =>
  `“${role}${side ? ` ${side}` : ''} may ${may.replaceAll(/\*\*|(?<=, )_|_(?=,|$)/g, '')}” of “${kind}”`;

function without(lines: readonly Line[], others: readonly Line[], sentence: (line: Line) => string): string[] {
  const there = new Set(others.map((line) => JSON.stringify(line)));
  return lines.filter((line) => !there.has(JSON.stringify(line))).map(sentence);
}

type Part = readonly [heading: string, lines: readonly string[]];

function partsOf(text: string, title: string): Part[] {
  const [, body = ''] = new RegExp(`^## ${title}$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(text) ?? [];
  return body
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n').map((line) => line.trim());
      return [heading, lines.filter(Boolean)] as const;
    });
}

function linesByKind(parts: readonly Part[]): Line[] {
  return parts.flatMap(([kind, lines]) =>
    lines.flatMap((line) => {
      const [, who = '', role = '', side = '', may = ''] =
        /^- \*\*((.+?)(?: (of an agency that \w+))?)\*\* may (.*)\.$/.exec(plainly(line)) ?? [];
      return headings.has(role) && who ? [{ role, kind: calledOf(kind).name, may, side }] : [];
    }),
  );
}

function linesByRole(parts: readonly Part[]): Line[] {
  return parts.flatMap(([role, lines]) =>
    lines.flatMap((line) => {
      const [, kind = '', may = '', side = ''] =
        /^- \*\*(.+?)\*\*: may (.*?)\.(?: \(Only members (.*)\.\))?$/.exec(plainly(line)) ?? [];
      return kind ? [{ role, kind: calledOf(kind).name, may, side }] : [];
    }),
  );
}

const neverIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => listedAfter(/^Never see: (.*)\.$/, line));

const listedAfter = (form: RegExp, line: string): string[] =>
  (form.exec(line)?.[1] ?? '')
    .split('; ')
    .filter(Boolean)
    .map((name) => calledOf(name).name);

/** Each kind that is listed under a purpose has a sentence for it. */
function purposesApart(text: string): string[] {
  const kinds = new Map(partsOf(text, 'By kind of record').map(([kind, lines]) => [calledOf(kind).name, lines]));
  return partsOf(text, 'By purpose').flatMap(([heading, lines]) => {
    const purpose = heading.replace(/^T/, 't');
    const has = (kind: string): boolean =>
      kinds.get(kind)?.some((line) => (/, _(.+?)_/.exec(line)?.[1] ?? '').split(' or ').includes(purpose)) ?? false;
    return lines
      .flatMap((line) => listedAfter(/^Kinds of record[^:]*: (.*)\.$/, line))
      .filter((kind) => !has(kind))
      .map((kind) => `“By purpose” lists “${kind}” under “${heading}”, and “By kind of record” does not let it be so.`);
  });
}
