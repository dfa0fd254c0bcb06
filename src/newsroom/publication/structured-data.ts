/** What machines read of a release: a NewsArticle as schema.org describes it. Pure. */
import { type PublicPicture, publicPictureAddress } from '../release-picture/picture.ts';
import type { Publication } from './store.ts';

/** Takes a release and its address, gives a NewsArticle as JSON for a block of data that no browser runs. Nothing in it can end the block. */
export function structuredData(publication: Publication, url: string): string {
  const {
    title,
    description,
    area,
    issuedBy,
    importedFrom,
    dated,
    changedAt,
    corrections,
    shareText: _,
    version,
    picture,
  } = publication;
  const article = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    description,
    url,
    mainEntityOfPage: url,
    inLanguage: 'en-GB',
    isAccessibleForFree: true,
    datePublished: importedFrom?.publishedOn ?? dated.toISOString(),
    dateModified: changedAt.toISOString(),
    contentLocation: { '@type': 'Place', name: area },
    ...(issuedBy && {
      author: { '@type': 'Organization', name: issuedBy },
      publisher: { '@type': 'Organization', name: issuedBy },
    }),
    ...(!importedFrom && { image: picture ? imageObject(picture, url, version) : `${url}/image.png?v=${version}` }),
    ...(importedFrom?.url && { isBasedOn: importedFrom.url }),
    ...(corrections.length > 0 && {
      correction: corrections.map(({ at, note }) => ({ '@type': 'CorrectionComment', text: note, datePublished: at })),
    }),
  };
  return JSON.stringify(article).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const imageObject = ({ alternative, caption, credit }: PublicPicture, url: string, version: number): object => ({
  '@type': 'ImageObject',
  url: publicPictureAddress(url, version),
  encodingFormat: 'image/jpeg',
  caption: caption || alternative,
  creditText: credit,
});
