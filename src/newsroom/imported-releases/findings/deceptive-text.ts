/** What in the text of a file deceives the eye: hidden characters, addresses that look like others, links that lead or dial elsewhere, or run code. Pure. */

import { hostOf, showsAnotherHost } from '../../../vocabulary/link-hosts.ts';
import { phoneAddress } from '../../../vocabulary/phone-numbers.ts';
import { hidden } from '../../release-check/lookalike-characters.ts';
import type { ParsedRelease } from '../../release-reading/parsed-release.ts';
import { findCodeSchemes } from './code-links.ts';
import { findOddHosts } from './look-alike-hosts.ts';

export const deceptionKinds = [
  'order of letters changed',
  'character without width',
  'look-alike address',
  'link shows another address',
  'link dials another number',
  'link runs code',
] as const;
export type DeceptionKind = (typeof deceptionKinds)[number];
export type Deception = {
  readonly kind: DeceptionKind;
  readonly line: number;
  /** The key of the front matter that holds it. */
  readonly key: string | null;
  /** What was found, without the characters that deceive. */
  readonly detail: string;
  /** The line, or the value of the key, with its hidden characters shown. */
  readonly text: string;
};

const longestText = 300;
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Most lines of a release have none of these, and are looked at once. */
const suspect = /[^\p{ASCII}]|xn--|&|\[|<tel:|\/\/|www\.|\w\.\w|@/iu;

const byName: Readonly<Record<string, number>> = {
  ...{ lrm: 0x200e, rlm: 0x200f, zwj: 0x200d, zwnj: 0x200c, shy: 0xad, zerowidthspace: 0x200b, nobreak: 0x2060 },
  ...{ af: 0x2061, it: 0x2062, ic: 0x2063, applyfunction: 0x2061, invisibletimes: 0x2062, invisiblecomma: 0x2063 },
};

/** Character references of Markdown as the characters that a page shows. */
const withReferences = (line: string): string =>
  line.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,20}));/gi, (whole, decimal, hexadecimal, name) => {
    const code = decimal
      ? Number(decimal)
      : hexadecimal
        ? Number.parseInt(hexadecimal, 16)
        : byName[name.toLowerCase()];
    return code !== undefined && code > 0x7f && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const codeOf = (sign: string): string => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
const codesOf = (signs: Iterable<string>): string => [...new Set([...signs].map(codeOf))].join(', ');

/** Every character that is not seen is shown by its code, so that no page shows a text in a false order. */
export const showHidden = (text: string): string =>
  hidden.test(text)
    ? text.replace(/\p{RGI_Emoji}|[\s\S]/gv, (sign) => (isHidden(sign) ? `[${codeOf(sign)}]` : sign))
    : text;

const shownText = (text: string): string => showHidden(text.trim().slice(0, longestText)).toWellFormed();

/** A whole emoji holds joining characters of its own. */
const isHidden = (sign: string): boolean => [...sign].length === 1 && hidden.test(sign);

const hiddenIn = (line: string): string[] =>
  hidden.test(line) ? [...line.matchAll(/\p{RGI_Emoji}|[\s\S]/gv)].map(([sign]) => sign).filter(isHidden) : [];

/** Looks through the file as it came, line by line, and through the values of its front matter. */
export function findDeceptions(release: ParsedRelease, knownHosts: readonly string[]): Deception[] {
  const lines = new TextDecoder().decode(release.source).split(/\r\n|\r|\n/);
  const keyOf = keysByLine(release);
  const targets = definedTargets(lines);
  const found: Deception[] = lines.flatMap((text, index) => {
    const schemes = findCodeSchemes(text);
    if (schemes.length === 0 && !suspect.test(text)) return [];
    const line = index + 1;
    const key = keyOf.get(line) ?? null;
    const read = line < release.bodyLine ? text : withReferences(text);
    return [...inLine(read, knownHosts, targets), ...schemes.map(runsCode)].map((one) => ({
      ...one,
      ...{ line, key, text: shownText(read) },
    }));
  });
  return unique([...found, ...inValues(release, knownHosts)]).sort((one, other) => one.line - other.line);
}

const keysByLine = ({ lineOf, unknownKeys }: ParsedRelease): Map<number, string> =>
  new Map([
    ...unknownKeys.map(({ key, line }) => [line, key] as const),
    ...Object.entries(lineOf).map(([key, line]) => [line, key] as const),
  ]);

/** YAML can spell a character that the line itself does not hold. */
function inValues(release: ParsedRelease, knownHosts: readonly string[]): Deception[] {
  const { title, description, area, url, lineOf, unknownKeys } = release;
  const values = [
    { key: 'title', value: title, line: lineOf.title },
    { key: 'og.description', value: description, line: lineOf['og.description'] },
    { key: 'area', value: area, line: lineOf.area },
    { key: 'url', value: url, line: lineOf.url },
    ...unknownKeys,
  ];
  return values.flatMap(({ key, value, line = 1 }) =>
    value === null
      ? []
      : [
          ...inLine(value, knownHosts),
          ...value
            .split(/[\r\n]+/)
            .flatMap(findCodeSchemes)
            .map(runsCode),
        ].map((one) => ({
          ...one,
          ...{ line, key, text: shownText(value) },
        })),
  );
}

const unique = (found: readonly Deception[]): Deception[] => [
  ...new Map(found.map((one) => [`${one.kind} ${one.line} ${one.detail}`, one])).values(),
];

/** A dot inside a word: without one, a line has no address. */
const hasAddress = /\S[.\u3002\uff0e\uff61][^\s"'”’)]/;

type Found = Pick<Deception, 'kind' | 'detail'>;
const runsCode = (scheme: string): Found => ({ kind: 'link runs code', detail: `“${scheme}”` });

function inLine(text: string, knownHosts: readonly string[], targets: Targets = new Map()): Found[] {
  const unseen = hiddenIn(text);
  const turned = unseen.filter((sign) => turning.test(sign));
  const empty = unseen.filter((sign) => !turning.test(sign));
  return [
    ...(turned.length > 0 ? [{ kind: 'order of letters changed', detail: codesOf(turned) } as const] : []),
    ...(empty.length > 0 ? [{ kind: 'character without width', detail: codesOf(empty) } as const] : []),
    ...(hasAddress.test(text) ? findOddHosts(text, knownHosts) : []).map(
      ({ host, why }): Found => ({ kind: 'look-alike address', detail: `“${showHidden(host)}”: ${why}` }),
    ),
    ...oddLinks(text, targets),
  ];
}

/** Where `[words][name]` leads. */
type Targets = ReadonlyMap<string, string>;
const definition = /^ {0,3}\[(?<name>[^\]]{1,100})\]:\s*<?(?<target>[^\s<>]+)/;
const definedTargets = (lines: readonly string[]): Targets =>
  new Map(
    lines.flatMap((line) => {
      const { name, target } = definition.exec(line)?.groups ?? {};
      return name && target ? [[name.toLowerCase(), target] as const] : [];
    }),
  );

const inlineLink =
  /\[(?<shown>[^[\]]{1,300})\]\(\s*<?(?<target>[^\s()<>]{1,500}(?:\([^\s()]*\)[^\s()]*)?)>?[^)]{0,200}\)/g;
