/** Finds who is quoted, whatever the order of words: the subject of "said", or the person of the sentence before. */
import type { ClaimContent } from '../parsed-release.ts';

const says =
  /\b(?:said|says|added|adds|commented|comments|explained|explains|stated|states|noted|stressed|emphasi[sz]ed|remarked|continued|told (?:reporters|us|the (?:BBC|press|media)|a (?:press|news) conference))\b/g;
const rank =
  /\b(?<rank>(?:Temporary |Acting |T\/|A\/)?(?:Detective |Det\.? )?(?:Chief |Ch\.? )?(?:Superintendent|Supt\.?|Inspector|Insp\.?|Sergeant|Sgt\.?|Constable|Garda)|(?:Assistant |Deputy )?Chief Constable|PC|PS|DC|DS|DI|DCI|DSupt) $/;
const roleWord =
  'head|director|leader|chief|executive|manager|lead|member|minister|officer|chair|chairman|president|commissioner|coordinator|co-ordinator|secretary|' +
  'spokesperson|spokeswoman|spokesman|inspector|investigator|advis[eo]r|councillor|cllr|mayor|sheriff|attorney|prosecutor|commander|deputy|founder|marshal|constable|superintendent|sergeant|brigadier|colonel|major|general|professor|undersheriff|trooper|lieutenant|specialist|supervisor|agent|cabinet|ambassador|governor|nurse';
