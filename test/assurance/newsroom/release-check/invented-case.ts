/** Invented cases and what a careless writer may print of them. It shares no word and no code with the check. */

type Random = () => number;
const pick = <One>(all: readonly One[], random: Random): One => all[Math.floor(random() * all.length)] as One;
const list = (words: string): string[] => words.trim().split(/\s*\n\s*|\s+/);

/** A name as it is recorded, and as others write it. */
type Spelt = { readonly recorded: string; readonly others: readonly string[] };
const spelt = (lines: string): Spelt[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [recorded = '', ...others] = line.trim().split(/\s*[=,]\s*/);
      return { recorded, others };
    });

const surnames = spelt(`
  Дмитренко = Dmytrenko, Dmitrenko
  Коваленко = Kovalenko, Kowalenko
  Пономаренко = Ponomarenko
  Лысенко = Lysenko, Lisenko
  Щербаков = Shcherbakov, Scherbakov
  الحداد = Al-Haddad, Haddad
  منصور = Mansour, Mansur
  إبراهيم = Ibrahim
  Καραγιάννης = Karagiannis, Karayiannis
  Δημητρίου = Dimitriou, Demetriou
  Phạm = Pham
  Đặng = Dang
  Bùi Thị Hương = Bui Thi Huong
  Wiśniewska = Wisniewska
  Dąbrowski = Dabrowski
  Łukaszewicz = Lukaszewicz
  Şahin = Sahin
  Çelik = Celik
  Yıldırım = Yildirim
  Ionescu = Jonescu
  Văcărescu = Vacarescu
  Țurcanu = Turcanu
  Stoyanova = Stoianova
  Hristov = Christov
  Berisha
  Krasniqi = Krasnici
  Hoxhaj = Hodzhaj
  Szczepański = Szczepanski
  Nováková = Novakova
  Horváth = Horvath
  Fernandes = Fernandez
  Gonçalves = Goncalves
  Okonkwo
  Adebayo
  Mbeki
  Tesfamariam = Tesfamaryam
  Gebremedhin = Gebremedhen
  Rahman = Rehman
  Chowdhury = Choudhury, Chaudhury
  Siddiqui = Siddiqi
  Khatun = Khatoon
  Phongsawat
  Srisai
  Castellanos
  Etchegaray
  Vasilenko = Wasilenko
  Baranauskas
  Kazlauskaitė = Kazlauskaite
  Bērziņš = Berzins
  Thistlewood
  Quartermain = Quatermain
  Fotheringay
  Wolstenholme = Wolstenholm
`);
const givens = spelt(`
  Олена = Olena, Elena
  Сергій = Serhii, Sergiy
  فاطمة = Fatima, Fatma
  يوسف = Youssef, Yusuf
  Ελένη = Eleni
  Thảo = Thao
  Małgorzata = Malgorzata
  Zdenka
  Ștefania = Stefania
  Gheorghe = Georghe
  Desislava
  Arta
  Bukola
  Chinwe
  Selamawit
  Nusrat
  Somchai
  Guadalupe
  Rasa
  Līga = Liga
  Cordelia
  Barnaby
  Tobias
  Yevhenia = Evgenia
`);

const trade = list('Massage Nails Therapy Spa Barbers Lashes Tanning Wash Takeaway Hotel Laundry');
const fancy = list(
  'Jade Orchidea Saffron Tamarind Meridian Lavanda Sapphire Juniper Amaryllis Velveteen Tuberose Hibiscus Marigold Zephyr Cinnabar Palermo Kyoto Andaluz Samui Borealis',
);
const syllables = list('pen tre wick hol lan brae dun ash tor mar kes ver gil cras nor hex bar tol win fen');
const ways = list('Road Street Lane Avenue Terrace Crescent Gardens Mews');
const towns = ['Watford', 'Hemel Hempstead', 'Bishop’s Stortford'];
const nicknames = list('Zizi Coco Tatá Bambi Duke Mamma Pinky Ringo Sparrow Shadow Tiggy Zorro');

