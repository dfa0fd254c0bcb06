/** Which words a writer may give for a figure of nought: they are printed instead of the number. Pure. */
import { nounsIn, plainAdjectives, type Thing } from '../release-check/nouns.ts';

const verbs = /^(?:(?:was|were|is|are|has|have|had)(?: been)?(?: made| recorded)?)?$/;

/** "No visit was", "nobody", "nobody arrested was": no number, no other noun, and no claim beside the nought. */
export function mayStandForNought(words: string, things: readonly Thing[]): boolean {
  const [, head, rest = ''] = /^(no one|nobody|nothing|none|no)\b(.*)$/.exec(words.toLowerCase()) ?? [];
  if (head === undefined || !/^[a-z ]*$/.test(rest)) return false;
  if ((head === 'nobody' || head === 'no one') && !things.includes('person')) return false;
  if (head === 'nothing' && !things.includes('seizure')) return false;
  const left = rest.split(' ').filter((word) => word !== '');
  while (plainAdjectives.has(left[0] ?? '')) left.shift();
  const [noun] = nounsIn(left[0] ?? '');
  if (head === 'no' && !noun) return false;
  if (noun && (head !== 'no' || !things.includes(noun.thing))) return false;
  if (noun) left.shift();
  while (plainAdjectives.has(left[0] ?? '')) left.shift();
  return verbs.test(left.join(' '));
}
