import { join } from 'node:path';
import type { Command } from 'commander';
import { readStatus, type WhatsAppStatus } from '../channels/whatsapp/status-file.ts';
import { isoWithOffset } from '../core/dates.ts';
import { terminalQr } from './terminal-qr.ts';
import { readWorld } from './with-database.ts';

const HOUR_MS = 3_600_000;

export function addWhatsApp(program: Command): void {
  program
    .command('whatsapp')
    .description('The link to WhatsApp.')
    .command('status')
    .description('How it stands, and the code to link the phone while there is one.')
    .option('--json', 'for programs')
    .action((options: { json?: boolean }) => {
      const { config } = readWorld();
      const status = readStatus(join(config.dataDir, 'whatsapp'));
      const view = viewOf(config.whatsapp !== null, status);
      if (options.json) process.stdout.write(`${JSON.stringify(view)}\n`);
      else process.stdout.write(`${linesOf(view, config.timeZone).join('\n')}\n`);
      if (!options.json && view.qr !== null) process.stdout.write(`\n${terminalQr(view.qr)}\n`);
    });
}

type View = ReturnType<typeof viewOf>;

/** What the file says, unless its process has ended: then nothing of it holds but what was. */
function viewOf(enabled: boolean, status: WhatsAppStatus | null) {
  const running = status !== null && status.state !== 'stopped' && isAlive(status.pid);
  return {
    enabled,
    running,
    state: running ? status.state : 'stopped',
    since: running ? status.since : null,
    trouble: running ? status.trouble : null,
    qr: running ? status.qr : null,
    pairingCode: running ? status.pairingCode : null,
    number: status?.number ?? null,
    linkedAt: status?.linkedAt ?? null,
    lastInboundAt: status?.lastInboundAt ?? null,
    lastAckAt: status?.lastAckAt ?? null,
    restartsLastHour: (status?.restartedAt ?? []).filter((at) => Date.now() - at.getTime() < HOUR_MS).length,
  };
}

function linesOf(view: View, timeZone: string): string[] {
  const at = (instant: Date | null) => (instant === null ? 'never' : isoWithOffset(instant, timeZone));
  return [
    `state: ${view.state}${view.since === null ? '' : ` since ${at(view.since)}`}`,
    ...(view.trouble === null ? [] : [`trouble: ${view.trouble}`]),
    ...(view.enabled ? [] : ['WHATSAPP_ENABLED is not true: start leaves WhatsApp alone']),
    `number: ${view.number === null ? 'none linked yet' : `+${view.number}`}`,
    `last message in: ${at(view.lastInboundAt)}`,
    `last receipt: ${at(view.lastAckAt)}`,
    `restarts within the hour: ${view.restartsLastHour}`,
    ...(view.pairingCode === null
      ? []
      : [`code to type on the phone (Linked devices, link with phone number): ${view.pairingCode}`]),
    ...(view.qr === null ? [] : ['scan with the phone of the bot (Linked devices, link a device):']),
  ];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
