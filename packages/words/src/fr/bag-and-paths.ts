import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'Ne modifiez et n’enregistrez rien dans cette copie. Demandez à l’expéditeur une nouvelle copie, et faites contrôler les deux par une deuxième personne.'
const COMPLETE = 'Demandez une copie complète à l’expéditeur.'
const NEWER = 'Contrôlez avec une version plus récente de ce programme.'
const NO_LIST = 'Il n’y a pas de liste de fichiers de preuve qui puisse servir.'

type Ids = Extract<FindingId, `${'bag' | 'manifest' | 'path' | 'file'}.${string}`>

export const BAG_AND_PATHS: Record<Ids, FindingWords> = {
  'manifest.algorithm': {
    question: 'Les empreintes des listes comptent-elles comme preuve selon cette politique ?',
    outcomes: {
      PASSED: 'Les empreintes des listes comptent comme preuve selon cette politique.',
      'PASSED:renewed':
        'Les méthodes des listes ne comptent plus aujourd’hui, mais un renouvellement sous une méthode plus forte a listé chaque fichier tant qu’elles comptaient.',
      'PASSED:weak-beside-strong':
        'Une liste emploie une méthode maintenant jugée faible, mais une autre à côté compte comme preuve.',
      'INDETERMINATE:unsupported-algorithm': {
        say: 'Les listes emploient des empreintes que ce programme ne connaît pas.',
        todo: NEWER,
      },
      'INDETERMINATE:weak-digest': {
        say: 'Les listes emploient des méthodes maintenant jugées faibles ; la concordance seule ne prouve plus que les fichiers sont inchangés.',
        todo: 'Demandez à l’expéditeur une liste sous SHA-256 ou plus fort.',
      },
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'bag.declaration': {
    question: 'bagit.txt déclare-t-il un paquet BagIt ?',
    outcomes: {
      PASSED: 'bagit.txt déclare un paquet BagIt comme le veut RFC 8493.',
      'PASSED:loose': 'bagit.txt déclare un paquet BagIt, avec de petits écarts à RFC 8493 qui ne changent rien.',
      'INDETERMINATE:missing': {
        say: 'bagit.txt manque ; rien ne dit donc selon quelles règles il faut lire le reste.',
        todo: COMPLETE,
      },
      'INDETERMINATE:unreadable': 'bagit.txt n’a pas pu être lu.',
      'INDETERMINATE:malformed': 'bagit.txt ne se lit pas comme le veut RFC 8493.',
      'INDETERMINATE:unsupported-encoding': 'bagit.txt nomme un codage de texte que ce programme ne lit pas.',
    },
  },
  'bag.version': {
    question: 'La version du paquet BagIt est-elle connue, et permise par la politique ?',
    outcomes: {
      PASSED: 'La version du paquet BagIt est connue et permise.',
      'PASSED:old-version': 'La version du paquet BagIt est ancienne ; ses règles étaient plus souples.',
      'INDETERMINATE:old-version': {
        say: 'La version du paquet BagIt est ancienne, ses règles étaient plus souples, et cette politique ne la permet pas.',
        todo: 'Contrôlez-le selon la politique fixity.',
      },
      'INDETERMINATE:unknown-version': {
        say: 'La version du paquet BagIt est une que ce programme ne connaît pas.',
        todo: NEWER,
      },
      'INDETERMINATE:not-stated': 'Le paquet BagIt n’indique pas sa version.',
      'INDETERMINATE:native-version':
        'Un paquet de preuves est un paquet BagIt de version 1.0, et celui-ci en indique une autre.',
    },
  },
  'bag.info': {
    question: 'bag-info.txt se lit-il comme des étiquettes et des valeurs ?',
    doesNotShow: 'Ce que bag-info.txt dit de l’expéditeur, du lieu ou de la date est la déclaration de l’expéditeur.',
    outcomes: {
      PASSED: 'bag-info.txt se lit comme des étiquettes et des valeurs.',
      'PASSED:absent': 'Il n’y a pas de bag-info.txt ; il n’est pas obligatoire.',
      'PASSED:loose':
        'bag-info.txt se lit comme des étiquettes et des valeurs, avec de petits écarts à RFC 8493 qui ne changent rien.',
      'INDETERMINATE:missing': {
        say: 'bag-info.txt manque, et un paquet de preuves doit l’avoir.',
        todo: COMPLETE,
      },
      'INDETERMINATE:unreadable': 'bag-info.txt n’a pas pu être lu.',
      'INDETERMINATE:malformed': 'bag-info.txt a des lignes qui ne sont pas une étiquette et une valeur.',
    },
  },
  'bag.fetch': {
    question: 'Tout est-il ici, sans rien à aller chercher ailleurs ?',
    outcomes: {
      'PASSED:no-fetch': 'Il ne reste rien à aller chercher ailleurs.',
      'PASSED:already-here': 'Il y a un fetch.txt, et tout ce qu’il nomme est déjà ici.',
      'FAILED:not-allowed': 'Il y a un fetch.txt, et un paquet de preuves ne doit pas en avoir.',
      'INDETERMINATE:not-fetched': {
        say: 'Certains fichiers sont encore à aller chercher ailleurs. Ce programme ne le fait jamais.',
        todo: COMPLETE,
      },
      'INDETERMINATE:not-listed': 'fetch.txt nomme des fichiers que les listes ne nomment pas.',
      'INDETERMINATE:malformed': 'fetch.txt a des lignes illisibles.',
      'INDETERMINATE:unreadable': 'fetch.txt n’a pas pu être lu.',
    },
  },
  'bag.part': {
    question: 'Ce paquet BagIt fait-il partie d’un ensemble, et quelles parties ne sont pas ici ?',
    outcomes: {
      'NOT-CHECKED:no-group': 'Le paquet BagIt ne dit pas qu’il fait partie d’un ensemble.',
      'NOT-CHECKED:info-not-read':
        'bag-info.txt n’a pas pu être lu ; il peut dire que le paquet BagIt fait partie d’un ensemble.',
      'NOT-CHECKED:part-of-group': {
        say: 'Ce paquet BagIt fait partie d’un ensemble ; rien n’est dit des autres parties.',
        todo: 'Contrôlez aussi les autres parties ; bag-info.txt dit combien il y en a.',
      },
      'NOT-CHECKED:declared-part': 'Vous avez dit que cette copie est une partie (--part) ; rien n’est dit du reste.',
      'INDETERMINATE:malformed': 'Ce que bag-info.txt dit de l’ensemble est illisible.',
    },
  },
  'manifest.present': {
    question: 'Y a-t-il une liste des fichiers de preuve ?',
    outcomes: {
      PASSED: 'Il y a une liste des fichiers de preuve.',
      'INDETERMINATE:missing': {
        say: 'Une liste qui doit être ici manque.',
        todo: COMPLETE,
      },
    },
  },
  'manifest.syntax': {
    question: 'Les listes se lisent-elles comme le veut la norme ?',
    outcomes: {
      PASSED: 'Les listes se lisent comme le veut la norme.',
      'PASSED:loose': 'Les listes sont lisibles, avec de petits écarts à RFC 8493 qui ne changent rien.',
      'FAILED:not-native-form': 'Une liste n’est pas dans la seule forme que prescrit un paquet de preuves.',
      'INDETERMINATE:malformed': 'Une liste a des lignes qui ne sont pas une empreinte et un chemin.',
      'INDETERMINATE:manifest-not-read': 'Une liste n’a pas pu être lue.',
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'manifest.unique': {
    question: 'Chaque liste nomme-t-elle chaque fichier une seule fois ?',
    outcomes: {
      PASSED: 'Chaque liste nomme chaque fichier une seule fois.',
      'PASSED:repeated': 'Une liste nomme un fichier plus d’une fois, avec la même empreinte.',
      'FAILED:contradictory': {
        say: 'Une liste donne à un fichier deux empreintes différentes : les deux ne peuvent pas être justes.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:same-algorithm': 'Il y a deux listes sous la même empreinte, et laquelle compte n’est pas clair.',
      'INDETERMINATE:no-manifest': NO_LIST,
    },
  },
  'path.safe': {
    question: 'Tous les chemins restent-ils dans le paquet ?',
    outcomes: {
      PASSED: 'Tous les chemins restent dans le paquet.',
      'PASSED:not-portable':
        'Tous les chemins restent dans le paquet ; certains ont des caractères que certains systèmes ne peuvent pas enregistrer.',
      'FAILED:unsafe': {
        say: 'Certains chemins sortent du paquet, ou ne peuvent pas être voulus honnêtement.',
        todo: 'Ne décompressez pas ce paquet avec d’autres programmes.',
      },
      'INDETERMINATE:not-utf-8':
        'Certains noms ne sont pas du texte en UTF-8 ; on ne peut donc pas dire avec certitude quel fichier est voulu.',
      'INDETERMINATE:too-long': 'Certains chemins sont plus longs que ce qu’un système enregistre.',
      'INDETERMINATE:no-files': 'Il n’y a aucun fichier.',
    },
  },
  'path.collision': {
    question: 'Deux fichiers se confondraient-ils sur un autre système ?',
    outcomes: {
      PASSED: 'Aucun chemin ne se confond avec un autre là où majuscules ou accents sont enregistrés autrement.',
      'PASSED:case':
        'Certains chemins ne diffèrent que par les majuscules ; sous Windows et macOS l’un remplacerait l’autre.',
      'INDETERMINATE:normalisation': {
        say: 'Certains chemins ne diffèrent que par l’enregistrement des accents ; sur un autre système l’un remplacerait l’autre.',
        todo: 'Contrôlez le paquet dans son archive, sans la décompresser.',
      },
      'INDETERMINATE:no-files': 'Il n’y a aucun fichier.',
    },
  },
  'file.regular': {
    question: 'Tout ce qui est ici est-il un fichier ordinaire ?',
    outcomes: {
      PASSED: 'Tout ce qui est ici est un fichier ordinaire.',
      'FAILED:irregular': {
        say: 'Il y a des liens, des périphériques ou d’autres choses qui ne sont pas des fichiers ordinaires, et un paquet de preuves n’en a pas. Ils n’ont pas été suivis.',
        todo: 'Les liens mènent hors du paquet : faites une copie où les fichiers eux-mêmes sont à leur place, si vous savez où ils mènent, et contrôlez cette copie ; ou demandez-en une nouvelle à l’expéditeur.',
      },
      'INDETERMINATE:irregular':
        'Il y a des liens, des périphériques ou d’autres choses qui ne sont pas des fichiers ordinaires. Ils n’ont pas été suivis : on n’en sait donc rien.',
      'INDETERMINATE:hard-link': {
        say: 'Certains fichiers de l’archive sont écrits comme seconds noms d’autres fichiers. Ils n’ont pas été suivis.',
        todo: 'Décompressez l’archive et contrôlez le dossier : ce sont là des fichiers ordinaires.',
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'Certains dossiers n’ont pas pu être ouverts ; on ne sait donc pas ce qu’ils contiennent.',
        todo: 'Copiez le paquet sur un autre disque, ou recommencez avec le droit de lire ces fichiers.',
      },
    },
  },
  'file.leftover': {
    question: 'Un système a-t-il laissé des fichiers à lui ?',
    outcomes: {
      PASSED: 'Aucun système n’a laissé de fichiers à lui, ou ils ont été mis de côté comme non scellés.',
      'INDETERMINATE:refused': {
        say: 'Un système a laissé des fichiers à lui (ajoutés après le scellement), et cette politique les refuse.',
        todo: 'Contrôlez le paquet tel qu’il a été reçu, avant qu’un système ne l’ait ouvert.',
      },
    },
  },
}
