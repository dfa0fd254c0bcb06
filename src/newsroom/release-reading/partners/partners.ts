/** Reads who took part: the unit, its own support, the partners, and the officer who is quoted. */

import type { ClaimContent } from '../parsed-release.ts';
import { isOfName } from '../people/speakers.ts';
import { isKnownOrganisation, isPaired } from './organisations.ts';

const lead = new RegExp(
  '\\b(?:supported by|assisted by|joined by|accompanied by|alongside|in (?:partnership|co-?operation|' +
    'conjunction|collaboration) with(?: (?:a number of|several|many))?|together with|working with|' +
    'worked with|work with|worked closely with|working closely with|with (?:the )?(?:support|help|' +
    'assistance) (?:of|from)|(?:partners|partner agencies|agencies),? (?:including|such as)|involv(?:ed|ing)|' +
    'as well as (?:regional |local |other |national )?(?:partners|colleagues|officers|staff|teams) from)\\b:? ',
  'gi',
);

const role =
  'nurses?|officers?|advis[eo]rs?|volunteers?|team|teams|unit|staff|service|specialists?|interpreters?|' +
  'inspectors?|navigators?|workers?|nursing team';
const orgHead = new RegExp(
  '\\b(?:Police|Constabulary|Bureau|Councils?|Church|Initiative|Mission|Social Care|Services?|Authority|Agency|Unit|Team|Group|Enforcement|Cross|Trust|Aid|' +
    'Advis[eo]rs?|Army|Standards|Executive|Commission|Association|Partnership|Force|Command|Control|Customs|' +
    'Pensions|Office|Foundation|Network|Charity|Department|Project|Society|Board|Organisation|Federation|' +
    'Centre|nurses|officers|advis[eo]rs|volunteers|team|unit|staff|service|specialists|inspectors|' +
    '[A-Z]{3,})\\b\\)?$',
);

const capital = "[A-Z][\\w&]*(?:['’.-][\\w]+)*(?:'(?=\\s))?";
const before =
  'safeguarding|community|mental health|sexual health|outreach|specialist|trained|social|support|licensing|' +
  'trading standards|environmental health|housing|victim|immigration';
const organisation = new RegExp(
  `(?:[Tt]he )?${capital}(?: (?:(?:of|for|and|` +
    `&) (?:the )?)?${capital})*(?: (?:(?:${before}) )?(?:${role}))*(?: \\([A-Z][\\w&]*\\))?`,
  'y',
);
const from = new RegExp(
  '(?:(?:regional|local|other|specialist|national|key|our|their|its|immigration|the) )?(?:partners|' +
    'colleagues|officers|staff|teams|representatives|experts|specialists|partner agencies|agencies|' +
    'volunteers|members)(?: (?:from|of|at|in|including|such as):?|:) ',
  'iy',
);
const possessive = /(?:the |our )?(?:force|constabulary|police|county)'s (?:own )?|our (?:own )?/iy;
/** Company without a name ("interpreters and "): passed over, to reach the next. */
const nameless = new RegExp(
  '(?:an? )?(?:[a-z][a-z-]* ){0,3}(?:officers|councils?|authorities|interpreters?|charit(?:y|ies)|' +
    'officials|nurses|inspectors|advis[eo]rs|volunteers|doctors|paramedics|workers|partners|agencies|teams?|' +
    'staff|immigration)(?:,? and |, )(?=(?:the )?[A-Z]|colleagues|officers|staff|partners|representatives|' +
    'members|teams|regional|local)',
  'y',
);
const between = /,? and also |,? as well as |,? along with |,? together with |,? and |, |; /y;

/** "Assisted by the Denby Trust and Marl Aid, the Harriers raided …": the row is over, and somebody else acts. */
const nextClause =
  /^, (?:the )?[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,4} (?:have |has |had )?(?:also )?(?:[a-z]{2,}ed|went|made|took|led|ran|swept)\b/;

const sticky = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

const never = new RegExp(
  '^(?:Operation|Project|Europe\\b|European|Anyone|Officers?|The|They|It|This|We|Detective|Inspector|' +
    'Sergeant|Chief|Superintendent|January|February|March|April|May|June|July|August|September|October|' +
    'November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\\b',
);

