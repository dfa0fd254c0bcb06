/** Why a new password is too easy to guess: a very common one, a keyboard pattern, or made of known facts about its owner. Pure. */

export type Weakness = 'short' | 'common' | 'pattern' | 'own name';

/** A password must be long; its composition is up to its owner (NCSC: no composition rules). */
export const minPasswordLength = 12;

/** What people put first on every list of leaked passwords, without the figures and marks that they add to reach a length. */
const commonPasswords = new Set(
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

const keyboardRows = [
  '1234567890',
  '0987654321',
  'qwertyuiop',
  'poiuytrewq',
  'asdfghjkl',
  'lkjhgfdsa',
  'zxcvbnm',
  'mnbvcxz',
];
const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const keySequences = [...keyboardRows, alphabet, [...alphabet].reverse().join('')].map((row) => row.repeat(3));

const leetSubstitutions: Readonly<Record<string, string>> = {
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
const keepLetters = (text: string): string => text.replace(/[^a-z]/g, '');
const undoLeetSubstitutions = (text: string): string =>
  [...text].map((character) => leetSubstitutions[character] ?? character).join('');

const isPattern = (text: string): boolean =>
  /^(.{1,4})\1+.{0,3}$/su.test(text) || keySequences.some((run) => run.includes(text)) || new Set(text).size <= 4;

/** Undefined where the password is acceptable. */
export function findWeakness(
  password: string,
  { name, email, agencyName = '' }: { readonly name: string; readonly email: string; readonly agencyName?: string },
): Weakness | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  if ([...text].length < minPasswordLength) return 'short';
  const withoutSeparators = text.replace(/[\s\-_.]/g, '');
  if (isPattern(withoutSeparators)) return 'pattern';
  // Digits and marks at either end add little; in the middle they replace letters.
  const core = withoutSeparators.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (
    core === '' ||
    [
      keepLetters(core),
      keepLetters(undoLeetSubstitutions(core)),
      keepLetters(undoLeetSubstitutions(withoutSeparators)),
    ].some((word) => commonPasswords.has(word))
  )
    return 'common';
  const ownerWords = `${name} ${email.replace('@', ' ')} ${agencyName}`
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => [...part].length >= 4);
  // A name among other words is a passphrase; a name followed by a year is easy to guess.
  const rest = ownerWords.reduce((left, part) => left.replaceAll(part, ''), text).replace(/[^\p{L}]/gu, '');
  if (ownerWords.some((part) => text.includes(part)) && rest.length < 8) return 'own name';
  return undefined;
}
