import type { PersonTable } from '../../platform/server/person-data.ts'

const title = 'Conversations entre professionnels'
const marks = { notGiven: 'Qui prend part à une conversation, et ce que chacun a lu : aucun mot sur vous.' }

/** What professionals wrote to one another about someone: hers to read, though she takes no part. Ends with the file. */
export const conversationsPersonData: readonly PersonTable[] = [
  {
    table: 'conversations.thread',
    title,
    hers: 'person_id',
    dataClass: 'accompaniment',
    lastSign: 'last_at',
    given: { notGiven: 'Le cadre des conversations ; ce qui y est écrit de vous vous est donné message par message.' },
  },
  { table: 'conversations.participant', title, hers: 'person_id', dataClass: 'accompaniment', given: marks },
  {
    table: 'conversations.message',
    title,
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'sent_at',
    from: 'conversations.messages_about',
    given: { sent_at: 'Le', author_name: 'Par', author_profession: 'Fonction', body: 'Message' },
    keptBack: {
      number: 'rang du message dans sa conversation',
      reply_to: 'numéro d’un autre message',
      mentions: 'numéros des destinataires nommés',
      search_key: 'le même texte, sans accents',
    },
  },
  {
    table: 'conversations.file',
    title: 'Fichiers joints aux conversations, remis en main propre sur demande : votre DAC les ouvre avec vous',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'added_at',
    from: 'conversations.files_about',
    given: { added_at: 'Le', added_by: 'Par', name: 'Fichier' },
    keptBack: {
      content: 'le fichier lui-même, remis en main propre sur demande',
      sha256: 'empreinte du fichier',
      media_type: 'sorte du fichier, que dit son nom',
      byte_length: 'taille du fichier',
      width: 'taille de l’image',
      height: 'taille de l’image',
      scan: 'ce que l’antivirus a dit du fichier',
      scanned_at: 'ce que l’antivirus a dit du fichier',
      scan_finding: 'ce que l’antivirus a dit du fichier',
    },
  },
  { table: 'conversations.outcome', title, hers: 'person_id', dataClass: 'accompaniment', given: marks },
]
