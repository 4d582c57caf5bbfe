import type { Messages } from '../messages.ts'

const AGAIN = 'Pida de nuevo el archivo al remitente, sin cambios.'
const CUT =
  'Es probable que la descarga o la copia se interrumpiera. Obtenga de nuevo el archivo y compare su tamaño con el del remitente.'
const OTHER_ZIP =
  'No lo repare. Pida al remitente un ZIP hecho con un programa corriente, o descomprímalo usted y compruebe la carpeta.'
const JSON_TODO = 'No edite a mano estos archivos; pida de nuevo el archivo.'

export const PARSE_ERRORS: Messages['parseErrors'] = {
  ERR_DER_TRUNCATED: { say: 'Falta el final de un certificado, una firma o un sello de tiempo.', todo: CUT },
  ERR_DER_TRAILING_DATA: {
    say: 'Hay bytes después del final de un certificado, una firma o un sello de tiempo.',
    todo: AGAIN,
  },
  ERR_DER_NON_CANONICAL: {
    say: 'Un certificado, una firma o un sello de tiempo está codificado de un modo que su norma prohíbe.',
    todo: AGAIN,
  },
  ERR_DER_UNEXPECTED_TAG: {
    say: 'El archivo no es lo que se dice que es, o está dañado.',
    todo: 'Mírelo con `probatum inspect FILE`.',
  },
  ERR_DER_VALUE: {
    say: 'Un valor de un certificado, una firma o un sello de tiempo no se lee como su tipo.',
    todo: AGAIN,
  },
  ERR_LIMIT: {
    say: 'Es más grande o más profundo de lo que este programa examina. Eso no dice nada de su contenido.',
    todo: 'Vea los límites en docs/limits.md; sigue siendo posible comprobarlo a mano.',
  },
  ERR_TIME: {
    say: 'No se puede leer una fecha o una hora.',
    todo: 'Escriba los momentos como 2026-03-14T09:12:00Z, o 2026-03-14.',
  },
  ERR_CMS_STRUCTURE: { say: 'No se lee como una firma CMS.', todo: AGAIN },
  ERR_CMS_NOT_SIGNED_DATA: { say: 'Es un archivo CMS, pero no una firma.', todo: AGAIN },
  ERR_X509_STRUCTURE: { say: 'No se lee como un certificado.', todo: AGAIN },
  ERR_TSP_STRUCTURE: { say: 'No se lee como un sello de tiempo RFC 3161.', todo: AGAIN },
  ERR_ERS_STRUCTURE: { say: 'No se lee como un registro de evidencia RFC 4998.', todo: AGAIN },
  ERR_PEM: {
    say: 'No se lee como PEM (texto entre líneas BEGIN y END).',
    todo: 'Entregue el archivo en PEM; openssl convierte otros.',
  },
  ERR_ZIP_STRUCTURE: { say: 'No es un ZIP entero, o está dañado.', todo: AGAIN },
  ERR_ZIP_AMBIGUOUS: {
    say: 'El ZIP se puede leer de dos maneras: dos programas podrían hallar en él archivos distintos.',
    todo: OTHER_ZIP,
  },
  ERR_ZIP_TRUNCATED: { say: 'Falta el final del ZIP.', todo: CUT },
  ERR_ZIP_UNSUPPORTED: { say: 'El ZIP usa un método que este programa no lee.', todo: OTHER_ZIP },
  ERR_ZIP_ENCRYPTED: {
    say: 'El ZIP está cifrado.',
    todo: 'Descomprímalo primero con su contraseña y compruebe después la carpeta.',
  },
  ERR_ZIP_CONTENT: { say: 'Un archivo del ZIP no sale como dice el ZIP.', todo: AGAIN },
  ERR_ZIP_BACKSLASH: {
    say: 'Las rutas del ZIP están separadas por barras invertidas: los sistemas no coinciden en lo que significan.',
    todo: 'Descomprímalo en el sistema que lo hizo y compruebe la carpeta.',
  },
  ERR_ZIP_WRAPPED: {
    say: 'El ZIP es más grande de lo que admite su clase, y sus tamaños están recortados (macOS hace archivos así por encima de 4 GiB).',
    todo: 'Descomprímalo con Finder en un Mac y compruebe la carpeta.',
  },
  ERR_TAR_STRUCTURE: { say: 'No es un archivo tar entero, o está dañado.', todo: AGAIN },
  ERR_TAR_AMBIGUOUS: {
    say: 'El archivo tar se puede leer de dos maneras: dos programas podrían hallar en él archivos distintos.',
    todo: 'Descomprímalo con el programa que lo hizo y compruebe la carpeta, o pida al remitente un archivo hecho con un programa corriente.',
  },
  ERR_TAR_TRUNCATED: { say: 'Falta el final del archivo tar.', todo: CUT },
  ERR_TAR_UNSUPPORTED: {
    say: 'El archivo tar usa algo que este programa no lee.',
    todo: 'Descomprímalo y compruebe la carpeta.',
  },
  ERR_PATH_UNSAFE: {
    say: 'Una ruta del archivo contenedor sale de él, o no puede estar puesta de buena fe.',
    todo: 'No lo descomprima con otros programas. Pregunte al remitente cómo se hizo.',
  },
  ERR_PATH_DUPLICATE: {
    say: 'Dos entradas del archivo contenedor tienen la misma ruta: dos programas podrían hallar en él archivos distintos.',
    todo: OTHER_ZIP,
  },
  ERR_ENTRY_TYPE: {
    say: 'El archivo contenedor tiene un enlace o un dispositivo en lugar de un archivo.',
    todo: 'Pida al remitente un archivo contenedor con archivos corrientes.',
  },
  ERR_NOT_A_BUNDLE: {
    say: 'No pudimos leer esto como un paquete de pruebas.',
    todo: 'Un paquete es una carpeta, un ZIP o un tar con un archivo bagit.txt. ¿Es esto todo lo que le enviaron?',
  },
  ERR_ENCRYPTED: {
    say: 'El archivo está cifrado: nada de su contenido puede comprobarse sin la clave de un destinatario.',
    todo: 'Indique el archivo de su clave: `--identity FILE` en la línea de órdenes, o elíjalo en la página junto con este archivo.',
  },
  ERR_ENCRYPTED_TWICE: {
    say: 'El archivo se abrió, y contiene otro archivo cifrado: de ese no se comprobó nada.',
    todo: 'Ábralo con el programa que lo cifró dos veces, y dé lo que salga, con su clave.',
  },
  ERR_ENCRYPTION_STRUCTURE: {
    say: 'El sobre del archivo cifrado está dañado o no tiene su forma. No se comprobó nada.',
    todo: AGAIN,
  },
  ERR_ENCRYPTION_UNSUPPORTED: {
    say: 'El archivo está cifrado de un modo que aquí no se lee. No se comprobó nada.',
    todo: 'Descífrelo con el programa para el que se hizo y compruebe el resultado; o pídalo cifrado con age, o como CMS AuthEnvelopedData con AES-GCM, y OAEP si la clave es RSA.',
  },
  ERR_ENCRYPTION_PASSPHRASE: {
    say: 'El archivo está cifrado con una frase secreta y no para una clave. No se comprobó nada.',
    todo: 'Descífrelo con `age -d` y compruebe el resultado, o pida al remitente que cifre para su clave.',
  },
  ERR_ENCRYPTION_IDENTITY: {
    say: 'El archivo está cifrado para otra persona: ninguna de las claves indicadas lo abre. No se comprobó nada.',
    todo: 'Indique el archivo de la clave cuyo destinatario o certificado tiene el remitente.',
  },
  ERR_ENCRYPTION_TAG: {
    say: 'El archivo cifrado no está como se cifró: hay bytes distintos, faltan o se añadieron. No se juzgó nada de su contenido.',
    todo: 'Compare su SHA-256 con el recibo que lo acompañaba y obtenga de nuevo el archivo.',
  },
  ERR_IDENTITY: {
    say: 'El archivo de la clave no puede usarse.',
    todo: 'Debe ser un archivo de identidades de age, o una clave privada en PEM (RSA, o EC en P-256, P-384 o P-521) sin contraseña.',
  },
  ERR_SEVERAL_BUNDLES: {
    say: 'Hay varios paquetes en ello, y no está claro a cuál se refiere.',
    todo: 'Descomprímalo y compruebe cada carpeta por separado.',
  },
  ERR_JSON_SYNTAX: { say: 'Esto no se lee como JSON.', todo: JSON_TODO },
  ERR_JSON_DUPLICATE_KEY: {
    say: 'Una ficha nombra dos veces el mismo miembro, así que dos programas podrían leerla de modo distinto.',
    todo: JSON_TODO,
  },
  ERR_JSON_NUMBER: { say: 'Un número de una ficha no se conserva al leerlo.', todo: JSON_TODO },
  ERR_JSON_STRING: {
    say: 'Un texto de una ficha tiene caracteres que no se pueden escribir.',
    todo: JSON_TODO,
  },
  ERR_JSON_NOT_CANONICAL: { say: 'Una ficha no está en la única forma prescrita (RFC 8785).', todo: JSON_TODO },
  ERR_JSON_SHAPE: { say: 'A una ficha le falta un miembro, le sobra uno, o uno es de otro tipo.', todo: JSON_TODO },
  ERR_TEXT_ENCODING: { say: 'Un archivo de texto no está en la codificación en que debe estar.', todo: AGAIN },
  ERR_BAGIT_SYNTAX: { say: 'Un archivo del bag no se lee como quiere la norma.', todo: AGAIN },
  ERR_PDF_STRUCTURE: {
    say: 'No se lee como un PDF.',
    todo: 'Mire si es el certificado mismo, y pida el archivo tal como se hizo.',
  },
  ERR_TRUST_SET: {
    say: 'No se lee como un conjunto de confianza.',
    todo: 'Pida de nuevo el archivo a su emisor y, por otra vía, su código.',
  },
  ERR_POLICY: {
    say: 'No se lee como una política.',
    todo: '`probatum policy list` nombra las políticas que vienen con el programa. Una política suya necesita un nombre (id) propio.',
  },
  ERR_CHECKPOINT: { say: 'El punto de control del registro de custodia no se lee como una nota firmada.', todo: AGAIN },
  ERR_REPORT: {
    say: 'No se lee como un informe guardado.',
    todo: 'Haga el archivo con `probatum verify BUNDLE --save FILE`.',
  },
  ERR_SIDECAR: {
    say: 'El archivo que acompaña al certificado no se lee como el que se hizo con él, o sus partes no concuerdan.',
    todo: 'Dé el archivo .json hecho junto con este certificado, tal como era; o no lo dé: el certificado se comprueba entonces sin él.',
  },
  ERR_FACTS: {
    say: 'No se lee como hechos guardados.',
    todo: 'Haga de nuevo el archivo con `probatum verify BUNDLE --save-facts FILE`.',
  },
}

