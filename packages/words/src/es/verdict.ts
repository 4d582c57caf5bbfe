import type { LanguageRules, Messages, VerdictWords } from '../messages.ts'
import { DOCUMENT_ANSWER, EVIDENCE_RECORD_ANSWER } from './first-answers.ts'

export const SPANISH_RULES: LanguageRules = {
  plural: 'one-other',
  group: '\u00a0',
  decimal: ',',
  list: { separator: ', ', last: ' y ' },
  bytes: { one: '{n} byte', other: '{n} bytes' },
}

/**
 * The three answers: words that can be read alone, sentences, and what an answer leaves open. `{files}` is
 * `files`, `{size}` their size, `{same}` one of `same…`, `{what}` a list of `different` to `unreadable`.
 */
export const ANSWER_TEXTS: Messages['answers'] = {
  wordYes: 'Sí',
  wordNo: 'No',
  wordMatchList: 'Concuerdan con su lista',
  wordFilesMatch: 'Los archivos de pruebas concuerdan',
  wordIncomplete: 'Incompleto',
  wordCannotTell: 'Sin determinar',
  wordNobody: 'No consta de nadie',
  wordNotShown: 'No consta',
  wordNoLater: 'A más tardar el {time}',
  sentenceDoesNotShow: 'No demuestra {what}.',
  notTruth: 'que lo que muestran los archivos sea verdad, esté completo, se obtuviera legalmente o esté bien descrito',
  notRecorder: 'quién grabó lo que hay en los archivos, solo con la clave de quién se selló su lista',
  notWhenRecorded: 'cuándo se grabó el contenido, solo desde cuándo existen estos bytes',
  notListMaker: 'quién hizo la lista con la que se compararon los archivos',
  notMaker: 'quién lo hizo',
  notKeyUse: 'quién usó su clave, ni para qué',
  files: { one: '{n} archivo de pruebas', other: '{n} archivos de pruebas' },
  sealed: 'lo que se selló',
  listed: 'lo que dice la lista',
  filesUnchanged: 'Los archivos no han cambiado.',
  filesApart: 'Este aviso no dice nada contra los archivos; lo que se sabe de ellos está en la primera respuesta.',
  sameSealed: {
    one: 'byte por byte igual que cuando se selló',
    other: 'byte por byte iguales que cuando se sellaron',
  },
  sameSealedList: {
    one: 'byte por byte lo que dice la lista sellada',
    other: 'byte por byte lo que dice la lista sellada',
  },
  sameList: {
    one: 'byte por byte lo que dice su lista',
    other: 'byte por byte lo que dice su lista',
  },
  /** `{sealed}` is `sealed` or `listed`. */
  different: { one: '{n} es distinto de {sealed}', other: '{n} son distintos de {sealed}' },
  missing: {
    one: '{n} archivo de la lista falta en esta copia',
    other: '{n} archivos de la lista faltan en esta copia',
  },
  unlisted: { one: '{n} no era parte de {sealed}', other: '{n} no eran parte de {sealed}' },
  renamed: { one: '{n} tiene otro nombre que en la lista', other: '{n} tienen otros nombres que en la lista' },
  copies: { one: '{n} es un duplicado de otro archivo', other: '{n} son duplicados de otros archivos' },
  unreadable: { one: '{n} no se pudo leer', other: '{n} no se pudieron leer' },
  unchangedAll: {
    one: 'El único archivo de pruebas, {size}, es {same}; no falta ni se añadió ninguno.',
    other: 'Los {files}, {size}, son todos {same}; no falta ni se añadió ninguno.',
  },
  unchangedListNotSealed: 'Pero no consta que la lista sea la que se selló.',
  unchangedNobodysList: 'Nada muestra quién hizo la lista, ni cuándo.',
  unchangedIncompleteSealed: {
    one: 'El único archivo de pruebas que está aquí no ha cambiado; {what}.',
    other: 'Ninguno de los {files} que están aquí ha cambiado; {what}.',
  },
  unchangedIncompleteListed: {
    one: 'El único archivo de pruebas que está aquí concuerda con su lista; {what}.',
    other: 'Los {files} que están aquí concuerdan todos con su lista; {what}.',
  },
  unchangedBeside: 'Lo que acompaña a los archivos de pruebas contradice la lista; vea abajo.',
  unchangedDiffers: 'De los que están aquí ({files}), {what}.',
  unchangedListMayDiffer:
    'No consta que la lista de los archivos de pruebas sea la que se selló, así que lo distinto puede ser la lista.',
  unchangedNone: 'No hay aquí ni un archivo de pruebas que se pudiera comparar.',
  unchangedBesideOpen: 'Algo que los acompaña no se pudo decidir; vea abajo.',
  unchangedAllUnknown: {
    one: 'El único archivo de pruebas que está aquí concuerda, pero no se pudo decidir si es todo.',
    other: 'Los {files} que están aquí concuerdan, pero no se pudo decidir si son todos.',
  },
  unchangedAllUnknownWhat: {
    one: 'El único archivo de pruebas que está aquí concuerda, pero no se pudo decidir si es todo: {what}.',
    other: 'Los {files} que están aquí concuerdan, pero no se pudo decidir si son todos: {what}.',
  },
  unchangedPolicyOpen: {
    one: 'El único archivo de pruebas que está aquí, {size}, es {same}, pero no se pudo comparar todo lo que pide la política; vea abajo.',
    other:
      'Los {files} que están aquí, {size}, son {same}, pero no se pudo comparar todo lo que pide la política; vea abajo.',
  },
  unchangedOpen: 'No se pudo comparar todo; vea abajo.',
  unchangedOpenWhat: 'De lo que hay ({files}), {what}; vea abajo.',
  /** `{names}` the first few; `{more}` is `outsideMore`, or nothing. */
  outsideArchive: {
    one: '{n} archivo está junto al paquete en este archivo contenedor y no es parte de él: {names}{more}.',
    other: '{n} archivos están junto al paquete en este archivo contenedor y no son parte de él: {names}{more}.',
  },
  outsideFolder: {
    one: '{n} archivo está junto al paquete en esta carpeta y no es parte de él: {names}{more}.',
    other: '{n} archivos están junto al paquete en esta carpeta y no son parte de él: {names}{more}.',
  },
  leftovers: {
    one: '{n} archivo se apartó y no está sellado: tiene el nombre y la forma de lo que dejan los sistemas operativos, que cualquiera puede escribir: {names}{more}.',
    other:
      '{n} archivos se apartaron y no están sellados: tienen los nombres y las formas de lo que dejan los sistemas operativos, que cualquiera puede escribir: {names}{more}.',
  },
  outsideMore: { one: ' y {n} más', other: ' y {n} más' },
  whoUnread: 'Hay un sello, y no se pudo leer; vea abajo.',
  whoNoSeal: 'No hay ningún sello.',
  whoByList: 'Según su lista ({issuer}, {date}), el sello se hizo con la clave de este nombre.',
  /** The same for a reader who is not the operator. */
  whoByListReader:
    'Según la lista de claves que eligió el operador ({issuer}, {date}), el sello se hizo con la clave de este nombre.',
  whoContradicted: 'El sello contradice lo que el paquete o la lista dicen de su firmante; vea abajo.',
  whoOtherList: 'El sello no corresponde a esta lista de archivos.',
  whoClaimsNobody: 'No nombra a nadie que se pudiera leer.',
  whoClaims: 'Dice: {name}.',
  whoNotJudged: 'No se pudo juzgar el sello. {claims}',
  whoIntact: 'El sello está intacto. {claims} {why}',
  whoNoTrustSet:
    'Usted no eligió ninguna lista de claves en las que crea (--trust-set), así que nada dice de quién es la clave.',
  whoNoTrustSetReader: 'El operador no eligió ninguna lista de claves, así que nada dice de quién es la clave.',
  whoNotOnList: 'La lista de {issuer} del {date} no muestra a su autor; vea abajo.',
  sinceClaim: 'Quien selló dice {time}.',
  sinceNotOverFiles:
    'El sello existía a más tardar el {time}, como confirma {by}; pero no consta que esté hecho sobre estos archivos.',
  sinceConfirmed: 'Confirmado por {by}.',
  sinceConfirmedDiffers:
    'Confirmado por {by}, para lo que se selló. Nada muestra desde cuándo existe lo que es distinto.',
  sinceStatesNothing: 'No declara ningún momento que se pudiera leer, en nombre de {by}; vea abajo.',
  sinceStates: 'Declara {time}, en nombre de {by}; vea abajo.',
  sinceStatesNothingNoTrustSet:
    'No declara ningún momento que se pudiera leer, en nombre de {by}. Usted no eligió ninguna lista de autoridades en las que crea (--trust-set); vea abajo.',
  sinceStatesNoTrustSet:
    'Declara {time}, en nombre de {by}. Usted no eligió ninguna lista de autoridades en las que crea (--trust-set); vea abajo.',
  sinceNone: 'No hay ningún sello de tiempo de una autoridad.',
  sinceContradicted: 'Un sello de tiempo está contradicho; vea abajo.',
  sinceNames: 'Hay sellos de tiempo que nombran a {by}; vea abajo.',
  sinceNamesNoTrustSet:
    'Hay sellos de tiempo que nombran a {by}, y usted no eligió ninguna lista de autoridades en las que crea (--trust-set); vea abajo.',
  sinceNamesNoTrustSetReader:
    'Hay sellos de tiempo que nombran a {by}, y el operador no eligió ninguna lista de autoridades; vea abajo.',
  tokenYes: 'El sello de tiempo está hecho exactamente sobre los bytes de este archivo.',
  tokenNo: 'El sello de tiempo está hecho sobre otros bytes que los de este archivo.',
  tokenOpen: 'No se pudo comparar sobre qué está hecho el sello de tiempo; vea abajo.',
  signatureYes: 'La firma está hecha exactamente sobre los bytes de este archivo.',
  signatureNo: 'La firma no está hecha sobre los bytes de este archivo; vea abajo.',
  signatureOpen: 'No se pudo comparar sobre qué está hecha la firma; vea abajo.',
  certificateYes: '{name} lleva a la lista de {issuer} del {date}, a fecha de {time}.',
  certificateNo: 'Algo sobre {name} lo contradice, a fecha de {time}; vea abajo.',
  certificateOpen: '{name}, a fecha de {time}; vea abajo.',
  certificateOpenNoTrustSet:
    '{name}, a fecha de {time}: usted no eligió ninguna lista de claves en las que crea (--trust-set); vea abajo.',
}

