/** The four pages of the staff site, as each module's pages.ts describes them. A template that meets a kind not listed here throws. */
import type { Result } from '../../vocabulary/result.ts';
import { type Field, FieldBuilder } from '../forms/fields.ts';
import type { Answers, FormErrors } from '../forms/forms.ts';
import type { Pages } from './paging.ts';

export type Link = { readonly href: string; readonly text: string };

/** One part of a record, on a page of its own. */
export type Tab = Link & { readonly current: boolean };

/** Who a record is about, above its tabs. */
export type IdentityBanner = {
  readonly name: string;
  readonly reference: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** What must never be done. */
  readonly never?: string | undefined;
};

/** Said at the top of a table's cell, a list's item or a summary's value. */
export type Cell = {
  readonly text?: string | number | null | undefined;
  readonly href?: string | undefined;
  /** A button in place of a link, which posts to this address: on the page of a list that posts. */
  readonly post?: string | undefined;
  /** Read aloud after the text of the link. */
  readonly hidden?: string | undefined;
  /** The colour of a GOV.UK tag round the text. */
  readonly tag?: string | undefined;
  readonly links?: readonly (Link & { readonly hidden?: string | undefined })[] | undefined;
};

/** Round the content of every page. */
type PageFrame = {
  readonly title: string;
  readonly caption?: string | undefined;
  /** Paragraphs under the title. */
  readonly lead?: readonly string[] | undefined;
  readonly back?: { readonly href: string; readonly text?: string | undefined } | undefined;
  /** Who the record is about: the same on each of its pages. */
  readonly banner?: IdentityBanner | undefined;
  /** The parts of the record that the page belongs to, those that the reader may open. */
  readonly tabs?: readonly Tab[] | undefined;
  /** What the tabs are parts of, for a screen reader. “Parts of this record” where nothing is said. */
  readonly tabsLabel?: string | undefined;
  readonly errors?: FormErrors | undefined;
  /** The template around it, where it is not the staff site's. */
  readonly frame?: 'platform/plain.njk' | undefined;
  /** Why the page is not for paper: then its heading alone prints. Given as undefined, it is for paper whatever its marking. */
  readonly notForPaper?: string | undefined;
  /** Makes the tokens of its forms, where the answer itself opens another session. */
  readonly csrf?: (() => string) | undefined;
};

/** A button that sends its name with the form. */
export type FurtherButton = {
  readonly name: string;
  readonly text: string;
  /** “yes” where nothing is said. */
  readonly value?: string | undefined;
};

/** One form: what it is for, its fields, its button, and the way out. */
export type FormPage = PageFrame & {
  /** From a builder that knows what was typed and what is wrong; nothing where the form only asks whether to go on. */
  readonly fields?: readonly Field[] | ((ask: FieldBuilder) => readonly Field[]) | undefined;
  /** Where it is sent; to its own address where nothing is said. */
  readonly action?: string | undefined;
  /** What the button says; “Save” where nothing is said. */
  readonly button?: string | undefined;
  /** What the button sends, where the answer is in the button. */
  readonly sends?: { readonly name: string; readonly value: string } | undefined;
  /** More buttons, which save too and go on elsewhere: “Save and add another” sends `another`. */
  readonly further?: readonly FurtherButton[] | undefined;
  /** The further buttons look like the first: a yes is not suggested. */
  readonly equalButtons?: boolean | undefined;
  readonly dangerous?: boolean | undefined;
  readonly cancel?: string | undefined;
  readonly warning?: string | undefined;
  /** What somebody else changed since the form was opened. */
  readonly meanwhile?: readonly string[] | undefined;
  readonly first?: Link | undefined;
  /** What the answer rests on, read before it is asked. */
  readonly tables?: readonly TableSection[] | undefined;
  readonly more?: Link | undefined;
  /** Nothing can be sent: the page says why. */
  readonly closed?: boolean | undefined;
  /** The form sends a file: said while it is sent. */
  readonly sending?: string | undefined;
  /** The answer is a file, and the page stays where it is. */
  readonly givesFile?: boolean | undefined;
  /** The answer takes more than a second: said until it is there. */
  readonly waiting?: string | undefined;
};

/** The page with what was typed in its fields, and with the errors; those that a page states itself come first. */
export const fillForm = <Page extends FormPage>(page: Page, typed?: Answers, given?: FormErrors) => {
  const errors = page.errors ?? given;
  const { fields } = page;
  return { ...page, errors, fields: typeof fields === 'function' ? fields(new FieldBuilder(typed, errors)) : fields };
};

/** A form that nothing can be sent by where its act is refused before it is filled in: it says why. */
export const closeWhereRefused = <Refusal extends string>(
  page: FormPage,
  typed: Answers | undefined,
  allowed: Result<unknown, Refusal>,
  errors: Readonly<Record<Refusal, FormErrors>>,
): FormPage => (typed || allowed.ok ? page : { ...page, errors: errors[allowed.refusal], closed: true });

