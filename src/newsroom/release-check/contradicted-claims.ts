/** Claims that the figures contradict or that nobody has established: the crime of an arrest, harm stated as a fact, and agencies at a visit. Pure. */
import type { Cell } from '../../vocabulary/figures.ts';
import { isNought } from '../drafting/english.ts';
import { isNobodyHeldForCrime, type PublishableReturn } from '../drafting/public-figures.ts';
import type { WatchedWord } from './watched-words.ts';

type Sentence = { readonly start: number; readonly text: string };
type NameSpans = readonly (readonly [from: number, to: number])[];
type Found = Omit<WatchedWord, 'start' | 'end'> & { readonly at: number; readonly words: string };

/** Usual words for what the return calls each reason for an arrest. */
const crimes: readonly (readonly [matter: string, words: RegExp])[] = [
  [
    'slavery or trafficking',
    /\b(?:(?:modern )?slavery|traffick\w*|servitude|forced labour|(?:sexual|labour|criminal) exploitation|exploit(?:ing|ed) (?:people|others|women|men|workers))\b/gi,
  ],
  ['keeping a brothel', /\b(?:(?:keep|manag|runn)\w* (?:a |of a )?)?brothels?\b/gi],
  ['controlling prostitution', /\b(?:(?:controlling|causing|inciting) )?prostitut\w+/gi],
  ['drugs', /\b(?:drugs?|cannabis|cocaine|heroin)\b/gi],
  [
    'violence',
    /\b(?:violen\w+|assault\w*|rape[ds]?|murder\w*|kidnap\w*|false imprisonment|sexual offences?|weapons?)\b/gi,
  ],
  ['theft or fraud', /\b(?:theft|stealing|robber\w+|burglar\w+|fraud\w*|money[\s-]laundering)\b/gi],
];
const speaksOfArrest = /\b(?:arrest(?:s|ed)?|detain(?:ed|s)?|in custody|suspicion|suspected|suspects?)\b/i;

const harm =
  /\b(?:was|were|been|being) (?:[a-z]+ ){0,2}?(?:(?:forced|coerced|made|compelled|pressured) (?:to|into)|exploited|trafficked|enslaved|coerced|groomed|sold for|held (?:captive|against))\b|\b(?:forc(?:ed|ing)|coerc(?:ed|ing)|made|making) (?:the |these |those )?(?:women|men|people|workers|children|girls|boys|them|her|him) (?:to|into)\b/gi;
/** Said before it, these leave open whether it happened here. */
const leftOpen =
  /\b(?:may|might|can|could|if|whether|anyone|anybody|potential(?:ly)?|possibl[ey]|suspected|suspicion|believed?|thought|signs?|people who|no|nobody|not|never)\b/i;

const immigrationAgency =
  /\b(?:Home Office|Immigration Enforcement|Border Force|UK Visas and Immigration|UKVI|[Ii]mmigration (?:officers?|officials?|teams?|staff|colleagues))\b/g;
const aboutImmigration = /immigration|border|home office/i;
const cameWith =
  /\b(?:alongside|joined by|accompanied by|supported by|helped by|(?:colleagues|officers|officials|staff|people|teams) (?:from|of)|(?<!planned )with) (?:[a-z]+ ){0,3}$/i;
