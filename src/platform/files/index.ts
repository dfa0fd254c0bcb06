/** The interface for files: which are accepted, how they are stored sealed, and how a working copy is made. */

export { clean, drawFirstPage, maxMemory, maxSeconds } from './clean.ts';
export {
  type CleaningFailure,
  cleaningFailures,
  decodeCopy,
  encodeCopy,
  type WorkingCopy,
  type WorkingCopyType,
} from './copy.ts';
export {
  type CopyableKind,
  type FileKind,
  type FileRefusal,
  fileKinds,
  fileRefusals,
  isCopyable,
  maxFileBytes,
  maxFiles,
} from './file-kind.ts';
export { FilesFolder, type OpenFile, openObjectStore, type ReceivedFile } from './folder.ts';
export { describePlace, type FilesPlace, type ObjectPlace } from './object-place.ts';
export type { ObjectStore, StoreState } from './object-store.ts';
export { isSecretKey, type RecipientRefusal, readRecipient, sealForRecipient } from './sealed-export.ts';
export { type FileGroup, FilesUnavailable } from './sealed-store.ts';
export { type FileKey, newFileKey } from './sealed-stream.ts';
export { createTarEntry, type TarFile, tarEnd } from './tar.ts';
export {
  cleaningFailureMessages,
  fileKindLabels,
  fileRefusalMessages,
  formatPartLabel,
  isolatedResponse,
} from './words.ts';
