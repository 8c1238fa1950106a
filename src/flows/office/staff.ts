import { formatDate } from '../../core/dates.ts';
import { capitalized, cleanText } from '../../core/text.ts';
import { DEFAULT_LOCALE, type Translate, translator } from '../../core/texts.ts';
import type { AskOptions, Dialog, Flow, Option } from '../../dialog/types.ts';
import { addressOf } from '../../messaging/dialog-key.ts';
import { changeRole } from '../../staff/change-role.ts';
import { showCode } from '../../staff/codes.ts';
import { InvitationNotFoundError, LastAdminError, StaffNotFoundError } from '../../staff/errors.ts';
import { inviteStaff, MAX_NAME_LENGTH } from '../../staff/invite-staff.ts';
import { type Joined, joinStaff } from '../../staff/join-staff.ts';
import { listStaff } from '../../staff/list-staff.ts';
import { removeStaff } from '../../staff/remove-staff.ts';
import { revokeInvitation } from '../../staff/revoke-invitation.ts';
import { hasRight, ROLES, type Role } from '../../staff/rights.ts';
import { asStaff, isElsewhere, type Kit, type Opened, orElsewhere, textsOf } from '../kit.ts';
import { askLanguage } from '../language.ts';
import { enterOffice, type Office } from './office.ts';

/** What stands in `about` where no code can be read in what was written after the command. */
export const UNREADABLE_CODE = 'unreadable';

/** With a code (its hash): joins. Without: who works here, and, for admins, inviting, changing and removing. */
export const staff: Flow<Kit, Opened> = {
  name: 'staff',
  version: 1,
  async run(d, kit, { about }) {
    const joins = await d.remember('joins', () => joinsBy(about, kit));
    if (joins) await join(d, kit, about);
    else await manage(d, kit);
  },
};

/** Whoever works here already may write anything after the command. */
function joinsBy(about: string, kit: Kit): boolean {
  return about !== '' && (about !== UNREADABLE_CODE || kit.staff.length === 0);
}

async function join(d: Dialog, kit: Kit, codeHash: string): Promise<void> {
  const language = await askLanguage(d, kit);
  if (language === null) return;
  const t = translator(language);
  const joined = await d.effect('join', (ctx) =>
    joinStaff(ctx, { codeHash, address: addressOf(kit.key), language, name: kit.personName }),
  );
  for (const sentence of answerTo(joined, kit, t)) await d.say(sentence);
}

function answerTo(joined: Joined, kit: Kit, t: Translate): string[] {
  switch (joined.state) {
    case 'joined': {
      const municipality = kit.places.municipality(joined.municipalityId).names[kit.locale ?? DEFAULT_LOCALE];
      return [t('staff-joined', { municipality, role: t(`role-${joined.role}`) }), t(`staff-can-${joined.role}`)];
    }
    case 'already':
      return [t('staff-already', { role: t(`role-${joined.role}`) })];
    case 'refused':
      return [joined.minutes === 0 ? t('staff-code-wrong') : t('staff-code-wrong-pause', { minutes: joined.minutes })];
    case 'paused':
      return [t('staff-code-pause', { minutes: joined.minutes })];
    case 'silent':
      return [];
  }
}

/** What the list shows, remembered: buttons are built of it. */
interface Listed {
  readonly text: string;
  readonly members: readonly { id: string; label: string; name: string; role: Role; since: string }[];
  readonly invitations: readonly { id: string; label: string; until: string }[];
}

async function manage(d: Dialog, kit: Kit): Promise<void> {
  const office = await enterOffice(d, kit, 'staff.list');
  if (office === null) return;
  const t = textsOf(kit);
  for (;;) {
    const shown = await d.remember('list', async (ctx) =>
      describe(await listStaff(asStaff(ctx, office.staffId), office.municipalityId), kit, office, t),
    );
    const mayManage = await d.remember('may-manage', () =>
      kit.staff.some(({ staffId, role }) => staffId === office.staffId && hasRight(role, 'staff.manage')),
    );
    if (!mayManage) return d.say(shown.text);
    const options: Option[] = [
      { id: 'invite', label: t('btn-staff-invite') },
      ...shown.members.map(({ id, label }) => ({ id, label })),
      ...shown.invitations.map(({ id, label }) => ({ id, label })),
    ];
    const chosen = await d.choose('which', `${shown.text}\n\n${t('staff-which')}`, options, orElsewhere);
    if (isElsewhere(chosen)) return kit.next({ again: true });
    // the code is told as the last thing of the conversation: so it is kept in none
    if (chosen === 'invite') return invite(d, kit, office);
    const member = shown.members.find(({ id }) => id === chosen);
    const invitation = shown.invitations.find(({ id }) => id === chosen);
    if (member !== undefined) await openMember(d, kit, office, member);
    if (invitation !== undefined) await openInvitation(d, kit, office, invitation);
  }
}

