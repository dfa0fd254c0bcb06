/** What administrators set of the public site, as a second person approved it last, over the file of the start. Read again while the site runs. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Jurisdiction } from '../vocabulary/jurisdictions.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { composeLook, type SiteLook } from './look/site-look.ts';
import { isOffered, type LanguageChoice, type ReaderLanguage } from './offered-languages.ts';
import { composeJurisdiction, composeLanguages, composePartnership, type Partnership } from './partnership.ts';
import { CachedValue } from './rendering/cached-value.ts';

/** The newest approved version of one part. */
export type ApprovedSetting = { readonly kind: string; readonly part: string; readonly content: unknown };

/** `settings` is undefined where the known version is still the newest. */
export type SettingsReading = { readonly version: string; readonly settings: readonly ApprovedSetting[] | undefined };

export type SiteSettingsOptions = {
  /** What the file of the start says. */
  readonly file: Partnership | undefined;
  /** All languages of the public pages. */
  readonly languages: readonly ReaderLanguage[];
  readonly read: (known: string | undefined) => Promise<SettingsReading>;
  readonly clock: Clock;
  readonly mode: Config['mode'];
  readonly onError: (error: unknown) => void;
};

type Known = {
  readonly version: string;
  readonly partnership: Partnership | undefined;
  readonly look: SiteLook;
  readonly languages: Languages;
  readonly approved: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
};

type Languages = { readonly offered: readonly ReaderLanguage[]; readonly hidden: readonly ReaderLanguage[] };

function splitLanguages(all: readonly ReaderLanguage[], choice: LanguageChoice): Languages {
  const { offered = [], hidden = [] } = Object.groupBy(all, ({ code }) =>
    isOffered(choice, code) ? 'offered' : 'hidden',
  );
  return { offered, hidden };
}

/** An approved change is public within this time, in milliseconds. */
const readAgainAfter = 20_000;
/** No reader waits longer for it, in milliseconds. */
const patience = 500;

export class SiteSettings {
  readonly #options: SiteSettingsOptions;
  readonly #cached: CachedValue<Known>;
  #known: Known;

  constructor(options: SiteSettingsOptions) {
    this.#options = options;
    this.#known = this.#compose('', new Map());
    this.#cached = new CachedValue<Known>({
      load: (_now, before) => this.#load(before),
      onError: options.onError,
      every: readAgainAfter,
      // A database that cannot be reached closes no page: what was read last stays.
      longest: Number.POSITIVE_INFINITY,
      patience,
    });
  }

  /** Another with every approved change: part of the key under which a page is kept. */
  get version(): string {
    return this.#known.version;
  }

  /** What the file of the start says. */
  get file(): Partnership | undefined {
    return this.#options.file;
  }

  /** Whose site it is; undefined where a live site has not said so yet. */
  get partnership(): Partnership | undefined {
    return this.#known.partnership;
  }

  /** By whose law the partnership publishes. */
  get jurisdiction(): Jurisdiction {
    return composeJurisdiction(this.#options.file, this.approved('partnership'));
  }

  /** The partnership's logo and main colour. */
  get look(): SiteLook {
    return this.#known.look;
  }

  /** The languages that readers can choose. The same array until a setting changes. */
  get offeredLanguages(): readonly ReaderLanguage[] {
    return this.#known.languages.offered;
  }

  /** Who reads one of these alone gets English. */
  get hiddenLanguages(): readonly ReaderLanguage[] {
    return this.#known.languages.hidden;
  }

  /** Whether the public may read the site. A live one opens when two people approved its opening, and never closes again. While the database has never been reached, nobody can tell: then it is open. */
  get open(): boolean {
    return this.#options.mode === 'demonstration' || this.version === '' || this.approved('opening').size > 0;
  }

  /** The approved versions of one kind, by part. */
  approved(kind: string): ReadonlyMap<string, unknown> {
    return this.#known.approved.get(kind) ?? new Map();
  }

  /** Reads again what is not fresh. Never refuses: what was known stays. */
  async refresh(): Promise<void> {
    const reading = this.#cached.get(this.#options.clock.now()).then(
      (known) => {
        this.#known = known;
      },
      () => {},
    );
    const never = this.#known.version === '';
    await (never ? Promise.race([reading, pause(patience, undefined, { ref: false })]) : reading);
  }

  /** Something was approved here: the next reader sees it. */
  forget(): void {
    this.#cached.forget();
  }

  async #load(before: Known | undefined): Promise<Known> {
    const { version, settings } = await this.#options.read(before?.version);
    if (before && settings === undefined) return before;
    const approved = new Map<string, Map<string, unknown>>();
    for (const { kind, part, content } of settings ?? [])
      approved.set(kind, (approved.get(kind) ?? new Map()).set(part, content));
    return this.#compose(version, approved);
  }

  #compose(version: string, approved: Known['approved']): Known {
    const { file, languages } = this.#options;
    const parts = approved.get('partnership') ?? new Map();
    return {
      version,
      partnership: composePartnership(file, parts),
      look: composeLook(approved.get('look') ?? new Map()),
      languages: splitLanguages(languages, composeLanguages(file, parts)),
      approved,
    };
  }
}
