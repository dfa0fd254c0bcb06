/** How releases say who was arrested, with the truth that each sentence tells. */
import type { ClaimContent, Sex } from '../../../../src/newsroom/release-reading/parsed-release.ts';
import { matters } from './invented.ts';
import { count, type Line, type Listed, line, listed, orNull, type Scene, upper } from './phrases.ts';

const arrested = (
  value: number,
  sex: Sex | null = null,
  town: string | null = null,
  addresses: number | null = null,
  matter: string | null = null,
): ClaimContent => ({ kind: 'arrests', count: count(value), sex, town: orNull(town), addresses, matter });

type Row = { readonly says: string; readonly told: readonly ClaimContent[]; readonly size: number };

/** One group of people in a row: "two women aged 27 and 31 from Thornley". */
function group(
  { dice: { pick, upTo, chance }, say }: Scene,
  home: string | null,
  matter: string | null,
  own: boolean,
): Row {
  const sex = pick(['female', 'male'] as const);
  const [one, many] = sex === 'female' ? ['woman', 'women'] : ['man', 'men'];
  const size = pick([1, 1, 2, 3]);
  const ages = Array.from({ length: size }, () => upTo(18, 67));
  const from = own && home ? `${pick([' from ', ' of '])}${home}` : '';
  const person = (age: number | null, ageRange?: readonly [number, number]): ClaimContent => ({
    kind: 'person arrested',
    sex,
    age,
    ...(ageRange ? { ageRange } : {}),
    home: orNull(home),
    matter,
  });
  const group = arrested(size, sex, null, null, matter);
  if (size === 1) {
    const [age] = ages;
    const says = pick([
      `a ${age}-year-old ${one}${from}`,
      `a ${one}${from} aged ${age}`,
      `a ${age} year old ${one}${from}`,
      `a ${one} aged ${age}${from}`,
      `a ${one}, ${age},${from}`,
    ]);
    return { says, told: [group, ...ages.map((age) => person(age))], size };
  }
  if (chance(0.12)) {
    const [says, range] = pick([
      [`${say(size)} ${many} in their 30s`, [30, 39]],
      [`${say(size)} ${many} aged between 24 and 61`, [24, 61]],
    ] as const);
    return { says: `${says}${from}`, told: [group, ...ages.map(() => person(null, range))], size };
  }
  const row = listed(ages.map(String));
  const says = pick([
    `${say(size)} ${many}${from} aged ${row}`,
    `${say(size)} ${many}, aged ${row},${from}`,
    `${say(size)} ${many}${from} aged ${row} years old`,
    `${say(size)} ${many} aged ${row}${from}`,
    `${say(size)} ${many} (aged ${row})${from}`,
  ]);
  return { says, told: [group, ...ages.map((age) => person(age))], size };
}

/** A row of groups with the town of all at its end, or a town for each. */
function peopleRow(scene: Scene, matter: string | null): Row {
  const { pick, upTo, chance } = scene.dice;
  const shared = chance(0.5);
  const home = pick(scene.towns);
  const groups = Array.from({ length: upTo(1, 3) }, () =>
    group(scene, shared ? home : chance(0.7) ? pick(scene.towns) : null, matter, !shared),
  );
  const size = groups.reduce((sum, one) => sum + one.size, 0);
  const joined = listed(groups.map(({ says }) => says)).replaceAll(',,', ',');
  const told = groups.flatMap((one) => one.told);
  if (!shared) return { says: joined, told, size };
  if (size === 1) return { says: `${joined} from ${home}`, told, size };
  const comma = joined.endsWith(',') ? '' : ',';
  return {
    says: `${joined}${comma} ${size === 2 ? 'both' : 'all'} ${pick(['of', 'from'])} ${home}${pick([',', ''])}`,
    told,
    size,
  };
}

const closed = (text: string): string => text.replace(/,$/, '');
const withMatter = (told: readonly ClaimContent[], matter: string): ClaimContent[] =>
  told.map((one) => ({ ...one, matter }) as ClaimContent);

