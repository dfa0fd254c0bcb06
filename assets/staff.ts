/** Small improvements for staff pages, which work without script. Loaded after the text. */
import { Button, CharacterCount, Checkboxes, ErrorSummary, Radios } from 'govuk-frontend';
import { board } from './board.ts';
import { clearErrors } from './clear-errors.ts';
import { insertFigure } from './insert-figure.ts';
import { livePreview } from './live-preview.ts';
import { ring } from './ring.ts';
import { sending } from './sending.ts';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');

const islands = {
  'govuk-button': Button,
  'govuk-character-count': CharacterCount,
  'govuk-error-summary': ErrorSummary,
  'govuk-radios': Radios,
  'govuk-checkboxes': Checkboxes,
} as const;

for (const [name, Island] of Object.entries(islands)) {
  for (const element of document.querySelectorAll(`[data-module="${name}"]`)) {
    new Island(element);
  }
}

for (const place of document.querySelectorAll<HTMLElement>('[data-module="sl-ring"]')) ring(place);
for (const form of document.querySelectorAll<HTMLFormElement>('[data-module="sl-sending"]')) sending(form);
for (const form of document.querySelectorAll<HTMLFormElement>('[data-module="sl-file"]')) clearErrors(form);
for (const place of document.querySelectorAll<HTMLElement>('[data-module="sl-board"]')) board(place);
for (const place of document.querySelectorAll<HTMLElement>('[data-module="sl-insert-figure"]')) insertFigure(place);
for (const place of document.querySelectorAll<HTMLElement>('[data-preview]')) livePreview(place);
