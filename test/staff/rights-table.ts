import { cancelAnnouncement } from '../../src/announcements/cancel-announcement.ts';
import { changeAnnouncement } from '../../src/announcements/change-announcement.ts';
import { createAnnouncement } from '../../src/announcements/create-announcement.ts';
import { changeDraftHearing, dropDraft } from '../../src/announcements/draft-hearing.ts';
import { linkGroup, unlinkGroup } from '../../src/announcements/link-group.ts';
import { callOffHearing, moveHearing } from '../../src/announcements/move-hearing.ts';
import { pauseAnnouncement, resumeAnnouncement } from '../../src/announcements/pause-announcement.ts';
import { prepareAnnouncement, releaseAnnouncement } from '../../src/announcements/release-announcement.ts';
import { setNoticeTemplate } from '../../src/announcements/templates.ts';
import { testAnnouncement } from '../../src/announcements/test-send.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { startExport } from '../../src/exports/start-export.ts';
import { startRecipients } from '../../src/exports/start-recipients.ts';
import { takeRecipients } from '../../src/exports/take-recipients.ts';
import { answerHearingQuestion } from '../../src/hearings/answer-hearing-question.ts';
import { askHearing } from '../../src/hearings/ask-hearing.ts';
import { cancelHearing } from '../../src/hearings/cancel-hearing.ts';
import { changeHearing } from '../../src/hearings/change-hearing.ts';
import { createHearing } from '../../src/hearings/create-hearing.ts';
import { recordHearing } from '../../src/hearings/record-hearing.ts';
import { readCsv } from '../../src/imports/csv-source.ts';
import { importTable } from '../../src/imports/import-file.ts';
import { cancelMeeting, recordMeeting } from '../../src/meetings/record-meeting.ts';
import { showSheets } from '../../src/meetings/show-sheets.ts';
import type { Municipality } from '../../src/places/places.ts';
import { addLine } from '../../src/plans/add-line.ts';
import { approvePlan } from '../../src/plans/approve-plan.ts';
import { createPlan } from '../../src/plans/create-plan.ts';
import { defaultTemplate } from '../../src/plans/default-template.ts';
import { editLine } from '../../src/plans/edit-line.ts';
import { markHeard } from '../../src/plans/mark-heard.ts';
import { moveLine, removeLine } from '../../src/plans/order-lines.ts';
import { requestPlanJob } from '../../src/plans/plan-jobs.ts';
import { setLineProposals } from '../../src/plans/set-line-proposals.ts';
import { takeSuggestion } from '../../src/plans/take-suggestion.ts';
import { resetTemplate, setTemplate } from '../../src/plans/templates.ts';
import { answerProposal } from '../../src/proposals/answer-proposal.ts';
import { addTemplate, changeTemplate, removeTemplate } from '../../src/proposals/answer-templates.ts';
import { askAuthor } from '../../src/proposals/ask-author.ts';
import { blockSender, unblockSender } from '../../src/proposals/block-sender.ts';
import { changeStatus } from '../../src/proposals/change-status.ts';
import { enterProposal } from '../../src/proposals/enter-proposal.ts';
import { hideProposal, showProposal } from '../../src/proposals/hide-proposal.ts';
import { importProposals } from '../../src/proposals/import-proposals.ts';
import { mergeProposals } from '../../src/proposals/merge-proposals.ts';
import { openCard } from '../../src/proposals/open-card.ts';
import { showAuthor } from '../../src/proposals/show-author.ts';
import { tagInGroup } from '../../src/proposals/submit-from-group.ts';
import { tagProposal } from '../../src/proposals/tag-proposal.ts';
import { transcribe } from '../../src/proposals/transcribe.ts';
import { undoMerge } from '../../src/proposals/undo-merge.ts';
import { changeRole } from '../../src/staff/change-role.ts';
import { inviteStaff } from '../../src/staff/invite-staff.ts';
import { listStaff } from '../../src/staff/list-staff.ts';
import { removeStaff } from '../../src/staff/remove-staff.ts';
import { revokeInvitation } from '../../src/staff/revoke-invitation.ts';
import type { Right } from '../../src/staff/rights.ts';
import { readStatistics } from '../../src/statistics/kept-report.ts';
import { as, givenHearing } from '../support/given.ts';

