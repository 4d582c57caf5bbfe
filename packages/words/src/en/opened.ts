/** Words around opened values, which nothing prints unless it was asked to. */
export const OPENED_WORDS = {
  banner: '==== OPENED VALUES (--show-opened) ====',
  warning:
    'They are part of no report. They may name people who are at risk: whoever keeps this text, or passes it on, discloses them.',
  none: 'No field is opened.',
  later: 'opened by the file of later openings',
  end: '==== END OF OPENED VALUES ====',
  names: 'Original file names (--names)',
  noNames: 'No original file name is opened.',
  noPath: '(its path is not opened)',
} as const