/** Small words inside sentences. */
export const TERM_TEXTS: Messages['terms'] = {
  theBundle: 'el paquete',
  anotherFile: 'otro archivo',
  aCertificate: 'un certificado',
  nobodyRead: 'nadie que se pudiera leer',
  authorityOf: 'una autoridad certificada por {name}',
  /** Of something missing that has no words of its own. */
  issuerOfBundle: 'el emisor del paquete',
  lacking: 'Para comprobar su paquete de pruebas nos falta: {what}. Le ruego que me lo envíe.',
  /** `TOTAL-PASSED (bytes, completeness only; signer not asked)`; values stay as the standard writes them. */
  renamedAs: '{path} (en la lista: {listed})',
  renamedTogether: {
    one: '{n} de estas preguntas trata de archivos que están aquí con otros nombres que en la lista: {files}. Sus bytes son los de la lista. Devuélvales los nombres de la lista en una copia del paquete y compruebe esa copia: puede que eso la responda.',
    other:
      '{n} de estas preguntas tratan de los mismos archivos, que están aquí con otros nombres que en la lista: {files}. Sus bytes son los de la lista. Devuélvales los nombres de la lista en una copia del paquete y compruebe esa copia: puede que eso las responda todas.',
  },
  labelOnly: 'solo {axes}',
  labelNotAsked: 'no se pidió: {axes}',
  /** `custody (2 of 40 events shown)`: what is withheld costs the axis nothing, and is counted. */
  labelShown: '{axis} ({counts})',
  eventsShown: { one: '{shown} de {n} suceso mostrado', other: '{shown} de {n} sucesos mostrados' },
  itemsShown: { one: '{shown} de {n} pieza mostrada', other: '{shown} de {n} piezas mostradas' },
  fieldsOpened: { one: '{shown} de {n} campo abierto', other: '{shown} de {n} campos abiertos' },
  consentsOpened: { one: '{shown} de {n} consentimiento abierto', other: '{shown} de {n} consentimientos abiertos' },
}