/** What there is before each verb. */
export interface Office {
  readonly municipality: Municipality;
  readonly residentId: number;
  /** Of that resident, whom an answer reaches. */
  readonly proposalId: number;
  readonly otherProposalId: number;
  /** With a voice message. */
  readonly spokenId: number;
  /** Somebody of the staff whom nobody needs. */
  readonly dispensableId: number;
}

/** Who tries, in a transaction; `operator` may do everything and prepares. */
export interface Trial {
  readonly ctx: Context & { readonly tx: Tx };
  readonly operator: Context & { readonly tx: Tx };
  readonly staffId: number;
}

interface Entry {
  readonly right: Right;
  /** Calls the verb so that it works for whoever has the right. */
  run(office: Office, trial: Trial): Promise<unknown>;
}

const answer = { ky: 'Рахмат', ru: 'Спасибо', en: 'Thank you' };
const day = '2026-11-20';
const group = { channel: 'telegram', account: '1', id: '-100' } as const;
const key = { channel: 'telegram', account: '1', chatId: '77', personId: '77' } as const;
const paper = { language: 'ky', test: false, sex: null, ageBand: null, vulnerable: null, meetingId: null } as const;
const row = { day: null, sex: null, ageBand: null, language: 'ky' } as const;

const meeting = (municipality: Municipality) => ({
  villageId: municipality.villages[0]?.id ?? '',
  kind: 'pra' as const,
  heldOn: day,
  people: 10,
  women: 4,
  ages: null,
});

async function planWithLine(
  { municipality }: Office,
  { operator }: Trial,
): Promise<{ planId: number; lineId: number }> {
  const { planId } = await createPlan(operator, { municipalityId: municipality.id, year: 2027 });
  const { lineId } = await addLine(operator, { planId, fields: { direction: 'Жолдор' } });
  return { planId, lineId };
}

/** A hearing whose time has come, with a question to it. */
async function begunHearing({ municipality, residentId }: Office, { operator }: Trial) {
  const { id: hearingId } = await givenHearing(operator, municipality, {
    startsAt: new Date('2026-11-22T10:01:00+06:00'),
  });
  const words = { text: 'Жол качан?', language: 'ky' as const, mediaIds: [] };
  const { id: questionId } = await askHearing(as(operator, residentId), { residentId, hearingId, ...words });
  const clock = { now: () => new Date('2026-11-22T12:00:00+06:00') };
  return { hearingId, questionId, clock };
}

const mediaDir = '/media';

const notice = ({ municipality }: Office) => ({
  municipalityId: municipality.id,
  kind: 'other' as const,
  texts: { ky: 'Кулактандыруу' },
});

/** A draft, or what the operator made of it before. */
async function written(
  office: Office,
  { operator }: Trial,
  state: 'draft' | 'released' | 'paused' = 'draft',
): Promise<{ announcementId: number }> {
  const { id: announcementId } = await createAnnouncement(operator, notice(office));
  if (state !== 'draft') await releaseAnnouncement(operator, { announcementId, mediaDir });
  if (state === 'paused') await pauseAnnouncement(operator, { announcementId });
  return { announcementId };
}

async function writtenOfHearing(office: Office, { operator }: Trial): Promise<{ announcementId: number }> {
  const { id: hearingId } = await givenHearing(operator, office.municipality);
  const municipalityId = office.municipality.id;
  const { id: announcementId } = await createAnnouncement(operator, { municipalityId, kind: 'hearing', hearingId });
  return { announcementId };
}