/** The way back from a form, which is also where “Cancel” leads. */
export const backTo = (href: string, text?: string) => ({ back: { href, text }, cancel: href });

/** A button of a page: a link, or a form of its own that posts. */
export type PageAction = {
  readonly text: string;
  readonly secondary?: boolean | undefined;
} /** What `stays` is in sight on a phone, however far the reader scrolls: the next step where there are many. */ & (
  | { readonly href: string; readonly post?: undefined; readonly stays?: boolean | undefined }
  | {
      readonly post: string;
      readonly href?: undefined;
      readonly hidden?: Readonly<Record<string, string>> | undefined;
      readonly dangerous?: boolean | undefined;
    }
);

export type SummaryRow = {
  readonly key: { readonly text: string };
  readonly value: { readonly text: string | number } | { readonly html: string };
  readonly actions?:
    | {
        readonly items: readonly (Link & {
          readonly visuallyHiddenText?: string | undefined;
        })[];
      }
    | undefined;
};

export type Column = { readonly text: string; readonly numeric?: boolean | undefined };

export type TableSection = {
  readonly kind: 'table';
  readonly id?: string | undefined;
  readonly caption: string;
  readonly captionClasses?: string | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Said instead of a table without rows. */
  readonly empty?: string | undefined;
  /** On a phone each row is a card, unless this is false: then the table scrolls. */
  readonly stack?: boolean | undefined;
  readonly pages?: Pages | undefined;
};

export type Bars = {
  readonly caption: string;
  readonly captionClasses?: string | undefined;
  /** What the rows are parts of. */
  readonly of: string;
  readonly rows: readonly {
    readonly label: string;
    readonly value: string | number;
    /** Of the longest, in a hundred. */
    readonly share: number;
    readonly href?: string | undefined;
  }[];
};

export type StateItem = {
  readonly kind: 'waiting' | 'empty' | 'sealed' | 'withheld' | 'unlawful' | 'unwise' | 'good';
  readonly text: string;
  readonly title?: string | undefined;
};

export type FigureItem = {
  readonly label: string;
  readonly value: string | number;
  readonly qualifier?: string | undefined;
  readonly note?: string | undefined;
  readonly href?: string | undefined;
  /** What the link says; “Open” where nothing is said. */
  readonly more?: string | undefined;
};

export type TimelineItem = {
  readonly title: string;
  /** The page of what happened. */
  readonly href?: string | undefined;
  readonly when: string;
  readonly by?: string | undefined;
  readonly text?: string | undefined;
  readonly changed?: readonly { readonly was: string; readonly is: string }[] | undefined;
  /** What a change left as it was. */
  readonly same?: string | undefined;
};

export type Picture = { readonly src: string; readonly alternative: string; readonly caption: string };

type SectionContent =
  | { readonly kind: 'summary'; readonly rows: readonly SummaryRow[]; readonly classes?: string | undefined }
  | TableSection
  | { readonly kind: 'bars'; readonly items: readonly Bars[] }
  | { readonly kind: 'states'; readonly items: readonly StateItem[] }
  | { readonly kind: 'list'; readonly items: readonly (string | Link | { readonly text: string })[] }
  | { readonly kind: 'figures'; readonly items: readonly FigureItem[] }
  | { readonly kind: 'timeline'; readonly items: readonly TimelineItem[] }
  | { readonly kind: 'pictures'; readonly items: readonly Picture[] }
  | { readonly kind: 'buttons'; readonly items: readonly Link[] }
  /** Words alone: its lead, its fold and its links. */
  | { readonly kind: 'words' };

export type Section = SectionContent & {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly lead?: readonly string[] | undefined;
  /** Folded text under the section. */
  readonly more?:
    | {
        readonly title: string;
        readonly text: string;
        /** The same in another language, before it. */
        readonly beside?: { readonly code: string; readonly direction: string; readonly text: string } | undefined;
      }
    | undefined;
  readonly links?: readonly Link[] | undefined;
  /** Where it is not English. */
  readonly language?: { readonly code: string; readonly direction: string } | undefined;
};

type ContentPage = PageFrame & {
  /** What was just done, at the top. */
  readonly done?: string | undefined;
  readonly actions?: readonly PageAction[] | undefined;
};

/** A page made of sections. */
export type SectionsPage = ContentPage & { readonly sections: readonly Section[] };

/** One list, a page of it at a time. */
export type ListPage = ContentPage & {
  readonly list: TableSection;
  /** Links that show a part of the list alone. */
  readonly filterLinks?: readonly { readonly label: string; readonly links: readonly Tab[] }[] | undefined;
  readonly links?: readonly Link[] | undefined;
  /** Some cells are buttons, which need a form. */
  readonly posts?: boolean | undefined;
};

/** One record of a person or an event: who or what it is, and its parts. */
export type CasePage = ContentPage & { readonly caption: string; readonly sections: readonly Section[] };
