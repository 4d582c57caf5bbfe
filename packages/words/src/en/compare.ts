import type { LogRelationName, LogRelationReason, ReportComparison, ReportInputName } from '@probatum/core'

/** Sentences of `probatum compare`, in English alone: the terminal's. */
export interface CompareWords {
  readonly relations: Readonly<Record<LogRelationName, string>>
  readonly reasons: Readonly<Record<LogRelationReason, string>>
  readonly reports: Readonly<Record<ReportComparison['outcome'], { readonly title: string; readonly say: string }>>
  readonly inputs: Readonly<Record<ReportInputName, string>>
}

/** What each answer about two bundles, its reasons and each difference of two reports means. */
export const COMPARE_WORDS: CompareWords = {
  relations: {
    'SAME HISTORY':
      'Both hold the same log: every event and every item line has the same digest, under a key that you believe. What each of them shows of it, and its evidence files, may differ.',
    'ONE EXTENDS THE OTHER':
      'Both come from one log, under a key that you believe. The longer one has everything that the shorter one has, unaltered and in the same order, and goes on.',
    FORK: 'There are two histories of one log, both signed with its key. They cannot both be what was recorded. Keep both bundles: the two signed heads are the proof.',
    'SEPARATE LOGS WITH COMMON CONTENT':
      'Warning: these are two logs, and they have content in common. Ask the issuer why one case has two histories; neither of them says that it continues the other.',
    UNRELATED:
      'Two logs that have nothing in common that can be seen: no line, no commitment, no file by its digest, and another case. Files of withheld items cannot be seen.',
    'CANNOT TELL': 'Whether these are one history is neither proved nor contradicted.',
  },
  reasons: {
    'events-differ': 'The events differ at a position that both have.',
    'items-differ': 'The events agree, and the items differ at a position that both have.',
    'items-dropped': 'The later log has fewer items than the earlier one. Items are only ever appended.',
    'heads-differ': 'One key signed two heads of the same size with different roots.',
    'no-log': 'One of them has no log of this format that could be read.',
    'contradicts-itself':
      'One of them contradicts itself: its lines, its key or its checkpoint do not belong together. `probatum verify` says where. Get another copy, and compare again.',
    'key-not-trusted':
      'It takes a key of role log that you believe, for both of them. Ask the issuer for its trust set by another way than the bundles, and give it with --trust-set.',
    'other-key':
      'They bear one log name and differ, under keys of which neither is shown to follow the other. Somebody may have copied the name: it is no proof of two histories. Ask the issuer which key is the log’s.',
    'lines-missing':
      'Saved facts hold the size and the root of a log, not its lines. Give the bundles themselves; their evidence files may be absent (--part).',
    'items-not-bound': 'The events agree. The items of one of them are not those that its own export event names.',
    'items-missing': 'The items of one of them could not be read.',
    'case-id-withheld':
      'Their names differ, and nothing that can be seen is in both. The case is withheld in one of them (or it names none): ask the issuer to open it.',
  },
  reports: {
    'same-report': { title: 'SAME REPORT', say: 'Both bodies are the same, octet for octet.' },
    'same-facts': {
      title: 'SAME FACTS',
      say: 'Both saw the same evidence and computed the same from it. They were judged under different inputs:',
    },
    'other-facts': { title: 'OTHER FACTS', say: 'They did not see the same. These inputs differ:' },
    unexplained: {
      title: 'NOT EXPLAINED',
      say: 'Nothing that a report follows from explains how these two differ. One of them was altered, or a program has a defect: run the verification again, both of you.',
    },
  },
  inputs: {
    content: 'the content: other names or other bytes',
    policy: 'the policy',
    'trust-set': 'the trust set',
    'validation-time': 'the time of validation',
    engine: 'the version of the program',
    inputs: 'what was given beside: digests, parts, names, set code, revocation files, recipient',
  },
}
