/** Addresses on the web that are not what they look like: other alphabets, coded names, one character for another. Pure. */
import { domainToUnicode } from 'node:url';
import { hostOf } from '../../../vocabulary/link-hosts.ts';
import { lookOf } from '../../release-check/folded-text.ts';

/** An address in a line, and why a reader could take it for another. */
export type OddHost = { readonly host: string; readonly why: string };

const letter = String.raw`\p{L}\p{M}\p{N}\p{Cf}_`;
/** As long as a name on the web can be, so that a line without spaces takes no more time than another. */
const label = `[${letter}][${letter}-]{0,62}`;
const hostPattern = new RegExp(
  String.raw`(?<lead>\/\/(?:(?<user>[^\s\/@<>()]{1,80})@)?|\bwww\.|@)?(?<![${letter}-])(?<host>${label}(?:[.\u3002\uff0e\uff61]${label}){1,20})`,
  'giu',
);
const ending = /\.(?:uk|org|com|net|eu|info|police|scot|wales|gov|help|charity|london|ie|int|io)$/i;
const dots = /[\u3002\uff0e\uff61]/g;

/** Endings that only public bodies get: an address that looks like one of theirs and is none deceives. */
const publicEndings = ['police.uk', 'gov.uk', 'nhs.uk', 'mod.uk', 'gov.scot', 'gov.wales', 'europa.eu'];

/** Every address of a line that deceives. `known` are addresses of services that readers trust. */
export function findOddHosts(line: string, known: readonly string[]): OddHost[] {
  const trusted = known.map(hostOf).filter((host) => host !== '');
  const found = [...line.matchAll(hostPattern)].flatMap(({ groups = {} }): OddHost[] => {
    const { lead, user, host = '' } = groups;
    if (!lead && !ending.test(host.replace(dots, '.')) && !/(?:^|\.)xn--/i.test(host)) return [];
    const why = whyOdd(host) ?? whyLikeTrusted(host, trusted);
    const behind: OddHost[] = user?.includes('.')
      ? [{ host: `${user}@${host}`, why: `it leads to ${host}, and not to ${user}` }]
      : [];
    return [...behind, ...(why ? [{ host, why }] : [])];
  });
  return [...new Map(found.map((one) => [one.host, one])).values()];
}

const scripts: readonly (readonly [name: string, letters: RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['another alphabet', /(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}])\p{L}/u],
];

/** Why an address with other than plain letters is told; undefined where all its letters are plain. */
function whyOdd(host: string): string | undefined {
  const coded = /(?:^|\.)xn--/i.test(host) ? domainToUnicode(host.replace(dots, '.').toLowerCase()) : '';
  if (coded) return `it is a coded name, and a browser may show it as “${coded}”${looksLike(coded)}`;
  if (/(?:^|\.)xn--/i.test(host)) return 'it is written as a coded name that stands for no address';
  if (/^\p{ASCII}*$/u.test(host)) return undefined;
  const used = host.split(/[.\u3002\uff0e\uff61]/).flatMap((part) => {
    const inPart = scripts.filter(([, letters]) => letters.test(part)).map(([name]) => name);
    return inPart.length > 1 ? [inPart] : [];
  })[0];
  if (used) return `one word of it mixes ${used.join(' and ')} letters${looksLike(host)}`;
  const [other] = scripts.filter(([name, letters]) => name !== 'Latin' && letters.test(host));
  if (other)
    return `it has letters of ${other[0] === 'another alphabet' ? other[0] : `the ${other[0]} alphabet`}${looksLike(host)}`;
  return `it has characters that are not on an English keyboard${looksLike(host)}`;
}

function looksLike(host: string): string {
  const look = lookOf(host.replace(dots, '.'));
  return /^[a-z\d.-]+$/.test(look) && look !== host.toLowerCase() ? `, and looks like ${look}` : '';
}

/** What a hurried reader takes a plain address for. */
const hurried = (host: string): string =>
  host.replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('0', 'o').replaceAll(/[1i]/g, 'l').replaceAll('5', 's');

function whyLikeTrusted(typed: string, trusted: readonly string[]): string | undefined {
  const host = hostOf(typed);
  if (trusted.includes(host)) return undefined;
  for (const one of trusted) {
    if (host.endsWith(`.${one}`)) return undefined;
    if (hurried(host) === hurried(one)) return `it looks like ${one}, and is another`;
    if (host.startsWith(`${one}.`))
      return `it begins like ${one}, and belongs to ${host.split('.').slice(-2).join('.')}`;
  }
  const end = publicEndings.find(
    (one) => !host.endsWith(`.${one}`) && host !== one && hurried(host).endsWith(`.${hurried(one)}`),
  );
  if (end) return `it looks like an address of ${end}, and is none`;
  const inside = publicEndings.find(
    (one) => host.includes(`.${one}.`) && !publicEndings.some((all) => host.endsWith(`.${all}`)),
  );
  return inside && `it begins like an address of ${inside}, and belongs to ${host.split('.').slice(-2).join('.')}`;
}
