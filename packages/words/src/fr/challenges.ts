import type { Messages } from '../messages.ts'

export const CHALLENGES: Messages['certificate']['challenges'] = {
  altered: {
    ask: 'Les fichiers ont-ils pu être modifiés après avoir été scellés ?',
    answer:
      'Si un bit d’un fichier est autre, son empreinte l’est aussi. Chaque empreinte a été calculée à nouveau sur les octets qui sont ici et comparée à la liste scellée.',
  },
  listAltered: {
    ask: 'Quelqu’un a-t-il pu modifier un fichier et la liste avec lui ?',
    answer:
      'Alors la liste n’est pas celle sur laquelle porte le sceau, et le contrôle du sceau échoue. Sans un sceau qui tient, rien ne l’exclut.',
  },
  otherKey: {
    ask: 'Quelqu’un d’autre a-t-il pu faire le sceau ?',
    answer:
      'Seulement avec la même clé. À qui est la clé repose sur la liste de clés, et sur le fait que la clé n’était qu’entre les mains de son titulaire.',
  },
  backdated: {
    ask: 'Le sceau a-t-il pu être antidaté ?',
    answer:
      'L’heure que déclare le signataire peut être quelconque. Un temps prouvé est celui d’une autorité qui avait vu l’empreinte ; il repose sur l’horloge et la clé de l’autorité.',
  },
  before: {
    ask: 'Un fichier a-t-il pu être modifié avant d’être scellé ?',
    answer:
      'Oui. Rien ici ne montre ce qui s’est passé avant le temps prouvé. Le journal de possession le raconte, et c’est une déclaration de ceux qui l’ont tenu.',
  },
  sameDigest: {
    ask: 'Deux fichiers différents peuvent-ils avoir la même empreinte ?',
    answer:
      'Pour SHA-256, personne n’est connu pour en avoir trouvé deux. Quelles méthodes ont compté, et sur lesquelles on ne s’est pas appuyé, est indiqué.',
  },
  program: {
    ask: 'Le programme peut-il se tromper ?',
    answer:
      'Les étapes avec d’autres outils contrôlent sans lui les empreintes, le sceau et les horodatages. Sa source est ouverte, et un second expert peut l’exécuter à nouveau.',
  },
  leftOut: {
    ask: 'Peut-il manquer quelque chose qui changerait l’ensemble ?',
    answer:
      'Ce qui est retenu, et combien de pièces a le journal, est indiqué. Ce qui n’est jamais entré dans le journal ne peut en être connu.',
  },
  logRewritten: {
    ask: 'Le journal de possession a-t-il pu être réécrit ?',
    answer:
      'Chaque entrée contient l’empreinte de la précédente, et la clé du journal en a signé un état. Qui a cette clé pourrait écrire un autre journal ; deux paquets d’un même journal montrent si les deux disent la même chose.',
  },
  chosenKeys: {
    ask: 'Le résultat peut-il venir du choix des clés et de la politique ?',
    answer:
      'Qui a exécuté le programme a choisi les deux, et les deux sont nommées ici avec leurs empreintes. Une autre personne peut juger les mêmes faits selon les siennes.',
  },
  otherMaker: {
    ask: 'Ce document peut-il avoir été fait par quelqu’un d’autre ?',
    answer:
      'N’importe qui peut faire un papier qui lui ressemble. Le programme refait ses pages à partir de ce qu’elles portent et, avec le paquet en main, compare cela aussi. Une signature dit qui en répond.',
  },
}
