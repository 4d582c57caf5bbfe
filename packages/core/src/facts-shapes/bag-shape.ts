import type {
  BagFacts,
  DeclarationFacts,
  DeclarationProblem,
  DiagnosisFacts,
  InfoFacts,
  InfoProblem,
  ManifestFacts,
  ManifestLeniency,
  ManifestProblem,
  MissingFacts,
  ReadState,
  SpellingFacts,
  UnlistedFacts,
  UnmatchedFacts,
  UnsafeKind,
  UnsafePathFacts,
} from '../bundle/bag-facts.ts'
import { flag, listOf, object, orNull, type Shape } from '../json/shape.ts'
import type { SourceFaultReason } from '../model/ports.ts'
import {
  anyText,
  codes,
  count,
  countOrNull,
  DIGEST_ALGORITHM,
  DIGEST_CHOICE,
  hexText,
  listedOf,
  textOrNull,
} from './parts.ts'

const READ_STATE = codes<ReadState>({
  read: true,
  absent: true,
  unreadable: true,
  'too-large': true,
  encoding: true,
  'unsupported-encoding': true,
})

const DECLARATION = object<DeclarationFacts>({
  state: READ_STATE,
  version: textOrNull,
  encoding: textOrNull,
  problems: listOf(
    codes<DeclarationProblem>({
      'byte-order-mark': true,
      encoding: true,
      whitespace: true,
      'version-malformed': true,
      'version-missing': true,
      'encoding-missing': true,
      'encoding-unsupported': true,
      'extra-line': true,
    }),
  ),
})

const INFO = object<InfoFacts>({
  path: textOrNull,
  state: READ_STATE,
  fields: listOf(object<InfoFacts['fields'][number]>({ label: anyText, value: anyText })),
  problems: listOf(
    object<InfoFacts['problems'][number]>({
      line: count,
      code: codes<InfoProblem>({
        'no-colon': true,
        'empty-label': true,
        'space-before-colon': true,
        'continuation-first': true,
        'byte-order-mark': true,
      }),
    }),
  ),
})

const DIAGNOSIS = object<DiagnosisFacts>({
  id: codes<DiagnosisFacts['id']>({
    'line-ends': true,
    'byte-order-mark': true,
    truncated: true,
    zeros: true,
    'cut-at-4-gib': true,
    'other-item': true,
  }),
  at: countOrNull,
  path: textOrNull,
})

const UNMATCHED = object<UnmatchedFacts>({
  path: anyText,
  code: codes<UnmatchedFacts['code']>({ mismatch: true, unreadable: true, 'malformed-digest': true }),
  expected: textOrNull,
  found: orNull(hexText),
  diagnosis: orNull(DIAGNOSIS),
})

/** Every reading has a place; those that no line needed are absent. */
const LENIENCIES = object<Record<ManifestLeniency, number>>(
  {
    asterisk: count,
    'dot-slash': count,
    'byte-order-mark': count,
    'carriage-return': count,
    'blank-line': count,
    'upper-case-digest': count,
    'stray-percent': count,
    'no-final-line-end': count,
  },
  [
    'asterisk',
    'dot-slash',
    'byte-order-mark',
    'carriage-return',
    'blank-line',
    'upper-case-digest',
    'stray-percent',
    'no-final-line-end',
  ],
) as Shape<ManifestFacts['leniencies']>

const MANIFEST = object<ManifestFacts>({
  path: anyText,
  kind: codes<ManifestFacts['kind']>({ payload: true, tag: true }),
  algorithmName: anyText,
  algorithm: orNull(DIGEST_ALGORITHM),
  state: READ_STATE,
  lines: count,
  nativeForm: flag,
  problems: listedOf(
    object<ManifestFacts['problems']['first'][number]>({
      line: count,
      code: codes<ManifestProblem>({
        'no-separator': true,
        'malformed-digest': true,
        'outside-payload': true,
        'inside-payload': true,
        'line-too-long': true,
        encoding: true,
      }),
      path: anyText,
    }),
  ),
  leniencies: LENIENCIES,
  duplicates: listedOf(
    object<ManifestFacts['duplicates']['first'][number]>({
      path: anyText,
      code: codes<'repeated' | 'contradictory'>({ repeated: true, contradictory: true }),
    }),
  ),
  asked: flag,
  matched: count,
  unmatched: listedOf(UNMATCHED),
})

