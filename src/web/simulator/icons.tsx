/** @jsxRuntime automatic @jsxImportSource hono/jsx */
const PATHS = {
  attach: 'M12 5v14M5 12h14',
  send: 'M4 12l16-8-6 16-3-6z',
  mic: 'M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM5 11a7 7 0 0 0 14 0M12 18v3',
  stop: 'M7 7h10v10H7z',
  photo: 'M4 7h4l2-3h4l2 3h4v12H4zM12 16a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  voice:
    'M9 18V6l10-2v12M9 18a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM19 16a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
  place: 'M12 21s7-6.200 7-11a7 7 0 1 0-14 0c0 4.800 7 11 7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  close: 'M6 6l12 12M18 6L6 18',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  buttons: 'M6 4h12a2 2 0 0 1 0 6H6a2 2 0 0 1 0-6zM6 14h12a2 2 0 0 1 0 6H6a2 2 0 0 1 0-6z',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  check: 'M5 13l4 4L19 7',
  checks: 'M2 13l4 4L16 7M11 15l2 2L23 7',
  failed: 'M12 8v5M12 16.500v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
} as const;

/** A line drawing beside a label; never the only name of a control. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