/** A name that the release gives in full, right here. */
const givenAt = (text: string, at: number, given: readonly string[]): string | undefined => {
  const article = /^[Tt]he /.exec(text.slice(at, at + 4))?.[0] ?? '';
  const name = given.find((one) => one.includes(',') && text.startsWith(one, at + article.length));
  return name === undefined ? undefined : `${article}${name}`;
};

/** Partners of a sentence, split where both sides of an "and" are organisations of their own. */
export function partnersIn(text: string, given: readonly string[] = []): ClaimContent[] {
  const told: ClaimContent[] = [];
  let read = 0;
  for (const match of text.matchAll(lead)) {
    if (match.index < read) continue;
    if (/\b(?:not|never) $/.test(text.slice(0, match.index))) continue;
    if (/\b(?:referr(?:als?|ed)|passed|reported) to (?:[a-z]+ ){0,4}$/.test(text.slice(0, match.index))) continue;
    let at = match.index + match[0].length;
    const found: ClaimContent[] = [];
    for (;;) {
      at += sticky(from, text, at)?.length ?? 0;
      const ours = sticky(possessive, text, at);
      at += ours?.length ?? 0;
      const nobody = sticky(nameless, text, at);
      if (nobody) {
        at += nobody.length;
        continue;
      }
      const name = givenAt(text, at, given) ?? sticky(organisation, text, at);
      // "colleagues in the Czech Republic" are nobody by name.
      if (!name || never.test(name.replace(/^[Tt]he /, '')) || /\bin $/.test(text.slice(0, at))) break;
      at += name.length;
      // In a row between commas the last "and" is the row's, not of one name.
      const inRow = found.length > 1 && !/^(?:,? and |, )/.test(text.slice(at).replace(nextClause, ''));
      const isOne = given.includes(name.replace(/^[Tt]he /, ''));
      for (const one of isOne ? [name] : inRow ? splitLast(name) : splitAtAnd(name))
        found.push({ kind: 'partner', name: bareName(one), own: ours !== null });
      const separator = sticky(between, text, at);
      if (!separator || (separator === ', ' && found.length > 1 && nextClause.test(text.slice(at)))) break;
      at += separator.length;
    }
    // "involving 37 police forces" and "involved in Denby" begin like partners: only names of organisations count.
    if (/^involv/i.test(match[0]) && !found.every((one) => one.kind === 'partner' && orgHead.test(one.name))) continue;
    // "Supported by Acme" may be anything; and "together with Denby" is a place: one name at least must be an organisation's.
    const names = found.flatMap((one) => (one.kind === 'partner' ? [one.name] : []));
    const perhapsPlaces = /^together/i.test(match[0]);
    if (!names.some((name) => orgHead.test(name) || (!perhapsPlaces && name.includes(' ')))) continue;
    told.push(...found);
    read = at;
  }
  return told;
}

/** An item of a list of partners. */
export function partnerItem(text: string): ClaimContent | null {
  // "Belgium: Federal Police": the body behind its country.
  const name = text
    .replace(/[;,.]$/, '')
    .replace(/,? and$/, '')
    .replace(/^[A-Z][\p{L}]+(?: [A-Z][\p{L}]+)?: (?=[A-Z])/u, '');
  if (!/^(?:The |the )?[A-Z]/.test(name) || name.split(' ').length > 12 || /[:@\d]/.test(name)) return null;
  return { kind: 'partner', name: bareName(name), own: false };
}

export const leadsToPartners = (text: string): boolean =>
  /\b(?:partners?|agencies|supported by|joined by|took part|organisations)\b[^.]*:$/i.test(text) &&
  !/\bsigns?\b|report/i.test(text);

