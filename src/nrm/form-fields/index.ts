/** The questions of the form as fields of a page. */
export {
  askedOfWords,
  entriesOf,
  faultErrors,
  findingErrors,
  formField,
  misfitErrors,
  readFormAnswer,
} from './form-fields.ts';
