import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { addToProposal } from '../../src/proposals/add-to-proposal.ts';
import { ProposalClosedError, ProposalNotFoundError } from '../../src/proposals/errors.ts';
import { proposalAttachments, proposals } from '../../src/proposals/tables.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenMedia, givenMunicipality, givenProposal, givenResident } from '../support/given.ts';

const database = useDatabase();
const address = { channel: 'telegram', account: '1', id: 'late' } as const;
type World = { ctx: Context & { tx: Tx }; stranger: number; id: number; files: [number, number, number] };
const within = (work: (world: World) => Promise<void>) =>
  rolledBack(database.db, async (tx) => {
    const ctx = { ...testContext(database.db), tx };
    const municipality = await givenMunicipality(ctx);
    const author = await givenResident(ctx);
    const stranger = await givenResident(ctx);
    const files: World['files'] = [
      await givenMedia(ctx, address, '1.png'),
      await givenMedia(ctx, address, '2.png'),
      await givenMedia(ctx, address, '3.png'),
    ];
    const { id } = await givenProposal(ctx, author, municipality, { text: 'Көпүрө', mediaIds: [files[0]] });
    await work({ ctx: { ...as(ctx, author.id), tx }, stranger: stranger.id, id, files });
  });

describe('addToProposal', () => {
  it('puts files behind those that are there, each once', () =>
    within(async ({ ctx, id, files }) => {
      const [first, second, third] = files;
      const added = await addToProposal(ctx, { proposalId: id, mediaIds: [first, third, second], text: '' });
      expect(added).toMatchObject({ fileCount: 3 });
      const rows = await ctx.tx.select().from(proposalAttachments).orderBy(proposalAttachments.position);
      expect(rows.map(({ mediaId }) => mediaId)).toEqual([first, third, second]);
    }));

  it('puts words below the others and keeps the first wording', () =>
    within(async ({ ctx, id }) => {
      await addToProposal(ctx, { proposalId: id, mediaIds: [], text: 'Кечээ бузулду' });
      const [stored] = await ctx.tx.select().from(proposals).where(eq(proposals.id, id));
      expect(stored).toMatchObject({ text: 'Көпүрө\nКечээ бузулду', firstText: 'Көпүрө' });
    }));

  it('writes an audit row that counts the files', () =>
    within(async ({ ctx, id, files }) => {
      await addToProposal(ctx, { proposalId: id, mediaIds: [files[1]], text: '' });
      const [row] = await ctx.tx.select().from(auditLog).where(eq(auditLog.action, 'proposal.add'));
      expect(row).toMatchObject({ before: { attachments: 1 }, after: { attachments: 2 } });
    }));

  it('refuses a proposal that somebody works on', () =>
    within(async ({ ctx, id, files }) => {
      await ctx.tx.update(proposals).set({ status: 'in_review' }).where(eq(proposals.id, id));
      const adding = addToProposal(ctx, { proposalId: id, mediaIds: [files[1]], text: '' });
      await expect(adding).rejects.toBeInstanceOf(ProposalClosedError);
    }));

  it('refuses the proposal of somebody else', () =>
    within(async ({ ctx, id, files, stranger }) => {
      const adding = addToProposal(as(ctx, stranger), { proposalId: id, mediaIds: [files[1]], text: '' });
      await expect(adding).rejects.toBeInstanceOf(ProposalNotFoundError);
    }));
});
