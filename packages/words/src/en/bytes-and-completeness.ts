import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.'
const LIST_NOT_CONTENT =
  'It compares files with the list that travels with them; who made that list is the question of the seal.'

type Ids = Extract<
  FindingId,
  `${'payload' | 'tag' | 'manifest' | 'bag' | 'path' | 'file' | 'bundle' | 'seal'}.${string}`
>

export const BYTES_AND_COMPLETENESS: Record<Ids, FindingWords> = {
  'payload.digest': {
    question: 'Is every evidence file byte for byte what {name} lists?',
    doesNotShow: LIST_NOT_CONTENT,
    outcomes: {
      PASSED: 'Every evidence file that is here is byte for byte the same as in the list {name}.',
      'FAILED:mismatch': { say: 'Evidence files are different from what was sealed.', todo: FRESH_COPY },
      'INDETERMINATE:unreadable': {
        say: 'Some evidence files could not be read, so nothing is known about them; all others were compared.',
        todo: 'Copy the bundle to another disk, or run again with the right to read these files.',
      },
      'NOT-CHECKED:not-asked': 'Comparing under this algorithm was not asked for.',
      'NOT-CHECKED:unsupported-algorithm': 'This algorithm is not supported here; nothing was compared under it.',
      'NOT-CHECKED:no-payload': 'There is no evidence file to compare.',
    },
  },
  'payload.coverage': {
    question: 'Was every evidence file compared under every digest that the policy asks for?',
    outcomes: {
      PASSED: 'Every evidence file was compared under every digest that the policy asks for.',
      INDETERMINATE: 'Not every evidence file was compared under every digest that the policy asks for.',
    },
  },
  'payload.readable': {
    question: 'Could every evidence file be read to its end?',
    outcomes: {
      PASSED: 'Every evidence file could be read to its end.',
      INDETERMINATE: {
        say: 'The system did not hand over some files. This says nothing about what is in them.',
        todo: 'Copy the bundle to another disk, or run again with the right to read these files.',
      },
    },
  },
  'payload.container-agrees': {
    question: 'Does the archive agree with itself about every file?',
    outcomes: {
      PASSED: 'What the archive says about its files (size, checksum) is what was read.',
      FAILED: {
        say: 'The archive contradicts itself about some files: it was damaged or altered after it was made.',
        todo: FRESH_COPY,
      },
      'NOT-CHECKED': 'A folder makes no statements about its files that could be compared.',
    },
  },
  'tag.digest': {
    question: 'Is every accompanying file what the tag manifest {name} lists?',
    doesNotShow: LIST_NOT_CONTENT,
    outcomes: {
      PASSED: 'Every accompanying file (lists, records) is byte for byte the same as in {name}.',
      'FAILED:mismatch': {
        say: 'Accompanying files (lists, records) are different from what was sealed.',
        todo: FRESH_COPY,
      },
      INDETERMINATE: 'Some accompanying files could not be read or compared.',
      'NOT-CHECKED': 'No tag manifest lists the accompanying files, so nothing protects them.',
    },
  },
  'manifest.algorithm': {
    question: 'Does the digest of {name} count as proof under this policy?',
    outcomes: {
      PASSED: 'The digest of {name} counts as proof under this policy.',
      INDETERMINATE: {
        say: 'The list {name} uses a method now considered weak; the match alone no longer proves that files are unchanged.',
        todo: 'Ask the sender for a list under SHA-256 or stronger.',
      },
    },
  },
  'bag.declaration': {
    question: 'Does bagit.txt declare a bag?',
    outcomes: {
      PASSED: 'bagit.txt declares a bag as RFC 8493 wants it.',
      FAILED: 'bagit.txt is not what RFC 8493 wants.',
      INDETERMINATE: 'bagit.txt could not be read.',
    },
  },
  'bag.version': {
    question: 'Is the version of the bag known, and allowed by the policy?',
    outcomes: {
      PASSED: 'The version of the bag is known and allowed.',
      FAILED: 'The version of the bag is not allowed here.',
      INDETERMINATE: {
        say: 'The version of the bag is newer than this program knows, or older than the policy allows.',
        todo: 'Check with a newer version of this program, or under the policy fixity.',
      },
    },
  },
  'bag.info': {
    question: 'Does bag-info.txt read as labels and values?',
    doesNotShow: 'What it says about sender, place or date is the sender’s statement.',
    outcomes: {
      PASSED: 'bag-info.txt reads as labels and values.',
      FAILED: 'bag-info.txt contradicts the rules of RFC 8493.',
      INDETERMINATE: 'bag-info.txt could not be read in full.',
      'NOT-CHECKED': 'There is no bag-info.txt.',
    },
  },
  'bag.fetch': {
    question: 'Is everything here, with nothing left to fetch from elsewhere?',
    outcomes: {
      PASSED: 'Nothing is left to fetch from elsewhere.',
      FAILED: 'fetch.txt contradicts the rules; nothing was fetched.',
      INDETERMINATE: {
        say: 'The bag says that some of its files must be fetched from elsewhere. This program never does that.',
        todo: 'Ask the sender for a complete copy.',
      },
      'NOT-CHECKED': 'There is no fetch.txt.',
    },
  },
  'bag.part': {
    question: 'Is this bag one of a set, and which parts are not here?',
    outcomes: {
      PASSED: 'This bag is not one of a set, or is the whole of it.',
      INDETERMINATE: {
        say: 'This bag is one part of a set; nothing is said about the other parts.',
        todo: 'Check the other parts too; bag-info.txt says how many there are.',
      },
      'NOT-CHECKED': 'The bag does not say that it is one of a set.',
    },
  },
  'payload.oxum': {
    question: 'Do number and size of the evidence files agree with bag-info.txt?',
    outcomes: {
      PASSED: 'Number and size of the evidence files agree with bag-info.txt.',
      FAILED: { say: 'Number or size of the evidence files is not what bag-info.txt says.', todo: FRESH_COPY },
      INDETERMINATE: 'Number or size of the evidence files could not be compared with bag-info.txt.',
      'NOT-CHECKED': 'bag-info.txt does not say how many evidence files there are.',
    },
  },
  'payload.present': {
    question: 'Is every evidence file here that {name} lists?',
    outcomes: {
      PASSED: 'Every listed evidence file is here.',
      'FAILED:missing': {
        say: 'Listed evidence files are missing from this copy.',
        todo: 'Ask the sender for a complete copy. If you were given only a part, check again with --part.',
      },
      'INDETERMINATE:part': 'Listed evidence files are not in this part; you said that it is a part.',
    },
  },
  'payload.listed': {
    question: 'Is every evidence file that is here also in {name}?',
    outcomes: {
      PASSED: 'Every evidence file that is here was part of what was sealed.',
      'FAILED:unlisted': {
        say: 'Some files here were not part of what was sealed.',
        todo: 'Do not rely on these files. Ask the sender where they come from.',
      },
    },
  },
  'payload.not-empty': {
    question: 'Is there any evidence file at all?',
    outcomes: {
      PASSED: 'There are evidence files.',
      INDETERMINATE: {
        say: 'There is not one evidence file, so nothing was shown to be unchanged.',
        todo: 'Ask the sender whether the bundle is meant to be empty.',
      },
    },
  },
  'manifest.present': {
    question: 'Is there a list of the evidence files?',
    outcomes: {
      PASSED: 'There is a list of the evidence files.',
      FAILED: 'There is no list of the evidence files (manifest).',
      INDETERMINATE: 'There is no list of the evidence files that this program can use.',
    },
  },
  'manifest.syntax': {
    question: 'Does the list {name} read as the standard wants it?',
    outcomes: {
      PASSED: 'The list {name} reads as the standard wants it.',
      FAILED: 'The list {name} has lines that are not digest and path.',
      INDETERMINATE: 'The list {name} could not be read in full.',
    },
  },
  'manifest.unique': {
    question: 'Does {name} list every file once?',
    outcomes: {
      PASSED: 'The list {name} names every file once.',
      FAILED: 'The list {name} names a file more than once.',
    },
  },
  'path.safe': {
    question: 'Do all paths stay inside the bundle?',
    outcomes: {
      PASSED: 'All paths stay inside the bundle.',
      FAILED: {
        say: 'Some paths lead out of the bundle, or cannot be meant honestly.',
        todo: 'Do not unpack this bundle with other programs.',
      },
      INDETERMINATE: 'Some paths cannot be read on every system.',
    },
  },
  'path.collision': {
    question: 'Would two files fall together on another system?',
    outcomes: {
      PASSED: 'No two paths fall together where capitals or accents are stored differently.',
      FAILED: 'Some paths differ only in capitals or in how accents are stored.',
      INDETERMINATE: {
        say: 'Some paths differ only in capitals or in how accents are stored; on another system one would replace the other.',
        todo: 'Check the bundle in its archive, without unpacking it.',
      },
    },
  },
  'tag.present': {
    question: 'Is every accompanying file here that {name} lists?',
    outcomes: {
      PASSED: 'Every accompanying file that {name} lists is here.',
      'FAILED:missing': {
        say: 'Accompanying files (lists, records) are missing from this copy.',
        todo: 'Ask the sender for a complete copy.',
      },
      'NOT-CHECKED': 'No tag manifest lists the accompanying files.',
    },
  },
  'tag.listed': {
    question: 'Is every accompanying file in the tag manifest?',
    outcomes: {
      PASSED: 'Every accompanying file was part of what was sealed.',
      'FAILED:unlisted': {
        say: 'Some accompanying files were not part of what was sealed.',
        todo: 'Do not rely on these files. Ask the sender where they come from.',
      },
      INDETERMINATE: 'Some accompanying files are in no tag manifest, so nothing protects them.',
      'NOT-CHECKED': 'This bag may have accompanying files that no list names.',
    },
  },
  'file.regular': {
    question: 'Is everything here an ordinary file?',
    outcomes: {
      PASSED: 'Everything here is an ordinary file.',
      FAILED: 'There are links, devices or other things that are no ordinary files. They were not followed.',
      INDETERMINATE: 'Some folders could not be opened, so it is not known what is in them.',
    },
  },
  'file.leftover': {
    question: 'Did an operating system leave files of its own?',
    outcomes: {
      PASSED: 'No operating system left files of its own, or they were set aside as not sealed.',
      FAILED: 'An operating system left files of its own, and this policy refuses them.',
      INDETERMINATE: {
        say: 'An operating system left files of its own (added after sealing), and this policy refuses them.',
        todo: 'Check the bundle as it was received, before a system has opened it.',
      },
    },
  },
  'bundle.format': {
    question: 'Does this program know the format of the bundle?',
    outcomes: {
      'FAILED:profile-differs': 'bag-info.txt and bundle.json name different formats.',
      'INDETERMINATE:unknown-version': {
        say: 'The bundle has format version {found}, which this program does not know.',
        todo: 'Check it with a newer version of this program. Files and seal were judged all the same.',
      },
      'INDETERMINATE:unknown-member': {
        say: 'The record of the bundle has members that this program does not know: {found}.',
        todo: 'Check it with a newer version of this program. Files and seal were judged all the same.',
      },
      'INDETERMINATE:not-named': 'The bundle does not name the version of its format.',
      'INDETERMINATE:profile-missing': 'bag-info.txt does not name the format of the bundle.',
      PASSED: 'This program knows the format of the bundle.',
      FAILED: 'The bundle contradicts itself about its format.',
      INDETERMINATE: {
        say: 'The bundle was made with a newer version than this program knows, or has members that it does not know.',
        todo: 'Check it with a newer version of this program. Files and seal were judged all the same.',
      },
      'NOT-CHECKED': 'This is a bag of another maker; the evidence format does not apply to it.',
    },
  },
  'bundle.layout': {
    question: 'Does every file stand where the format has a place for it?',
    outcomes: {
      'INDETERMINATE:missing': {
        say: 'Files that every bundle has are not here.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:no-place': 'Some files stand where the format has no place for them.',
      PASSED: 'Every file stands where the format has a place for it.',
      FAILED: 'Some files stand where the format has no place for them, or mandatory files are missing.',
      INDETERMINATE: 'It could not be decided whether every file stands where the format has a place for it.',
      'NOT-CHECKED': 'This is a bag of another maker; the evidence format does not apply to it.',
    },
  },
  'bundle.record': {
    question: 'Do the records of the bundle read as the format wants them?',
    doesNotShow: 'Names and dates in the records are the issuer’s statement.',
    outcomes: {
      'FAILED:contradiction': 'The records of the bundle contradict each other or what is here.',
      'INDETERMINATE:malformed':
        'Records of the bundle do not read as the format wants them, so what they say is not used.',
      'INDETERMINATE:missing': {
        say: 'Records of the bundle are missing from this copy.',
        todo: 'Ask the sender for a complete copy.',
      },
      PASSED: 'The records of the bundle read as the format wants them.',
      FAILED: 'Records of the bundle contradict the format.',
      INDETERMINATE: 'Records of the bundle could not be read in full.',
      'NOT-CHECKED': 'This is a bag of another maker; it has no such records.',
    },
  },
  'bundle.items': {
    question: 'Does the bundle list as many items as it says?',
    outcomes: {
      'FAILED:count-differs': {
        say: 'The list of items has {found} lines, and the bundle says {expected}.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      'INDETERMINATE:count-unknown': 'The bundle does not say how many items there are.',
      'INDETERMINATE:malformed': 'The list of items does not read as the format wants it.',
      'INDETERMINATE:missing': {
        say: 'The list of items is missing from this copy.',
        todo: 'Ask the sender for a complete copy.',
      },
      PASSED: 'The bundle lists as many items as it says.',
      FAILED: 'The bundle lists another number of items than it says.',
      INDETERMINATE: 'The list of items could not be read.',
      'NOT-CHECKED': 'There is no list of items.',
    },
  },
  'bundle.verify-text': {
    question: 'Is VERIFY.txt the published text of this format?',
    outcomes: {
      'INDETERMINATE:not-published': {
        say: 'VERIFY.txt is not the published text. Do not run commands from it.',
        todo: 'Take the commands from `probatum steps` or from the published specification.',
      },
      'INDETERMINATE:missing': {
        say: 'VERIFY.txt is missing from this copy.',
        todo: 'Take the commands from `probatum steps` or from the published specification.',
      },
      PASSED: 'VERIFY.txt is the published text of this format.',
      INDETERMINATE: {
        say: 'VERIFY.txt is not the published text. Do not run commands from it.',
        todo: 'Take the commands from `probatum steps` or from the published specification.',
      },
      'NOT-CHECKED': 'This is a bag of another maker; it needs no VERIFY.txt.',
    },
  },
  'seal.declared': {
    question: 'Is every seal here that the bundle says it has?',
    outcomes: {
      'INDETERMINATE:missing': {
        say: 'The bundle says that it has seals or time-stamps that are not here.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:not-declared': {
        say: 'The bundle does not declare that it has a seal.',
        todo: 'Ask the issuer for the sealed bundle.',
      },
      'INDETERMINATE:declaration-unreadable': 'What the bundle declares about its seal could not be read.',
      PASSED: 'Every seal and time-stamp that the bundle declares is here.',
      FAILED: 'A declared seal contradicts the declaration.',
      INDETERMINATE: {
        say: 'The bundle says that it has seals or time-stamps that are not here.',
        todo: 'Ask the sender for a complete copy.',
      },
      'NOT-CHECKED': 'The bundle declares no seal.',
    },
  },
  'seal.undeclared': {
    question: 'Is there anything under seal/ that the bundle did not declare?',
    outcomes: {
      'INDETERMINATE:undeclared': {
        say: 'There are files under seal/ that the bundle did not declare. They prove nothing and cost certainty.',
        todo: 'Set these files aside in a copy and check that copy.',
      },
      'INDETERMINATE:later-level': {
        say: 'There are later renewals of the seal; this version of the program does not judge them yet.',
        todo: 'Check with a newer version of this program, or set the folders seal/2 and later aside in a copy and check that copy.',
      },
      'INDETERMINATE:limit': 'There are more files under seal/ than this program examines.',
      PASSED: 'There is nothing under seal/ that the bundle did not declare.',
      INDETERMINATE: {
        say: 'There are files under seal/ that the bundle did not declare. They prove nothing and cost certainty.',
        todo: 'Set these files aside in a copy and check that copy.',
      },
      'NOT-CHECKED': 'The bundle has no seal.',
    },
  },
}
