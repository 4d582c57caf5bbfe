import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.'
const RENAMED =
  'In a copy of the bundle give these files the names again that are listed, and check that copy; or ask the sender for a fresh one. Mail programs, cloud folders and old disks rename files.'
const SECOND =
  'In a copy of the bundle set these second copies aside, and check that copy. Cloud folders and file managers make them.'
const ORIGIN =
  'Do not rely on these files. If you or a program here put them there, set them aside in a copy of the bundle and check that copy; otherwise ask the sender where they come from.'

type Ids = Extract<FindingId, `${'payload' | 'tag'}.${string}`>

export const PAYLOAD_AND_TAGS: Record<Ids, FindingWords> = {
  'payload.digest': {
    question: 'Is every evidence file byte for byte as listed?',
    doesNotShow:
      'It compares files with the list that travels with them; who made that list is the question of the seal.',
    outcomes: {
      PASSED: 'Every evidence file that {name} lists and that is here is byte for byte the same as listed.',
      'FAILED:mismatch': {
        say: 'Evidence files are different from {sealed} ({failed} under {name}; {passed} match).',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:unreadable': {
        say: 'Evidence files could not be read, so nothing is known about them; all others were compared.',
        todo: 'Copy the bundle to another disk, or run again with the right to read these files.',
      },
      'INDETERMINATE:malformed-digest':
        'For some files {name} lists no digest that can be read, so they were not compared.',
      'INDETERMINATE:nothing-compared': 'Nothing that {name} lists is here, so nothing was compared.',
      'INDETERMINATE:unsupported-algorithm':
        '{name} uses a digest that this program does not know; nothing was compared under it.',
      'INDETERMINATE:manifest-not-read': 'The list {name} could not be read, so nothing was compared with it.',
      'INDETERMINATE:no-manifest': 'There is no list of evidence files that could be used.',
      'NOT-CHECKED:not-asked': 'Comparing under this digest was not asked for.',
    },
  },
  'payload.coverage': {
    question: 'Was every evidence file compared under every digest that the policy asks for?',
    outcomes: {
      PASSED: 'Every evidence file was compared under every digest that the policy asks for.',
      'INDETERMINATE:not-compared': 'Some evidence files were compared under no digest at all.',
      'INDETERMINATE:required-digest': {
        say: 'Some evidence files were not compared under a digest that the policy asks for.',
        todo: 'Check under every digest that is listed (without --digests), or ask the sender for a list under that digest.',
      },
      'INDETERMINATE:weak-digest': {
        say: 'Some evidence files were compared under methods now considered weak only; the match alone no longer proves that they are unchanged.',
        todo: 'Ask the sender for a list under SHA-256 or stronger.',
      },
      'INDETERMINATE:no-payload': 'There is no evidence file that could have been compared.',
    },
  },
  'payload.readable': {
    question: 'Could every file be read to its end?',
    outcomes: {
      PASSED: 'Every file could be read to its end.',
      'INDETERMINATE:unreadable': {
        say: 'The system did not hand over some files. This says nothing about what is in them.',
        todo: 'Copy the bundle to another disk, or run again with the right to read these files.',
      },
      'INDETERMINATE:no-files': 'There is no file at all.',
    },
  },
  'payload.container-agrees': {
    question: 'Does the archive agree with itself about every file?',
    outcomes: {
      PASSED:
        'What the archive says about its files (size, checksum) is what was read. A folder makes no such statements.',
      'FAILED:contradiction': {
        say: 'The archive contradicts itself about some files: it was damaged or altered after it was made.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:undeclared': {
        say: 'The archive contradicts itself about files that lie under seal/ and that the bundle does not name. They may have been added by anybody.',
        todo: 'Remove the files named here from a copy and check that; or unpack the archive and check the folder.',
      },
      'INDETERMINATE:limit': {
        say: 'Some files in the archive unpack to more than this program examines.',
        todo: 'Unpack the archive by hand and check the folder.',
      },
    },
  },
  'tag.digest': {
    question: 'Is every accompanying file byte for byte as listed?',
    doesNotShow:
      'It compares files with the list that travels with them; who made that list is the question of the seal.',
    outcomes: {
      PASSED: 'Every accompanying file that {name} lists and that is here is byte for byte the same as listed.',
      'FAILED:mismatch': {
        say: 'Accompanying files are different from {sealed} ({failed} under {name}; {passed} match).',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:unreadable': {
        say: 'Accompanying files could not be read, so nothing is known about them; all others were compared.',
        todo: 'Copy the bundle to another disk, or run again with the right to read these files.',
      },
      'INDETERMINATE:malformed-digest':
        'For some files {name} lists no digest that can be read, so they were not compared.',
      'INDETERMINATE:nothing-compared': 'Nothing that {name} lists is here, so nothing was compared.',
      'INDETERMINATE:unsupported-algorithm':
        '{name} uses a digest that this program does not know; nothing was compared under it.',
      'INDETERMINATE:manifest-not-read': 'The list {name} could not be read, so nothing was compared with it.',
      'INDETERMINATE:no-tag-manifest':
        'The tag manifest that a bundle must have is not here, so nothing protects the accompanying files.',
      'NOT-CHECKED:no-tag-manifest': 'No tag manifest lists the accompanying files, so nothing protects them.',
    },
  },
  'payload.oxum': {
    question: 'Do number and size of the evidence files agree with bag-info.txt?',
    outcomes: {
      PASSED: 'Number and size of the evidence files agree with bag-info.txt.',
      'FAILED:mismatch': {
        say: 'Number or size of the evidence files is not what bag-info.txt says.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:part': 'There are fewer evidence files than bag-info.txt says; you said that this copy is a part.',
      'INDETERMINATE:not-all-here':
        'There are fewer evidence files than bag-info.txt says, because some are elsewhere or out of sight.',
      'INDETERMINATE:copies': 'There are more evidence files than bag-info.txt says, because some are here twice.',
      'INDETERMINATE:malformed': 'Number and size in bag-info.txt cannot be read.',
      'INDETERMINATE:repeated': 'bag-info.txt states number and size twice, and differently.',
      'INDETERMINATE:missing':
        'bag-info.txt does not say how many evidence files there are, and an evidence bundle must.',
      'INDETERMINATE:info-not-read':
        'bag-info.txt could not be read, so what it says about the number of evidence files is not known.',
      'NOT-CHECKED:absent': 'bag-info.txt does not say how many evidence files there are.',
    },
  },
  'payload.present': {
    question: 'Is every evidence file here that the lists name?',
    outcomes: {
      PASSED: 'Every listed evidence file is here.',
      'PASSED:other-spelling': 'Every listed evidence file is here, some under another spelling of the same name.',
      'FAILED:missing': {
        say: 'Listed evidence files are missing from this copy.',
        todo: 'Ask the sender for a complete copy. If you were given only a part, check it again as a part (--part).',
      },
      'INDETERMINATE:missing': 'Listed evidence files are not in this part; you said that it is a part.',
      'INDETERMINATE:renamed': {
        say: 'Listed evidence files are here under other names. Their bytes are those that are listed.',
        todo: RENAMED,
      },
      'INDETERMINATE:in-fetch': {
        say: 'Listed evidence files are to be fetched from elsewhere. This program never does that.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'Listed evidence files would lie in a folder that could not be opened.',
        todo: 'Copy the bundle to another disk, or run again with the right to read these files.',
      },
      'INDETERMINATE:irregular':
        'In the place of listed evidence files there are links or devices. They were not followed.',
      'INDETERMINATE:other-spelling': {
        say: 'Listed evidence files may be here under another spelling, but that cannot be told for sure.',
        todo: 'Check the bundle in its archive, or ask the sender how it was packed.',
      },
      'INDETERMINATE:malformed-line': {
        say: 'Lines of a list that cannot be read as such may each name an evidence file that is not here.',
        todo: 'Look at these lines, and ask whoever made the list.',
      },
      'INDETERMINATE:manifest-not-read':
        'A list could not be read, so it is not known whether all that it names is here.',
      'INDETERMINATE:no-manifest': 'There is no list of evidence files that could be used.',
    },
  },
  'payload.listed': {
    question: 'Is every evidence file that is here also in the lists?',
    outcomes: {
      PASSED: 'Every evidence file that is here is in the lists.',
      'FAILED:unlisted': {
        say: 'Some files here were not part of {sealed}.',
        todo: ORIGIN,
      },
      'INDETERMINATE:renamed': {
        say: 'Some files here have other names than are listed. Their bytes are those of listed files.',
        todo: RENAMED,
      },
      'INDETERMINATE:copy': { say: 'Some files here are second copies of other files of the bundle.', todo: SECOND },
      'INDETERMINATE:other-spelling': {
        say: 'Some files here may be listed under another spelling, but that cannot be told for sure.',
        todo: 'Check the bundle in its archive, or ask the sender how it was packed.',
      },
      'INDETERMINATE:manifest-not-read':
        'A list, or a line of one, could not be read, so it is not known whether it names all files.',
      'INDETERMINATE:no-manifest': 'There is no list of evidence files that could be used.',
    },
  },
  'payload.not-empty': {
    question: 'Is there any evidence file at all?',
    outcomes: {
      PASSED: 'There are evidence files.',
      'INDETERMINATE:empty': {
        say: 'There is not one evidence file, so nothing was shown to be unchanged.',
        todo: 'Ask the sender whether the bundle is meant to be empty.',
      },
    },
  },
  'tag.present': {
    question: 'Is every accompanying file here that the tag manifests name?',
    outcomes: {
      PASSED: 'Every listed accompanying file is here.',
      'PASSED:other-spelling': 'Every listed accompanying file is here, some under another spelling of the same name.',
      'FAILED:missing': {
        say: 'Listed accompanying files are missing from this copy.',
        todo: 'Ask the sender for a complete copy. If you were given only a part, check it again as a part (--part).',
      },
      'INDETERMINATE:missing': 'Listed accompanying files are not in this part; you said that it is a part.',
      'INDETERMINATE:renamed': {
        say: 'Listed accompanying files are here under other names. Their bytes are those that are listed.',
        todo: RENAMED,
      },
      'INDETERMINATE:in-fetch': {
        say: 'Listed accompanying files are to be fetched from elsewhere. This program never does that.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'Listed accompanying files would lie in a folder that could not be opened.',
        todo: 'Copy the bundle to another disk, or run again with the right to read these files.',
      },
      'INDETERMINATE:irregular':
        'In the place of listed accompanying files there are links or devices. They were not followed.',
      'INDETERMINATE:other-spelling': {
        say: 'Listed accompanying files may be here under another spelling, but that cannot be told for sure.',
        todo: 'Check the bundle in its archive, or ask the sender how it was packed.',
      },
      'INDETERMINATE:malformed-line': {
        say: 'Lines of a list that cannot be read as such may each name an accompanying file that is not here.',
        todo: 'Look at these lines, and ask whoever made the list.',
      },
      'INDETERMINATE:manifest-not-read':
        'A list could not be read, so it is not known whether all that it names is here.',
      'INDETERMINATE:no-tag-manifest': 'The tag manifest that a bundle must have is not here.',
      'NOT-CHECKED:no-tag-manifest': 'No tag manifest lists the accompanying files.',
    },
  },
  'tag.listed': {
    question: 'Is every accompanying file in the tag manifests?',
    outcomes: {
      PASSED: 'Every accompanying file is in the tag manifests.',
      'PASSED:unlisted-allowed':
        'Some accompanying files are in no tag manifest, which this policy allows; nothing protects them.',
      'FAILED:unlisted': {
        say: 'Some accompanying files were not part of {sealed}.',
        todo: ORIGIN,
      },
      'INDETERMINATE:unlisted':
        'Some accompanying files are in no tag manifest, so nothing protects them, and this policy asks for it.',
      'INDETERMINATE:renamed': {
        say: 'Some accompanying files have other names than are listed. Their bytes are those of listed files.',
        todo: RENAMED,
      },
      'INDETERMINATE:copy': {
        say: 'Some accompanying files are second copies of other files of the bundle.',
        todo: SECOND,
      },
      'INDETERMINATE:other-spelling': {
        say: 'Some accompanying files may be listed under another spelling, but that cannot be told for sure.',
        todo: 'Check the bundle in its archive, or ask the sender how it was packed.',
      },
      'INDETERMINATE:manifest-not-read':
        'A tag manifest could not be read, so it is not known whether it names all files.',
    },
  },
}
