/** What readers without the records see of a return: no cell that says sex, exact age and home of one person. Pure. Source: the disclosure rule of this project (design 3.3). */
import type { Breakdown, Figures, Indicator } from '../../vocabulary/figures.ts';

/** Breakdowns whose cells describe a person. */
export const personBreakdowns: readonly Breakdown[] = ['bySexAgeResidence'];

/** The same return without those breakdowns. What was signed stays as it is in the database. */
export function withoutSinglePeople<Held extends { readonly figures: Figures }>(held: Held): Held {
  const figures = Object.fromEntries(
    Object.entries(held.figures).map(([indicator, figure]) => [
      indicator,
      figure && {
        ...figure,
        breakdowns: Object.fromEntries(
          Object.entries(figure.breakdowns).filter(([breakdown]) => !personBreakdowns.includes(breakdown as Breakdown)),
        ),
      },
    ]),
  ) as Figures;
  return { ...held, figures };
}

/** The keys that were left out, for a file that says so. */
export const listLeftOut = ({ figures }: { readonly figures: Figures }): string[] =>
  (Object.keys(figures) as Indicator[]).flatMap((indicator) =>
    personBreakdowns.filter((one) => figures[indicator]?.breakdowns[one]).map((one) => `${indicator}.${one}`),
  );
