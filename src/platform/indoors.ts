/** What stands indoors: pages that no address outside opens. Whoever leads a visitor through the house asks for them in this process. */
import { AsyncLocalStorage } from 'node:async_hooks';

export type Visit = {
  /** As its reader chose it. */
  readonly language: string;
  /** What rooms took in of files that this form brought (uploads.ts): from outside nothing can be put here. */
  readonly brought?: readonly unknown[];
  /** What the form said, as it was read from outside: it is not written down and read once more. */
  readonly body?: object;
};

const visits = new AsyncLocalStorage<Visit>();

/** The visit that asks; undefined for whoever comes by an address. */
export const visitNow = (): Visit | undefined => visits.getStore();

export const askIndoors = <Answer>(visit: Visit, ask: () => Answer): Answer => visits.run(visit, ask);

/** Where the token of a journey’s next step goes into a page: a mark that no template and no reader writes. */
export const stepMark = '\uE000step\uE000';

/** For a route that is answered indoors alone. */
export const indoors = <Options extends { readonly config: object }>(options: Options): Options => ({
  ...options,
  config: { ...options.config, indoors: true },
});