const bareName = (name: string): string =>
  name
    .replace(/^the /i, '')
    .replace(/ \([^)]*\)$/, '')
    .replace(/'s$/, '')
    .replace(/^London (?=Metropolitan Police)/, '')
    .trim();

/** "A, B, Scene Investigation and Home Affairs": two names, unless it is a body that bears an "and". */
function splitLast(name: string): string[] {
  const parts = name.split(/ (?:and|&) /);
  const [left = '', right = ''] = parts;
  if (parts.length !== 2 || isKnownOrganisation(name.replace(/^[Tt]he /, '')) || isPaired(name))
    return splitAtAnd(name);
  return / (?:of|for) /.test(right) || / (?:of|for) [A-Z]\w+$/.test(left) ? splitAtAnd(name) : [left, right];
}

const endsBody =
  /\b(?:Councils?|Police|Constabulary|Office|Department|Agency|Authority|Army|Commission|Executive|Foundation|Bureau|Force)$/;

/** "Health and Safety Executive" is one, "Border Force and Oakshire Police" are two. */
function splitAtAnd(name: string): string[] {
  for (const match of name.matchAll(/ (?:and|&) /g)) {
    const left = name.slice(0, match.index).replace(/^[Tt]he /, '');
    const right = name.slice(match.index + match[0].length);
    if (
      /^the /.test(right) ||
      // Behind "… Office", "… Council" another body begins, whatever its name.
      (left.includes(' ') && !isPaired(name) && endsBody.test(left)) ||
      // "the Criminal Assets Bureau and Ruhama": a body of several words and one of one word.
      (left.includes(' ') && orgHead.test(left) && /^[A-Z][\w-]+$/.test(right) && !orgHead.test(right)) ||
      isKnownOrganisation(left) ||
      (isKnownOrganisation(right) && left.includes(' ')) ||
      ((orgHead.test(left) || isKnownOrganisation(left)) && (orgHead.test(right) || isKnownOrganisation(right)))
    )
      return [left, ...splitAtAnd(right)];
  }
  return [name];
}

const unitName =
  '(?:[Mm]odern [Ss]lavery|[Ee]xploitation|[Hh]uman [Tt]rafficking|[A-Z][\\w]*)(?: (?:and|' +
  '[A-Za-z][\\w]*)){0,5}? (?:[Uu]nit|[Tt]eam|[Tt]askforce)';
const unit = new RegExp(
  `\\b(?:the (?:force|constabulary)|[A-Z]\\w+ (?:Police|Constabulary))'s (?<unit>${unitName}|` +
    'Operation [A-Z]\\w+)\\b(?:,? (?<name>Operation [A-Z]\\w+),)?',
  'g',
);

/** The unit that a release is about: its operation's name where it bears one. Not a unit that only lent support. */
export const unitsIn = (text: string): ClaimContent[] =>
  [...text.matchAll(unit)].flatMap((match): ClaimContent[] => {
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    if (/\b(?:by|with|alongside|and|from|of) $|, $/.test(before)) return [];
    const name = match.groups?.['name'] ?? match.groups?.['unit'];
    return name ? [{ kind: 'unit', name }] : [];
  });

const rank =
  '(?:(?:Temporary |T/|Acting |A/)?(?:Detective |Det\\.? )?(?:Chief |Ch\\.? )?(?:Superintendent|Supt\\.?|' +
  'Inspector|Insp\\.?)|(?:Detective |Det\\.? )?(?:Sergeant|Sgt\\.?|Constable)|(?:Assistant |' +
  'Deputy )?Chief Constable|(?:Deputy )?Assistant Commissioner|Commander|PC|PS|DC|DS|DI|DCI|DSupt|Det Supt|D/Supt|ACC|DCC|CI|Ch Insp|DCS)';
const personName = "\\p{Lu}[\\p{L}-]+(?: (?:\\p{Lu}'?[\\p{L}-]+|\\p{Lu}\\.)){1,2}";
const of = '(?:,? (?:from|of|who (?:leads?|heads?|runs)|head of|lead for) (?:the )?(?<of>[A-Z][^,.;:"]{2,80}?))?';
const says = '(?:said|says|added|adds|commented|explained)';
const speaks = new RegExp(
  `\\b(?<rank>${rank}) (?<name>${personName})${of}(?:, [^.;:"]{3,110}?)?,? (?:also )?${says}\\b`,
  'u',
);
const spoken = new RegExp(
  `\\b${says} (?<rank>${rank}) (?<name>${personName})\\b(?:,? (?:from|of) (?:the )?(?<of>[A-Z][^,.;:"]{2,80}))?`,
  'u',
);

/** Who is quoted, with rank. */
export function officersIn(text: string): ClaimContent[] {
  const found = (speaks.exec(text) ?? spoken.exec(text))?.groups;
  // "Inspector General Marl": a longer title, which the rules for speakers know.
  if (!found || !isOfName(found['name']?.split(' ')[0] ?? '')) return [];
  return [{ kind: 'officer', rank: found['rank'] ?? '', name: found['name'] ?? '', of: found['of']?.trim() ?? null }];
}
