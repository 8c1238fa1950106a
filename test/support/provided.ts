/** What the global set-up of a project hands to its test files. */
export type TestDatabase =
  | { readonly kind: 'embedded'; readonly template: string }
  | {
      readonly kind: 'postgres';
      readonly adminUrl: string;
      readonly template: string;
    };

declare module 'vitest' {
  export interface ProvidedContext {
    testDatabase: TestDatabase;
  }
}
