/** Internal pages, which no outside address opens. The code that leads a visitor through the application requests them in this process. */
import { AsyncLocalStorage } from 'node:async_hooks';

export type JourneyRequest = {
  /** As its reader chose it. */
  readonly language: string;
  /** What areas took in of the files in this form (public-uploads.ts). A request from outside cannot set it. */
  readonly brought?: readonly unknown[];
  /** What the form said, as it was read from outside: it is not written down and read once more. */
  readonly body?: object;
};

const journeyRequests = new AsyncLocalStorage<JourneyRequest>();

/** The visit of the current request; undefined for a request from outside. */
export const findJourneyRequest = (): JourneyRequest | undefined => journeyRequests.getStore();

export const runInternally = <Answer>(visit: JourneyRequest, ask: () => Answer): Answer =>
  journeyRequests.run(visit, ask);

/** Where the token of a journey’s next step goes into a page: a mark that no template and no reader writes. */
export const stepMark = '\uE000step\uE000';

/** For a route that is internal only. */
export const internalOnly = <Options extends { readonly config: object }>(options: Options): Options => ({
  ...options,
  config: { ...options.config, indoors: true },
});
