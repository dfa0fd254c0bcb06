/** Reads names that are no partners: the operation's, and people quoted who bear no rank. */
import type { ClaimContent } from '../parsed-release.ts';

const notInNames =
  /^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|In|On|The|During|Officers|Police|Team|Unit|Week|Day|Centre|Manager|Support|Group|Lead)$/;
const operation =
  /\bOperation (?<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}(?: and (?!Operation|Europol|Interpol|Frontex|Eurojust)[A-Z][a-z]+(?=[,.;"']|$| [a-z(]))?)/g;

/** Actions of several countries bear another word: "EMPACT Joint Action Day (JAD) Danube". */
const jointAction =
  /\b(?:EMPACT )?(?:Joint Action Days?|JADs?|Joint Operation)(?: \(JADs?\))? (?<word>[A-Z][a-zA-Z-]+)(?: \d{4})?/g;

/** Operations that a sentence names. */
export const operationsIn = (text: string): ClaimContent[] => [
  ...namedIn(text),
  ...jointIn(text),
  ...otherwiseNamed(text),
];

const codeName = "(?<name>[A-Z][\\w'-]+(?: [A-Z][\\w'-]+){0,2})";
const ofOperation = '(?:operation|initiative|campaign|crackdown|project|action|week|drive)';
/** "Project Aidant", "codenamed Kestrel", "MATES is the codename of the initiative". */
const otherNames: readonly RegExp[] = [
  /(?<=\b(?:of|under|for|called|in|through|by|as|with) )(?<name>Project [A-Z][a-z]+)\b(?! [A-Z])/g,
  /(?:^|[.;"] )(?<name>Project [A-Z][a-z]+)(?= (?:in [A-Z][\w-]+(?: [A-Z][\w-]+)? )?(?:brings|brought|is|was|aims|has|involves|involved|sees|saw)\b)/g,
  /(?<![\w.])(?<name>Op\.? [A-Z][a-z]+(?: [A-Z][a-z]+)?)\b/g,
  new RegExp(
    `\\b(?:code-?named|with the codename|under the (?:code-?)?name|goes by the name(?: of)?|dubbed)(?: of)? ["']?${codeName}`,
    'g',
  ),
  new RegExp(
    `(?:^|[.:;] )${codeName}(?: \\([^()]{3,80}\\))? (?:is|was) the (?:code-?)?name (?:of|for|given to) (?:the|this) ${ofOperation}`,
    'g',
  ),
  new RegExp(`\\b${ofOperation},? (?:is |was )?(?:called|known as|named) ["']?${codeName}`, 'g'),
];

const otherwiseNamed = (text: string): ClaimContent[] =>
  otherNames.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match): ClaimContent[] => {
      const name = match.groups?.['name'] ?? '';
      return /^(?:Operation|Joint|EMPACT|The|JAD)\b/.test(name) || notInNames.test(name)
        ? []
        : [{ kind: 'operation', name }];
    }),
  );

const jointIn = (text: string): ClaimContent[] =>
  [...text.matchAll(jointAction)].flatMap((match): ClaimContent[] =>
    notInNames.test(match.groups?.['word'] ?? '') ||
    /^(?:Against|The|Took|Targeting)$/.test(match.groups?.['word'] ?? '')
      ? []
      : [{ kind: 'operation', name: match[0] }],
  );

/** "our Operation Harbour enquiries last month": the release's own, whatever time the sentence speaks of. */
export const ownOperationsIn = (text: string): ClaimContent[] =>
  /\b[Oo]ur Operation [A-Z]/.test(text) ? namedIn(text) : [];

/** "the seventh edition of Operation Harbour": then "Operation Harbour VII" is the same. */
export const withoutEdition = (name: string, release: string): string => {
  const bare = name.replace(/ (?:[IVX]{1,5}|\d)$/, '');
  return bare !== name &&
    new RegExp(`\\b(?:edition|phase|round|year|iteration)s? of ${bare}(?! [IVX\\d])`).test(release)
    ? bare
    : name;
};

const namedIn = (text: string): ClaimContent[] =>
  [...text.matchAll(operation)].flatMap((match): ClaimContent[] => {
    const words = (match.groups?.['name'] ?? '').replace(/'s$|'$/, '').split(' ');
    const end = words.findIndex((word) => notInNames.test(word));
    const name = (end < 0 ? words : words.slice(0, end)).join(' ');
    return name === '' ? [] : [{ kind: 'operation', name: `Operation ${name}` }];
  });

const says = '(?:said|says|added|adds|commented|explained|stated|told)';
const roleWords =
  'Head|Director|Leader|Chief|Minister|Commissioner|Deputy|Manager|Officer|Lead|Executive|Coordinator|Co-ordinator|' +
  'Chair|Chairman|President|Secretary|Councillor|Cllr|Cabinet|Member|Commander|Agent|Attorney|Spokesperson|Prosecutor|Administrator|Sheriff|Advis[eo]r|Ambassador|Garda|Superintendent|Inspector|General';
const notRole = `(?!(?:${roleWords})\\b)`;
const person = `(?:Dr |Cllr |Councillor |Mr |Mrs |Ms |Professor |Rev )?${notRole}[A-Z][\\p{L}'-]+(?: (?:[A-Z]\\.|de|van|von|Mac|O'))?(?: ${notRole}[A-Z][\\p{L}'-]+){1,2}`;
const role = `(?=[a-z]|[^.;:"]{0,110}\\b(?:${roleWords}|head|director|leader|chief|manager|lead|member|minister|officer|chair|coordinator|co-ordinator|secretary)\\b)[^.;:"]{4,150}?`;
const after = new RegExp(`(?:^|["'] ?|[.,] )(?<name>${person}), (?<role>${role}),? (?:also |has )?${says}\\b`, 'u');
const inverted = new RegExp(`\\b${says} (?<name>${person}), (?<role>${role})(?=[.,:;]|$)`, 'u');
const titled = new RegExp(
  `(?:^|["'] ?|[.,] )(?:The )?(?<role>(?:[A-Z][\\w&'-]*(?: (?:and|of|for|the))* ){0,7}?(?:${roleWords})(?: (?:for|of|in) (?:the )?[A-Z][\\w' ]{2,40}?)?),? (?<name>${person}),? (?:also |has )?${says}\\b`,
  'u',
);
const described = new RegExp(
  `(?:^|[.,] |["'] ?)(?:The |Our )?(?<role>[A-Za-z][\\w' -]{3,60}?\\b(?:executive|director|leader|manager|chief|minister|commissioner|chair|lead|head)(?: (?:of|for) [\\w' -]{3,40})?), (?<name>${person}),? (?:also )?${says}\\b`,
  'u',
);
/** "said Frontex Executive Director Henrik Lauritsson". */
const titledAfter = new RegExp(
  `\\b${says} (?:the )?(?<role>(?:[A-Z][\\w&'-]*(?: (?:and|of|for|the))* ){0,7}?(?:${roleWords})) (?<name>${person})(?=[.,:;]|$)`,
  'u',
);
const rank =
  /^(?:Chief Constable|Commander|(?:Deputy )?Assistant Commissioner)|\b(?:Superintendent|Inspector|Sergeant|Constable)\b/;

/** Who is quoted without a rank: "Jo Tennant, the council's lead for safety, said". */
export function speakersIn(text: string): ClaimContent[] {
  const found = (
    after.exec(text) ??
    inverted.exec(text) ??
    titled.exec(text) ??
    titledAfter.exec(text) ??
    described.exec(text)
  )?.groups;
  const name = found?.['name']?.replace(/^(?:The|Councillor|Minister) /, '');
  const said = found?.['role']?.replace(/^the /, '').trim();
  if (!name || !said || rank.test(said) || rank.test(name) || /^(?:who|which|where|when|and|but|with) /.test(said))
    return [];
  // "DS Jo Tennant": an officer, by other rules.
  if (/^(?:PC|PS|DC|DS|DI|DCI|ACC|DCC|Sgt|Insp|Supt|Det)\b/.test(name)) return [];
  if (/\b(?:Police|Council|Operation|Agency|Service|Trust|The|Our|We|This|These)\b/.test(name)) return [];
  return [{ kind: 'speaker', name: name.replace(/^(?:Dr|Cllr|Councillor|Mr|Mrs|Ms|Professor|Rev) /, ''), role: said }];
}