const namedLink = /\[(?<shown>[^[\]]{1,300})\](?:\[(?<name>[^\]]{0,100})\])?(?!\()/g;
const bareDial = /<(?<target>tel:[^\s<>]{1,60})>/gi;

/** Links that show one address or number and lead to another. */
function oddLinks(text: string, targets: Targets): Found[] {
  const named = targets.size > 0 && !definition.test(text) ? [...text.matchAll(namedLink)] : [];
  const links = [...text.matchAll(inlineLink), ...text.matchAll(bareDial), ...named];
  return links.flatMap(({ groups = {} }): Found[] => {
    const name = groups['name'] || groups['shown'] || '';
    const target = groups['target'] ?? targets.get(name.toLowerCase()) ?? '';
    const shown = (groups['shown'] ?? target).replace(/[*_`]/g, '').trim();
    if (/^tel:/i.test(target)) return dialsAnother(shown, target);
    if (!showsAnotherHost(shown, target)) return [];
    return [
      {
        kind: 'link shows another address',
        detail: `shows ${showHidden(shown)} and leads to ${showHidden(hostOf(target))}`,
      },
    ];
  });
}

/** A link dials what it shows, or the page shows its words alone. */
function dialsAnother(shown: string, target: string): Found[] {
  const number = target.slice('tel:'.length);
  const said = phoneAddress(shown);
  if (said && said === phoneAddress(number)) return [];
  return [{ kind: 'link dials another number', detail: `shows ${showHidden(shown)} and dials ${showHidden(number)}` }];
}
