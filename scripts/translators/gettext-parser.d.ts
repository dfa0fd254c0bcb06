/** What we use of gettext-parser, which comes without types. */
declare module 'gettext-parser' {
  type Entry = {
    readonly msgid: string;
    readonly msgctxt?: string;
    readonly msgid_plural?: string;
    readonly msgstr: readonly string[];
    readonly comments?: { readonly translator?: string; readonly extracted?: string; readonly flag?: string };
  };
  type Catalogue = {
    readonly charset: string;
    readonly headers: Readonly<Record<string, string>> | undefined;
    /** By context, then by the English. */
    readonly translations: Readonly<Record<string, Readonly<Record<string, Entry>>>>;
  };
  export const po: {
    parse(text: string, options?: { validation?: boolean }): Catalogue;
    compile(catalogue: Catalogue, options?: { foldLength?: number }): Buffer;
  };
}