const hasRole = new RegExp(`\\b(?:${roleWord})s?\\b`, 'iu');
const ofBody = /^(?:,)? (?:from|of|at) (?:the )?(?:charity |force's )?[A-Z]/;
const name =
  /(?<![\p{L}'-])\p{Lu}[\p{L}'.-]*(?: (?:de|van|von|bin|binti|der|\p{Lu}[\p{L}'-]+\.?|\p{Lu}\.)){1,8}(?![\p{L}-])/gu;
/** Words that are no part of a person's name. */
const notOfName = new RegExp(
  `^(?:${roleWord}|The|Our|A|In|On|At|After|Speaking|Detective|Temporary|Acting|Chief|Superintendent|Supt|Insp|Inspector|Sergeant|Sgt|Constable|Garda|Det|Ch|PC|DC|DS|DI|DCI|PS|Senior|Deputy|Assistant|` +
    'Police|Council|Crime|Immigration|Trust|Agency|Authority|Service|Unit|Team|Operation|Project|Modern|Slavery|Human|Trafficking|Immigration|Home|Office|Border|Force|National|Regional|Organised|Labour|Enforcement|' +
    "Safeguarding|Operations|Intelligence|Investigations?|Communications|Response|Protection|Prevention|Policing|Partnerships?|Engagement|Licensing|Housing|Communities|Compliance|Security|Support|Affairs|Prosecutions?|Exploitation|NCA|GLAA|PSNI|HMRC|General|Major|Colonel|Captain|Lieutenant|Brigadier|Corporal|Cpl|Lt|Col|Capt|Marshal|Trooper|Undersheriff|Datuk|Dato|Dato'|Seri|Sri|Tun|Prof|Atty|Judge|Justice|Ret|Adv|Engr|Hon|Sir|Dame|Lord|Lady|Dr|Mr|Mrs|Ms|Rev|Professor|Cllr|Councillor|Division|Branch|Command|Squad|Bureau|Directorate|Ministry|Department|Charge|Labour|Anti|.*'s)$",
  'iu',
);
/** Whether a word may be part of a person's name. */
export const isOfName = (word: string): boolean =>
  !notOfName.test(word.replace(/\.$/, '')) && !/^\p{Lu}{2,}$/u.test(word);
const body =
  /\b(?:Police|Constabulary|Council|Agency|Authority|Trust|Service|Services|Army|Cross|Unit|Team|Enforcement|Force|Office|Foundation|Station|Court|Department|Ministry|Act|Week|Day|Action|Slavery|Trafficking|Kingdom|Ireland|England|Wales|Scotland|Helpline|Twitter|Facebook|Aid|Charity|Partnership|Group|Street|Road|Standards|Crime)\b/;

const verbs = /\b(?:was|were|has|have|had|visited|arrested|found|is|are)\b/;

type Person = { readonly name: string; readonly before: string; readonly after: string };

/** The first person named in these words: a row of capitals without the words of roles, ranks and bodies. */
function personIn(words: string): Person | null {
  for (const match of words.matchAll(name)) {
    const parts = match[0].replace(/\.$/, '').split(' ');
    // "GLAA Senior Investigator Jo Tennant": the name stands behind the last word of a role, or before the first.
    let to = parts.length;
    while (to > 0 && !isOfName(parts[to - 1] ?? '')) to -= 1;
    let from = to;
    while (from > 0 && isOfName(parts[from - 1] ?? '')) from -= 1;
    // "HSI Atlanta Paul R. Wexler": one name alone stands before an initial.
    const initial = parts.findIndex((part, at) => at > from && at < to - 1 && /^\p{Lu}\.$/u.test(part));
    if (initial > 0) from = initial - 1;
    const own = parts.slice(from, to);
    const named = own.filter((part) => !/^(?:\p{Lu}\.|de|van|von|der|bin|binti)$/u.test(part)).length;
    if (named < 2 || named > 4 || /^\p{Ll}/u.test(own[0] ?? '') || body.test(own.join(' '))) continue;
    const start = match.index + parts.slice(0, from).join(' ').length + (from > 0 ? 1 : 0);
    // "in Stanmore County, Sheriff Jo Tennant said": a place, not who spoke.
    if (/\b(?:in|at|near|across|throughout|around) (?:the )?$/.test(words.slice(0, start))) continue;
    return { name: own.join(' '), before: words.slice(0, start), after: words.slice(start + own.join(' ').length) };
  }
  return null;
}

function toClaim({ name: person, before, after }: Person): ClaimContent[] {
  const said = rank.exec(before)?.groups?.['rank'];
  if (said) return [{ kind: 'officer', rank: said, name: person, of: null }];
  const role = `${before} ${after}`;
  if (!hasRole.test(role) && !ofBody.test(after)) return [];
  return [
    {
      kind: 'speaker',
      name: person,
      role: role
        .replace(/[,\s]+/g, ' ')
        .replace(/^ ?(?:The|the) /, '')
        .trim(),
    },
  ];
}

/** "Jo Tennant of Denby Council: "We …"". */
const labelled = /^(?<who>[^:"]{6,140}): ?(?:["']|$)/;
const accordingTo = /\b[Aa]ccording to (?<who>[^.;:"]{6,140})/;

/** Who says a sentence: the subject before or behind "said", or the person of the sentence before. */
export function subjectOfSaid(text: string, sentenceBefore: string): ClaimContent[] {
  for (const match of text.matchAll(says)) {
    const lead = text.slice(Math.max(0, match.index - 220), match.index);
    const subject = lead.slice(Math.max(lead.lastIndexOf('" '), lead.lastIndexOf('; '), -1) + 1);
    if (/(?:^|["',] ?)(?:[Hh]e|[Ss]he|[Tt]hey) (?:also |then )?$/.test(lead)) {
      const before = personIn(sentenceBefore.slice(0, 160).split(/ (?:said|says|added)\b/)[0] ?? '');
      const known =
        before &&
        (/^(?:[A-Z][\w/.]* ){0,6}$/.test(before.before) ||
          (/^[^.;:"]{4,80}, $/.test(before.before) && hasRole.test(before.before) && !verbs.test(before.before)));
      const told = known ? toClaim(before) : [];
      if (told.length > 0) return told;
      continue;
    }
    const speaker = subject.includes('"') ? null : personIn(subject);
    // "Jo Tennant, head of the unit, said": nothing but what describes the person stands between.
    if (speaker && !verbs.test(speaker.after)) {
      const told = toClaim(speaker);
      if (told.length > 0) return told;
    }
    const behind =
      text
        .slice(match.index + match[0].length, match.index + match[0].length + 150)
        .split(/(?<!\b\p{Lu}|\b(?:Prof|Dr|Sgt|Insp|Supt))\.|[:;"]/u)[0] ?? '';
    const after = /^ (?:yesterday|today)?,?$/.test(behind) ? null : personIn(behind);
    if (after && after.before.length < 90 && /["'],? ?$/.test(lead.trimEnd())) {
      const told = toClaim(after);
      if (told.length > 0) return told;
    }
  }
  const who = (/"/.test(text) ? accordingTo.exec(text) : null)?.groups?.['who'] ?? labelled.exec(text)?.groups?.['who'];
  const source = who ? personIn(who) : null;
  return source && !verbs.test(source.after) ? toClaim(source) : [];
}

const bySurname =
  /(?<![\p{L}-] |(?<![,.?!])' )(?<!\p{L})(?<name>\p{Lu}[\p{L}'-]{2,}) (?:also |then )?(?:alleged(?=[.,:]|$)|said|says|added|adds|explained|stated|noted|commented|continued)\b|(?:said|added|explained) (?<name2>\p{Lu}[\p{L}'-]{2,})(?=[.,:;]|$)|\b[Aa]ccording to (?<name3>\p{Lu}[\p{L}'-]{2,})(?=[.,:;])/u;

/** How often a surname is looked up. */
const mostPlaces = 20;

/** "Lekgoro said" of a release that says who Thabo Lekgoro is; nobody where two bear that name. */
export function namedBefore(text: string, release: string): ClaimContent[] {
  const found = bySurname.exec(text)?.groups;
  const last = found?.['name'] ?? found?.['name2'] ?? found?.['name3'];
  if (!last || !isOfName(last) || body.test(last)) return [];
  const told = new Map<string, ClaimContent>();
  const places = release.matchAll(new RegExp(`(?<!\\p{L})${last}(?![\\p{L}'-])`, 'gu'));
  for (const match of [...places].slice(0, mostPlaces)) {
    const start: number = Math.max(
      match.index - 300,
      0,
      release.lastIndexOf('\n', match.index),
      release.lastIndexOf('. ', match.index - 3),
    );
    const end: number = match.index + last.length;
    const before = personIn(release.slice(start, end).replace(/^[\n. ]+/, ''));
    const around: Person | null = before?.name.endsWith(last) ? before : personIn(release.slice(match.index, end + 40));
    if (!around?.name.split(' ').includes(last)) continue;
    const rest = {
      ...around,
      before: (around === before ? around.before : release.slice(start, match.index)).slice(-80),
      after: release.slice(end, end + 60).split(/[.;"\n]/)[0] ?? '',
    };
    for (const one of toClaim(rest)) if (!told.has(around.name)) told.set(around.name, one);
  }
  const [only] = told.values();
  return told.size === 1 && only ? [only] : [];
}
