/** Reads counts of people: spoken to, advised, safeguarded, referred, identified, rescued, supported, checked or charged. */
import type { Mention } from '../counts/noun-phrases.ts';
import { peopleAfter, peopleBefore, peopleSpoke } from '../counts/treatments.ts';
import { type Context, clauseOf, notDone, nothing, type Read, totalAfter, verbsAfter } from '../counts/verb-phrases.ts';
import type { ClaimContent, Treatment } from '../parsed-release.ts';
import { type Setting, whereOf } from '../places-and-days/where.ts';

/** Verbs of some people out of a count before: "three of them were identified as potential victims". */
const ofSome: readonly Treatment[] = ['identified', 'safeguarded', 'referred', 'rescued', 'advised', 'supported'];
/** Words by which a person is not one that was helped. */
const otherThanHelped = /\bsuspects?\b|offender|trafficker|smuggler|facilitator|driver/;
const victimNoun = /victim|survivor/;

export function people(mention: Mention, lead: string, { text, setting }: Context): Read {
  const rest = /\b[Tt]he (?:remaining|other) $/.test(lead);
  if (mention.definite && !mention.nought && !rest && !/\bOf the $|^All $/i.test(lead)) return nothing;
  if (/\bother\b/.test(mention.words) && mention.scope !== 'further') return nothing;
  if (notDone.test(lead)) return nothing;
  const after = text.slice(mention.end, mention.end + 200);
  // Words about a part of them are not about all: 17 victims among 46 workers.
  const calling = calledVictims.exec(
    after.slice(0, 140).replace(/[,;]? (?:[a-z-]+|\d+) of (?:whom|them|these)\b.*$/, ''),
  );
  const called = calling !== null;
  const callEnd = mention.end + (calling ? calling.index + calling[0].length : 0);
  const { found, active } = treatmentsOf(text, mention, lead);
  const told = [...found]
    .filter(([treatment]) => fits(treatment, mention, after, called, found))
    .map(([treatment, verbEnd]): ClaimContent => {
      const scope = rest ? 'part' : (mention.scope ?? totalAfter(text, Math.max(mention.end, verbEnd)));
      const where = whereOf(
        text,
        clauseOf(text, mention.start),
        mention.start,
        [mention.end, verbEnd, callEnd],
        scope,
        setting,
      );
      const from = treatment === 'rescued' ? rescuedFrom(text, verbEnd, setting) : null;
      const words = called && mention.class === 'people' ? `${mention.words}, potential victims` : mention.words;
      return {
        kind: 'people',
        treatment,
        quantity: mention.count,
        who: words.replace(/_+[ -]?/g, '').replace(/^(?:further|more|other|of|the) /, ''),
        ...(from && where.town === null && !where.towns ? from : where),
      };
    });
  return { told, active };
}

/** Of people in general only these are victims. */
const calledVictims =
  /\b(?:identified|recognised|treated|regarded) as (?:being )?(?:a )?(?:potential |possible |suspected |likely )?victims?\b|\b(?:believed|thought|suspected|feared|considered|found) to (?:be|have been) (?:(?:potential|possible|the) )?(?:victims|trafficked|exploited)\b|\b(?:may|might|could) (?:well )?(?:be|have been) (?:(?:potential|possible) )?(?:victims|trafficked|exploited)\b|\b(?:displayed|displaying|showed|showing) (?:clear |strong |several )?(?:indicators|signs) of (?:human |being )?(?:trafficking|trafficked|exploitation|modern slavery)\b/;

const intoCare =
  /^(?: of [a-z ]{3,40}?)? (?:in)?to (?:care|protection|safety|(?:a )?place of safety|(?:a )?safe (?:place|house|accommodation)|(?:a )?reception centre)\b/;

const fromHarm =
  /^(?:, [^.;]{3,60},)? from (?:(?:[a-z]+ (?:and [a-z]+ )?)?(?:situations?|conditions|circumstances)|harm|danger|exploitation|slavery|servitude)\b/;

/** What the verbs around a count say was done, each with where its verb ends. */
function treatmentsOf(text: string, mention: Mention, lead: string) {
  const found = new Map<Treatment, number>();
  for (const { rest, at } of verbsAfter(text, mention))
    for (const [treatment, pattern] of peopleAfter) {
      const verb = pattern.exec(rest)?.[0];
      if (verb && !found.has(treatment)) found.set(treatment, at + verb.length);
    }
  let active: string | null = null;
  for (const [treatment, pattern] of peopleBefore)
    if (pattern.test(lead) && !found.has(treatment)) {
      found.set(treatment, mention.end);
      active = lead;
    }
  // "took six victims of human trafficking into care".
  const end =
    mention.class === 'victims' && /\b(?:took|taking|brought|bringing|moved|led) $/.test(lead)
      ? intoCare.exec(text.slice(mention.end, mention.end + 90))
      : null;
  if (end && !found.has('safeguarded')) found.set('safeguarded', mention.end + end[0].length);
  // "removed ten people, two of them minors, from exploitive situations".
  const freed = /\b(?:removed|removing) $/.test(lead) && fromHarm.exec(text.slice(mention.end, mention.end + 140));
  if (freed && !found.has('rescued')) {
    found.set('rescued', mention.end);
    active = 'rescued ';
  }
  // "Among those found were 12 women", "Also safeguarded were two".
  const inverted = /\b(?<part>(?:[a-z]+ )?[a-z]+) (?:were|was) $/.exec(lead)?.groups?.['part'];
  for (const part of inverted ? [inverted, inverted.replace(/^[a-z]+ /, '')] : [])
    for (const [treatment, pattern] of peopleAfter)
      if (
        /^(?:identified|safeguarded|rescued|referred)$/.test(treatment) &&
        pattern.test(part) &&
        !found.has(treatment)
      )
        found.set(treatment, mention.end);
  if (peopleSpoke.test(text.slice(mention.end, mention.end + 200))) found.set('spoken to', mention.end);
  return { found, active };
}

