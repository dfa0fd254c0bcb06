/** What may be published, and from which day: dated policies, kept as data next to this file. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isDay } from '../../vocabulary/calendar/days.ts';
import {
  type Breakdown,
  breakdownsOf,
  type Indicator,
  indicators,
  type OperationFacts,
} from '../../vocabulary/figures.ts';
import { parseYaml } from '../../vocabulary/read-yaml.ts';

export const factNames = [
  'weekName',
  'weekFocus',
  'officialDates',
  'localDates',
  'area',
  'leadAgency',
  'codeName',
  'unit',
  'ownUnits',
  'partners',
  'participatingCountries',
  'parentWeekName',
] as const satisfies readonly (keyof OperationFacts)[];

/** What surrounds the records in a release, and may need a rule of its own. */
export const releaseElements = {
  'release.quote': 'an officer’s quote, with rank, name and unit',
  'release.trend': 'a claim, without a number, that something is growing or shrinking',
  'release.signs': 'the signs to spot',
  'release.contacts': 'the numbers to call',
  'partners.immigration': 'the presence of immigration officers',
} as const;

export type FigureKey = Indicator | `${Indicator}.${Breakdown}`;
export type FactKey = `facts.${keyof OperationFacts}`;
/** All that a rule can be about, by the name that a placeholder gives it. */
export type Key = FigureKey | FactKey | keyof typeof releaseElements;

const names = Object.keys(indicators) as Indicator[];
export const figureKeys: readonly FigureKey[] = names.flatMap((name) => [
  name,
  ...(breakdownsOf[name] ?? []).map((breakdown): FigureKey => `${name}.${breakdown}`),
]);
export const keys: readonly Key[] = [
  ...figureKeys,
  ...factNames.map((name): FactKey => `facts.${name}`),
  ...(Object.keys(releaseElements) as (keyof typeof releaseElements)[]),
];

/** How a figure is made coarser. What each does is in public-figures.ts. */
export const grains = ['people in words', 'places visited', 'places of arrest', 'with its source'] as const;
export type Grain = (typeof grains)[number];

/** When a rule bites; without one it always does. */
export const conditions = [
  'any arrest is not for a crime',
  'every visit saw a sign',
  'not decided by name',
  'immigration officers are not named',
  'few addresses visited',
  'a target not yet visited',
] as const;
export type Condition = (typeof conditions)[number];

const alwaysPublished = ['facts.weekName', 'facts.officialDates', 'facts.area', 'facts.leadAgency'] as const;

const Day = z.string().refine(isDay, 'A day is written like 2026-01-01');
const Reason = { name: z.string().min(1), why: z.string().min(1), source: z.string().min(1) };

const Rule = z
  .strictObject({
    ...Reason,
    concerns: z.array(z.enum(keys as [Key, ...Key[]])).min(1),
    effect: z.enum(['told', 'coarsened', 'withheld']),
    to: z.enum(grains).optional(),
    when: z.enum(conditions).optional(),
    /** When nothing at all is told, whatever the rule tells otherwise. */
    withheldWhen: z.array(z.enum(conditions)).optional(),
    /** Which names the rule is about, as a pattern, where what it concerns is a list of names. */
    matching: z.string().optional(),
  })
  .refine((rule) => (rule.effect === 'coarsened') === (rule.to !== undefined), 'Coarsened to what?');

const Policy = z
  .strictObject({
    name: z.string().min(1),
    from: Day,
    to: Day.nullable(),
    /** Who must agree besides the writer before a release goes out. */
    approval: z.enum(['another agency', 'another person']),
    rules: z.array(Rule),
    /** Breakdowns of people that are told only where no part is of one to four. */
    partsOfPeople: z
      .strictObject({ ...Reason, concerns: z.array(z.enum(figureKeys as [Key, ...Key[]])).min(1) })
      .optional(),
    /** Why a draft leaves out what is of one premises or one person. Without it, a draft tells it. */
    single: z.strictObject(Reason).optional(),
    /** What governs all that no rule names. */
    otherwise: z.strictObject({ ...Reason, effect: z.enum(['told', 'withheld']) }),
  })
  .superRefine(({ rules }, context) => {
    const seen = new Set<Key>();
    for (const key of rules.flatMap((rule) => rule.concerns)) {
      if (seen.has(key)) context.addIssue(`Two rules concern ${key}`);
      seen.add(key);
    }
    const hidden = rules.filter(({ effect }) => effect !== 'told').flatMap((rule) => rule.concerns);
    for (const key of hidden.filter((key) => (alwaysPublished as readonly Key[]).includes(key))) {
      context.addIssue(`A release cannot be written without ${key}`);
    }
  });

export type Rule = Readonly<z.infer<typeof Rule>>;
export type PublicationPolicy = Readonly<z.infer<typeof Policy>>;

const Policies = z.array(Policy).superRefine((policies, context) => {
  for (const [index, policy] of policies.entries()) {
    const next = policies[index + 1];
    if (next ? policy.to === null || policy.to >= next.from : policy.to !== null) {
      context.addIssue(`${policy.name}: policies follow one another, and only the last has no end`);
    }
  }
});

/** Read once: a change of policy is a dated change of the application. */
let loadedPolicies: readonly PublicationPolicy[] | undefined;
export function publicationPolicies(): readonly PublicationPolicy[] {
  loadedPolicies ??= readPolicies(readFileSync(new URL('./publication-policies.yaml', import.meta.url), 'utf8'));
  return loadedPolicies;
}

export const readPolicies = (text: string): readonly PublicationPolicy[] => Policies.parse(parseYaml(text));

/** The policy in force on a day; none, when the day lies before the first. */
export const findPolicyOn = (day: string): PublicationPolicy | undefined =>
  publicationPolicies().find(({ from, to }) => from <= day && (to === null || day <= to));

export function getPolicy(name: string): PublicationPolicy {
  const policy = publicationPolicies().find((one) => one.name === name);
  if (!policy) throw new RangeError(`There is no publication policy called "${name}".`);
  return policy;
}

/** The rule that governs a figure or a fact; a rule without a key of its own is the policy's "otherwise". */
export function ruleFor(policy: PublicationPolicy, key: Key): Rule {
  const rule = policy.rules.find(({ concerns }) => concerns.includes(key));
  return rule ?? { ...policy.otherwise, concerns: [key] };
}