const ONLY_PATH = object<{ readonly path: string }>({ path: anyText })

const MISSING = object<MissingFacts>(
  {
    path: anyText,
    code: codes<MissingFacts['code']>({
      absent: true,
      'in-fetch': true,
      'unreadable-folder': true,
      irregular: true,
      ambiguous: true,
      malformed: true,
      renamed: true,
    }),
    manifests: listOf(anyText),
    elsewhere: anyText,
  },
  ['elsewhere'],
)

const UNLISTED = object<UnlistedFacts>(
  {
    path: anyText,
    code: codes<UnlistedFacts['code']>({ nowhere: true, some: true, ambiguous: true, renamed: true, copy: true }),
    of: anyText,
  },
  ['of'],
)

const SPELLING = object<SpellingFacts>({
  path: anyText,
  found: anyText,
  how: codes<SpellingFacts['how']>({
    normalisation: true,
    percent: true,
    backslash: true,
    'dot-segment': true,
    encoding: true,
  }),
  manifest: anyText,
  role: codes<SpellingFacts['role']>({ payload: true, tag: true }),
  code: codes<SpellingFacts['code']>({ agrees: true, unproved: true }),
})

const UNSAFE = object<UnsafePathFacts>({
  path: anyText,
  code: codes<UnsafeKind>({
    absolute: true,
    parent: true,
    home: true,
    drive: true,
    nul: true,
    'too-long': true,
    'not-utf-8': true,
    backslash: true,
    control: true,
    reserved: true,
    trailing: true,
  }),
  where: anyText,
})

const SOURCE_FAULT = codes<SourceFaultReason>({
  permission: true,
  busy: true,
  placeholder: true,
  'bad-sector': true,
  'not-a-file': true,
  changed: true,
  'too-large': true,
  vanished: true,
  other: true,
})

export const BAG_FACTS = object<BagFacts>({
  declaration: DECLARATION,
  info: INFO,
  manifests: listOf(MANIFEST),
  fetch: object<BagFacts['fetch']>({
    state: READ_STATE,
    entries: count,
    malformed: count,
    absent: listedOf(ONLY_PATH),
    unlisted: listedOf(ONLY_PATH),
  }),
  payloadDigests: DIGEST_CHOICE,
  files: count,
  payload: object<BagFacts['payload']>({ files: count, bytes: count }),
  coverage: listOf(
    object<BagFacts['coverage'][number]>({ algorithms: listOf(DIGEST_ALGORITHM), files: listedOf(ONLY_PATH) }),
  ),
  missing: object<BagFacts['missing']>({ payload: listedOf(MISSING), tag: listedOf(MISSING) }),
  unlisted: object<BagFacts['unlisted']>({ payload: listedOf(UNLISTED), tag: listedOf(UNLISTED) }),
  tagFiles: count,
  spellings: listedOf(SPELLING),
  unreadable: listedOf(object<BagFacts['unreadable']['first'][number]>({ path: anyText, code: SOURCE_FAULT })),
  contradictions: listedOf(
    object<BagFacts['contradictions']['first'][number]>({
      path: anyText,
      code: codes<'crc' | 'size' | 'deflate' | 'limit'>({ crc: true, size: true, deflate: true, limit: true }),
      expected: anyText,
      found: anyText,
    }),
  ),
  irregular: listedOf(object<BagFacts['irregular']['first'][number]>({ path: anyText, code: anyText })),
  unsafe: listedOf(UNSAFE),
  collisions: listedOf(
    object<BagFacts['collisions']['first'][number]>({
      path: anyText,
      code: codes<'normalisation' | 'case'>({ normalisation: true, case: true }),
      other: anyText,
    }),
  ),
})