export function arrestLines(scene: Scene): { lines: Line[]; list?: Listed } {
  const { dice, say, shape, period } = scene;
  const { pick, upTo, chance } = dice;
  const matter = pick(matters);
  if (shape === 'no arrests') {
    const says = pick([
      'No arrests were made.',
      `No arrests were made during the ${period}.`,
      'Nobody was arrested.',
      'There were no arrests.',
      'No arrests were made, but officers gathered valuable information.',
      'The visits did not lead to any arrests.',
    ]);
    return { lines: [line(says, arrested(0))] };
  }
  if (shape === 'arrests in several towns') {
    const [first = '', second = ''] = dice.some(scene.towns, 2);
    const [here, there] = [upTo(1, 6), upTo(1, 6)];
    const whole = arrested(here + there);
    const told = [arrested(here, null, first), arrested(there, null, second)];
    const numbers = [upper(say(here + there)), say(here), say(there)] as const;
    return {
      lines: [
        pick([
          line(
            `${numbers[0]} people were arrested, ${numbers[1]} in ${first} and ${numbers[2]} in ${second}.`,
            whole,
            ...told,
          ),
          line(
            `${numbers[0]} arrests were made: ${numbers[1]} in ${first} and ${numbers[2]} in ${second}.`,
            whole,
            ...told,
          ),
          line(
            `The ${period} led to ${say(here + there)} arrests, in ${first} (${numbers[1]}) and ${second} (${numbers[2]}).`,
            whole,
            ...told,
          ),
          line(
            `${upper(numbers[1])} ${here === 1 ? 'arrest was' : 'arrests were'} made in ${first} and ${numbers[2]} in ${second}.`,
            ...told,
          ),
        ]),
      ],
    };
  }
  const people = peopleRow(scene, null);
  const because = pick(['on suspicion of', 'in relation to', 'in connection with']);
  const why = `${because} ${matter}`;
  const was = people.size === 1 ? 'was' : 'were';
  const told = withMatter(people.told, matter);
  if (shape === 'people in one sentence') {
    return {
      lines: [
        pick([
          line(`${upper(people.says)} ${was} arrested ${why}.`, ...told),
          line(`Officers arrested ${closed(people.says)} ${why}.`, ...told),
          line(`The searches resulted in the arrest of ${closed(people.says)}.`, ...people.told),
          line(`At one address, ${people.says} ${was} arrested ${why}.`, ...told),
        ]),
      ],
    };
  }

  const town = pick(scene.towns);
  const total = shape === 'totals only' ? upTo(2, 9) : people.size;
  const sites = upTo(2, 4);
  const persons = total === 1 ? 'person was' : 'people were';
  const made = total === 1 ? 'arrest was' : 'arrests were';
  const several: ClaimContent = { kind: 'people', treatment: 'advised', quantity: { kind: 'words', words: 'several' } };
  const opening = pick([
    line(
      `${upper(say(total))} ${made} made at ${say(sites)} addresses in ${town} ${why}.`,
      arrested(total, null, town, sites, matter),
    ),
    line(`${upper(say(total))} ${persons} arrested ${why}.`, arrested(total, null, null, null, matter)),
    line(`${upper(say(total))} ${persons} arrested in ${town} ${why}.`, arrested(total, null, town, null, matter)),
    line(
      `This resulted in ${say(total)} ${total === 1 ? 'arrest' : 'arrests'} for ${matter}.`,
      arrested(total, null, null, null, matter),
    ),
    line(
      `Officers arrested ${say(total)} ${total === 1 ? 'person' : 'people'} at ${say(sites)} properties in ${town}.`,
      arrested(total, null, town, sites),
    ),
    line(
      `${upper(say(total))} ${made} made ${why} and safeguarding advice was given to several people.`,
      arrested(total, null, null, null, matter),
      several,
    ),
  ]);
  if (shape === 'totals only' || chance(0.3)) return { lines: [opening] };
  if (shape === 'people in a list') {
    const items = Array.from({ length: upTo(2, 4) }, () => group(scene, pick(scene.towns), null, true)).map((one) =>
      line(upper(closed(one.says)), ...one.told),
    );
    return {
      lines: [],
      list: { lead: pick(['Those arrested were:', 'Those arrested are:', 'The people arrested were:']), items },
    };
  }
  return { lines: [opening, line(`Those arrested ${pick(['were', 'are'])} ${closed(people.says)}.`, ...people.told)] };
}
