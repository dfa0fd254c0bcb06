/** The picture of a release: what is said of it, and who cleared it for publication. Pure. */

/** What the public reads of a picture. */
export type PublicPicture = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Bytes of the clean copy. */
  readonly bytes: number;
  /** For readers who do not see it. */
  readonly alternative: string;
  /** Empty where there is none. */
  readonly caption: string;
  /** Who took it. */
  readonly credit: string;
};

/** Who can be recognised in it. */
export const peopleShown = ['nobody', 'agreed', 'charged'] as const;
export type PeopleShown = (typeof peopleShown)[number];

/** Why it may be published: for the newsroom, never for the public. */
export type Clearance = {
  readonly people: PeopleShown;
  /** Where the consent or the charge is recorded. Empty where nobody can be recognised. */
  readonly record: string;
  readonly by: string;
  /** `YYYY-MM-DD` */
  readonly on: string;
};

export type ReleasePicture = PublicPicture & { readonly clearance: Clearance };

/** The most dots of a picture on the public site: a larger one is made smaller. */
export const mostDots = 3_000_000;

export const pickPublicPicture = ({ clearance: _, ...shown }: ReleasePicture): PublicPicture => shown;

/** The address of the picture of a public release. A corrected release has another, because other sites keep a picture by its address. */
export const publicPictureAddress = (releaseUrl: string, version: number): string =>
  `${releaseUrl}/photo.jpg?v=${version}`;

/** Caption and credit as one line below the picture. */
export const captionLine = ({ caption, credit }: Pick<PublicPicture, 'caption' | 'credit'>): string =>
  [caption && /[.!?…”]$/.test(caption) ? caption : caption && `${caption}.`, `Picture: ${credit}`]
    .filter(Boolean)
    .join(' ');

/** The size that a JPEG of the cleaner says in its header. Throws where there is none. */
export function readJpegSize(jpeg: Buffer): { readonly width: number; readonly height: number } {
  for (let at = 2; at + 9 < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg[at + 1] ?? 0;
    if (jpeg[at] !== 0xff || marker === 0xda) break;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7) };
  }
  throw new Error('no JPEG of the cleaner');
}
