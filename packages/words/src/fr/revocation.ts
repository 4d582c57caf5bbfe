import type { Said } from '../messages.ts'

/** What is said of withdrawal; `whose` is `du signataire` or `de l’autorité`, `made` is `le sceau` or `l’horodatage`. */
export function revocationOutcomes(whose: string, made: string): Readonly<Record<string, string | Said>> {
  const data = {
    todo: 'Demandez à l’autorité qui a émis le certificat la liste de révocation (CRL ou OCSP) du moment qui compte.',
  }
  const another = {
    todo: 'Un horodatage d’une autre autorité de votre liste, fait avant la révocation, trancherait la question.',
  }
  return {
    PASSED: `La clé ${whose} n’avait pas été révoquée quand ${made} a été fait.`,
    'PASSED:revoked-later': `La clé ${whose} a été révoquée plus tard, pour un motif ou à un moment qui laisse tenir ${made}.`,
    'FAILED:revoked': {
      say: `La clé ${whose} était déjà révoquée quand ${made} a été fait.`,
      todo: 'Ne vous fiez pas à ce qui a été fait avec cette clé. Demandez à l’émetteur ce qui est arrivé à la clé.',
    },
    'INDETERMINATE:revoked-no-proof': {
      say: `La clé ${whose} a été révoquée, et rien ne prouve que ${made} a été fait avant.`,
      todo: 'Un horodatage d’une autorité de votre liste, fait avant la révocation, trancherait la question.',
    },
    'INDETERMINATE:authority-revoked-no-proof': {
      say: `Une autorité au-dessus du certificat ${whose} a été révoquée, et rien ne prouve que ${made} a été fait avant.`,
      ...another,
    },
    'INDETERMINATE:key-compromised': {
      say: `Un autre certificat sur la clé ${whose}, ou sur une clé au-dessus, a été révoqué parce que cette clé était en d’autres mains, et rien ne prouve que ${made} a été fait avant.`,
      ...another,
    },
    'INDETERMINATE:on-hold': {
      say: `La clé ${whose} était suspendue au moment qui compte ; on ne sait pas si elle a finalement été révoquée.`,
      ...data,
    },
    'INDETERMINATE:undecided': {
      say: `Les données de révocation qui sont ici ne permettent pas de dire si la clé ${whose} avait été révoquée.`,
      ...data,
    },
    'INDETERMINATE:no-data': {
      say: `On ne peut pas dire, sans liste de révocation, si la clé ${whose} avait été révoquée, et la politique le demande.`,
      ...data,
    },
    'INDETERMINATE:no-path': `Aucune chaîne ne mène du certificat ${whose} à votre liste ; on ne pourrait donc croire à la liste de révocation de personne.`,
    'INDETERMINATE:limit':
      'Il y a plus de données de révocation que ce programme n’en examine. Cela ne dit rien de ce qui s’y trouve.',
    'NOT-CHECKED:not-asked': `Il n’a pas été demandé si la clé ${whose} avait été révoquée.`,
    'NOT-CHECKED:no-data': `Il n’a pas été contrôlé si la clé ${whose} avait été révoquée : aucune liste de révocation pour elle n’est ici.`,
    'NOT-CHECKED:incomplete': `Il n’a pas été contrôlé jusqu’au bout si la clé ${whose} avait été révoquée : des listes de révocation ne sont ici que pour une partie de la chaîne.`,
    'NOT-CHECKED:end-entity-anchor': `Votre liste nomme le certificat même ${whose} ; seul l’émetteur de la liste peut le révoquer.`,
  }
}
