import postgres from 'postgres';

export interface Store {
  readonly sql: postgres.Sql;
  /** The one INSERT of the flow. Sex and age band are asked and not kept, in the textbook's favour. */
  insertProposal(row: { chatId: number; language: string; village: string; text: string }): Promise<number>;
}

/** Our own driver, prepared statements and size of pool, so that none of these makes the difference. */
export async function openStore(url: string): Promise<Store> {
  const sql = postgres(url, { max: 5, onnotice: () => {} });
  await sql`
    create table if not exists proposals (
      id bigint primary key generated always as identity, chat_id bigint not null, language text not null,
      village text not null, text text not null, submitted_at timestamptz not null default now())`;
  return {
    sql,
    async insertProposal({ chatId, language, village, text }) {
      const [row] = await sql<{ id: string }[]>`
        insert into proposals (chat_id, language, village, text)
        values (${chatId}, ${language}, ${village}, ${text}) returning id`;
      return Number(row?.id);
    },
  };
}