const wasThere =
  /^s?(?:['’]s)? (?:[a-z]+ ){0,3}?(?:was|were|came|attended|joined|went|took part|visited|helped|supported|entered|arrested|detained)\b/i;
const negated = /\b(?:no|nobody|none|not|never|without)\b/i;

const some = (cells: readonly Cell[] | undefined): Cell[] =>
  (cells ?? []).filter(({ quantity }) => !isNought(quantity));

/** `agreed` are names of organisations and the area; `names` are these and what a planner named. */
export function findContradictedClaims(
  { start, text }: Sentence,
  publishable: PublishableReturn,
  { names, agreed }: { readonly names: NameSpans; readonly agreed: NameSpans },
): WatchedWord[] {
  const inside = (spans: NameSpans, at: number): boolean => spans.some(([from, to]) => from <= at && at < to);
  // The name of a week against exploitation, beside people who are suspected of no crime, is such a claim too.
  const kept = areReasonsWithheld(publishable) || isNobodyHeldForCrime(publishable.counted) ? agreed : names;
  const outside = (spans: NameSpans) => (one: Found) => !inside(spans, start + one.at);
  return [
    ...crimesIn(text, publishable).filter(outside(kept)),
    ...harmIn(text).filter(outside(names)),
    ...immigrationAgenciesIn(text, publishable).filter(outside(agreed)),
    ...absentPartnersIn(text, publishable),
  ].map(({ at, words, ...rest }) => ({ ...rest, start: start + at, end: start + at + words.length }));
}

const matchesOf = (text: string, pattern: RegExp, rest: Omit<Found, 'at' | 'words'>): Found[] =>
  [...text.matchAll(pattern)].map((match) => ({ at: match.index, words: match[0], ...rest }));

/** Powers that stay in because few people are in a part of them leave the reasons told. */
const areReasonsWithheld = ({ policy, withheld }: PublishableReturn): boolean =>
  withheld.some(
    ({ key, rule }) =>
      key === 'arrests.made.byMatter' || (key === 'arrests.made.byKind' && rule !== policy.partsOfPeople?.name),
  );

/** A crime beside arrests, where the return counts no arrest over it. */
function crimesIn(text: string, publishable: PublishableReturn): Found[] {
  const { counted } = publishable;
  const arrests = counted.figures['arrests.made'];
  if (!arrests || isNought(arrests.total) || !speaksOfArrest.test(text)) return [];
  // One answer for every crime: another one for those that were counted would tell the reasons.
  if (areReasonsWithheld(publishable)) {
    const message = 'This release leaves out the reasons for arrests, so no crime may stand beside them. Take it out.';
    return crimes.flatMap(([, words]) => matchesOf(text, words, { kind: 'contradiction', must: 'change', message }));
  }
  const reasons = some(arrests.breakdowns.byMatter).map(({ of }) => of.matter);
  if (isNobodyHeldForCrime(counted)) {
    const message =
      'The return counts no arrest for a crime, so these people must not stand beside one. Write “detained over immigration matters”.';
    const rest = { kind: 'contradiction', must: 'change', message } as const;
    return crimes.flatMap(([, words]) => matchesOf(text, words, rest));
  }
  const message =
    'The return counts no arrest over this. Take it out, or say which arrest that was counted was on suspicion of it.';
  return crimes
    .filter(([matter]) => !reasons.includes(matter))
    .flatMap(([, words]) => matchesOf(text, words, { kind: 'contradiction', must: 'justify', message }));
}

/** Exploitation of the people met, as if somebody had decided that it happened. */
const harmIn = (text: string): Found[] =>
  matchesOf(text, harm, {
    kind: 'wording',
    must: 'justify',
    message:
      'Nobody has decided that this happened to these people. Write “may have been exploited”, or say which decision or judgment says so.',
  })
    .map((one) =>
      /^(?:was|were) /i.test(one.words) ? { ...one, safer: one.words.replace(/^\w+/, 'may have been') } : one,
    )
    .filter(({ at }) => !leftOpen.test(text.slice(Math.max(0, at - 60), at)));

const isPresenceSaid = (text: string, at: number, end: number): boolean => {
  const before = text.slice(Math.max(0, at - 48), at);
  return !negated.test(before) && (cameWith.test(before) || wasThere.test(text.slice(end, end + 60)));
};

/** Nought counts as absent. A return without this breakdown does not know. */
function attendanceOf({ counted }: PublishableReturn) {
  const cells = counted.figures['people.deployed']?.breakdowns.byPartner;
  return cells && some(cells).map(({ of }) => of.partner ?? '');
}

/** Immigration officers told to have been there, where nobody decided to name them or none was. */
function immigrationAgenciesIn(text: string, publishable: PublishableReturn): Found[] {
  const attended = attendanceOf(publishable);
  const isUnnamed = publishable.unnamed.some((name) => aboutImmigration.test(name));
  if (!isUnnamed && attended?.some((name) => aboutImmigration.test(name))) return [];
  const rest = isUnnamed
    ? ({
        must: 'change',
        message: 'Immigration officers are not named, so the release does not say that they were there. Take it out.',
      } as const)
    : attended
      ? ({
          must: 'change',
          message: 'The return counts nobody of an immigration agency at a visit. Take it out.',
        } as const)
      : ({ must: 'justify', message: notKnown } as const);
  return matchesOf(text, immigrationAgency, { kind: 'contradiction', ...rest }).filter(({ at, words }) =>
    isPresenceSaid(text, at, at + words.length),
  );
}
const notKnown =
  'The return does not say that this agency was at a visit. Take it out, or say where the attendance is recorded.';

/** Partners of the plan told to have been there, where the return counts nobody of them at a visit. */
function absentPartnersIn(text: string, publishable: PublishableReturn): Found[] {
  const attended = attendanceOf(publishable);
  if (!attended) return [];
  const { partners, ownUnits } = publishable.facts;
  const absent = [...partners, ...ownUnits].filter((name) => name !== '' && !attended.includes(name));
  return absent.flatMap((name) => {
    const at = text.indexOf(name);
    if (at < 0 || !isPresenceSaid(text, at, at + name.length)) return [];
    const message = `The return counts nobody of ${name} at a visit. Write “planned with ${name}”, or say where the attendance is recorded.`;
    return [{ at, words: name, kind: 'contradiction', must: 'justify', message } as const];
  });
}
