/** Content of a row as one sealed value under a key of its own: items, entities and proposals keep their words so. */
import { padText, seal, type UnitKeys, unseal } from '../platform/crypto/crypto.ts';

export type SealedColumns = { readonly sealedContent: Buffer; readonly wrappedKey: Buffer };

/** For the rows of one table. The length of a sealed value shows no more than the multiple of `step` bytes that it lies in. */
export const sealedContentOf = <Content>(table: string, step: number) => {
  const contextOf = (id: string): string => `${table}/sealed_content/${id}`;
  return {
    seal(keys: UnitKeys, id: string, content: Content): SealedColumns {
      const { key, wrapped } = keys.newRecordKey(id);
      return { sealedContent: seal(key, contextOf(id), padText(JSON.stringify(content), step)), wrappedKey: wrapped };
    },
    open: (keys: UnitKeys, id: string, { sealedContent, wrappedKey }: SealedColumns): Content =>
      JSON.parse(unseal(keys.unwrap(wrappedKey, id), contextOf(id), sealedContent).toString()) as Content,
  };
};
