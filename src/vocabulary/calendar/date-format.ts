/** Pure. Formats of dates, each made when it is first used: making one takes a millisecond or more of a start. */

/** Writes instants (a date, or milliseconds since 1970) in the locale; the first call makes the format. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): (at: Date | number) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (at) => {
    format ??= new Intl.DateTimeFormat(locale, options);
    return format.format(at);
  };
}
