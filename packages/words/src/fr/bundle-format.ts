import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY =
  'Ne modifiez et n’enregistrez rien dans cette copie. Demandez à l’expéditeur une nouvelle copie, et faites contrôler les deux par une deuxième personne.'
const COMPLETE = 'Demandez une copie complète à l’expéditeur.'
const NEWER =
  'Contrôlez-le avec une version plus récente de ce programme. Les fichiers et le sceau ont tout de même été jugés.'
const OTHER_ORIGIN = 'C’est un paquet BagIt d’une autre origine ; le format de preuve ne s’y applique pas.'
const COMMANDS = 'Prenez les commandes de `probatum steps` ou de la spécification publiée.'
const ASIDE = 'Mettez ces fichiers de côté dans une copie, et contrôlez cette copie.'

type Ids = Extract<FindingId, `${'bundle' | 'seal'}.${string}`>

export const BUNDLE_FORMAT: Record<Ids, FindingWords> = {
  'bundle.format': {
    question: 'Ce programme connaît-il le format du paquet ?',
    outcomes: {
      'FAILED:profile-differs': 'bag-info.txt et bundle.json nomment des formats différents.',
      'INDETERMINATE:unknown-version': {
        say: 'Le paquet a la version de format {found}, que ce programme ne connaît pas.',
        todo: NEWER,
      },
      'INDETERMINATE:unknown-member': {
        say: 'La fiche du paquet a des membres que ce programme ne connaît pas : {found}.',
        todo: NEWER,
      },
      'INDETERMINATE:not-named': 'Le paquet ne nomme pas la version de son format.',
      'INDETERMINATE:profile-missing': 'bag-info.txt ne nomme pas le format du paquet.',
      PASSED: 'Ce programme connaît le format du paquet.',
      FAILED: 'Le paquet se contredit sur son format.',
      INDETERMINATE: {
        say: 'Le paquet a été fait avec une version plus récente que celles que ce programme connaît, ou a des membres qu’il ne connaît pas.',
        todo: NEWER,
      },
      'NOT-CHECKED': OTHER_ORIGIN,
    },
  },
  'bundle.layout': {
    question: 'Chaque fichier se trouve-t-il là où le format a une place pour lui ?',
    outcomes: {
      'INDETERMINATE:missing': {
        say: 'Des fichiers que tout paquet doit avoir ne sont pas ici.',
        todo: COMPLETE,
      },
      'INDETERMINATE:no-place': 'Certains fichiers se trouvent là où le format n’a pas de place pour eux.',
      PASSED: 'Chaque fichier se trouve là où le format a une place pour lui.',
      FAILED:
        'Certains fichiers se trouvent là où le format n’a pas de place pour eux, ou des fichiers obligatoires manquent.',
      INDETERMINATE: 'On n’a pas pu décider si chaque fichier se trouve là où le format a une place pour lui.',
      'NOT-CHECKED': OTHER_ORIGIN,
    },
  },
  'bundle.record': {
    question: 'Les fiches du paquet se lisent-elles comme le format le veut ?',
    doesNotShow: 'Les noms et les dates des fiches sont la déclaration de l’émetteur.',
    outcomes: {
      'FAILED:contradiction': 'Les fiches du paquet se contredisent, ou contredisent ce qui est ici.',
      'INDETERMINATE:malformed':
        'Des fiches du paquet ne se lisent pas comme le format le veut ; ce qu’elles disent n’est donc pas utilisé.',
      'INDETERMINATE:missing': {
        say: 'Des fiches du paquet manquent dans cette copie.',
        todo: COMPLETE,
      },
      PASSED: 'Les fiches du paquet se lisent comme le format le veut.',
      FAILED: 'Des fiches du paquet contredisent le format.',
      INDETERMINATE: 'Des fiches du paquet n’ont pas pu être lues en entier.',
      'NOT-CHECKED': 'C’est un paquet BagIt d’une autre origine ; il n’a pas de telles fiches.',
    },
  },
  'bundle.items': {
    question: 'Le paquet liste-t-il autant de pièces qu’il le dit ?',
    outcomes: {
      'FAILED:contradiction': {
        say: 'La liste des pièces se contredit, ou contredit ce qui est ici.',
        todo: FRESH_COPY,
      },
      'FAILED:count-differs': {
        say: 'La liste des pièces a {found} lignes, et le paquet dit {expected}.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:count-unknown': 'Le paquet ne dit pas combien il y a de pièces.',
      'INDETERMINATE:malformed': 'La liste des pièces ne se lit pas comme le format le veut.',
      'INDETERMINATE:missing': {
        say: 'La liste des pièces manque dans cette copie.',
        todo: COMPLETE,
      },
      PASSED: 'Le paquet liste autant de pièces qu’il le dit.',
      FAILED: 'Le paquet liste un autre nombre de pièces qu’il ne le dit.',
      INDETERMINATE: 'La liste des pièces n’a pas pu être lue.',
      'NOT-CHECKED': 'Il n’y a pas de liste des pièces.',
    },
  },
  'bundle.verify-text': {
    question: 'VERIFY.txt est-il le texte publié de ce format ?',
    outcomes: {
      'INDETERMINATE:not-published': {
        say: 'VERIFY.txt n’est pas le texte publié. N’exécutez pas les commandes qu’il contient.',
        todo: COMMANDS,
      },
      'INDETERMINATE:missing': {
        say: 'VERIFY.txt manque dans cette copie.',
        todo: COMMANDS,
      },
      PASSED: 'VERIFY.txt est le texte publié de ce format.',
      INDETERMINATE: {
        say: 'VERIFY.txt n’est pas le texte publié. N’exécutez pas les commandes qu’il contient.',
        todo: COMMANDS,
      },
      'NOT-CHECKED': 'C’est un paquet BagIt d’une autre origine ; il n’a pas besoin de VERIFY.txt.',
    },
  },
  'seal.declared': {
    question: 'Chaque sceau que le paquet dit avoir est-il ici ?',
    outcomes: {
      'INDETERMINATE:missing': {
        say: 'Le paquet dit avoir des sceaux ou des horodatages qui ne sont pas ici.',
        todo: COMPLETE,
      },
      'INDETERMINATE:not-declared': {
        say: 'Le paquet ne déclare pas qu’il a un sceau.',
        todo: 'Demandez le paquet scellé à l’émetteur.',
      },
      'INDETERMINATE:declaration-unreadable': 'Ce que le paquet déclare sur son sceau n’a pas pu être lu.',
      PASSED: 'Chaque sceau et chaque horodatage que le paquet déclare est ici.',
      FAILED: 'Un sceau déclaré contredit la déclaration.',
      INDETERMINATE: {
        say: 'Le paquet dit avoir des sceaux ou des horodatages qui ne sont pas ici.',
        todo: COMPLETE,
      },
      'NOT-CHECKED': 'Le paquet ne déclare aucun sceau.',
    },
  },
  'seal.undeclared': {
    question: 'Y a-t-il sous seal/ quelque chose que le paquet n’a pas déclaré ?',
    outcomes: {
      'INDETERMINATE:undeclared': {
        say: 'Il y a sous seal/ des fichiers que le paquet n’a pas déclarés. Ils ne prouvent rien, et coûtent en certitude.',
        todo: ASIDE,
      },
      'INDETERMINATE:limit': 'Il y a sous seal/ plus de fichiers que ce programme n’en examine.',
      PASSED: 'Il n’y a sous seal/ rien que le paquet n’ait déclaré.',
      INDETERMINATE: {
        say: 'Il y a sous seal/ des fichiers que le paquet n’a pas déclarés. Ils ne prouvent rien, et coûtent en certitude.',
        todo: ASIDE,
      },
      'NOT-CHECKED': 'Le paquet n’a pas de sceau.',
    },
  },
}
