/** WhatsApp is on, and the pace of its announcements off. */
export const WHATSAPP_AT_ONCE: NodeJS.ProcessEnv = {
  WHATSAPP_ENABLED: 'true',
  WHATSAPP_MIN_GAP_MS: '0',
  WHATSAPP_MAX_GAP_MS: '0',
  WHATSAPP_HOURLY_CAP: '100000',
  WHATSAPP_DAILY_CAP: '1000000',
  WHATSAPP_WARM_UP_DAYS: '0',
  WHATSAPP_QUIET_HOURS: 'off',
};
