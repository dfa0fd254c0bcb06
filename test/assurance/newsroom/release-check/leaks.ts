/** Leaks of other kinds than names, put into prose: what each would tell, and the sentence that tells it. It shares no word and no code with the check. */

type Random = () => number;
const pick = <One>(all: readonly One[], random: Random): One => all[Math.floor(random() * all.length)] as One;

/** `harms`: under which of these it may be found. */
export type Leak = { readonly what: string; readonly sentence: string; readonly harms: readonly string[] };

/** The return that the releases rest on: one address there, and no warrant. */
export const onlyTown = 'Hemel Hempstead';
const towns = [onlyTown, 'Watford', 'Bishop’s Stortford'];
const whoms = ['woman', 'man', 'mother', 'teenager', 'girl', 'young man', 'young woman'];
const peoples = ['women', 'men', 'people', 'workers', 'victims'];
const origins = [
  ...['Moldovan', 'Ghanaian', 'Nepalese', 'Uzbek', 'Honduran', 'Slovenian', 'Laotian', 'Senegalese', 'Peruvian'],
  ...['Estonian', 'Malawian', 'Cambodian', 'Ecuadorian', 'Kosovan', 'Burmese', 'Sri Lankan', 'Zambian', 'Tajik'],
];
const lands = [
  'Moldova',
  'Ghana',
  'Nepal',
  'Honduras',
  'Slovenia',
  'Laos',
  'Senegal',
  'Peru',
  'Estonia',
  'Cambodia',
  'Kosovo',
];
const numbers: Readonly<Record<number, string>> = {
  21: 'twenty-one',
  34: 'thirty-four',
  48: 'forty-eight',
  56: 'fifty-six',
};
const firsts = ['Vasile', 'Dorina', 'Tariq', 'Halyna', 'Kofi', 'Linh', 'Marek', 'Zainab', 'Petru', 'Amara'];
const lasts = [
  'Cojocaru',
  'Bagrationi',
  'Nwachukwu',
  'Zielinska',
  'Petrosyan',
  'Achterberg',
  'Lazarevic',
  'Mensah',
  'Tkachuk',
];
const outcomes = [
  'were arrested',
  'were charged',
  'were detained',
  'were bailed',
  'were deported',
  'were taken into custody',
];
const shops = [
  'massage parlour',
  'nail bar',
  'car wash',
  'beauty salon',
  'takeaway',
  'barber shop',
  'restaurant',
  'hotel',
];

const age = (random: Random): string => {
  const years = 18 + Math.floor(random() * 50);
  return random() < 0.2 ? (numbers[pick([21, 34, 48, 56], random)] ?? `${years}`) : `${years}`;
};
const name = (random: Random): string => `${pick(firsts, random)} ${pick(lasts, random)}`;

const kinds: Readonly<
  Record<string, { readonly harms: readonly string[]; readonly make: (random: Random) => string }>
