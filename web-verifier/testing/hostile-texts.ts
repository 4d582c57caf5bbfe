/** Names that would run, hide, turn the direction of reading, or be taken for a formula. Invented. */
export const HOSTILE: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '<svg onload=alert(1)>',
  'javascript:alert(1)',
  '=HYPERLINK("http://example.invalid","x")',
  '+cmd|calc',
  '\u202egpj.exe',
  '\u2066isolate\u2069',
  'zero\u200bwidth',
  'line\nfeed',
  'tab\there',
  '&lt;b&gt;&amp;',
  '{{constructor}}',
  '{name}',
  '\u0634\u0647\u0627\u062f\u0629.pdf',
  '\u1019\u103c\u1014\u103a\u1019\u102c',
]
