/** How the same person is typed another time: slips of the hand, other names, other spellings, other order, another script. By hand and by chance, with nothing of the search's own. */
import { type Chance, type Invented, inOrder, one, spellingsOf } from './invented.ts';

export const ways = [
  'a slip',
  'a slip in each',
  'another spelling',
  'without marks',
  'other order',
  'another name',
  'joined or divided',
  'in Cyrillic',
] as const;
export type Way = (typeof ways)[number];
export type Typed = { readonly way: Way; readonly name: string; readonly year: string };

/** `a=b c=d`, as pairs. */
const pairs = (text: string): [string, string][] => text.split(' ').map((pair) => pair.split('=') as [string, string]);

/** Which letters lie beside each on a keyboard. */
const neighbours = new Map(
  pairs(
    'a=qs b=vn c=xv d=sf e=wr f=dg g=fh h=gj i=uo j=hk k=jl l=k m=n n=bm o=ip p=o q=wa r=et s=ad t=ry u=yi v=cb w=qe x=zc y=tu z=x',
  ),
);

/** One letter swapped with the next, left out, doubled, or replaced by a neighbour on the keyboard. */
export function slip(chance: Chance, word: string): string {
  const signs = [...word];
  if (signs.length < 3) return word;
  const at = 1 + Math.floor(chance() * (signs.length - 1));
  const [sign = '', before = ''] = [signs[at], signs[at - 1]];
  const kind = Math.floor(chance() * 4);
  if (kind === 0) signs.splice(at - 1, 2, sign, before);
  else if (kind === 1) signs.splice(at, 1);
  else if (kind === 2) signs.splice(at, 0, sign);
  else signs[at] = one(chance, [...(neighbours.get(sign.toLowerCase()) ?? sign)]);
  return signs.join('');
}

const longest = (name: string): string => name.split(' ').reduce((a, b) => (b.length > a.length ? b : a), '');
const slipIn = (chance: Chance, name: string, word: string): string => name.replace(word, slip(chance, word));

const respelt = pairs('sky=skiy ov=off ch=tch sh=ch ph=f ou=u aw=au kh=h y=i w=v q=k xh=j i=y k=c z=s');
/** As somebody would write it who has only heard it. */
const heard = (name: string): string => {
  const found = respelt.find(([from]) => name.slice(1).includes(from));
  return found ? name.charAt(0) + name.slice(1).replace(found[0], found[1]) : name;
};

const plain: Readonly<Record<string, string>> = { đ: 'd', Đ: 'D' };
const unmarked = (name: string): string =>
  [...name.normalize('NFD')]
    .filter((sign) => sign < '\u0300' || sign > '\u036f')
    .map((sign) => plain[sign] ?? sign)
    .join('');

const cyrillic = pairs(
  'shch=щ sh=ш ch=ч zh=ж kh=х ts=ц ya=я yu=ю ye=е yo=ё a=а b=б v=в g=г d=д e=е z=з i=и y=ы k=к l=л m=м n=н o=о p=п r=р s=с t=т u=у f=ф h=х c=к w=в x=кс j=й q=к',
);
function inCyrillic(name: string): string {
  let [left, written] = [unmarked(name).toLowerCase(), ''];
  while (left !== '') {
    const [from, to] = cyrillic.find(([latin]) => left.startsWith(latin)) ?? [left.charAt(0), left.charAt(0)];
    written += to;
    left = left.slice(from.length);
  }
  return written;
}

function nameTyped(chance: Chance, way: Way, person: Invented): string {
  const { called, others, tongue, given, family } = person;
  switch (way) {
    case 'a slip':
      return slipIn(
        chance,
        called,
        one(
          chance,
          called.split(' ').filter((word) => word.length > 2),
        ),
      );
    case 'a slip in each':
      return called
        .split(' ')
        .map((word) => (word.length > 3 ? slip(chance, word) : word))
        .join(' ');
    case 'another spelling':
      return inOrder(
        tongue,
        one(chance, spellingsOf(tongue, given).slice(1).concat(heard(given))),
        heard(family),
      ).trim();
    case 'without marks':
      return unmarked(called).replace(/['’-]/g, '').toLowerCase();
    case 'other order':
      return slipIn(
        chance,
        family === ''
          ? called
          : inOrder(tongue === 'Vietnamese' || tongue === 'Chinese' ? 'English' : 'Chinese', given, family),
        longest(given),
      );
    case 'another name':
      return others.length > 0
        ? slipIn(chance, one(chance, others), longest(others[0] ?? ''))
        : `${called.split(' ').at(0)} ${called.split(' ').at(-1)}`;
    case 'joined or divided':
      return given.length > 6 && !given.includes(' ')
        ? called.replace(given, `${given.slice(0, 4)} ${given.slice(4)}`)
        : called.replace(given, given.replace(/[ -]/g, ''));
    case 'in Cyrillic':
      return tongue === 'Slavic' ? inCyrillic(called) : heard(called);
  }
}

/** What a member types who has met this person before. The year of birth is given as often as it is known, and sometimes wrong by one. */
export function typedAgain(chance: Chance, person: Invented): Typed {
  const way = one(chance, ways);
  const name = nameTyped(chance, way, person);
  const { yearOfBirth } = person;
  const said = chance();
  const year =
    yearOfBirth === null || said < 0.3 ? '' : String(yearOfBirth + (said < 0.45 ? (chance() < 0.5 ? 1 : -1) : 0));
  return { way, name, year };
}
