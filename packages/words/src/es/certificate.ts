import type { Messages } from '../messages.ts'

/**
 * What certificates and HTML reports say in sentences. The keys are the sentences' stable ids: the same sentence has the
 * same id, and the same number on the page, in every language. `{n}` in a text with forms is the number it depends on.
 */
export const CERTIFICATE_SENTENCES: Messages['certificate']['sentences'] = {
  // Marks at the top
  notReviewed:
    'Esta traducción la hizo una máquina, y no la ha revisado ninguna persona que conozca el idioma y la materia. Donde difiera del certificado inglés del mismo informe, vale el texto inglés.',
  namesShown:
    'Muestra nombres originales de archivos, como pidió quien lo hizo (--names). Pueden identificar a personas.',
  labelsGiven: 'Los números de los archivos son los que dio el operador; nada del paquete los confirma.',
  noCertification:
    'Este documento lo hizo un programa. Declara lo que el programa calculó; no certifica nada. Si una persona certifica, firma en la parte hecha para ello.',

  noCertificationReport: 'Este informe lo hizo un programa. Declara lo que el programa calculó; no certifica nada.',

  // The first page
  wholeLabel: 'Código de este resultado, con los ejes que abarca: {label}.',
  subIndication: 'Subindicación {code}: {meaning}.',
  knownOn:
    'Esto declara lo que se podía saber el {time}. Compruebe de nuevo si hay avisos posteriores: después de ese momento puede comunicarse el robo de una clave, o retirarse un consentimiento.',
  provedTime: 'El sello existía a más tardar el {time}. No se demuestra nada del tiempo anterior.',
  provedNothing:
    'Nada. Ningún sello de tiempo cuenta según la política y la lista de autoridades que eligió el operador.',
  provedNoList: 'Nada. El operador no eligió ninguna lista de autoridades.',
  provedNoStamp: 'Nada. No hay ningún sello de tiempo de una autoridad.',
  provedLatest: 'El último de los sellos de tiempo que cuentan es de {time}.',
  statedTimes: 'Solo declarado, por quien hizo el paquete: {times}.',
  statedNoTimes: 'El paquete no declara ningún momento.',
  warningSample: 'EJEMPLO: datos inventados bajo una autoridad de demostración. No dice nada de nadie.',
  warningSetNotConfirmed:
    'No se escribió el código de la lista de claves: nada muestra que sea la lista que envió su emisor.',
  warningSetPastReview:
    'La lista de claves debía revisarse a más tardar el {date}, y ese día había pasado en el momento de la comprobación.',
  warningException:
    'Se compartió bajo una excepción firmada a sus condiciones, o lo que allí se firma no se sostiene: vea «Consentimiento y condiciones para compartir, como constan» y las comprobaciones del eje autorización.',
  warningProblems: 'Hay contradicciones o preguntas abiertas: vea «Preguntas abiertas y contradicciones».',
  warningEndEntity:
    'La lista de claves nombra el certificado mismo de {name}, así que nadie puede revocarlo salvo el emisor de la lista.',
  warningNoSet:
    'No se eligió ninguna lista de claves: no se puede nombrar a nadie como firmante, y no cuenta ninguna autoridad.',
  warningSavedFacts:
    'Se hizo a partir de hechos guardados y no se leyó ningún archivo: quien guardaba los hechos pudo alterarlos.',
  warningPart: 'Se declaró que esta copia es una parte; que falten archivos de la lista no se tomó por contradicción.',
  warningDigests: 'De los archivos de pruebas solo se calcularon las huellas {algorithms}, como pidió el operador.',
  warningLeftovers: {
    one: 'Se apartó {n} archivo que dejó un sistema operativo. No estaba sellado.',
    other: 'Se apartaron {n} archivos que dejó un sistema operativo. No estaban sellados.',
  },
  warningOutside: {
    one: '{n} archivo está junto al paquete y no es parte de él.',
    other: '{n} archivos están junto al paquete y no son parte de él.',
  },
  warningOddities: {
    one: 'El archivo contenedor tiene {n} particularidad propia; figura en «Límites».',
    other: 'El archivo contenedor tiene {n} particularidades propias; figuran en «Límites».',
  },
  warningWeakDigest: 'En el paquete hay también huellas {algorithms}. Se consideran débiles y nada se apoyó en ellas.',
  warningNotChecked: {
    one: 'No se hizo {n} comprobación; figura en «Límites», con la razón.',
    other: 'No se hicieron {n} comprobaciones; figuran en «Límites», con las razones.',
  },
  warningOpenUnasked: {
    one: '{n} comprobación que la política no pide no se pudo decidir: véase «Preguntas abiertas y contradicciones».',
    other:
      '{n} comprobaciones que la política no pide no se pudieron decidir: véase «Preguntas abiertas y contradicciones».',
  },
  warningWithheld: {
    one: '{n} comprobación halla algo reservado.',
    other: '{n} comprobaciones hallan algo reservado.',
  },
  limitNotAsked:
    'La política no pregunta por: {axes}. Lo que se halló ahí no cuenta para el resultado, salvo que contradiga.',
  noWarnings: 'Ninguna advertencia.',
  conditionsNone: 'El paquete no recoge condiciones de uso.',
  conditionsNotAtHand:
    'No se saben aquí: este certificado se hizo con hechos guardados, sin el paquete. El paquete puede recoger condiciones.',
  conditionsUnread: 'No se pudo leer la ficha de condiciones de uso.',
  showsSame: {
    one: 'Que el archivo examinado ({files}) es {same}.',
    other: 'Que los {files} examinados son {same}.',
  },
  showsComplete: 'Que no falta ningún archivo de pruebas de la lista, y que no se añadió ninguno.',
  showsDiffers:
    'Que lo examinado no es lo que se selló o lo que dice la lista; la relación de archivos nombra cada diferencia.',
  showsSigner: 'Que el sello se hizo con la clave de {name}, según la lista de claves que eligió el operador.',
  showsTime: 'Que el sello existía a más tardar el {time}.',
  showsCustody:
    'Que las entradas del registro de custodia forman una sola cadena sin roturas y concuerdan con su estado firmado.',
  /** The chain shows nothing across what is withheld; the tree does. */
  showsLog: 'Que las entradas del registro de custodia, incluidas las reservadas, concuerdan con su estado firmado.',
  showsNothing:
    'Nada por sí solo: lo que está abierto, y lo que lo decidiría, figura en la parte «Preguntas abiertas y contradicciones».',
  notShownTruth:
    'Que lo que muestran los archivos sea verdad, esté completo, se obtuviera legalmente o esté bien descrito.',
  notShownRecorder: 'Quién grabó lo que hay en los archivos, ni cuándo.',
  notShownBefore: 'Algo sobre el tiempo anterior al primer momento demostrado.',
  notShownCourt: 'Que alguien deba aceptarlos como prueba: eso lo decide el tribunal.',

  // Checks
  axesIntro:
    'Cada comprobación hace una pregunta y da un valor. Un eje tiene el peor valor de sus comprobaciones; el conjunto tiene el peor valor de los ejes por los que pregunta la política, y una contradicción en cualquier eje hace que el conjunto sea CONTRADICHO.',
  problemsNone: 'Ninguna comprobación halló una contradicción, y ninguna de las que pide la política quedó abierta.',
  problemsIntro:
    'Primero las contradicciones, después lo que no se pudo decidir. «Usted» en estas frases es quien ejecutó el programa, y «su lista» la lista de claves que se eligió entonces.',
  missingThing: 'Falta: {what}. Quién puede tenerlo: {from}. Puede enviar: «{ask}»',
  restsOn: 'Se apoya en {document}, sección {section}.',
  moreObjects: {
    one: 'Y {n} más; figura en el inventario adjunto.',
    other: 'Y {n} más; figuran todos en el inventario adjunto.',
  },
  moreObjectsReport: {
    one: 'Y {n} más; `probatum verify --inventory FILE` lo guarda.',
    other: 'Y {n} más; `probatum verify --inventory FILE` los guarda todos.',
  },

  // Method
  methodBytes:
    'El programa leyó entero cada archivo y calculó huellas sobre sus bytes tal como llegaron; nada se convirtió, se abrió ni se reparó.',
  methodAlgorithms: 'Huellas de los archivos de pruebas: {algorithms}.',
  methodCompare:
    'Cada huella se comparó con la que la lista (manifiesto) del paquete declara para ese archivo. Los archivos de la lista que faltan, y los que ninguna lista nombra, se indican por su nombre.',
  methodSeal:
    'Los archivos acompañantes, entre ellos los manifiestos, figuran en su propia lista (tag manifest). El sello es una firma separada (CMS, perfil CAdES-B) sobre los bytes de esa lista, y cada sello de tiempo (RFC 3161) está hecho sobre los bytes de un archivo de firma.',
  methodContent:
    'La huella del contenido es el SHA-256 de un texto con una línea por archivo (su SHA-256, dos espacios, su ruta), en el orden de bytes de las rutas.',
  methodChain:
    'El registro de custodia es una cadena: cada entrada contiene el SHA-256 de la anterior. Todas las entradas son además las hojas de un árbol de Merkle (RFC 9162, SHA-256), cuya raíz y tamaño firmó la clave del registro.',
  methodCommitments:
    'Los campos que se pueden reservar figuran en las fichas como huellas SHA-256 con sal. De lo que se abrió se calculó la huella y se comparó con la de su lugar. Los valores abiertos no se repiten en este documento.',
  methodCommitmentsNames:
    'Los campos que se pueden reservar figuran en las fichas como huellas SHA-256 con sal. De lo que se abrió se calculó la huella y se comparó con la de su lugar. De los valores abiertos, este documento repite solo nombres originales de archivos.',
  methodPolicy: 'Lo que se debía mostrar se fijó antes, en una política: un archivo cuya huella figura aquí.',
  methodOffline:
    'No se trajo nada de una red. El momento de la comprobación se dio al programa como dato; ningún reloj decide nada.',
  methodSame:
    'El mismo paquete, la misma política, la misma lista de claves y el mismo momento dan el mismo informe, bit por bit, en cualquier ordenador; quien dude puede ejecutar de nuevo el programa.',
  methodMadeByCommandLine: 'Este documento lo hizo {program}, ejecutado como orden.',
  methodMadeByPage:
    'Este documento lo hizo {program} en su forma de página web, un solo archivo que se ejecuta en un navegador. Esa página deja que se ejecute un único script, designado por su huella. La huella de abajo es la que la página dio de sí misma: compárela con la que se publicó para esta versión.',

  // Signatures, time-stamps, trust
  noSignatures: 'No hay ninguna firma que se pudiera leer.',
  noTokens: 'No hay ningún sello de tiempo sobre esta firma.',
  anchorsChosen:
    'La lista de claves (conjunto de confianza) la eligió el operador, de fuera del paquete. En nada de lo que hay en un paquete se cree porque esté en él.',
  anchorsNone:
    'El operador no eligió ninguna lista de claves, así que ninguna clave de este informe está unida a nadie.',
  anchorsConfirmed: 'El operador escribió el código de la lista, impreso en su carta, y concuerda.',
  anchorsNotConfirmed: 'No se escribió el código de la lista.',
  evidenceRecordApart:
    'Un registro de evidencia (RFC 4998) es una declaración aparte sobre los archivos que abarca: nada más de este documento se apoya en él, y no dice nada de otros archivos. `probatum steps BUNDLE --evidence-record FILE` imprime las órdenes que comprueban uno a mano.',
  provedNothingHere: 'no se demuestra nada',
  revocationNone: 'No había a mano datos de revocación (CRL u OCSP).',
  revocationRule: 'La regla de la política sobre los datos de revocación: {rule}.',
  ruleRequired: 'obligatorios',
  ruleIfPresent: 'se juzgan si los hay',
  ruleNotChecked: 'no se juzgan',
  qualifiedNotAssessed:
    'No se valoró si una firma o un sello de tiempo es «cualificado» según el Reglamento (UE) n.º 910/2014.',

  // Custody
  custodyNone: 'No hay registro de custodia en lo examinado.',
  custodyUnread: 'No se pudo leer el registro de custodia.',
  custodyPeople:
    'Cuándo se hizo una entrada, y quién la hizo, figura en campos que pueden reservarse. Este documento no los repite, abiertos o no: están en el registro del paquete.',
  custodyCount: {
    one: 'El registro de custodia tiene {n} entrada, incluida la de esta exportación.',
    other: 'El registro de custodia tiene {n} entradas, incluida la de esta exportación.',
  },
  custodyShown: {
    one: '{n} entrada está aquí como línea; de sus campos solo se pueden leer los abiertos.',
    other: '{n} entradas están aquí como líneas; de sus campos solo se pueden leer los abiertos.',
  },
  custodyWithheld: {
    one: '{n} entrada está reservada: están aquí su lugar y su huella, no su contenido.',
    other: '{n} entradas están reservadas: están aquí sus lugares y sus huellas, no su contenido.',
  },
  custodyAnchored:
    'Hay aquí un estado firmado del registro, con el nombre {origin}: {size} entradas, raíz {root}. Si la firma se sostiene lo dicen las comprobaciones.',
  custodyHandovers: {
    one: 'Se comparó con su entrada {n} firma de una entrega.',
    other: 'Se compararon con sus entradas {n} firmas de entregas.',
  },

  // Withheld
  withheldCanHide:
    'Lo reservado puede cambiar la lectura del resto, y hablar a favor o en contra de alguien. Una huella con sal está en su lugar, fijada antes del sello, para que pueda mostrarse más tarde y compararse; por ella no se ve qué dice.',
  withheldByIssuer:
    'Quien hizo el paquete lo reservó, y declara el motivo. Nada de aquí muestra si el motivo es bueno.',
  withheldNothing: 'No hay ninguna pieza reservada, y ninguna copia con supresiones ocupa el lugar de un original.',
  withheldNotKnown: 'No se pudieron leer las fichas de las piezas, así que no se sabe qué está reservado.',
  withheldItems: {
    one: '{n} pieza está reservada. Están aquí su lugar y su compromiso; no sus huellas ni su tamaño.',
    other: '{n} piezas están reservadas. Están aquí sus lugares y sus compromisos; no sus huellas ni sus tamaños.',
  },
  withheldItemsOf: {
    one: 'El registro tiene {n} pieza en total.',
    other: 'El registro tiene {n} piezas en total.',
  },
  withheldFields:
    'De {slots} campos de las líneas mostradas, están abiertos {opened}. Un campo cerrado se reservó o nunca se rellenó.',
  withheldGrounds: {
    one: 'Se da un motivo para {n} campo cerrado.',
    other: 'Se da un motivo para {n} campos cerrados.',
  },
  withheldCopies: {
    one: '{n} pieza es COPIA CON SUPRESIONES de otra. Que muestre fielmente el resto es lo que declara el emisor.',
    other:
      '{n} piezas son COPIAS CON SUPRESIONES de otras. Que muestren fielmente el resto es lo que declara el emisor.',
  },

  // Consent and conditions
  consentNotJudged: 'Lo que sigue se repite como lo recoge el paquete. Nada de ello se juzgó: SIN COMPROBAR.',
  consentJudged:
    'Lo que sigue se repite como lo recoge el paquete. Lo que se juzgó de ello figura entre las comprobaciones.',
  consentNoRecord: 'Lo examinado no tiene ficha de consentimiento ni de condiciones para compartir.',
  consentNoRequest:
    'El paquete no recoge ninguna solicitud de compartir: no hay en él consentimiento, garantía, condición ni aprobación.',
  consentNotAtHand:
    'Este certificado se hizo con hechos guardados, sin el paquete: no se sabe aquí qué recoge el paquete de consentimiento y condiciones.',
  consentUnread: 'No se pudo leer la ficha de consentimiento y condiciones para compartir.',
  consentConsents: {
    one: 'Consta un consentimiento para {n} pieza; quién lo dio, para qué y hasta cuándo está cerrado.',
    other: 'Constan consentimientos para {n} piezas; quién los dio, para qué y hasta cuándo está cerrado.',
  },
  consentApprovals: { one: 'Consta {n} aprobación.', other: 'Constan {n} aprobaciones.' },
  consentExceptions: { one: 'Consta {n} excepción.', other: 'Constan {n} excepciones.' },
  consentLater:
    'Un consentimiento puede retirarse después de enviado un paquete. Pregunte al emisor si hay avisos posteriores antes de usar o pasar nada a otros.',

  // Limits
  limitMathematics:
    'Se apoya en que nadie pueda hallar dos archivos distintos con el mismo valor de SHA-256 (y de cada clase de huella que se nombra aquí), y en que nadie pueda hacer sin la clave una firma con los métodos que se nombran aquí.',
  limitKeys: 'Se apoya en que las claves privadas estuvieran solo en manos de sus dueños cuando firmaron.',
  limitAuthorities: 'Se apoya en que las autoridades de sellado de tiempo declararan momentos ciertos.',
  limitAnchors: 'Se apoya en que la lista de claves sea correcta: responde de ella quien la eligió.',
  limitComputer:
    'Se apoya en que esté en buen estado el ordenador que ejecutó el programa. Una segunda persona puede repetir la comprobación en otro ordenador, y con otras herramientas.',
  limitNotTruth: 'Sin cambios no es verdadero: una declaración falsa se puede sellar, y queda sin cambios.',
  limitBefore:
    'Un sello de tiempo muestra que algo existía a más tardar en su momento. No muestra cuánto tiempo tenía entonces.',
  challengesIntro:
    'Lo que se puede preguntar, la respuesta, y dónde hay más en este documento. Las respuestas valen para cualquier paquete; lo hallado en este figura en la parte nombrada.',
  notCheckedNone: 'Se hicieron todas las comprobaciones.',
  notCheckedIntro: 'Estas comprobaciones no se hicieron, o hallaron algo reservado. Cada línea dice por qué.',
  copyIntro: 'Esta copia tiene particularidades que no son parte de lo que se selló:',

  moreInReport: {
    one: 'Y {n} más; report.json lo nombra.',
    other: 'Y {n} más; report.json los nombra todos.',
  },

  // Reproduction
  reproduceTool:
    'Con el programa, en cualquier ordenador: la orden de abajo da el mismo informe. Compare la huella del informe con la que figura al pie de esta página.',
  reproduceToolGet:
    'Obtenga el programa de quien lo publica y no con el paquete, y compare su SHA-256 con el publicado antes de ejecutarlo.',
  reproduceStock:
    'Sin el programa: las órdenes de abajo solo necesitan coreutils y OpenSSL 3.0 o más nuevo. Ejecútelas en la carpeta del paquete. signer-roots.pem y tsa-roots.pem son los certificados raíz en los que usted cree, obtenidos de otro lugar.',
  reproduceQuiet: 'Se espera: no se muestra nada, y la orden termina con el estado 0.',
  reproduceDiffers:
    'Se espera aquí: se muestran los archivos que este certificado nombra como distintos o faltantes, y el estado no es 0.',
  reproduceExpected: 'Se espera: {output}',
  reproduceRevocation:
    'Si la clave del firmante había sido revocada, según la lista que está aquí. signer.pem es el certificado con el que vale la firma:',
  reproduceOther: 'SHA-256 de un archivo en otros sistemas:',
  reproduceCheck:
    'Este certificado, con el programa: la orden de abajo hace de nuevo sus páginas con lo que lleva dentro, y las compara.',
  reproduceCertificate:
    'Este certificado, sin el programa: extraiga sus adjuntos, y calcule la huella del que se llama certificate.json tras la línea que se muestra. El resultado es el identificador del certificado.',
  reproduceSignature:
    'Si alguien firmó este certificado, la orden siguiente dice si esa firma vale y cubre todo el archivo. Si detrás vinieron datos de validación o un sello de tiempo, «Not total document signed» es correcto. A quién creer, lo deja en sus manos.',
  reproduceReport:
    'La huella del informe es el SHA-256 del miembro “body” de report.json en forma canónica (RFC 8785).',

  // Exhibits
  exhibitsExceptions:
    'Donde un archivo tiene dos huellas, la primera es la que declara la lista, y la segunda se calculó de los bytes examinados.',
  exhibitsNoExceptions: 'Ningún archivo difiere de su lista, falta o se añadió.',
  exhibitsAll: {
    one: 'El {n} archivo de pruebas. Su huella se calculó de los bytes examinados.',
    other: 'Los {n} archivos de pruebas, en el orden de sus rutas. Cada huella se calculó de los bytes examinados.',
  },
  exhibitsCut: {
    one: 'Figuran aquí los primeros {shown} de {n} archivo. El inventario adjunto (inventory.jsonl, SHA-256 {sha256}) los tiene todos.',
    other:
      'Figuran aquí los primeros {shown} de {n} archivos. El inventario adjunto (inventory.jsonl, SHA-256 {sha256}) los tiene todos.',
  },
  exhibitsCutReport: {
    one: 'Figuran aquí los primeros {shown} de {n} archivo. `probatum verify --inventory FILE` los guarda todos (SHA-256 {sha256}).',
    other:
      'Figuran aquí los primeros {shown} de {n} archivos. `probatum verify --inventory FILE` los guarda todos (SHA-256 {sha256}).',
  },
  exhibitsLeftOut:
    'La lista entera no se imprime, como pidió el operador. El inventario adjunto (inventory.jsonl, SHA-256 {sha256}) tiene todos los archivos.',
  exhibitsLeftOutReport:
    'La lista entera no se imprime. `probatum verify --inventory FILE` guarda todos los archivos (SHA-256 {sha256}).',
  exhibitsPaths:
    'Los archivos figuran con las rutas opacas del paquete; los nombres originales pueden identificar a personas y no se imprimen.',

  // The person
  personIntro:
    'Para rellenar a mano, si una persona certifica. El programa no ha rellenado ni marcado nada. Separe los hechos de las opiniones, y declare solo lo que hizo o supo usted mismo.',
  clerkIntro: 'Recibo, para que lo rellene quien reciba este documento.',

  // Form annexes
  needsLawyer:
    'Ningún tribunal ha aprobado este formulario. Haga que lo lea un abogado del lugar antes de que alguien lo firme o lo presente.',
  formFromReport:
    'Las huellas, los identificadores y los números de este anexo se toman del informe. Todo lo demás se deja vacío.',
  transmittalIntro:
    'Portada para una remisión entre autoridades. Las piezas se nombran por sus rutas y huellas; las condiciones son las que recoge el paquete.',
  transmittalItemsGiven: {
    one: 'Con esta remisión se entrega {n} archivo.',
    other: 'Con esta remisión se entregan {n} archivos.',
  },
  transmittalItemsWithheld: {
    one: '{n} pieza del registro está reservada.',
    other: '{n} piezas del registro están reservadas.',
  },
  hashReportIntro:
    'Informe de huellas: la huella de cada archivo entregado, calculada de los bytes examinados. Se puede leer sin el resto del certificado.',
}

