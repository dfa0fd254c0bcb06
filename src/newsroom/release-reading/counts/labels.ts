/** Puts the number of a label before its words: "Victims identified: 9", "the number of arrests was 9". */
import { currentNumber } from './numbers.ts';

const label =
  /^(?<label>(?:[A-Z][A-Za-z-]*)(?: [A-Za-z-]+){0,5}) ?[:-] ?(?<number>(?:(?:about|around|over|more than|at least|almost|nearly) )?[\d,]{1,9})\.?$/;

const qualified = `(?:(?:about|around|over|more than|at least|almost|nearly|some) )?${currentNumber}`;
const came = '(?:was|is|were|came to|comes to|stood at|stands at|reached|totalled|amounted to|numbered|rose to)';
const numberOfWas = new RegExp(
  `(?:\\b[Tt]he (?:total |overall |final |full )?(?:number|total|tally|count) of (?<label>[a-z][a-z' -]{3,60}?)|^(?:In (?:all|total), )?(?<label2>[Aa]rrests|[Rr]eferrals(?: to the NRM)?|[Ww]arrants|[Vv]isits))` +
    `(?<where> (?:in|across) [A-Z][^,;.]{2,30}?)?(?: made)? (?:now |so far |eventually |then |has )*${came} (?:now )?(?<number>${qualified})(?=[.,;]|$| (?:in|across|on|by|after|during|over) )`,
);

/** "Potential victims identified: 9" and "the number of victims identified was 9" are read as "9 victims identified". */
export function withLabelLast(text: string): string {
  const said = numberOfWas.exec(text);
  if (said) {
    const { label: long, label2: short = '', where = '', number } = said.groups ?? {};
    const of = long ?? short.charAt(0).toLowerCase() + short.slice(1);
    // "potential victims identified in Denby" as "12 potential victims identified in Denby".
    return text.replace(said[0], () => `${number} ${of}${where}`);
  }
  const groups = label.exec(text)?.groups;
  const words = groups?.['label'] ?? '';
  if (!groups || /\b(?:call|phone|tel|text|report|age|number|line|page|date)\b/i.test(words)) return text;
  return `${groups['number']} ${words.startsWith('NRM') ? words : words.charAt(0).toLowerCase() + words.slice(1)}`;
}
