/** The part of GOV.UK Frontend's script that our scripts use; the package has no types. */
declare module 'govuk-frontend' {
  type Component = new (root: Element) => object;
  export const Button: Component;
  export const CharacterCount: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export const Radios: Component;
}
