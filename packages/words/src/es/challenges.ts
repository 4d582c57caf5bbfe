import type { Messages } from '../messages.ts'

export const CHALLENGES: Messages['certificate']['challenges'] = {
  altered: {
    ask: '¿Pudieron alterarse los archivos después de sellarse?',
    answer:
      'Si un bit de un archivo es otro, también lo es su huella. Cada huella se calculó de nuevo con los bytes que están aquí y se comparó con la lista sellada.',
  },
  listAltered: {
    ask: '¿Pudo alguien alterar un archivo y con él la lista?',
    answer:
      'Entonces la lista no es aquella sobre la que está el sello, y la comprobación del sello falla. Sin un sello que valga, nada lo excluye.',
  },
  otherKey: {
    ask: '¿Pudo otra persona hacer el sello?',
    answer:
      'Solo con la misma clave. De quién es la clave descansa en la lista de claves, y en que la clave estuviera solo en manos de su titular.',
  },
  backdated: {
    ask: '¿Pudo antedatarse el sello?',
    answer:
      'La hora que declara el firmante puede ser cualquiera. Un momento demostrado es el de una autoridad que había visto la huella; descansa en el reloj y la clave de la autoridad.',
  },
  before: {
    ask: '¿Pudo alterarse un archivo antes de sellarse?',
    answer:
      'Sí. Nada de aquí muestra qué pasó antes del momento demostrado. El registro de custodia lo cuenta, y es una declaración de quienes lo llevaron.',
  },
  sameDigest: {
    ask: '¿Pueden dos archivos distintos tener la misma huella?',
    answer:
      'Con SHA-256 no se sabe de nadie que haya encontrado dos. Se indica qué métodos contaron y en cuáles no se confió.',
  },
  program: {
    ask: '¿Puede equivocarse el programa?',
    answer:
      'Los pasos con otras herramientas comprueban sin él las huellas, el sello y los sellos de tiempo. Su código es abierto, y otro perito puede ejecutarlo de nuevo.',
  },
  leftOut: {
    ask: '¿Puede faltar algo que cambiaría el conjunto?',
    answer:
      'Se indica qué está reservado y cuántas piezas tiene el registro. Lo que nunca entró en el registro no puede saberse por él.',
  },
  logRewritten: {
    ask: '¿Pudo reescribirse el registro de custodia?',
    answer:
      'Cada entrada contiene la huella de la anterior, y la clave del registro firmó un estado de él. Quien tenga esa clave podría escribir otro registro; dos paquetes de un mismo registro muestran si ambos dicen lo mismo.',
  },
  chosenKeys: {
    ask: '¿Puede el resultado deberse a la elección de claves y política?',
    answer:
      'Quien ejecutó el programa eligió ambas, y ambas se nombran aquí con sus huellas. Otra persona puede juzgar los mismos hechos según las suyas.',
  },
  otherMaker: {
    ask: '¿Pudo hacer este documento otra persona?',
    answer:
      'Cualquiera puede hacer un papel que se le parezca. El programa hace de nuevo sus páginas con lo que llevan y, con el paquete a mano, compara también eso. Una firma dice quién responde de él.',
  },
}
