/** Gives a speaker who is quoted by surname alone the name that the release gives before. */
import type { ClaimContent } from '../parsed-release.ts';

const rank =
  '(?:(?:Detective |Det )?(?:Chief )?(?:Superintendent|Inspector)|(?:Detective )?(?:Sergeant|Constable)|PC|PS|DC|DS|DI|DCI|Sgt)';
const title =
  '(?:Sheriff|Chief|Director|Commissioner|Minister|Councillor|Cllr|Mayor|Attorney|Agent|Deputy|Commander|Mr|Mrs|Ms|Dr)';
const says = '(?:said|says|added|adds|commented)';
const surname = "[A-Z][\\p{L}'-]+";
const bySurname = new RegExp(
  `(?:\\b${says} (?:(?<role>${rank}|${title}) )?(?<name>${surname})(?=[.,:;]|$)|(?:^|["'] )(?<role2>${rank}|${title}) (?<name2>${surname}) ${says}\\b)`,
  'u',
);

/** "said Sheriff Hutchings", of a release that names Sheriff Dale Hutchings; nobody where two bear that name. */
export function surnamesIn(text: string, release: string): ClaimContent[] {
  const found = bySurname.exec(text)?.groups;
  const last = found?.['name'] ?? found?.['name2'];
  if (!last) return byGivenName(text, release);
  const role = found?.['role'] ?? found?.['role2'] ?? `(?:${rank}|${title})`;
  const full = new RegExp(`\\b(?<role>${role}) (?<name>${surname}(?: [A-Z]\\.)? ${last})(?![\\p{L}'-])`, 'gu');
  const all = [...release.matchAll(full)];
  const [first] = all;
  const { name, role: said } = first?.groups ?? {};
  if (!name || !said || all.some(({ groups }) => groups?.['name'] !== name)) return [];
  return new RegExp(`^${rank}$`).test(said)
    ? [{ kind: 'officer', rank: said, name, of: null }]
    : [{ kind: 'speaker', name, role: said }];
}

const givenAlone = /(?:^|["'] )(?<given>[A-Z][\p{L}-]{2,}) (?:also )?(?:said|added|says|adds)[:,]/u;

/** "Peter said:" of a release that tells before who Peter Marl is; nobody where two bear that name. */
function byGivenName(text: string, release: string): ClaimContent[] {
  const given = givenAlone.exec(text)?.groups?.['given'];
  if (!given) return [];
  const full = new RegExp(
    `(?<![\\p{L}'-] ?)\\b(?<name>${given} ${surname}), (?:who is |the |an? )(?<role>[^.;:"]{4,80}?)(?:,|\\.| for | of | who )`,
    'gu',
  );
  const all = [...release.matchAll(full)];
  const { name, role } = all[0]?.groups ?? {};
  const others = [...release.matchAll(new RegExp(`\\b${given} (?<last>${surname})`, 'gu'))];
  if (!name || !role || others.some((one) => one[0] !== name)) return [];
  return [{ kind: 'speaker', name, role: role.replace(/^the /, '') }];
}