function describe(
  { members, invitations }: Awaited<ReturnType<typeof listStaff>>,
  kit: Kit,
  { municipalityId }: Office,
  t: Translate,
): Listed {
  const { timeZone } = kit.places.municipality(municipalityId);
  const line = ({ name, role }: { name: string | null; role: Role }) =>
    t('staff-line', { name: name ?? t('staff-no-name'), role: t(`role-${role}`) });
  const date = (at: Date) => formatDate(at, kit.locale ?? DEFAULT_LOCALE, timeZone, 'with-time');
  return {
    text: [
      t('staff-list', { count: members.length }),
      ...members.map(line),
      ...(invitations.length === 0 ? [] : ['', t('staff-list-invited'), ...invitations.map(line)]),
    ].join('\n'),
    members: members.map((member) => ({
      id: `m${member.staffId}`,
      label: line(member),
      name: member.name ?? t('staff-no-name'),
      role: member.role,
      since: date(member.joinedAt),
    })),
    invitations: invitations.map((invitation) => ({
      id: `i${invitation.invitationId}`,
      label: line(invitation),
      until: date(invitation.expiresAt),
    })),
  };
}

async function invite(d: Dialog, kit: Kit, { staffId, municipalityId }: Office): Promise<void> {
  const t = textsOf(kit);
  const role = await askRole(d, t);
  const name = await d.ask('name', t('staff-ask-name'), { parse: nameIn(t), optional: true });
  const invitation = await d.effect('invite', (ctx) =>
    inviteStaff(asStaff(ctx, staffId), { municipalityId, role, name }),
  );
  const code = showCode(invitation.code);
  await d.say(t('staff-invite', { code, role: t(`role-${role}`) }));
  // a message of its own, to be passed on as it is
  const link = kit.joinLink(invitation.code);
  await d.say([...(link === null ? [] : [link]), t('staff-invite-words', { code })].join('\n'));
}

function nameIn(t: Translate): NonNullable<AskOptions<string>['parse']> {
  return (input) => {
    const name = input.kind === 'text' ? cleanText(input.text).replace(/\s+/g, ' ') : '';
    if (name === '') return { refuse: null };
    return name.length > MAX_NAME_LENGTH ? { refuse: t('staff-name-long', { max: MAX_NAME_LENGTH }) } : { value: name };
  };
}

async function askRole(d: Dialog, t: Translate): Promise<Role> {
  const options = ROLES.map((id) => ({ id, label: capitalized(t(`role-${id}`)) }));
  const chosen = await d.choose('role', t('staff-ask-role'), options);
  return ROLES.find((role) => role === chosen) ?? 'deputy';
}

async function openMember(
  d: Dialog,
  kit: Kit,
  { staffId, municipalityId }: Office,
  member: Listed['members'][number],
): Promise<void> {
  const t = textsOf(kit);
  const target = { municipalityId, staffId: Number(member.id.slice(1)) };
  const options = [
    { id: 'role', label: t('btn-staff-role') },
    { id: 'remove', label: t('btn-staff-remove') },
    { id: 'list', label: t('btn-to-list') },
  ];
  const act = await d.choose('member', `${member.label}\n${t('staff-since', { date: member.since })}`, options);
  if (act === 'role') {
    const role = await askRole(d, t);
    const done = await d.effect('change-role', (ctx) =>
      outcome(() => changeRole(asStaff(ctx, staffId), { ...target, role })),
    );
    await d.say(done === 'done' ? t('staff-role-changed', { role: t(`role-${role}`) }) : t(done));
  }
  if (act === 'remove') {
    const labels = { yes: t('btn-staff-remove-yes'), no: t('btn-staff-keep') };
    if (!(await d.confirm('remove-sure', t('staff-remove-ask', { name: member.name }), labels))) return;
    const done = await d.effect('remove', (ctx) => outcome(() => removeStaff(asStaff(ctx, staffId), target)));
    await d.say(t(done === 'done' ? 'staff-removed' : done));
  }
}

async function openInvitation(
  d: Dialog,
  kit: Kit,
  { staffId, municipalityId }: Office,
  invitation: Listed['invitations'][number],
): Promise<void> {
  const t = textsOf(kit);
  const options = [
    { id: 'revoke', label: t('btn-staff-revoke') },
    { id: 'list', label: t('btn-to-list') },
  ];
  const head = `${invitation.label}\n${t('staff-until', { date: invitation.until })}`;
  if ((await d.choose('invitation', head, options)) !== 'revoke') return;
  const labels = { yes: t('btn-staff-revoke-yes'), no: t('btn-staff-keep') };
  if (!(await d.confirm('revoke-sure', t('staff-revoke-ask'), labels))) return;
  const target = { municipalityId, invitationId: Number(invitation.id.slice(1)) };
  const done = await d.effect('revoke', (ctx) => outcome(() => revokeInvitation(asStaff(ctx, staffId), target)));
  await d.say(t(done === 'done' ? 'staff-revoked' : done));
}

/** What came of a change that somebody else may have been quicker with. */
async function outcome(verb: () => Promise<void>): Promise<'done' | 'staff-last-admin' | 'staff-gone'> {
  try {
    await verb();
    return 'done';
  } catch (error) {
    if (error instanceof LastAdminError) return 'staff-last-admin';
    if (error instanceof StaffNotFoundError || error instanceof InvitationNotFoundError) return 'staff-gone';
    throw error;
  }
}
