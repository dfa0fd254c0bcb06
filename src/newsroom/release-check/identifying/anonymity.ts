/** Words that could lead to somebody who must stay anonymous for life, by the law of a jurisdiction on a day. The file of the packs is read once. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isDay, longDay } from '../../../vocabulary/calendar/days.ts';
import { type Jurisdiction, jurisdictions } from '../../../vocabulary/jurisdictions.ts';
import { parseYaml } from '../../../vocabulary/read-yaml.ts';
import type { WatchedWord } from '../watched-words.ts';
import { namesOfPeople } from './names-of-people.ts';

const kept = ['name', 'address', 'school', 'workplace', 'picture', 'family'] as const;

const Day = z.string().refine(isDay, 'A day is written like 2026-01-01');
const Pack = z.strictObject({
  jurisdiction: z.enum(jurisdictions),
  from: Day,
  to: Day.nullable(),
  whom: z.string().min(1),
  lasts: z.string().min(1),
  evenIf: z.string().min(1),
  keeps: z.array(z.enum(kept)).min(1),
  why: z.string().min(1),
  law: z.string().min(1),
  source: z.url(),
  dateChecked: Day,
  /** The law that was not read. A finding says so. */
  notRead: z.string().min(1).nullable(),
  /** What was not read in a source, in full. */
  check: z.string().min(1),
});
export type AnonymityPack = Readonly<z.infer<typeof Pack>>;

let loaded: readonly AnonymityPack[] | undefined;
export function anonymityPacks(): readonly AnonymityPack[] {
  loaded ??= z.array(Pack).parse(parseYaml(readFileSync(new URL('./anonymity-packs.yaml', import.meta.url), 'utf8')));
  return loaded;
}

/** The pack in force. Before the first of its jurisdiction that first one applies, so that no day is without a rule. */
export function anonymityOn(jurisdiction: Jurisdiction, day: string): AnonymityPack {
  const packs = anonymityPacks().filter((pack) => pack.jurisdiction === jurisdiction);
  const found = packs.find(({ from, to }) => from <= day && (to === null || day <= to)) ?? packs[0];
  if (!found) throw new RangeError(`There is no pack for ${jurisdiction}.`);
  return found;
}

type Sentence = { readonly start: number; readonly text: string };

/** Said of somebody who may be a victim, or of what was done to them. */
const mayBeVictim =
  /\b(?:victims?|survivors?|trafficked|exploited|enslaved|sexually|raped?|groomed|forced (?:to|into)|rescued|safeguarded|complainants?|potential victim|referred to the National Referral Mechanism)\b/i;

const details: Readonly<Record<(typeof kept)[number], readonly RegExp[]>> = {
  name: [],
  address: [
    /\b(?:lives?|lived|living|stays|stayed) (?:at|in|on|above|behind|near|opposite|next to) (?:the |an? )?\p{Lu}[\p{L}’'-]+/gu,
  ],
  school: [
    /\b(?:pupil|student|studies|studied|studying|enrolled|educated|attends?|attended|teacher|taught) (?:at|of|from) (?:the |an? )?(?:\p{Lu}[\p{L}’'-]+|(?:local |nearby )?(?:school|college|university|nursery))/gu,
    /\b\p{Lu}[\p{L}’'-]+ (?:Primary|Secondary|High|Grammar|Community|Infant|Junior|Catholic)? ?(?:School|College|Academy|University|Nursery)\b/gu,
  ],
  workplace: [
    /\b(?:works?|worked|working|employed|employee|waitress|waiter|cleaner|cook|therapist|masseuse) (?:at|for|in|of) (?:the |an? )?\p{Lu}[\p{L}’'-]+/gu,
  ],
  picture: [
    /\b(?:pictured|photographed|shown here|seen here|in (?:the|this) (?:picture|photo|photograph|image|video|footage)|(?:picture|photo|photograph|image|video|footage) (?:shows?|of)|her face|his face|their faces?)\b/gi,
  ],
  family: [
    /\b(?:daughter|son|wife|husband|partner|mother|father|sister|brother|niece|nephew|cousin|girlfriend|boyfriend) of\b|\b(?:her|his|their|victim’s|victim's|woman’s|woman's|survivor’s) (?:own )?(?:daughter|son|wife|husband|mother|father|sister|brother|niece|nephew|cousin|uncle|aunt|girlfriend|boyfriend|twins?|baby)\b/gi,
  ],
};

/** `names` are spans of the sentence that organisations, places and the plan bear. */
export function findNamedForLife(
  { start, text }: Sentence,
  pack: AnonymityPack,
  isName: (at: number) => boolean,
): WatchedWord[] {
  if (!mayBeVictim.test(text)) return [];
  const found = pack.keeps.flatMap((detail) =>
    detail === 'name'
      ? namesOfPeople(text)
      : details[detail].flatMap((pattern) =>
          [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length })),
        ),
  );
  return found
    .filter((one) => !isName(start + one.start))
    .map((one) => ({
      start: start + one.start,
      end: start + one.end,
      kind: 'identifying',
      harm: 'anonymity for life',
      must: 'change',
      message: messageOf(pack),
    }));
}

/** Why, by which law and since when; and which law nobody has read for it. */
const messageOf = ({ why, law, from, dateChecked, notRead }: AnonymityPack): string =>
  `${why} (${law}, from ${longDay(from)}; checked on ${longDay(dateChecked)}${notRead ? `. Not read: ${notRead}` : ''}). Take it out.`;
