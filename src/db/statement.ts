import type { Database } from '../core/context.ts';

/**
 * SQL that runs with every message: building a query anew costs more than running it. The text is made once, the
 * server plans it once a connection, and a run brings only values, by name: `${'ids'}::bigint[]` is a value's place.
 * Instants and JSON go in as text. Rows are as the driver reads them, which is text for `bigint` and instants, and
 * `Row` has to say so.
 */
export function statement<Row extends object = never>() {
  return <const Names extends readonly string[]>(texts: TemplateStringsArray, ...names: Names) => {
    const distinct: Names[number][] = [...new Set(names)];
    const sql = String.raw({ raw: texts }, ...names.map((name) => `$${distinct.indexOf(name) + 1}`));
    return (db: Database, values: Readonly<Record<Names[number], unknown>>): Promise<Row[]> => {
      const query = { sql, params: distinct.map((name) => values[name]) };
      // a name of any kind makes drizzle ask for preparation; the driver knows its statements by their text
      const prepared = db._.session.prepareQuery<Run<Row>>(query, undefined, 'statement', false);
      return prepared.execute();
    };
  };
}

interface Run<Row> {
  readonly execute: Row[];
  readonly all: never;
  readonly values: never;
}