export type Recorded = {
  readonly kind: 'person' | 'business' | 'address' | 'postcode' | 'town' | 'note' | 'reference';
  readonly record: string;
  readonly name: string;
};
/** Something of the case in a writer’s words. */
export type Planted = { readonly what: string; readonly words: string };
export type InventedCase = { readonly records: readonly Recorded[]; readonly plantable: readonly (() => Planted)[] };

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const place = (random: Random): string =>
  capital(Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(syllables, random)).join(''));
const digit = (random: Random): string => String(Math.floor(random() * 10));
const digits = (many: number, random: Random): string => Array.from({ length: many }, () => digit(random)).join('');
const letter = (random: Random): string => pick([...'ABCDEFGHJKLMNPRSTVWXY'], random);

/** A slip of the hand in a long word: two letters swapped, one left out, doubled or changed. */
function slip(word: string, random: Random): string {
  const at = 2 + Math.floor(random() * (word.length - 4));
  const [before, one, two, after] = [word.slice(0, at), word[at] ?? '', word[at + 1] ?? '', word.slice(at + 2)];
  return pick(
    [
      before + two + one + after,
      before + two + after,
      before + one + one + two + after,
      before + pick([...'aeiouy'], random) + two + after,
    ],
    random,
  );
}

/** Ways to write the same words that a reader does not stumble over. */
function disguise(words: string, random: Random): string {
  return pick<(text: string) => string>(
    [
      (text) => text,
      (text) => text,
      (text) => text.toUpperCase(),
      (text) => `${text}’s`,
      (text) => text.replace(' ', '-'),
      (text) => text.normalize('NFD'),
      (text) => `${text.slice(0, 3)}\u200b${text.slice(3)}`,
      (text) => text.replace('o', 'о').replace('a', 'а'),
    ],
    random,
  )(words);
}

function inventPerson(random: Random): { readonly recorded: string; readonly plant: () => Planted } {
  const [given, surname] = [pick(givens, random), pick(surnames, random)];
  const recorded = `${given.recorded} ${surname.recorded}`;
  return {
    recorded,
    plant: () => {
      const last = pick([surname.recorded, ...surname.others], random);
      const first = pick([given.recorded, ...given.others], random);
      const isTransliterated = last !== surname.recorded || first !== given.recorded;
      const latin = [surname.recorded, ...surname.others].find((one) => /^[A-Z][a-z]{6,}$/.test(one));
      if (latin && random() < 0.25) return { what: 'name with a slip', words: slip(latin, random) };
      const words = pick([`${first} ${last}`, `${last} ${first}`, `${last}, ${first}`, last], random);
      return { what: isTransliterated ? 'transliteration' : 'name', words: disguise(words, random) };
    },
  };
}

function inventBusiness(random: Random) {
  const [first, second, kind] = [pick(fancy, random), pick(fancy, random), pick(trade, random)];
  const name = first === second ? `${first} ${kind}` : `${first} ${second} ${kind}`;
  return {
    name,
    plant: (): Planted => {
      const words = pick(
        [name, `${first} ${kind}`, name.replaceAll(' ', ''), name.split(' ').slice(0, 2).join(' ')],
        random,
      );
      // One word of two and another trade is another business.
      const said = first === second ? words : words === `${first} ${kind}` ? name : words;
      return { what: 'business', words: disguise(said, random) };
    },
  };
}

function inventStreet(random: Random) {
  const [name, way] = [`${place(random)}${random() < 0.4 ? ` ${place(random)}` : ''}`, pick(ways, random)];
  const short: Record<string, string> = { Road: 'Rd', Street: 'St', Lane: 'Ln', Avenue: 'Ave' };
  return {
    address: `${1 + Math.floor(random() * 200)} ${name} ${way}`,
    plant: (): Planted => ({
      what: 'street',
      words: disguise(
        pick([`${name} ${way}`, `${name} ${short[way] ?? way}`, `${name} ${way}`.toLowerCase()], random),
        random,
      ),
    }),
  };
}

