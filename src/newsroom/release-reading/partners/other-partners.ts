/** Reads partners that no row of organisations gives: projects that sent people, and who will care for victims. */
import type { ClaimContent } from '../parsed-release.ts';
import { countryNames } from '../places-and-days/regions.ts';
import { isKnownOrganisation } from './organisations.ts';

const ofProject =
  /\b(?:[Pp]artners|[Cc]olleagues|[Ss]taff|[Vv]olunteers|[Ww]orkers|[Nn]urses|[Ss]pecialists|[Tt]eams?) (?:from|of|at) (?:the )?(?<name>Project [A-Z]\w+|[A-Z]\w+(?: [A-Z]\w+)? (?:Project|Refuge|Centre))\b(?! (?:Road|Street|Police))/g;

/** "partners from Project Harbour": a project that sent people. */
export const projectsIn = (text: string): ClaimContent[] =>
  [...text.matchAll(ofProject)].flatMap(({ groups = {} }) =>
    groups['name'] ? [{ kind: 'partner', name: groups['name'], own: false }] : [],
  );

const willCare =
  /\b[Pp]artner(?:s| agencies| organisations| charities),? (?:(?:including|such as|among them) )?(?<names>[^.;:"]{3,160}?)(?:,? among (?:them|others))?,? will (?:now |also |then |continue to )*(?:(?:help|support|safeguard|look after|care for|assist)(?: to)?(?: safeguard| support| look after)? (?:them|those|these|victims|the (?:victims|women|men|people|workers))|provide (?:[a-z]+ ){0,2}(?:care|support|help|accommodation))\b/;

/** "Partner agencies, the Salvation Army among them, will support the victims": said of what is to come, they are partners. */
export function carersToCome(text: string): string | null {
  const names = willCare.exec(text)?.groups?.['names'];
  return names && /(?:among (?:them|others)|including|such as)/.test(willCare.exec(text)?.[0] ?? '')
    ? `Officers were supported by ${names.replace(/^The /, 'the ')}.`
    : null;
}

const country = `(?:the )?(?:${countryNames.filter((name) => !/^(?:UK|EU|USA?|Europe|England|Wales|Britain)$/.test(name)).join('|')})`;
const joint = '(?:, and |, | and )';
const leading = new RegExp(
  `(?:^|[;,] (?:and )?)(?<first>(?:[Tt]he (?:Netherlands|Philippines)|${country})(?:(?:, and |, | and )${country}){0,6}) (?:led|coordinated|co-ordinated) (?:it|them|(?:this|the) (?:[a-z]+ )?(?:action|operation|week|days))\\b`,
);
const ledBy = new RegExp(
  `\\b[Ll]ed (?:jointly )?by (?<leaders>(?:the (?:Netherlands|Philippines|United Kingdom|UK)|${country})(?:(?:, and |, | and )(?:the (?:Netherlands|Philippines|United Kingdom|UK)|${country})){0,5})(?=[,.;]|$| (?:the|and|with|in|between)\\b)`,
);
const rowOf = new RegExp(
  `\\b(?:worked|acted|operated|cooperated|co-operated)(?: together| closely)* with (?<row>(?:(?:${country}|[A-Z][A-Za-z]+)${joint}){1,12}(?:${country}|[A-Z][A-Za-z]+))\\b`,
);

/** "worked with Austria, Europol and Interpol", "The Netherlands led it": countries that took part by name. */
export function countriesIn(text: string): ClaimContent[] {
  const first = leading.exec(text)?.groups?.['first']?.split(new RegExp(joint)) ?? [];
  const leaders = ledBy.exec(text)?.groups?.['leaders']?.split(new RegExp(joint)) ?? [];
  const row = (rowOf.exec(text)?.groups?.['row'] ?? '').split(new RegExp(joint));
  const isCountry = (name: string): boolean => countryNames.includes(name.replace(/^the /, ''));
  // A row of countries alone, or of bodies alone, is for other rules.
  const mixed = row.some(isCountry) && row.some(isKnownOrganisation);
  const names = [
    ...first,
    ...leaders,
    ...(mixed ? row.filter((name) => isCountry(name) || isKnownOrganisation(name)) : []),
  ];
  return names.flatMap((name) => (name ? [{ kind: 'partner', name: name.replace(/^[Tt]he /, ''), own: false }] : []));
}