export const VERDICT_WORDS: VerdictWords = {
  headlines: {
    match: 'Todo concuerda.',
    'match-list': 'Los archivos concuerdan con su lista.',
    mismatch: 'Algo no concuerda.',
    'sharing-contradicted':
      'Los archivos concuerdan, pero la decisión de compartirlos no es la de este paquete, o se contradice.',
    'openings-contradicted':
      'Un archivo de aperturas posteriores no concuerda con este paquete. Nada dice que el paquete haya cambiado.',
    who: 'Los archivos concuerdan, pero no podemos saber quién los selló.',
    when: 'Los archivos concuerdan, pero no podemos saber desde cuándo existen.',
    'who-and-when': 'Los archivos concuerdan, pero no podemos saber quién los selló ni desde cuándo existen.',
    'match-but-open': 'Los archivos concuerdan, pero no se pudo decidir todo lo que pide la política.',
    'match-but-noticed':
      'Los archivos no han cambiado, pero el emisor ha retirado, sustituido o reclamado después una parte o todos.',
    'match-but-for-another':
      'Los archivos concuerdan, pero el paquete se hizo para otro destinatario que el que usted nombró.',
    undecided: 'No podemos saber si todo concuerda.',
    'token-holds': 'El sello de tiempo se sostiene para este archivo.',
    'token-contradicted': 'El sello de tiempo no se sostiene para este archivo.',
    'token-undecided': 'No podemos saber si el sello de tiempo se sostiene para este archivo.',
    'signature-holds': 'La firma se sostiene para este archivo.',
    'signature-contradicted': 'La firma no se sostiene para este archivo.',
    'signature-who': 'La firma está hecha sobre este archivo, pero no podemos saber quién la hizo.',
    'signature-when': 'La firma está hecha sobre este archivo, pero no podemos saber desde cuándo existe.',
    'signature-who-and-when':
      'La firma está hecha sobre este archivo, pero no podemos saber quién la hizo ni desde cuándo existe.',
    'certificate-holds': 'El certificado cuenta, según la lista que usted eligió.',
    'certificate-contradicted': 'El certificado no contaba en ese momento.',
    'certificate-undecided': 'No podemos saber si el certificado cuenta.',
    'signature-undecided': 'No podemos saber si la firma se sostiene para este archivo.',
    'document-holds': 'El certificado está como se hizo, y su firma se sostiene.',
    'document-contradicted': 'El certificado no se sostiene: algo en él se contradice.',
    'document-unsigned': 'Las páginas concuerdan con sus datos, pero nadie las firmó.',
    'document-undecided': 'No podemos saber si el certificado está como se hizo.',
    'document-other-state': 'Este paquete no está como lo describe el certificado.',
    'document-other-bundle': 'El certificado trata de otro paquete que el que lo acompaña.',
    'evidence-record-holds': 'El registro de evidencia se sostiene para estos archivos.',
    'evidence-record-contradicted': 'El registro de evidencia no se sostiene para estos archivos.',
    'evidence-record-undecided': 'No se puede saber si el registro de evidencia se sostiene para estos archivos.',
  },
  questions: {
    unchanged: '¿Sin cambios?',
    who: '¿Quién lo selló?',
    since: '¿Desde cuándo existe?',
    token: '¿Sobre este mismo archivo?',
    signer: '¿Quién lo firmó?',
    certificate: '¿Cuenta, según su lista, en ese momento?',
  },
  document: DOCUMENT_ANSWER,
  evidenceRecord: EVIDENCE_RECORD_ANSWER,
  doesNotMean:
    'Esto trata de archivos. No quiere decir que lo que muestran sea verdad, esté completo, se obtuviera legalmente o esté bien descrito, ni dice quién lo grabó.',
  doesNotMeanCertificate:
    'Esto trata de un certificado y de la lista de claves que usted eligió. No dice quién usó su clave, ni para qué, ni que sea verdad lo firmado con ella.',
  more: 'Todas las comprobaciones figuran con --details, y en el JSON de --save.',
  next: {
    match: 'Conserve este informe junto con aquello de lo que trata.',
    mismatch:
      'No edite ni vuelva a guardar nada. Pida al remitente una copia nueva, y que una segunda persona compruebe ambas con las órdenes de `probatum steps`.',
    certificate:
      'No se apoye en este certificado para ese momento. Los problemas dicen qué lo contradice; pregunte a quien se lo dio, o al emisor de su lista de claves, qué certificado cuenta.',
    openings:
      'Conserve el paquete como está. No se apoye en el archivo de aperturas posteriores, y pida a quien lo hizo una explicación por escrito.',
    sharing:
      'Conserve el paquete como está. No use lo que se compartió antes de que el emisor haya explicado por escrito quién lo decidió.',
    heed: 'Conserve todo como está, y haga primero lo que figura arriba junto a lo que pide atención.',
    open: 'Conserve todo como está. Lo que falta, y quién podría aportarlo, figura arriba en cada pregunta abierta.',
  },
  sample: 'EJEMPLO: datos inventados bajo una autoridad de demostración. No dice nada de nadie.',
  savedFacts:
    'DE HECHOS GUARDADOS: no se leyó ningún archivo para esto. Quien los guardó pudo cambiarlos; solo una comprobación del propio paquete dice qué son sus archivos.',
}
