/** How an address is spelled, and which side of Safelight it belongs to. Every check of a path goes by this file. Pure. */

/** Letters, figures and the four signs that mean the same escaped or plain (RFC 3986, 2.3). */
const escapedUnreserved = /%(?:2[de]|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/gi;

/**
 * The one spelling of an address that a request asks for: without scheme, host and fragment, and with every letter,
 * figure, dot, hyphen, underscore and tilde of its path unescaped (RFC 3986, 6.2.2.2). The query stays as it came.
 * A path whose escapes cannot be decoded has each percent sign escaped, so that no route fits it.
 */
export function canonicalAddress(asked: string): string {
  const address = asked.replace(/^https?:\/\/[^/?#]*/i, '').split('#', 1)[0] || '/';
  const path = pathOf(address);
  if (!path.includes('%')) return address;
  const query = address.slice(path.length);
  return (
    (isDecodable(path) ? path.replace(escapedUnreserved, decodeURIComponent) : path.replaceAll('%', '%25')) + query
  );
}

/** Everything before the query. */
export const pathOf = (address: string): string => address.split('?', 1)[0] ?? '';

/** What no address of ours contains: dot segments, empty segments, backslashes, and slashes in disguise. */
const irregular = /(?:^|\/)\.\.?(?:\/|$)|\/\/|\\|%2f|%5c/i;

/** Whether a canonical address can be one of ours. */
export const isRegular = (address: string): boolean => !irregular.test(pathOf(address));

/** The one address of the private journey, for posters and for people who may be watched. It does not say what the pages are about. */
export const privateEntrance = '/information';

/** The partnership's logo, and the picture that other sites show with a link to a page of the named site. */
export const logoAddress = '/logo';
export const sharedPicture = '/image.png';

export const staffPrefix = '/staff';
export const isUnderStaff = (path: string): boolean => path === staffPrefix || path.startsWith(`${staffPrefix}/`);

/**
 * Whether the staff side answers, and with it which policy, shell and errors apply. The route decides where one was
 * found. An address without a route is treated as staff's when any spelling of it could mean the staff side.
 */
export function isStaffAddress(route: string | undefined, address: string): boolean {
  if (route !== undefined && isRegular(address)) return isUnderStaff(route);
  const path = pathOf(address);
  const decoded = isDecodable(path) ? decodeURIComponent(path) : path;
  return decoded.toLowerCase().split(/[/\\]/).includes(staffPrefix.slice(1));
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