/** Headings, names of facts, columns and words in tables. */
export const CERTIFICATE_LABELS: Messages['certificate']['labels'] = {
  title: 'Certificado de integridad',
  titleReport: 'Informe de comprobación',
  page: 'Página {page} de {pages}',
  wordPassed: 'PASÓ',
  wordFailed: 'CONTRADICHO',
  wordUndecided: 'SIN DETERMINAR',
  wordToHeed: 'ATENCIÓN',
  valuePassed: 'pasó',
  valueFailed: 'contradicho',
  valueUndecided: 'sin determinar',
  valueToHeed: 'atención',
  valueNotChecked: 'sin comprobar',
  valueWithheld: 'reservado',
  yes: 'sí',
  no: 'no',
  none: 'ninguno',
  notStated: 'no se declara',
  asStated: '{value} (según el paquete)',
  showsNames: 'muestra nombres originales de archivos',
  notReviewed: 'traducción no revisada',
  sample: 'EJEMPLO',

  headingResult: 'Resultado',
  headingWarnings: 'Advertencias',
  headingConditions: 'Condiciones de uso, según el paquete',
  headingShows: 'Lo que esto muestra',
  headingDoesNotShow: 'Lo que esto no muestra',
  headingExamined: 'Lo que se examinó',
  headingAxes: 'Las comprobaciones, por ejes',
  headingProblems: 'Preguntas abiertas y contradicciones',
  headingMethod: 'Método',
  headingSignatures: 'Firmas y sellos de tiempo',
  headingSignature: 'Firma {n}',
  headingToken: 'Sello de tiempo {n} sobre la firma {signature}',
  headingEvidenceRecord: 'Registro de evidencia {n}, entregado junto al paquete',
  headingTrust: 'Claves en las que se creyó',
  headingRevocation: 'Datos de revocación',
  headingCustody: 'Custodia',
  headingWithheld: 'Piezas reservadas y copias con supresiones',
  headingConsent: 'Consentimiento y condiciones para compartir, como constan',
  headingLimits: 'Límites, y comprobaciones que no se hicieron',
  headingChallenges: 'Preguntas que pueden plantearse',
  headingReproduction: 'Cómo comprobarlo de nuevo',
  headingExhibits: 'Relación de archivos',
  headingExceptions: 'Archivos que no están como dice la lista',
  headingAllFiles: 'Todos los archivos de pruebas',
  headingGlossary: 'Palabras que se usan aquí',
  headingPerson: 'Certificación por una persona',
  headingClerk: 'Recibo',
  headingAnnex: 'Anexo: {title}',

  certificateId: 'identificador del certificado',
  reportDigest: 'huella del informe (SHA-256)',
  reportCode: 'código del informe, de viva voz',
  bundleId: 'identificador del paquete (SHA-256)',
  bundleCode: 'código del paquete, de viva voz',
  sealId: 'identificador del sello (SHA-256)',
  manifestDigest: 'lista {name} (SHA-256)',
  contentDigest: 'huella del contenido (SHA-256)',
  inventoryDigest: 'inventario (SHA-256)',
  factsDigest: 'hechos (SHA-256)',
  findingsDigest: 'hallazgos (SHA-256)',
  format: 'formato',
  identifier: 'identificador',
  issuer: 'emisor',
  recipient: 'destinatario',
  received: 'entregado',
  receivedDigest: 'archivo contenedor como se entregó (SHA-256)',
  receivedFolder: 'carpeta {name}',
  receivedArchive: '{kind} {name}, {size}',
  counts: 'archivos de pruebas',
  countsText:
    'en la lista {listed}; aquí {here}, {size}; según la lista {matched}, distintos {different}, faltan {missing}, añadidos {unlisted}, ilegibles {unreadable}',
  countsShort:
    'aquí {here}; según la lista {matched}, distintos {different}, faltan {missing}, añadidos {unlisted}, ilegibles {unreadable}',
  countsMoved: '{counts}, con otro nombre que en la lista {renamed}, segundas copias de otro {copies}',
  axisValues: 'por eje',
  localTime: '{time}, es decir, {local}',
  filesInAll: 'archivos en total',
  checkedAsOf: 'comprobado a fecha de',
  program: 'programa',
  programBuild: 'compilación (SHA-256 del código fuente)',
  pageScript: 'huella del script de la página',
  pageEdition: 'edición de la página',
  pageEditionDigest: 'edición de la página (SHA-256)',
  certificateFormat: 'formato del certificado',
  templateName: 'plantilla',
  templateText: '{title}, versión {version}',
  languageName: 'idioma',
  provedTime: 'demostrado',
  statedTime: 'declarado',
  statedBySigner: 'el firmante dice {time}',
  statedByBundle: 'el paquete dice que se hizo el {time}',
  statedByBag: 'el bag dice que se empaquetó el {time}',

  columnAxis: 'eje',
  columnQuestion: 'pregunta',
  columnValue: 'valor',
  columnRequired: 'se pide',
  columnChecks: 'comprobaciones',
  columnNumber: 'n.º',
  columnFile: 'archivo',
  columnSize: 'bytes',
  columnDigest: 'SHA-256',
  columnResult: 'resultado',
  columnRole: 'función',
  columnName: 'nombre',
  columnCheck: 'comprobación',
  columnWhy: 'por qué',
  columnKind: 'clase',
  columnFrom: 'desde',
  columnUntil: 'siguiente',
  columnSource: 'origen',
  columnRecord: 'ficha',
  columnLine: 'línea',
  columnGround: 'motivo',
  columnEvent: 'clase de entrada',
  columnCount: 'número',
  captionChallenges: 'Preguntas y respuestas',
  columnAnswer: 'respuesta',
  columnWhere: 'más en',
  columnLineDigest: 'SHA-256 de la línea',
  columnTerm: 'palabra',
  columnMeaning: 'significado',
  columnAssurance: 'garantía',
  columnBy: 'dada por',
  columnDate: 'fecha',
  columnReference: 'referencia',
  /** Of a compared value that is no file's digest. */
  expectedValue: 'esperado',
  columnExpected: 'en la lista',
  columnFound: 'hallado',

  captionAxes: 'Valor de cada eje, con el número de sus comprobaciones',
  captionNotChecked: 'Comprobaciones que no se hicieron, con la razón',
  captionAnchors: 'Claves de la lista, por función',
  captionRevocation: 'Listas y respuestas de revocación que había a mano',
  captionEvents: 'Entradas del registro de custodia, por clase',
  captionWithheld: 'Lo reservado, con el motivo que da el emisor',
  captionAssurances: 'Garantías, como las recoge el paquete',
  captionExceptions: 'Archivos que no están como dice la lista',
  captionFiles: 'Archivos de pruebas con sus huellas',
  captionGlossary: 'Palabra y significado',

  resultMatch: 'según la lista',
  resultMismatch: 'DISTINTO',
  resultMissing: 'FALTA',
  resultUnlisted: 'NO FIGURA',
  resultUnreadable: 'ILEGIBLE',
  resultNotCompared: 'sin comparar',
  notHere: 'no está aquí',
  copyLeftover: 'lo dejó un sistema operativo',
  copyOutside: 'está fuera de la carpeta del paquete',

  policyId: 'política',
  policyName: '{id}, número {number}',
  policyDigest: 'política (SHA-256)',
  policyAxes: 'ejes por los que pregunta',
  policyRevocation: 'datos de revocación',
  policyTimestamps: 'sellos de tiempo que pide',
  policyDigests: 'huellas que pide',
  policyStrict: 'estricta con',
  policyEnded: 'métodos que desde un día ya no cuentan',
  strictLeftovers: 'archivos que dejan los sistemas operativos',
  strictTagFiles: 'archivos acompañantes que no están en ninguna lista',
  strictOldBags: 'versiones antiguas de BagIt',

  signatureFile: 'archivo',
  signatureOver: 'sobre',
  signatureDigest: 'archivo (SHA-256)',
  signatureForm: 'forma',
  signatureAlgorithm: 'método',
  signerName: 'firmante',
  signerIssuer: 'certificado por',
  serialNumber: 'número de serie',
  fingerprint: 'certificado (SHA-256)',
  validity: 'validez del certificado',
  validityText: 'del {from} al {until}',
  claimedTime: 'momento, según el firmante',
  bestTime: 'existencia demostrada',
  nothingProved: 'no se demuestra nada',
  bestTimeText: 'a más tardar el {time}',
  keyText: '{kind}, {bits} bits',
  tokenAuthority: 'autoridad',
  tokenTime: 'momento',
  tokenAccuracy: 'margen',
  tokenPolicy: 'política de la autoridad',
  tokenImprint: 'huella sellada ({algorithm})',
  tokenCovers: 'cubre',
  evidenceRecordDigest: 'registro (SHA-256)',
  evidenceRecordCovers: 'archivos que abarca',
  evidenceRecordCount: '{covered} de {files}',
  evidenceRecordFirst: 'los primeros {shown} de {all}',
  evidenceRecordStamps: 'sus sellos de tiempo',
  tokenDigest: 'sello de tiempo (SHA-256)',
  unreadable: 'no se pudo leer',

  setIssuer: 'compilada por',
  setNumber: 'número y fecha',
  setNumberText: 'número {number} del {date}, a revisar a más tardar el {review}',
  setDigest: 'lista (SHA-256)',
  setCode: 'código de la lista',
  chosenBy: 'elegida por',
  chosenByOperator: 'el operador, de fuera del paquete',

  logFile: 'registro, record/custody.jsonl (SHA-256)',
  firstEntry: 'primera entrada (SHA-256)',
  lastEntry: 'última entrada (SHA-256)',
  links: 'enlaces entre entradas',
  linksText: 'comparados {compared}, en desacuerdo {broken}',
  linksBrokenText: 'comparados {compared}, en desacuerdo {broken}, el primero en la línea {line}',
  logId: 'identificador del registro',
  logKey: 'clave del registro (SHA-256)',

  purpose: 'finalidad',
  grounds: 'base legal',
  conditions: 'condiciones',
  recordDigest: 'ficha (SHA-256)',

  'event:log-start': 'comienzo del registro',
  'event:log-key-change': 'cambio de la clave del registro',
  'event:acquisition': 'tomado de una fuente',
  'event:ingestion': 'piezas añadidas al registro',
  'event:fixity-check': 'huellas comparadas',
  'event:transfer': 'entregado',
  'event:access': 'consultado',
  'event:analysis': 'examinado',
  'event:duplication': 'copiado',
  'event:migration': 'trasladado o convertido',
  'event:redaction': 'copia con supresiones hecha',
  'event:consent-withdrawal': 'consentimiento retirado',
  'event:deaccession': 'dado de baja',
  'event:export': 'paquete hecho',
  'event:withheld': 'reservado',
  'event:other': 'de una clase que esta versión no conoce',

  'ground:witness-protection': 'protección de testigos',
  'ground:victim-protection': 'protección de víctimas',
  'ground:source-confidentiality': 'confidencialidad de las fuentes',
  'ground:third-party-privacy': 'privacidad de terceros',
  'ground:ongoing-investigation': 'una investigación en curso',
  'ground:legal-privilege': 'secreto profesional',
  'ground:national-law': 'derecho nacional',
  'ground:other': 'otro motivo',
  'ground:none': 'no se da ninguno',

  'assurance:confidentiality-respected': 'se respeta la confidencialidad',
  'assurance:fair-trial-and-human-rights': 'normas de juicio justo y derechos humanos',
  'assurance:no-death-penalty': 'sin pena de muerte',
  'assurance:victims-and-witnesses-protected': 'se protege a víctimas y testigos',

  personName: 'Nombre',
  personPosition: 'Cargo y empleador',
  personQualifications: 'Cualificaciones',
  personDone: 'Lo que hice yo',
  personKnowledge: 'Cómo sé el resto',
  personOpinion: 'Opinión, si la hay, con sus razones',
  personPlace: 'Lugar',
  personDate: 'Fecha, hora y zona horaria',
  personSignature: 'Firma',
  tickRan: 'Ejecuté yo el programa, en un ordenador bajo mi control.',
  tickStock: 'Repetí la comprobación con otras herramientas.',
  tickCode: 'Comparé el código de la lista de claves con su carta.',
  tickCompared: 'Comparé la huella del informe con una que calculé yo.',
  clerkReceived: 'Recibido por',
  clerkDate: 'Fecha',
  clerkTick: 'Se comparó el SHA-256 del archivo recibido.',

  qrAlt: 'Código QR con la huella del informe y el identificador del paquete',
  qrCaption: 'huella del informe e identificador del paquete',

  templateGeneral: 'General',
  templateTransmittal: 'Remisión internacional',
  transmittalReference: 'Referencia de la solicitud',
  transmittalRequesting: 'Autoridad solicitante',
  transmittalSending: 'Autoridad remitente',
  transmittalPurpose: 'Finalidad de la solicitud',
  transmittalOfficer: 'Funcionario que certifica',
  transmittalGiven: 'Piezas entregadas',
  transmittalWithheld: 'Piezas reservadas',
  transmittalConditions: 'Condiciones',
  transmittalFurther: 'Otras condiciones de la autoridad remitente',
  transmittalSeal: 'Sello oficial',
  hashReport: 'Informe de huellas',
}

