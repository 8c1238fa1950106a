/** How long things may take and pause. Only tests have a reason to change it. */
export interface WhatsAppTiming {
  /** The state is looked at so often; WhatsApp itself is asked only every `watchMs` while it is ready. */
  readonly tickMs: number;
  readonly watchMs: number;
  /** WhatsApp's page must answer a question of the watchdog within. */
  readonly answerMs: number;
  /** From the start to a page that shows whether the number is linked. */
  readonly startMs: number;
  /** Connected without being ready: then it is helped along once, and later started anew. */
  readonly rescueMs: number;
  readonly readyMs: number;
  /** A QR code is renewed every 20 s; the code that is typed every three minutes. */
  readonly qrMs: number;
  readonly pairingMs: number;
  /** Without a connection: then it is started anew. */
  readonly degradedMs: number;
  /** A call of the browser; a send without a file; with one, at most; until WhatsApp's server has it. */
  readonly callMs: number;
  readonly sendMs: number;
  readonly longestSendMs: number;
  readonly ackMs: number;
  /** The browser’s orderly end; at that of the program, which waits for little. */
  readonly stopMs: number;
  readonly exitMs: number;
  /** Between starts, growing; after so long ready it begins anew. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly calmMs: number;
  /** What could not be read back is tried again after so long. */
  readonly readAgainMs: number;
  /** Above so much memory the browser is started anew. */
  readonly mostBytes: number;
  /** So long after the last start it is started anew at a quiet hour. */
  readonly freshMs: number;
}

export const TIMING: WhatsAppTiming = {
  tickMs: 5_000,
  watchMs: 30_000,
  answerMs: 10_000,
  startMs: 120_000,
  rescueMs: 15_000,
  readyMs: 120_000,
  qrMs: 90_000,
  pairingMs: 240_000,
  degradedMs: 120_000,
  callMs: 30_000,
  sendMs: 60_000,
  longestSendMs: 30 * 60_000,
  ackMs: 30_000,
  stopMs: 10_000,
  exitMs: 4_000,
  firstPauseMs: 5_000,
  longestPauseMs: 300_000,
  calmMs: 600_000,
  readAgainMs: 30_000,
  mostBytes: 1.2 * 1024 ** 3,
  freshMs: 20 * 3_600_000,
};

/** 256 kbit/s: what a mobile network far from its mast carries upwards. Where it is slower, the next attempt waits for the first. */
const UPLOADED_PER_MS = 32;

/** How long a send may take that brings so many bytes. */
export function sendLimitMs({ sendMs, longestSendMs }: WhatsAppTiming, bytes: number): number {
  return Math.min(longestSendMs, sendMs + bytes / UPLOADED_PER_MS);
}
