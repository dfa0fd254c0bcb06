/** The migrations of this area for each store, by their global numbers. */
import type { DatabaseDefinition } from '../../platform/database/migrate.ts';
import { up as reports, upLine as reportsApart } from './0030-reports.ts';
import { up as files } from './0032-report-files.ts';
import { up as asTold, upLine as asToldApart } from './0034-received-as-told.ts';
import { up as taken, upApart as takenApart } from './0037-reports-taken.ts';
import { up as retention, upApart as retentionApart } from './0038-retention.ts';
import { up as answering, upApart as answeringApart } from './0039-on-call-and-openings.ts';
import { up as originals, upApart as originalsApart } from './0040-originals-taken.ts';
import { up as filesAdded } from './0041-files-added.ts';
import { up as inOnePiece, upLine as inOnePieceApart } from './0048-received-in-one-piece.ts';
import { up as takenBack } from './0063-taken-back.ts';
import { up as openedByItsOwn } from './0064-opened-by-its-own.ts';
import { up as addedApart } from './0065-added-apart.ts';
import { up as draftsCapped } from './0108-drafts-capped.ts';

export const reportsMigrations: DatabaseDefinition['migrations'] = {
  main: {
    '0030-reports': reports,
    '0032-report-files': files,
    '0034-received-as-told': asTold,
    '0037-reports-taken': taken,
    '0038-retention': retention,
    '0039-on-call-and-openings': answering,
    '0040-originals-taken': originals,
    '0041-files-added': filesAdded,
    '0048-received-in-one-piece': inOnePiece,
    '0063-taken-back': takenBack,
    '0064-opened-by-its-own': openedByItsOwn,
    '0065-added-apart': addedApart,
    '0108-drafts-capped': draftsCapped,
  },
  safeguarding: {
    '0030-reports': reportsApart,
    '0032-report-files': files,
    '0034-received-as-told': asToldApart,
    '0037-reports-taken': takenApart,
    '0038-retention': retentionApart,
    '0039-on-call-and-openings': answeringApart,
    '0040-originals-taken': originalsApart,
    '0041-files-added': filesAdded,
    '0048-received-in-one-piece': inOnePieceApart,
    '0063-taken-back': takenBack,
    '0064-opened-by-its-own': openedByItsOwn,
    '0065-added-apart': addedApart,
  },
};
