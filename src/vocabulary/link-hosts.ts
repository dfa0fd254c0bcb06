/** Whether a link shows one address on the web and leads to another. Pure. */

/** "https://www.Example.org/help" → "example.org". */
export const hostOf = (address: string): string =>
  /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/)?(?:[^/@]*@)?([^/:?#\s]+)/i
    .exec(address.trim())?.[1]
    ?.toLowerCase()
    .replace(/^www\./, '') ?? '';

const isAddress = /^(?:https?:\/\/)?(?:[\p{L}\p{N}-]{1,63}\.){1,20}\p{L}{2,24}(?:[/:?#]\S*)?$/u;

/** `shown` is what a reader sees of the link. Words that are no address promise none. */
export const showsAnotherHost = (shown: string, target: string): boolean =>
  isAddress.test(shown.trim()) && /^https?:/i.test(target) && hostOf(shown) !== hostOf(target);
