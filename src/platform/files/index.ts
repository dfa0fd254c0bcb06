/** The interface for files: which are accepted, how they are stored sealed, and how a working copy is made. */

export { clean, mostMemory, mostSeconds } from './clean.ts';
export { type Copy, type CopyType, packed, type Unclean, uncleanReasons, unpacked } from './copy.ts';
export {
  type Copied,
  type FileRefusal,
  isCopied,
  type Kind,
  kinds,
  mostBytes,
  mostFiles,
  refusals,
} from './file-kind.ts';
export { FilesFolder, type HeldFile, type Room, type TakenIn } from './folder.ts';
export { isSecretKey, type RecipientRefusal, readRecipient, sealedFor } from './sealed-export.ts';
export { type FileKey, newFileKey } from './sealed-stream.ts';
export { type TarredFile, tarEnd, tarred } from './tar.ts';
export { alone, kindWords, partWords, refusalWords, uncleanWords } from './words.ts';