> = {
  'exact age with sex and place': {
    harms: ['exact age'],
    make: (random) =>
      pick(
        [
          `A ${pick(whoms, random)} aged ${age(random)} from ${pick(towns, random)} was arrested.`,
          `Officers arrested a ${20 + Math.floor(random() * 50)}-year-old ${pick(whoms, random)} in ${pick(towns, random)}.`,
          `The ${pick(whoms, random)}, ${20 + Math.floor(random() * 50)}, of ${pick(towns, random)}, was met there.`,
          `Those arrested were ${pick(peoples, random)} from ${pick(towns, random)} aged ${age(random)} and ${age(random)}.`,
          `The ${pick(whoms, random)} from ${pick(towns, random)} is ${20 + Math.floor(random() * 50)} years old.`,
        ],
        random,
      ),
  },
  'nationality with few': {
    harms: ['nationality'],
    make: (random) =>
      pick(
        [
          `Several ${pick(origins, random)} ${pick(peoples, random)} were met in ${pick(towns, random)}.`,
          `The ${pick(peoples, random)} who were met were ${pick(origins, random)}.`,
          `Some of the ${pick(peoples, random)} came from ${pick(lands, random)}.`,
          `A ${pick(origins, random)}-born ${pick(whoms, random)} was arrested.`,
          `The ${pick(whoms, random)} was later returned to ${pick(lands, random)}.`,
        ],
        random,
      ),
  },
  'a town with one premises': {
    harms: ['one address', 'kept in', 'one person'],
    make: (random) =>
      pick(
        [
          `One address was visited in ${onlyTown}.`,
          `An address in ${onlyTown} was visited.`,
          `Officers and partners visited a business in ${onlyTown} on the second day.`,
          `In ${onlyTown}, teams visited one business.`,
          `The ${onlyTown} business was visited on the last day.`,
          `The only premises in ${onlyTown} was visited twice.`,
        ],
        random,
      ),
  },
  'a victim and an outcome of enforcement': {
    harms: ['arrest and help'],
    make: (random) =>
      pick(
        [
          `The suspects ${pick(outcomes, random)} and the potential victims were taken to safety.`,
          `People ${pick(outcomes, random)} after potential victims were found there.`,
          `Several people were safeguarded and others ${pick(outcomes, random)}.`,
          `They ${pick(outcomes, random)}, and advice was given to the others.`,
          `Survivors were helped and those who kept them ${pick(outcomes, random)}.`,
        ],
        random,
      ),
  },
  'a name before charge': {
    harms: ['name before charge'],
    make: (random) =>
      pick(
        [
          `${name(random)} was arrested at the scene.`,
          `Officers arrested ${name(random)} on the second day.`,
          `${name(random)} was questioned under caution and released under investigation.`,
          `The suspect, ${name(random)}, was bailed.`,
        ],
        random,
      ),
  },
  'lifelong anonymity': {
    harms: ['anonymity for life'],
    make: (random) =>
      pick(
        [
          `The potential victim, ${name(random)}, is safe now.`,
          `A potential victim told officers that her sister was there too.`,
          `A survivor who attended ${pick(lasts, random)} College told her story.`,
          `The potential victim worked at ${pick(lasts, random)} Foods.`,
          `The potential victim is pictured with our team.`,
          `The potential victim lived above ${pick(lasts, random)} Stores.`,
        ],
        random,
      ),
  },
  'a name that no record knows': {
    harms: ['one person', 'anonymity for life', 'name before charge'],
    make: (random) =>
      pick(
        [
          `${pick(['Mrs', 'Ms', 'Miss', 'Mr', 'Dr', 'Mr.'], random)} ${pick(lasts, random)} was offered help.`,
          `${name(random)} opened the door.`,
          `Neighbours knew ${name(random)} well.`,
          `The keeper, ${name(random)}, ran the business.`,
          `We wrote that ${name(random)} was met there.`,
        ],
        random,
      ),
  },
  'a shelter or a place by its neighbours': {
    harms: ['one address'],
    make: (random) =>
      pick(
        [
          `They were taken to a ${pick(['safe house', 'refuge', 'hotel'], random)} in ${pick(['Luton', 'Bedford', 'Slough'], random)}.`,
          `It is ${pick(['above', 'opposite', 'next to', 'behind'], random)} the ${pick(['chip shop', 'station', 'old church', 'post office'], random)}.`,
        ],
        random,
      ),
  },
  'a city or a language': {
    harms: ['nationality'],
    make: (random) =>
      pick(
        [
          `They came from ${pick(['Hanoi', 'Tirana', 'Lagos', 'Fujian', 'Bucharest'], random)}.`,
          `The interpreter spoke ${pick(['Mandarin', 'Tigrinya', 'Urdu', 'Khmer'], random)}.`,
        ],
        random,
      ),
  },
  'health or immigration status': {
    harms: ['one person'],
    make: (random) =>
      `One of them ${pick(['was pregnant', 'had HIV', 'asked for asylum', 'had overstayed', 'was in hospital'], random)}.`,
  },
  'an age by its place': {
    harms: ['exact age'],
    make: (random) =>
      pick(
        [
          `${pick(['She', 'He', 'The youngest'], random)} was ${age(random)}.`,
          `They were ${age(random)} and ${age(random)}.`,
          `People aged ${age(random)} and ${age(random)} were met.`,
          `A ${pick(whoms, random)} of ${age(random)} was met.`,
        ],
        random,
      ),
  },
  'freed in our voice': {
    harms: ['wording'],
    make: (random) => `Several ${pick(peoples, random)} were ${pick(['freed', 'freed from their captors'], random)}.`,
  },
  'active proceedings': {
    harms: ['active proceedings'],
    make: (random) =>
      pick(
        [
          `One of those arrested admitted running it.`,
          `Those arrested are known to police.`,
          `Those arrested have previous convictions.`,
          `The ${pick(['vile', 'evil', 'wicked'], random)} people who did this were arrested.`,
          `They will face ${pick(['prison', 'jail'], random)}.`,
          `Those arrested appeared before ${pick(towns, random)} magistrates.`,
          `The ${pick(['traffickers', 'criminals', 'offenders', 'ringleaders'], random)} were arrested.`,
        ],
        random,
      ),
  },
  'a withheld kind of business': {
    harms: ['one address'],
    make: (random) => `Officers visited a ${pick(shops, random)} in ${pick(towns, random)}.`,
  },
  'a number without a figure': {
    harms: ['no figure', 'kept in'],
    make: (random) => {
      const many = 40 + Math.floor(random() * 50);
      return pick(
        [
          `${many} people were arrested.`,
          `Teams went to ${many} addresses.`,
          `Officers spoke to ${many} workers.`,
          `Some ${many} % of those met asked for help.`,
        ],
        random,
      );
    },
  },
  '“rescued” in our voice': {
    harms: ['wording'],
    make: (random) =>
      `Several ${pick(peoples, random)} were ${pick(['rescued', 'rescued from exploitation'], random)}.`,
  },
  'a contact that does not hold': {
    harms: ['contact'],
    make: (random) =>
      `Call 0${pick(['1632', '1793', '20 7946'], random)} ${960_000 + Math.floor(random() * 999)} at any time.`,
  },
  'a weekday that is not that date’s': {
    harms: ['not so'],
    make: (random) => {
      // 14 September 2026 is a Monday.
      const day = Math.floor(random() * 5);
      const wrong = pick(['Saturday', 'Sunday'], random);
      return `The work began on ${wrong} ${14 + day} September 2026.`;
    },
  },
  'warrants where none was executed': {
    harms: ['not so'],
    make: (random) =>
      pick(
        [
          `Warrants were executed in ${pick(towns, random)}.`,
          `Officers raided addresses in ${pick(towns, random)}.`,
          `A warrant was served on the first day.`,
        ],
        random,
      ),
  },
  'a street or a postcode': {
    harms: ['one address'],
    make: (random) =>
      pick(
        [
          `Officers went to ${pick(lasts, random)} ${pick(['Road', 'Street', 'Lane', 'Avenue'], random)}.`,
          `It happened near WD${10 + Math.floor(random() * 9)} ${1 + Math.floor(random() * 9)}AB.`,
        ],
        random,
      ),
  },
};

export const leakKinds = Object.keys(kinds);

export function inventLeak(what: string, random: Random): Leak {
  const kind = kinds[what];
  if (!kind) throw new RangeError(`no leak called ${what}`);
  return { what, sentence: kind.make(random), harms: kind.harms };
}
