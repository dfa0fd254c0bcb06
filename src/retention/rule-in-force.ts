/** Which of an agency's dated rules holds on a day: for records of people and for reports alike. Pure. */

type Dated = { readonly validFrom: string };

/** The last by its key; on a tie, the later in the list. */
export const newest = <Fact>(facts: readonly Fact[], keyOf: (fact: Fact) => string): Fact | undefined =>
  facts.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0)).at(-1);

/** The rule that began last of those in force. Of two valid from one day, the one recorded last: `recordedOf` gives a text that sorts by when. */
export const ruleInForce = <Rule extends Dated>(
  rules: readonly Rule[],
  today: string,
  recordedOf: (rule: Rule) => string,
): Rule | undefined =>
  newest(
    rules.filter(({ validFrom }) => validFrom <= today),
    (rule) => `${rule.validFrom} ${recordedOf(rule)}`,
  );