const ofHelped: readonly Treatment[] = [
  'rescued',
  'safeguarded',
  'supported',
  'advised',
  'referred',
  'identified',
  'spoken to',
];
const ofNobody: readonly Treatment[] = ['identified', 'safeguarded', 'rescued', 'charged'];
const ofOne: readonly Treatment[] = ['safeguarded', 'rescued', 'referred', 'identified'];

/** Whether a treatment is plainly of these people: no suspect is rescued, and "a woman" is counted only with verbs of help. */
function fits(
  treatment: Treatment,
  { words, class: noun, scope, nought, article, count }: Mention,
  after: string,
  called: boolean,
  found: ReadonlyMap<Treatment, number>,
): boolean {
  if (otherThanHelped.test(words) && ofHelped.includes(treatment)) return false;
  if (scope === 'part' && !ofSome.includes(treatment)) return false;
  // "One of the arrested women was offered support" counts nobody.
  if (scope === 'part' && count.value === 1 && (treatment === 'advised' || treatment === 'supported')) return false;
  if (nought && !ofNobody.includes(treatment)) return false;
  if (article && !ofOne.includes(treatment)) return treatment === 'spoken to' && peopleSpoke.test(after);
  if (treatment === 'identified') return victimNoun.test(words) || called;
  if (treatment === 'spoken to')
    return !(found.has('identified') && (victimNoun.test(words) || called) && /encounter|\bmet\b|seen/.test(after));
  if (treatment === 'checked') return noun !== 'victims';
  return treatment !== 'charged' || /\bcharged\b/.test(after);
}

function rescuedFrom(text: string, at: number, setting: Setting) {
  const lead = /^,? from (?=[A-Z])/.exec(text.slice(at, at + 8))?.[0];
  if (!lead) return null;
  const rest = `${text.slice(0, at)} in ${text.slice(at + lead.length)}`;
  const found = whereOf(rest, at, at, [at], undefined, { ...setting, leadTowns: [] });
  return found.town === null && !found.towns && !found.region ? null : found;
}

const oneReferred =
  /\b(?:She|He|The (?:[A-Za-z-]+ ){0,3}?(?:woman|man|girl|boy|female|male|victim|child|teenager|person))\b(?:, [^,.;]{3,90},)? (?:was|has|is|had)\b[^.;]{0,120}?\b(?:and |been |was )(?:also |since |later )?referred (?:in)?to (?:the )?["']?(?:NRM|National Referral)/;

/** "The woman was safeguarded and referred to the NRM": one person. */
export const oneReferredIn = (text: string): ClaimContent[] =>
  oneReferred.test(text)
    ? [
        {
          kind: 'people',
          treatment: 'referred',
          quantity: { kind: 'number', value: 1, qualifier: 'exact' },
          who: 'person',
          town: null,
        },
      ]
    : [];

const vague = '(?<words>several|a number of|a handful of|a few|some|many|numerous|dozens of|hundreds of)';
const vaguePeople = new RegExp(
  `\\b${vague} (?:[a-z]+ ){0,2}?(?:people|persons?|individuals?|men|women|woman|man|workers?|victims?|potential victims?|adults?|sex workers?|children|employees|staff)\\b`,
  'gi',
);

/** People whose number is given in words alone: "several people were offered help". */
export function vaguePeopleIn(text: string): ClaimContent[] {
  return [...text.matchAll(vaguePeople)].flatMap((match): ClaimContent[] => {
    const words = match.groups?.['words']?.toLowerCase() ?? '';
    const end = match.index + match[0].length;
    const lead = text.slice(Math.max(0, match.index - 90), match.index);
    const mention = { start: match.index, end, nought: false } as Mention;
    const found = new Set<Treatment>();
    for (const [treatment, pattern] of peopleBefore) if (pattern.test(lead)) found.add(treatment);
    for (const { rest } of verbsAfter(text, mention))
      for (const [treatment, pattern] of peopleAfter) if (pattern.test(rest)) found.add(treatment);
    if (!/victim/i.test(match[0])) found.delete('identified');
    for (const one of ['checked', 'charged', 'rescued', 'supported'] as const) found.delete(one);
    return [...found].map((treatment) => ({ kind: 'people', treatment, quantity: { kind: 'words', words } }));
  });
}