/** Every verb of `src` that asks for a right; a test compares the names with what stands there. */
export const VERBS: Readonly<Record<string, Entry>> = {
  openCard: {
    right: 'proposals.read',
    run: ({ municipality, proposalId }, { ctx }) => openCard(ctx, { proposalId, municipalityId: municipality.id }),
  },
  tagProposal: {
    right: 'proposals.tag',
    run: ({ proposalId }, { ctx }) => tagProposal(ctx, { proposalId, sectorId: 'water' }),
  },
  askAuthor: {
    right: 'proposals.ask',
    run: ({ proposalId }, { ctx }) => askAuthor(ctx, { proposalId, question: 'Кайсы көчө?' }),
  },
  answerProposal: {
    right: 'proposals.answer',
    run: ({ proposalId }, { ctx }) => answerProposal(ctx, { proposalId, answer }),
  },
  changeStatus: {
    right: 'proposals.decide',
    run: ({ proposalId }, { ctx }) => changeStatus(ctx, { proposalId, to: 'in_review' }),
  },
  hideProposal: {
    right: 'proposals.hide',
    run: ({ proposalId }, { ctx }) => hideProposal(ctx, { proposalId }),
  },
  showProposal: {
    right: 'proposals.hide',
    run: ({ proposalId }, { ctx }) => showProposal(ctx, { proposalId }),
  },
  blockSender: {
    right: 'senders.block',
    run: ({ proposalId }, { ctx }) => blockSender(ctx, { proposalId }),
  },
  unblockSender: {
    right: 'senders.block',
    run: ({ proposalId }, { ctx }) => unblockSender(ctx, { proposalId }),
  },
  showAuthor: {
    right: 'exports.names',
    run: ({ proposalId }, { ctx }) => showAuthor(ctx, { proposalId }),
  },
  transcribe: {
    right: 'proposals.transcribe',
    run: ({ spokenId }, { ctx }) => transcribe(ctx, { proposalId: spokenId, transcript: 'Суу жок' }),
  },
  mergeProposals: {
    right: 'proposals.merge',
    run: ({ proposalId, otherProposalId }, { ctx }) =>
      mergeProposals(ctx, { fromId: otherProposalId, intoId: proposalId }),
  },
  undoMerge: {
    right: 'proposals.merge',
    async run({ proposalId, otherProposalId }, { ctx, operator }) {
      await mergeProposals(operator, { fromId: otherProposalId, intoId: proposalId });
      await undoMerge(ctx, { proposalId: otherProposalId });
    },
  },
  addTemplate: {
    right: 'answers.edit',
    run: ({ municipality }, { ctx }) =>
      addTemplate(ctx, { municipalityId: municipality.id, status: 'declined', texts: answer }),
  },
  changeTemplate: {
    right: 'answers.edit',
    async run({ municipality: { id: municipalityId } }, { ctx, operator }) {
      const templateId = await addTemplate(operator, { municipalityId, status: 'declined', texts: answer });
      await changeTemplate(ctx, { municipalityId, templateId, texts: answer });
    },
  },
  removeTemplate: {
    right: 'answers.edit',
    async run({ municipality: { id: municipalityId } }, { ctx, operator }) {
      const templateId = await addTemplate(operator, { municipalityId, status: 'declined', texts: answer });
      await removeTemplate(ctx, { municipalityId, templateId });
    },
  },
  enterProposal: {
    right: 'proposals.enter',
    run: ({ municipality: { id: municipalityId, villages } }, { ctx }) =>
      enterProposal(ctx, {
        ...paper,
        mediaIds: [],
        municipalityId,
        villageId: villages[0]?.id ?? '',
        sectorId: 'roads',
        text: 'Кагаздан',
      }),
  },
  importProposals: {
    right: 'proposals.import',
    run: ({ municipality: { id: municipalityId, villages } }, { ctx }) =>
      importProposals(ctx, {
        municipalityId,
        rows: [{ ...row, text: 'Файлдан', villageId: villages[0]?.id ?? '', sectorId: 'roads' }],
      }),
  },
  importTable: {
    right: 'proposals.import',
    run: ({ municipality }, { ctx }) =>
      importTable(ctx, readCsv(Buffer.from(`text,village\nФайлдан келди,${municipality.villages[0]?.id}\n`)), {
        municipality,
      }),
  },
  recordMeeting: {
    right: 'meetings.record',
    run: ({ municipality }, { ctx }) => recordMeeting(ctx, meeting(municipality)),
  },
  showSheets: {
    right: 'exports.names',
    run: async ({ municipality }, { ctx, operator }) => {
      const { id } = await recordMeeting(operator, meeting(municipality));
      await showSheets(ctx, { municipalityId: municipality.id, meetingId: id });
    },
  },
  cancelMeeting: {
    right: 'meetings.record',
    async run({ municipality }, { ctx, operator }) {
      const { id } = await recordMeeting(operator, meeting(municipality));
      await cancelMeeting(ctx, id);
    },
  },
  readStatistics: {
    right: 'statistics.read',
    run: ({ municipality }, { ctx }) => readStatistics(ctx, municipality.id),
  },
  startExport: {
    right: 'exports.make',
    run: ({ municipality: { id: municipalityId } }, { ctx }) =>
      startExport(ctx, {
        request: { filter: { municipalityId }, format: 'csv', names: false },
        to: key,
        language: 'ky',
      }),
  },
  'startExport with names': {
    right: 'exports.names',
    run: ({ municipality: { id: municipalityId } }, { ctx }) =>
      startExport(ctx, {
        request: { filter: { municipalityId }, format: 'csv', names: true },
        to: key,
        language: 'ky',
      }),
  },
  createPlan: {
    right: 'plans.edit',
    run: ({ municipality }, { ctx }) => createPlan(ctx, { municipalityId: municipality.id, year: 2028 }),
  },
  addLine: {
    right: 'plans.edit',
    async run(office, trial) {
      const { planId } = await planWithLine(office, trial);
      await addLine(trial.ctx, { planId, fields: { direction: 'Суу' } });
    },
  },
  editLine: {
    right: 'plans.edit',
    async run(office, trial) {
      await editLine(trial.ctx, { ...(await planWithLine(office, trial)), set: { direction: 'Суу' } });
    },
  },
  moveLine: {
    right: 'plans.edit',
    async run(office, trial) {
      await moveLine(trial.ctx, { ...(await planWithLine(office, trial)), position: 1 });
    },
  },
  removeLine: {
    right: 'plans.edit',
    async run(office, trial) {
      await removeLine(trial.ctx, await planWithLine(office, trial));
    },
  },
  setLineProposals: {
    right: 'plans.edit',
    async run(office, trial) {
      await setLineProposals(trial.ctx, { ...(await planWithLine(office, trial)), add: [office.proposalId] });
    },
  },
  takeSuggestion: {
    right: 'plans.edit',
    async run(office, trial) {
      const { planId } = await planWithLine(office, trial);
      await takeSuggestion(trial.ctx, { planId, sectorId: 'roads', language: 'ky' });
    },
  },
  markHeard: {
    right: 'plans.edit',
    async run(office, trial) {
      const { planId } = await planWithLine(office, trial);
      await markHeard(trial.ctx, { planId, heardOn: day });
    },
  },
  approvePlan: {
    right: 'plans.approve',
    async run(office, trial) {
      const { planId } = await planWithLine(office, trial);
      await approvePlan(trial.ctx, { planId, body: 'Кеңеш', date: day, number: '1' });
    },
  },
  setTemplate: {
    right: 'plans.edit',
    run: async ({ municipality: { id: municipalityId } }, { ctx }) =>
      setTemplate(ctx, { municipalityId, language: 'ky', file: await defaultTemplate('ky') }),
  },
  resetTemplate: {
    right: 'plans.edit',
    run: ({ municipality: { id: municipalityId } }, { ctx }) => resetTemplate(ctx, { municipalityId, language: 'ky' }),
  },
  requestPlanJob: {
    right: 'exports.make',
    run: ({ municipality: { id: municipalityId } }, { ctx, staffId }) =>
      requestPlanJob(ctx, {
        municipalityId,
        staffId,
        key,
        locale: 'ky',
        request: { kind: 'template', language: 'ky' },
      }),
  },
  'requestPlanJob of a new template': {
    right: 'plans.edit',
    run: ({ municipality: { id: municipalityId } }, { ctx, staffId }) =>
      requestPlanJob(ctx, {
        municipalityId,
        staffId,
        key,
        locale: 'ky',
        request: { kind: 'new-template', mediaId: 1, language: 'ky' },
      }),
  },
  createHearing: {
    right: 'announcements.prepare',
    run: ({ municipality: { id: municipalityId, villages } }, { ctx }) =>
      createHearing(ctx, {
        municipalityId,
        kind: 'jap',
        topic: { ky: 'План' },
        startsAt: new Date('2026-12-20T10:00:00+06:00'),
        villageId: villages[0]?.id ?? '',
        building: 'Клуб',
      }),
  },
  changeHearing: {
    right: 'hearings.manage',
    async run({ municipality }, { ctx, operator }) {
      const { id: hearingId } = await givenHearing(operator, municipality);
      await changeHearing(ctx, { hearingId, changes: { building: 'Мектеп' } });
    },
  },
  cancelHearing: {
    right: 'hearings.manage',
    async run({ municipality }, { ctx, operator }) {
      const { id: hearingId } = await givenHearing(operator, municipality);
      await cancelHearing(ctx, { hearingId, reason: 'Себеби бар' });
    },
  },
  recordHearing: {
    right: 'hearings.manage',
    async run(office, trial) {
      const { hearingId, clock } = await begunHearing(office, trial);
      await recordHearing({ ...trial.ctx, clock }, { hearingId, people: 40, women: 15 });
    },
  },
  answerHearingQuestion: {
    right: 'hearings.manage',
    async run(office, trial) {
      const { questionId } = await begunHearing(office, trial);
      await answerHearingQuestion(trial.ctx, { questionId, answer: 'Быйыл' });
    },
  },
  linkGroup: {
    right: 'groups.link',
    run: ({ municipality: { villages } }, { ctx }) =>
      linkGroup(ctx, { address: group, villageId: villages[0]?.id ?? '', title: 'Мантыш' }),
  },
  tagInGroup: {
    right: 'groups.link',
    async run({ municipality: { villages } }, { ctx, operator }) {
      await linkGroup(operator, { address: group, villageId: villages[0]?.id ?? '', title: 'Мантыш' });
      await tagInGroup(ctx, {
        ...{ group, author: null, writesFirst: false, media: [], text: 'Суу жок', language: 'ky', sectorId: null },
        ...{ messageRef: 'a', test: false, consentDays: 7 },
      });
    },
  },
  unlinkGroup: {
    right: 'groups.link',
    async run({ municipality: { villages } }, { ctx, operator }) {
      await linkGroup(operator, { address: group, villageId: villages[0]?.id ?? '', title: 'Мантыш' });
      await unlinkGroup(ctx, { address: group });
    },
  },
  moveHearing: {
    right: 'hearings.manage',
    async run({ municipality }, { ctx, operator }) {
      const { id: hearingId } = await givenHearing(operator, municipality);
      await moveHearing(ctx, { hearingId, changes: { building: 'Мектеп' } });
    },
  },
  callOffHearing: {
    right: 'hearings.manage',
    async run({ municipality }, { ctx, operator }) {
      const { id: hearingId } = await givenHearing(operator, municipality);
      await callOffHearing(ctx, { hearingId, reason: 'Себеби бар' });
    },
  },
  createAnnouncement: {
    right: 'announcements.prepare',
    run: (office, { ctx }) => createAnnouncement(ctx, notice(office)),
  },
  changeAnnouncement: {
    right: 'announcements.prepare',
    run: async (office, trial) =>
      changeAnnouncement(trial.ctx, { ...(await written(office, trial)), changes: { texts: answer } }),
  },
  testAnnouncement: {
    right: 'announcements.prepare',
    run: async (office, trial) =>
      testAnnouncement(trial.ctx, { ...(await written(office, trial)), mediaDir, residentId: office.residentId }),
  },
  prepareAnnouncement: {
    right: 'announcements.prepare',
    run: async (office, trial) => prepareAnnouncement(trial.ctx, { ...(await written(office, trial)), mediaDir }),
  },
  cancelAnnouncement: {
    right: 'announcements.prepare',
    run: async (office, trial) => cancelAnnouncement(trial.ctx, await written(office, trial)),
  },
  changeDraftHearing: {
    right: 'announcements.prepare',
    run: async (office, trial) =>
      changeDraftHearing(trial.ctx, { ...(await writtenOfHearing(office, trial)), changes: { building: 'Мектеп' } }),
  },
  dropDraft: {
    right: 'announcements.prepare',
    run: async (office, trial) =>
      dropDraft(trial.ctx, { ...(await writtenOfHearing(office, trial)), reason: 'Жаңылыштык' }),
  },
  releaseAnnouncement: {
    right: 'announcements.release',
    run: async (office, trial) => releaseAnnouncement(trial.ctx, { ...(await written(office, trial)), mediaDir }),
  },
  pauseAnnouncement: {
    right: 'announcements.release',
    run: async (office, trial) => pauseAnnouncement(trial.ctx, await written(office, trial, 'released')),
  },
  resumeAnnouncement: {
    right: 'announcements.release',
    run: async (office, trial) => resumeAnnouncement(trial.ctx, await written(office, trial, 'paused')),
  },
  setNoticeTemplate: {
    right: 'announcements.release',
    run: ({ municipality }, { ctx }) =>
      setNoticeTemplate(ctx, { municipalityId: municipality.id, notice: 'hearing', language: 'ky', text: '{topic}' }),
  },
  startRecipients: {
    right: 'announcements.read',
    run: async (office, trial) =>
      startRecipients(trial.ctx, { ...(await written(office, trial)), names: false, to: key, language: 'ky' }),
  },
  'startRecipients with names': {
    right: 'exports.names',
    run: async (office, trial) =>
      startRecipients(trial.ctx, { ...(await written(office, trial)), names: true, to: key, language: 'ky' }),
  },
  takeRecipients: {
    right: 'announcements.read',
    run: async (office, trial) =>
      takeRecipients(trial.ctx, { ...(await written(office, trial)), format: 'csv', names: false }),
  },
  'takeRecipients with names': {
    right: 'exports.names',
    run: async (office, trial) =>
      takeRecipients(trial.ctx, { ...(await written(office, trial)), format: 'csv', names: true }),
  },
  listStaff: {
    right: 'staff.list',
    run: ({ municipality }, { ctx }) => listStaff(ctx, municipality.id),
  },
  inviteStaff: {
    right: 'staff.manage',
    run: ({ municipality: { id: municipalityId } }, { ctx }) =>
      inviteStaff(ctx, { municipalityId, role: 'admin', name: null }),
  },
  revokeInvitation: {
    right: 'staff.manage',
    async run({ municipality: { id: municipalityId } }, { ctx, operator }) {
      const { id: invitationId } = await inviteStaff(operator, { municipalityId, role: 'admin', name: null });
      await revokeInvitation(ctx, { municipalityId, invitationId });
    },
  },
  changeRole: {
    right: 'staff.manage',
    run: ({ municipality: { id: municipalityId }, dispensableId: staffId }, { ctx }) =>
      changeRole(ctx, { municipalityId, staffId, role: 'admin' }),
  },
  removeStaff: {
    right: 'staff.manage',
    run: ({ municipality: { id: municipalityId }, dispensableId: staffId }, { ctx }) =>
      removeStaff(ctx, { municipalityId, staffId }),
  },
};
