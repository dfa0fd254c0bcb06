/** Finds the one town of the sentence before, for "there" and "from the town". */
import { placeHere, type Setting } from './where.ts';

/** "On the site officers spoke to …": where the sentence before was. */
export const onTheSpot =
  /^(?:(?:On|At|In|Inside) the (?:same )?(?:site|premises|address|scene|property|house|shop|farm|factory|salon|car wash|nail bar)|There),? (?=[a-z]|Gardaí)(?!(?:were|was|is|are|have|has|had)\b)/;

export function onlyTownOf(sentence: string, setting: Setting): string | null {
  const towns = [...sentence.matchAll(/(?<= )(?=(?:in|at) [A-Z])/g)].flatMap(({ index }) => {
    const town = placeHere(sentence, index, setting)?.where.town;
    return town ? [town] : [];
  });
  const [only] = new Set(towns);
  return new Set(towns).size === 1 ? (only ?? null) : null;
}

const fromTown = /\bfrom the (?:same )?(?:town|city|village)(?= (?:was|were|has|have|is|on|who|and|in)\b|[,.])/g;

/** "a 36-year-old man from the town": the one town of the sentence before. */
export function withTownOfBefore(text: string, before: string, setting: Setting): string {
  if (text.search(fromTown) < 0) return text;
  const town = onlyTownOf(before, setting);
  return town ? text.replace(fromTown, `from ${town}`) : text;
}

/** "one in Denby and the other in Marl": one in each. */
export const withOtherAsOne = (text: string): string =>
  text.replace(/\b(one (?:in|at) [A-Z][^,.;]{2,30}?,? and )the other (?=(?:in|at) [A-Z])/, '$1one ');