const RETRY = 'Copie el paquete a otro disco y compruébelo allí.'

/** Not one of these says anything about the evidence. */
export const FAULTS: Messages['faults'] = {
  permission: {
    say: 'El sistema no permite leerlo (permisos, o un antivirus).',
    todo: 'Repita con permiso para leerlo, o cópielo a otro lugar.',
  },
  busy: { say: 'Otro programa lo tiene abierto.', todo: 'Cierre los otros programas y repita.' },
  placeholder: {
    say: 'Es solo un marcador de un servicio en la nube; los bytes no están en este ordenador.',
    todo: 'Haga que el servicio lo conserve en este dispositivo y repita.',
  },
  'bad-sector': {
    say: 'El disco no puede leerlo.',
    todo: 'Deje de usar este disco y pida que se haga una imagen de él; compruebe otra copia.',
  },
  'not-a-file': { say: 'No es un archivo corriente.', todo: 'Entregue una carpeta, un ZIP o un tar.' },
  changed: { say: 'Cambió mientras se leía.', todo: 'Cierre los otros programas que lo usan y repita.' },
  'too-large': { say: 'Es más grande de lo que este sistema puede leer.', todo: RETRY },
  vanished: {
    say: 'No está, o se retiró mientras se leía.',
    todo: 'Mire si está bien escrito, conecte de nuevo el disco y repita.',
  },
  other: { say: 'El sistema no pudo leerlo.', todo: RETRY },
}
