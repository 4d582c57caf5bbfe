import type { Messages } from '../messages.ts'

/**
 * A signature or a time-stamp alone has no bundle, no seal and no list of files. The same checks are told in the same
 * sentences, with these words in their places, in this order.
 */
/** A certificate alone: nothing was signed or stamped, and the time is the one that was asked about. */
export const ABOUT_CERTIFICATE: Messages['aboutCertificate'] = [
  [
    'con la clave de quién se sellaron los archivos, no quién grabó lo que hay en los archivos, ni que sea verdad',
    'de quién es la clave, no quién la usa, ni para qué',
  ],
  ['Nada contradice el sello de tiempo. ', ''],
  ['Nada contradice el sello. ', ''],
  ['El sello está intacto. ', ''],
  ['en el momento demostrado del sello', 'en ese momento'],
  ['del momento del sello', 'de ese momento'],
  ['cuando se hizo el sello de tiempo', 'en ese momento'],
  ['cuando se hizo el sello', 'en ese momento'],
  ['antes de que se hiciera el sello de tiempo', 'antes de ese momento'],
  ['antes de que se hiciera el sello', 'antes de ese momento'],
]

/** `sello de tiempo` is no seal, and stays: while the others are replaced, a sign of no width stands in it. */
const KEPT = 's\u2060'

export const ALONE: Messages['alone'] = [
  ['sello de tiempo', `${KEPT}ello de tiempo`],
  ['sellos de tiempo', `${KEPT}ellos de tiempo`],
  ['sellado de tiempo', `${KEPT}ellado de tiempo`],
  // Nor is the issuer of a trust set the maker of the signature.
  ['emisor del conjunto', `emi${KEPT}or del conjunto`],
  ['ambas con las órdenes de `probatum steps`', 'ambas'],
  ['con la clave de quién se selló su lista', 'con la clave de quién se firmó'],
  ['con la clave de quién se sellaron los archivos', 'con la clave de quién se firmó el archivo'],
  ['lo que hay en los archivos', 'lo que hay en el archivo'],
  ['iguales que cuando se sellaron', 'igual que cuando se firmó'],
  ['quién hizo esta lista de archivos', 'quién firmó este archivo'],
  ['la lista es distinta de lo que se selló', 'el archivo es distinto de lo que se firmó'],
  ['el paquete sellado, con su carpeta seal/', 'la firma'],
  ['el paquete sellado', 'la firma'],
  ['una copia completa, con su carpeta seal/', 'la firma'],
  [
    'no se lee como lista de archivos acompañantes, así que no es un sello sobre una lista de archivos',
    'no es el archivo que se entregó',
  ],
  ['en lugar de una lista de archivos', 'en lugar de un archivo'],
  [
    'El sello cubre el archivo que está a su lado, y aquí no se pudo leer como lista; así que',
    'La firma cubre un archivo que aquí no se pudo leer; así que',
  ],
  [', o no se lee como tal', ', o no se pudo leer'],
  ['La lista de archivos acompañantes que', 'El archivo que'],
  ['la lista de archivos acompañantes que está a su lado', 'el archivo que se entregó'],
  ['esta lista de archivos', 'este archivo'],
  ['existen estos archivos', 'existe este archivo'],
  ['sobre estos archivos', 'sobre este archivo'],
  ['El sello está aquí, y el sistema no permitió leerlo', 'La firma está aquí, y el sistema no permitió leerla'],
  ['El sello está intacto', 'La firma está intacta'],
  ['no se pudo leer el sello sobre el que están hechos', 'no se pudo leer la firma sobre la que están hechos'],
  ['el archivo sobre el que está hecho el sello', 'el archivo que se firmó'],
  ['un paquete renovado', `un ${KEPT}ello de tiempo renovado`],
  [`el paquete renovado, con sus ${KEPT}ellos de tiempo posteriores`, `los ${KEPT}ellos de tiempo posteriores`],
  ['no es uno de los archivos de este paquete', 'no es uno de los archivos que se juzgan'],
  ['está en el paquete del que debería responder', 'está en aquello de lo que debería responder'],
  ['está en el paquete mismo', 'está en lo que se juzga'],
  ['por otra vía que el paquete', 'por otra vía que lo que se juzga'],
  ['por otra vía que la de este paquete', 'por otra vía que la de esto'],
  ['su conjunto de confianza para paquetes de pruebas', 'su conjunto de confianza'],
  ['Pida al emisor del paquete', 'Pida a quien lo hizo'],
  ['el emisor del paquete', 'quien lo hizo'],
  ['ida al emisor', 'ida a quien lo hizo'],
  ['ida de nuevo al emisor', 'ida de nuevo a quien lo hizo'],
  ['sobre el sello de este paquete', 'sobre esta firma'],
  ['tiempo de este paquete', 'tiempo sobre esta firma'],
  ['con el que selló este paquete', 'con el que firmó'],
  ['comprobar su paquete de pruebas', 'comprobar su firma'],
  ['una copia completa del paquete, con todos sus archivos', 'el archivo que se firmó'],
  ['un archivo que el paquete no declara', 'un archivo que nadie declara'],
  ['lo que declara el paquete', 'lo que se declara'],
  ['El paquete dice tener un sello', 'Se dice que hay una firma'],
  ['Copie el paquete', 'Copie los archivos'],
  ['ningún sello', 'ninguna firma'],
  ['algún sello', 'alguna firma'],
  ['un sello', 'una firma'],
  ['del sello', 'de la firma'],
  ['el sello', 'la firma'],
  ['El sello', 'La firma'],
  ['selló', 'firmó'],
  [KEPT, 's'],
]
