/** Internal pages, which no outside address opens. The code that leads a visitor through the application requests them in this process. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { languageParameter } from './reader-language.ts';

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

/** Said by an internal answer where the draft that the form named is not there. It goes to no browser. */
export const draftGoneHeader = 'x-safelight-draft-gone';

/** Where the token of a journey’s next step goes into a page: a mark that no template and no reader writes. */
export const stepMark = '\uE000step\uE000';

/** For a page of the private journey that the named site has too, at its own address. */
export const onBothSites = <Options extends { readonly config: object }>(options: Options): Options => ({
  ...options,
  config: { ...options.config, indoors: true, named: true },
});

/** What a page kept ready is told apart by: the private and the named page of one address differ, and so do languages. */
export const readerKey = (request: Reader): string =>
  `${findJourneyRequest() ? 'private' : isAddressed(request) ? 'chosen' : 'named'} ${request.language}`;

type Reader = { readonly language: string; readonly query: unknown };
/** The reader of a named page chose its language by the address, which the next address must say too: no cookie does. */
const isAddressed = ({ query, language }: Reader): boolean =>
  (query as Readonly<Record<string, unknown>> | undefined)?.[languageParameter] === language;

/** Links and forms of the named site, which lead on in the language that was chosen. */
const namedLinks =
  /\s(href|action)="(\/(?:(?:help|report|signs|news|about|privacy|accessibility|contact)[^"?#.]*)?)(\?[^"#]*)?(#[^"]*)?"/g;
export const carryLanguage = (html: string, request: Reader): string =>
  findJourneyRequest() || !isAddressed(request)
    ? html
    : html.replace(namedLinks, (link, name: string, path: string, query = '', fragment = '') =>
        new RegExp(`[?&;]${languageParameter}=`).test(query)
          ? link
          : ` ${name}="${path}${query ? `${query}&amp;` : '?'}${languageParameter}=${request.language}${fragment}"`,
      );

/** For a route that is internal only. */
export const internalOnly = <Options extends { readonly config: object }>(options: Options): Options => ({
  ...options,
  config: { ...options.config, indoors: true },
});
