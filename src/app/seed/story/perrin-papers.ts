import { createHash } from 'node:crypto'
import { openSheet } from '../../../platform/server/sheet.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import { randomOf } from '../region/random.ts'

interface Paper {
  /** The note it goes with. */
  readonly noteTitle: string
  readonly name: string
  readonly heading: string
  readonly from: string
  readonly lines: readonly string[]
}

const papers: readonly Paper[] = [
  {
    noteTitle: 'Retour d’hôpital',
    name: 'compte-rendu-de-sortie.pdf',
    heading: 'Compte rendu de sortie',
    from: 'CH des Hautes-Vallées, gériatrie',
    lines: [
      'Hospitalisée pour une chute avec traumatisme du poignet gauche, sans fracture.',
      'Plaie de jambe stable. Tension plus basse debout : diurétique diminué de moitié.',
      'Retour à domicile avec ses aides habituelles ; kinésithérapie deux fois par semaine.',
      'À revoir par son médecin traitant dans les quinze jours.',
    ],
  },
  {
    noteTitle: 'Pièce reçue pour l’APA',
    name: 'avis-imposition-2025.pdf',
    heading: 'Avis d’imposition 2025',
    from: 'Pièce fictive de la démonstration',
    lines: ['Mme Odile Perrin, 7, chemin des Tilleuls, Rupt-sur-Moselle.', 'Revenu fiscal de référence : 14 210 €.', 'Impôt sur le revenu : néant.'],
  },
]

/** What came with two notes of Mme Perrin’s notebook: the report of the hospital, the paper that the APA waited for. */
export async function seedPerrinPapers(bulk: Bulk, notes: readonly Row[]): Promise<void> {
  // Its own draws: what is seeded after does not depend on it.
  const random = randomOf(1443)
  const rows: Row[] = []
  for (const paper of papers) {
    const note = notes.find(({ title }) => title === paper.noteTitle)
    if (note === undefined) throw new Error(`no note is called « ${paper.noteTitle} »`)
    const at = note['at'] as Date
    const content = await drawn(paper, at)
    const { person_id, volet, holder_org, protection } = note
    rows.push({
      id: random.idAt(at),
      person_id,
      note_id: note['id'],
      name: paper.name,
      media_type: 'application/pdf',
      byte_length: content.length,
      sha256: `\\x${createHash('sha256').update(content).digest('hex')}`,
      content: `\\x${content.toString('hex')}`,
      added_by: note['author_id'],
      added_at: at,
      volet,
      holder_org,
      protection,
    })
  }
  await bulk.write('liaison.note_file', rows)
}

function drawn(paper: Paper, at: Date): Promise<Buffer> {
  const sheet = openSheet({
    title: paper.heading,
    author: paper.from,
    header: [[paper.from, 'Mme Odile Perrin']],
    foot: 'Document fictif de la démonstration',
    at,
  })
  sheet.h1(paper.heading)
  for (const line of paper.lines) sheet.p(line)
  return sheet.end()
}
