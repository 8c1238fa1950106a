import type postgres from 'postgres';
import { z } from 'zod';

const Column = z.object({ name: z.string(), type: z.string() });
const Table = z.object({ name: z.string(), columns: z.array(Column).min(1), pages: z.number().int() });
const Sequence = z.object({ table: z.string(), column: z.string(), last: z.string(), isCalled: z.boolean() });
/** A table of the program: its stored columns and its size on the disk. */
export type Table = z.infer<typeof Table>;
/** How far the numbers of an identity column have come. */
export type Sequence = z.infer<typeof Sequence>;

/** What an archive says about itself; its last entry, so that one without was cut short. */
export const Manifest = z.object({
  format: z.literal(1),
  /** Of the newest migration, in milliseconds since the epoch. */
  schemaVersion: z.number().int(),
  createdAt: z.iso.datetime(),
  tables: z.array(Table.extend({ rows: z.number().int() })),
  sequences: z.array(Sequence),
  mediaCount: z.number().int(),
});
export type Manifest = z.infer<typeof Manifest>;

/** All tables of the program, by name; computed columns are left out. */
export async function listTables(sql: postgres.ISql): Promise<Table[]> {
  const rows = await sql`
    select c.relname as name,
      (pg_relation_size(c.oid) / current_setting('block_size')::int)::int as pages,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
      and not a.attisdropped and a.attgenerated = ''
    group by c.oid, c.relname order by c.relname`;
  return z.array(Table).parse([...rows]);
}

/** How far the identity columns of these tables have counted. */
export async function listSequences(sql: postgres.ISql): Promise<Sequence[]> {
  const owned = await sql<{ table: string; column: string; sequence: string }[]>`
    select c.relname as table, a.attname as column,
      pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> '' and not a.attisdropped`;
  const sequences: Sequence[] = [];
  for (const { table, column, sequence } of owned) {
    const [state] = await sql.unsafe(`select last_value::text as last, is_called as "isCalled" from ${sequence}`);
    sequences.push(Sequence.parse({ table, column, ...state }));
  }
  return sequences;
}
