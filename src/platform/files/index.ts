/** The interface for files: which are accepted, how they are stored sealed, and how a working copy is made. */

export { clean, maxMemory as mostMemory, maxSeconds as mostSeconds } from './clean.ts';
export {
  type CleaningFailure as Unclean,
  cleaningFailures as uncleanReasons,
  decodeCopy as unpacked,
  encodeCopy as packed,
  type WorkingCopy as Copy,
  type WorkingCopyType as CopyType,
} from './copy.ts';
export {
  type CopyableKind as Copied,
  type FileKind as Kind,
  type FileRefusal,
  fileKinds as kinds,
  fileRefusals as refusals,
  isCopyable as isCopied,
  maxFileBytes as mostBytes,
  maxFiles as mostFiles,
} from './file-kind.ts';
export {
  type FileGroup as Room,
  FilesFolder,
  type OpenFile as HeldFile,
  type ReceivedFile as TakenIn,
} from './folder.ts';
export { isSecretKey, type RecipientRefusal, readRecipient, sealForRecipient as sealedFor } from './sealed-export.ts';
export { type FileKey, newFileKey } from './sealed-stream.ts';
export { createTarEntry as tarred, type TarFile as TarredFile, tarEnd } from './tar.ts';
export {
  cleaningFailureMessages as uncleanWords,
  fileKindLabels as kindWords,
  fileRefusalMessages as refusalWords,
  formatPartLabel as partWords,
  isolatedResponse as alone,
} from './words.ts';
