/** Why a new password is too easy to guess: a very common one, a keyboard pattern, or made of known facts about its owner. Pure. */

export type Weakness = 'short' | 'common' | 'pattern' | 'own name';

/** A password must be long; its composition is up to its owner (NCSC: no composition rules). */
export const shortestPassword = 12;

/** What people put first on every list of leaked passwords, without the figures and marks that they add to reach a length. */
const common = new Set(
  `password passwort passw0rd motdepasse contrasena qwerty qwertyuiop qwertz azerty asdfgh asdfghjkl zxcvbn zxcvbnm
   abc abcd abcdef abcdefgh letmein welcome welcomeback iloveyou loveyou sunshine princess football baseball monkey dragon
   shadow master superman batman charlie michael jessica ashley jordan hunter thomas daniel george harley ranger buster
   soccer hockey killer pepper ginger summer winter autumn spring monday friday january february march april september
   october november december liverpool arsenal chelsea everton celtic rangers england london manchester starwars
   computer internet whatever trustno nothing secret secrets changeme changethis change default admin administrator root
   guest user username login signin test testing tester temp temporary newpassword mypassword mypass password password
   passwordpassword letmeinletmein qwertyqwerty abcabc correcthorsebatterystaple police constable sergeant officer
   safelight safeguarding trafficking slavery partnership`.split(/\s+/),
);

const rows = ['1234567890', '0987654321', 'qwertyuiop', 'poiuytrewq', 'asdfghjkl', 'lkjhgfdsa', 'zxcvbnm', 'mnbvcxz'];
const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const runs = [...rows, alphabet, [...alphabet].reverse().join('')].map((row) => row.repeat(3));

const figures: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const letters = (text: string): string => text.replace(/[^a-z]/g, '');
const unmasked = (text: string): string => [...text].map((character) => figures[character] ?? character).join('');

const isPattern = (text: string): boolean =>
  /^(.{1,4})\1+.{0,3}$/su.test(text) || runs.some((run) => run.includes(text)) || new Set(text).size <= 4;

/** Undefined where the password is acceptable. */
export function weaknessOf(
  password: string,
  { name, email, agencyName = '' }: { readonly name: string; readonly email: string; readonly agencyName?: string },
): Weakness | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  if ([...text].length < shortestPassword) return 'short';
  const bare = text.replace(/[\s\-_.]/g, '');
  if (isPattern(bare)) return 'pattern';
  // Digits and marks at either end add little; in the middle they replace letters.
  const core = bare.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (core === '' || [letters(core), letters(unmasked(core)), letters(unmasked(bare))].some((word) => common.has(word)))
    return 'common';
  const known = `${name} ${email.replace('@', ' ')} ${agencyName}`
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => [...part].length >= 4);
  // A name among other words is a passphrase; a name followed by a year is easy to guess.
  const rest = known.reduce((left, part) => left.replaceAll(part, ''), text).replace(/[^\p{L}]/gu, '');
  if (known.some((part) => text.includes(part)) && rest.length < 8) return 'own name';
  return undefined;
}
