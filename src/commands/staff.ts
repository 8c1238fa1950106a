import { type Command, InvalidArgumentError, Option } from 'commander';
import { probeTelegram } from '../channels/telegram/probe.ts';
import type { Config } from '../config.ts';
import { isoWithOffset } from '../core/dates.ts';
import { AppError, toError } from '../core/errors.ts';
import { mask } from '../core/logger.ts';
import { changeRole } from '../staff/change-role.ts';
import { CODE_HOURS, showCode } from '../staff/codes.ts';
import { inviteStaff, MAX_NAME_LENGTH } from '../staff/invite-staff.ts';
import { telegramJoinLink } from '../staff/join-link.ts';
import { listStaff } from '../staff/list-staff.ts';
import { removeStaff } from '../staff/remove-staff.ts';
import { revokeInvitation } from '../staff/revoke-invitation.ts';
import { ROLES, type Role } from '../staff/rights.ts';
import { type CommandWorld, chooseMunicipality, tell, withDatabase } from './with-database.ts';

interface Where {
  readonly municipality?: string;
}

export function addStaff(program: Command): void {
  const staff = program.command('staff').description('Who works in the okmotu and the working group.');
  where(staff.command('invite').description('Makes a code by which one person joins.'))
    .addOption(roleOption().makeOptionMandatory())
    .option('--name <name>', 'as colleagues know the person; default: as the chat platform does')
    .option('--json', 'for programs')
    .action((options: Where & { role: Role; name?: string; json?: boolean }) =>
      withDatabase((world) => invite(world, options)),
    );
  where(staff.command('list').description('Who works here, and the invitations that can still be used.'))
    .option('--json', 'for programs')
    .action((options: Where & { json?: boolean }) => withDatabase((world) => list(world, options)));
  where(staff.command('change').description('Gives somebody another role.'))
    .argument('<id>', 'as `staff list` shows it', parseId)
    .addOption(roleOption().makeOptionMandatory())
    .action((staffId: number, { role, municipality }: Where & { role: Role }) =>
      withDatabase(async (world) => {
        const municipalityId = await idOf(world, municipality);
        await changeRole(world.ctx, { municipalityId, staffId, role });
        tell(`Now ${role}.`);
      }),
    );
  where(staff.command('remove').description('Ends somebody’s work here, at once.'))
    .argument('<id>', 'as `staff list` shows it', parseId)
    .action((staffId: number, { municipality }: Where) =>
      withDatabase(async (world) => {
        await removeStaff(world.ctx, { municipalityId: await idOf(world, municipality), staffId });
        tell('Removed.');
      }),
    );
  where(staff.command('revoke').description('Takes an invitation back that nobody has used.'))
    .argument('<id>', 'of the invitation, as `staff list` shows it', parseId)
    .action((invitationId: number, { municipality }: Where) =>
      withDatabase(async (world) => {
        await revokeInvitation(world.ctx, { municipalityId: await idOf(world, municipality), invitationId });
        tell('Taken back.');
      }),
    );
}

function where(command: Command): Command {
  return command.option('--municipality <code>', 'where there are several');
}

function roleOption(): Option {
  return new Option('--role <role>').choices([...ROLES]);
}

function parseId(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('expected the number that staff list shows');
  return Number(value);
}

async function idOf(world: CommandWorld, code: string | undefined): Promise<number> {
  return (await chooseMunicipality(world, code)).municipality.id;
}

async function invite(
  world: CommandWorld,
  { municipality, role, name = null, json }: Where & { role: Role; name?: string | null; json?: boolean },
): Promise<void> {
  const length = name?.trim().length ?? 1;
  if (length < 1 || length > MAX_NAME_LENGTH) {
    throw new AppError('invalid', `--name has ${length} characters: expected 1 to ${MAX_NAME_LENGTH}.`);
  }
  const municipalityId = await idOf(world, municipality);
  const { code, expiresAt } = await inviteStaff(world.ctx, { municipalityId, role, name });
  const link = await telegramLink(world.config, code);
  if (json) process.stdout.write(`${JSON.stringify({ code: showCode(code), link, role, expiresAt })}\n`);
  else process.stdout.write([showCode(code), ...(link === null ? [] : [link]), ''].join('\n'));
  const how = link === null ? '' : 'by the link, or ';
  tell(`One person joins as ${role} within ${CODE_HOURS} hours: ${how}by writing to the bot: /staff ${showCode(code)}`);
}

/** Null where Telegram is off or does not answer: then the code is typed. */
async function telegramLink({ telegram }: Config, code: string): Promise<string | null> {
  if (telegram === null) return null;
  try {
    return telegramJoinLink(await probeTelegram(telegram), code);
  } catch (thrown) {
    tell(`No link: ${mask(toError(thrown).message)}`);
    return null;
  }
}

async function list(world: CommandWorld, { municipality: code, json }: Where & { json?: boolean }): Promise<void> {
  const { municipality } = await chooseMunicipality(world, code);
  const found = await listStaff(world.ctx, municipality.id);
  if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else {
    const at = (date: Date) => isoWithOffset(date, municipality.timeZone);
    const members = found.members.map(({ staffId, role, name, joinedAt }) => [staffId, role, name ?? '', at(joinedAt)]);
    const invitations = found.invitations.map(({ invitationId, role, name, expiresAt }) => [
      `invitation ${invitationId}`,
      role,
      name ?? '',
      `until ${at(expiresAt)}`,
    ]);
    for (const cells of [...members, ...invitations]) process.stdout.write(`${cells.join('\t')}\n`);
  }
  tell(`${found.members.length} of the staff, ${found.invitations.length} invited.`);
}