export const GLOSSARY: Messages['certificate']['glossary'] = {
  bundle: {
    term: 'paquete',
    is: 'Una carpeta o un archivo contenedor con archivos de pruebas, listas de ellos, fichas sobre ellos y un sello.',
  },
  digest: {
    term: 'huella (hash)',
    is: 'Un número calculado de cada byte de un archivo. Si cambia un bit, la huella es otra. SHA-256 es un método para ello.',
  },
  manifest: { term: 'manifiesto', is: 'Una lista de archivos con la huella de cada uno.' },
  integrity: {
    term: 'integridad',
    is: 'Que los bytes son los mismos que antes. No dice nada de si lo que muestran es verdad.',
  },
  seal: {
    term: 'sello (firma)',
    is: 'Un número hecho de la lista de archivos con una clave secreta. Solo quien tiene la clave puede hacerlo; cualquiera puede comprobarlo.',
  },
  certificate: {
    term: 'certificado (de una clave)',
    is: 'Una declaración firmada de que una clave pertenece a un nombre. No se debe confundir con este documento.',
  },
  trustSet: {
    term: 'lista de claves (conjunto de confianza)',
    is: 'Las claves en las que quien comprueba eligió creer, cada una para una función. Llega por otra vía que el paquete.',
  },
  timeStamp: {
    term: 'sello de tiempo',
    is: 'Una declaración firmada de una autoridad de que vio una huella en un momento declarado (RFC 3161).',
  },
  authority: {
    term: 'autoridad de sellado de tiempo',
    is: 'Una organización que firma sellos de tiempo. Ve huellas, no archivos.',
  },
  proofOfExistence: {
    term: 'momento demostrado',
    is: 'Momento en el que algo ya debía existir, porque una autoridad había visto su huella.',
  },
  revocation: {
    term: 'revocación',
    is: 'Aviso de quien certificó una clave de que desde un momento no se debe creer en ella.',
  },
  custodyLog: {
    term: 'registro de custodia',
    is: 'Las anotaciones de qué se hizo con las pruebas, quién lo hizo y cuándo.',
  },
  chain: {
    term: 'cadena',
    is: 'Entradas que contienen cada una la huella de la anterior, de modo que ninguna se puede cambiar, quitar o intercalar sin que se note.',
  },
  withheld: {
    term: 'reservado',
    is: 'No se muestra a este destinatario. En su lugar figura una huella con sal, para que se pueda mostrar más tarde y comparar.',
  },
  undecided: {
    term: 'sin determinar',
    is: 'Ni mostrado ni contradicho: algo necesario no estaba a mano. No es una sospecha.',
  },
  policy: { term: 'política', is: 'El archivo que dice qué se debe mostrar para el resultado PASÓ.' },
}
