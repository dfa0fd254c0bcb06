/** Web addresses that people type, and whether the words of a link name another site than it leads to. Pure. */

/** The address, where it is https and has no user part: “https://gov.uk@elsewhere.example/” leads elsewhere. */
export function readWebAddress(text: string): URL | undefined {
  if (!/^https:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return undefined;
  const address = new URL(text);
  return address.username === '' && address.password === '' && !/^https:\/\/[^/?#]*@/i.test(text) ? address : undefined;
}

const withoutWww = (host: string): string => host.replace(/^www\./, '').replace(/\.$/, '');

/** Words with a dot between letters or digits, whose last part is letters: “nhs.uk/sarcs”. */
const domains =
  /[\p{L}\p{N}-]+(?:[.\u3002\uff0e\uff61][\p{L}\p{N}-]+)*[.\u3002\uff0e\uff61](?:xn--[a-z0-9-]+|\p{L}{2,})/giu;

/** Every site that a text names. Characters that nobody sees are left out first. */
const sitesIn = (text: string): readonly string[] =>
  [...text.replaceAll(/\p{Cf}/gu, '').matchAll(domains)].flatMap(([domain]) =>
    URL.canParse(`https://${domain}`) ? [withoutWww(new URL(`https://${domain}`).hostname)] : [],
  );

/** Whether the words of a link name a site to which it does not lead. “www.” makes no difference. */
export function namesAnotherSite(words: string, address: string): boolean {
  const host = URL.canParse(address) ? withoutWww(new URL(address).hostname) : '';
  return sitesIn(words).some((site) => site !== host);
}

/** A link that leads where its words say, to an address without a user part. */
export const isHonestLink = (words: string, address: string): boolean =>
  readWebAddress(address) !== undefined && !namesAnotherSite(words, address);