function inventPhone(random: Random) {
  const rest = digits(9, random);
  const groups = (...sizes: number[]): string =>
    sizes
      .map((size, at) => {
        const from = sizes.slice(0, at).reduce((sum, one) => sum + one, 0);
        return rest.slice(from, from + size);
      })
      .join(' ');
  const forms = [
    `07${rest}`,
    `07${groups(3, 6)}`,
    `+44 7${groups(3, 3, 3)}`,
    `+447${rest}`,
    `07${groups(3, 3, 3)}`.replaceAll(' ', '-'),
    `(07${rest.slice(0, 3)}) ${rest.slice(3)}`,
    `0044 7${rest}`,
    `07${groups(3, 3, 3)}`.replaceAll(' ', '.'),
  ];
  return { recorded: pick(forms, random), plant: (): Planted => ({ what: 'telephone', words: pick(forms, random) }) };
}

function inventPlate(random: Random) {
  const [a, b, c] = [
    letter(random) + letter(random),
    digits(2, random),
    letter(random) + letter(random) + letter(random),
  ];
  const forms = [`${a}${b} ${c}`, `${a}${b}${c}`, `${a}${b}-${c}`, `${a}${b} ${c}`.toLowerCase(), `${a} ${b} ${c}`];
  return { recorded: `${a}${b} ${c}`, plant: (): Planted => ({ what: 'plate', words: pick(forms, random) }) };
}

const things = list(
  'suitcase mattress curtain ledger freezer ashtray shutter doorbell padlock wardrobe kettle scooter',
);
const colours = list('turquoise crimson violet beige maroon scarlet indigo tartan');
const doings = ['hidden underneath', 'chained beside', 'painted over', 'wedged against', 'stacked behind'];

function inventPhrase(random: Random) {
  const phrase = `a ${pick(colours, random)} ${pick(things, random)} ${pick(doings, random)} the ${pick(colours, random)} ${pick(things, random)}`;
  return { phrase, plant: (): Planted => ({ what: 'rare phrase', words: pick([phrase, capital(phrase)], random) }) };
}

/** Records of one operation, as its planners and teams write them. */
export function inventCase(random: Random): InventedCase {
  const several = <One>(make: (random: Random) => One, least: number): One[] =>
    Array.from({ length: least + Math.floor(random() * 4) }, () => make(random));
  const [people, businesses, streets] = [
    several(inventPerson, 4),
    several(inventBusiness, 3),
    several(inventStreet, 3),
  ];
  const [phones, plates, phrases] = [several(inventPhone, 1), several(inventPlate, 1), several(inventPhrase, 1)];
  const aliases = [...new Set(several((chance) => pick(nicknames, chance), 1))];
  const reference = `${letter(random)}${letter(random)}/${digits(2, random)}/${digits(4, random)}`;
  const record = (kind: Recorded['kind'], name: string): Recorded => ({ kind, name, record: name });
  const note = (words: string): Recorded => record('note', words);
  const records = [
    ...people.map(({ recorded }) => record('person', recorded)),
    ...businesses.map(({ name }) => record('business', name)),
    ...streets.map(({ address }) => record('address', address)),
    ...towns.map((name) => record('town', name)),
    ...phones.map(({ recorded }) => note(`The number on the card in the window is ${recorded}.`)),
    ...plates.map(({ recorded }) => note(`Workers were driven away in a van, ${recorded}, each evening.`)),
    ...phrases.map(({ phrase }) => note(`In the back room there was ${phrase}.`)),
    ...aliases.map((alias) =>
      note(pick([`The manager is known as ${alias}.`, `They call the driver “${alias}”.`], random)),
    ),
    record('reference', reference),
  ];
  const plantable = [
    ...people.map(({ plant }) => plant),
    ...people.map(({ plant }) => plant),
    ...businesses.map(({ plant }) => plant),
    ...streets.map(({ plant }) => plant),
    ...phones.map(({ plant }) => plant),
    ...plates.map(({ plant }) => plant),
    ...phrases.map(({ plant }) => plant),
    ...aliases.map(
      (alias) => (): Planted => ({ what: 'alias', words: pick([alias, `“${alias}”`, `${alias}’s`], random) }),
    ),
    (): Planted => ({
      what: 'reference',
      words: pick([reference, reference.replaceAll('/', ' '), reference.replaceAll('/', '-')], random),
    }),
  ];
  return { records, plantable };
}
