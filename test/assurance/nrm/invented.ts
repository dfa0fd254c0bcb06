/** People, numbers and places that do not exist, in many fashions: what is planted. */

import type { Dice } from '../../harness/dice.ts';
import { listed } from '../../harness/listed.ts';

const starts = listed(`Ba, Ve, Zhi, Ko, Tha, Mu, Dri, Fa, Ny, Je, Ro, Sa, Lu, Gje, Pi, Wa, Ya, Hu, Ché, Şe, Đa, Łu`);
const middles = ['ra', 'shi', 'ndo', 'li', 'me', 'zo', 'tu', 'kë', 'vé', 'nga', 'ri', 'bo', 'ssi', 'ña', 'dje'];
const ends = ['na', 'ka', 'rim', 'vic', 'deh', 'lou', 'mir', 'nh', 'ska', 'to', 'wu', 'ela', 'osz', 'ğlu', 'ieva'];
const usual = listed(`
  Adaeze, Bukola, Ketevan, Mykola, Hien, Zsuzsanna, Ylli, Lorik, Tigist, Yohana, Ilir, Sunita, Parveen, Anxhela,
  Csilla, Dorina, Efosa, Folasade, Gintare, Huyen, Ifeoma, Jelena, Kudzai, Linh Dan, Mihaita, Nasrin, Oksanka, Phuc,
  Qiaoling, Rozafa, Senait, Tsering, Uchenna, Vesna, Wambui, Xiaoyu, Yevhen, Zlatka, Bernadeta, Cosmin, Hope, Joy,
  Blessing`);
const elsewhere = listed(`فاطمة, سمير, ሳባ, ተስፋይ, Оксана, Любомир, 小玲, 阮氏, Ελένη, ნინო, สมชาย, राधा`);

const made = ({ pick, chance }: Dice): string => `${pick(starts)}${chance(0.5) ? pick(middles) : ''}${pick(ends)}`;
export const givenName = (roll: Dice): string => (roll.chance(0.5) ? roll.pick(usual) : made(roll));
export const familyName = (roll: Dice): string => (roll.chance(0.15) ? `${made(roll)}-${made(roll)}` : made(roll));
export const nameElsewhere = ({ pick }: Dice): string => pick(elsewhere);

const digits = ({ upTo }: Dice, count: number): string => Array.from({ length: count }, () => upTo(0, 9)).join('');
const letters = ({ pick }: Dice, count: number): string =>
  Array.from({ length: count }, () => pick([...'ABCEGHJKLMNPRSTVWXYZ'])).join('');

/** Numbers of the ranges kept for plays and films. */
export const mobile = (roll: Dice): string => `07700900${digits(roll, 3)}`;

/** One number as people break it up. */
export function written(number: string, { pick }: Dice): string {
  const [head, middle, tail] = [number.slice(0, 5), number.slice(5, 8), number.slice(8)];
  const figures = ['nought', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  return pick([
    number,
    `${head} ${middle} ${tail}`,
    `${head}-${middle}${tail}`,
    `+44 ${number.slice(1, 5)} ${middle} ${tail}`,
    `(${head}) ${middle}${tail}`,
    `${number.slice(0, 4)}.${number.slice(4, 7)}.${number.slice(7)}`,
    [...number].join(' '),
    [...number].map((one) => figures[Number(one)]).join(' '),
    number.replaceAll('0', 'O'),
    [...number].map((one) => String.fromCodePoint(0xff10 + Number(one))).join(''),
    [...number].map((one) => String.fromCodePoint(0x6f0 + Number(one))).join(''),
    `00 44 ${number.slice(1)}`,
  ]);
}

export const passport = (roll: Dice): string =>
  roll.pick([digits(roll, 9), `${letters(roll, 2)}${digits(roll, 7)}`, `${letters(roll, 1)} ${digits(roll, 8)}`]);
export const insurance = (roll: Dice): string => {
  const [a, b] = [letters(roll, 2), digits(roll, 6)];
  return roll.pick([`${a}${b}C`, `${a} ${b.slice(0, 2)} ${b.slice(2, 4)} ${b.slice(4)} B`]);
};
export const health = (roll: Dice): string => `${digits(roll, 3)} ${digits(roll, 3)} ${digits(roll, 4)}`;
export const homeOffice = (roll: Dice): string =>
  roll.pick([
    `${letters(roll, 1)}${digits(roll, 7)}`,
    `${digits(roll, 4)}-${digits(roll, 4)}-${digits(roll, 4)}-${digits(roll, 4)}`,
    `GWF0${digits(roll, 8)}`,
  ]);
export const plate = (roll: Dice): string => {
  const [front, back] = [`${letters(roll, 2)}${roll.upTo(10, 75)}`, letters(roll, 3)];
  return roll.pick([`${front} ${back}`, `${front}${back}`, `${front} ${back}`.toLowerCase()]);
};
export const postcode = (roll: Dice): string => {
  const code = `${letters(roll, roll.upTo(1, 2))}${roll.upTo(1, 28)} ${roll.upTo(1, 9)}${letters(roll, 2)}`;
  return roll.pick([code, code.replace(' ', ''), code.toLowerCase()]);
};

const streetNames = listed(`
  Quarrydene, Ashwell, Millbeck, Saltmarsh, Orchid, Bishopsgarth, Hawkshead, Old Tannery, Kiln, Victoria, Albert,
  Castle`);
const streetKinds = ['Road', 'Street', 'Avenue', 'Lane', 'Close', 'Crescent', 'Terrace', 'Drive'];
export const street = ({ pick }: Dice): string => `${pick(streetNames)} ${pick(streetKinds)}`;
export const town = ({ pick }: Dice): string =>
  pick(
    listed(`
    Thornleigh, Market Brindle, Ottermouth, Kingsfold, Wetherbridge, Saxby, Penmorva, Dunvale, Ellerby, Harrowmere,
    Nether Cobley`),
  );
export const firm = ({ pick }: Dice): string =>
  pick(
    listed(`
    Lucky Star Nails, Golden Wok, Speedy Hand Car Wash, Villa Romantica, Brightside Care, Greenfields Produce,
    Paradise Massage, Crown Hotel, The Blue Anchor`),
  );

export const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
const monthNames = listed(
  `January, February, March, April, May, June, July, August, September, October, November, December`,
);
export const someDay = (roll: Dice, from: number, to: number): string => {
  const [day, month, year] = [roll.upTo(1, 28), roll.upTo(1, 12), roll.upTo(from, to)];
  const name = roll.pick(monthNames);
  const two = (number: number): string => String(number).padStart(2, '0');
  return roll.pick([
    `${day} ${name} ${year}`,
    `${two(day)}/${two(month)}/${year}`,
    `${two(day)}.${two(month)}.${year % 100 < 10 ? year : String(year).slice(2)}`,
    `${year}-${two(month)}-${two(day)}`,
    `${name} ${day}, ${year}`,
    `${day}th of ${name}`,
  ]);
};
