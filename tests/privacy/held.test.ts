import { describe, expect, it } from 'vitest'
import { loadRegionalForm } from '../../src/assessments/server/api.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import { asActor } from '../../src/platform/server/db.ts'
import { pdfText } from '../../src/platform/testing/pdf-text.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { personData, personDataSummary } from '../../src/privacy/contract/queries.ts'
import { readHeld } from '../../src/privacy/server/held.ts'
import { writeHeldDocument } from '../../src/privacy/server/held-document.ts'
import { aNote, aPrivacyWorld, personTables } from './privacy-world.ts'

const { db, owner } = await testDatabase()
const world = await aPrivacyWorld(db)
const { personId, dac } = world

await aNote(db, world, 'PARTAGEE Elle marche mieux.')
await aNote(db, world, 'PRIVEE Sa voisine nous a dit craindre son fils.', { protection: 'org_private', volet: 'social' })
await aNote(db, world, 'RESTREINTE Traces de coups.', { protection: 'restricted' })
await owner.query(
  `insert into persons.non_disclosure (id, person_id, kind, towards, wish_of, since, holder_org) values
  (gen_random_uuid(), $1, 'tell_nothing', 'Marc SONVOEU', 'person', '2026-06-02', $2), (gen_random_uuid(), $1, 'tell_nothing', 'Odile DUNTIERS', 'daughter', '2026-06-02', $2)`,
  [personId, dac.id],
)
await owner.query(
  `insert into intake.sollicitation (id, received_at, recorded_by, channel, caller_name, caller_phone, requester_kind, concerns, person_id, urgency, status, closed_at, closed_by, cno_level, holder_org)
   values ($1, '2026-06-01T08:00:00Z', $2, 'phone', 'Voisine SECRETE', '0199000042', 'other', 'person', $3, 'h72', 'closed', '2026-06-01T09:00:00Z', $2, 2, $4)`,
  [newId(), world.julie.userId, personId, dac.id],
)

// A form of the region: its answers are read in its words, in the version under which they were given.
const habitat = {
  code: 'habitat_region',
  version: '2026.1',
  kind: 'grid',
  title: 'Habitat de la région',
  shortTitle: 'Habitat',
  purpose: 'Regard partagé sur l’habitat',
  source: 'Groupe de travail régional',
  licence: { kind: 'own', text: 'Libre' },
  minutes: 10,
  notice: 'Aide à la décision',
  display: 'over',
  sections: [
    {
      code: 'home',
      title: 'Habitat',
      volet: 'social',
      items: [
        { type: 'boolean', code: 'cold', label: 'Logement froid', points: { yes: 3, no: 0 } },
        {
          type: 'choice',
          code: 'heat',
          label: 'Chauffage',
          options: [
            { code: 'opt_wood', label: 'Poêle à bois' },
            { code: 'opt_none', label: 'Aucun' },
          ],
        },
      ],
    },
  ],
  scoring: { method: 'sum' },
  bandSets: [{ code: 'main', title: 'Lecture', bands: [{ code: 'fine', label: 'rien à noter', from: 0, severity: 0 }] }],
}
const loaded = await loadRegionalForm(db, JSON.stringify(habitat), 'Bruno Henry')
if (!loaded.ok) throw new Error(loaded.faults.join(' '))
const assessmentId = newId()
await owner.query(
  `insert into assessments.assessment (id, person_id, form_code, form_version, form_kind, state, performed_on, author_kind, author_name, created_at, finished_at, volet, protection, holder_org, created_by)
   values ($1, $2, 'habitat_region', '2026.1', 'grid', 'finished', '2026-09-01', 'self', 'Julie Marchal', '2026-09-01', '2026-09-01', 'social', 'shared', $3, $4)`,
  [assessmentId, personId, dac.id, world.julie.userId],
)
await owner.query(
  `insert into assessments.section_answers (id, assessment_id, person_id, section, answers, observations, volet, protection, holder_org, saved_at, saved_by)
   values (gen_random_uuid(), $1, $2, 'home', '{"cold": true, "heat": "opt_wood"}', '{}', 'social', 'shared', $3, '2026-09-01', $4)`,
  [assessmentId, personId, dac.id, world.julie.userId],
)

await owner.query(
  `with t as (insert into conversations.thread (id, person_id, subject, reach, last_number, last_at, created_at, created_by, created_by_name, volet, holder_org)
      values (gen_random_uuid(), $1, 'Sortie', 'chosen', 1, '2026-09-02', '2026-09-02', $2, 'Julie Marchal', 'social', $3) returning id),
    m as (insert into conversations.message (id, thread_id, person_id, number, author_id, author_name, body, sent_at, search_key, volet, holder_org)
      select gen_random_uuid(), t.id, $1, 1, $2, 'Julie Marchal', 'ECRITE Voici le devis.', '2026-09-02T08:00:00Z', '', 'social', $3 from t returning id, thread_id)
  insert into conversations.file (id, thread_id, person_id, message_id, name, media_type, byte_length, sha256, content, added_by, added_at, volet, holder_org)
    select gen_random_uuid(), m.thread_id, $1, f.message_id, f.name, 'application/pdf', 3, '\\x00', 'CONTENU', $2, '2026-09-02T07:59:00Z', 'social', $3
    from m, lateral (values (m.id, 'devis-lit.pdf'), (null, 'NONENVOYE.pdf')) f(message_id, name)`,
  [personId, world.julie.userId, dac.id],
)

const textOf = async (privateNotes: boolean, timeZone = 'Europe/Paris'): Promise<string> =>
  asActor(db, { actor: world.julie, clock: world.clock(), timeZone: 'Europe/Paris' }, async (tx) =>
    pdfText(
      await writeHeldDocument(
        {
          person: 'PERRIN Odile, née Kempf',
          birthDay: '1941-03-12',
          service: 'DAC Hautes-Vallées',
          madeBy: 'Julie Marchal',
          at: world.clock(),
          timeZone,
          held: await readHeld(tx, personTables, personId, { privateNotes, timeZone }),
          withPrivate: privateNotes,
          sights: [],
          readers: [],
        },
        { compress: false },
      ),
    ).replace(/\s+/g, ' '),
  )

describe('« Ce que Jalon sait de Mme Perrin »', () => {
  it('is a PDF for the référent of her DAC, in one call, and its audit line names her', async () => {
    const file = await world.as(world.julie, personData, { personId, format: 'pdf' })
    expect(file).toMatchObject({ contentType: 'application/pdf', fileName: 'Ce que Jalon sait, 15-10-2026.pdf' })
    const bytes = Buffer.from(file.base64, 'base64').toString('latin1')
    expect(bytes.startsWith('%PDF-1.7')).toBe(true)
    expect(bytes).toMatch(/\/MarkInfo/)
    const { rows } = await owner.query(`select person_ids, details from audit.inbox where name = 'privacy.personData'`)
    expect(rows[0].person_ids).toEqual([personId])
    expect(rows[0].details).toMatchObject({ format: 'pdf', private: false })
  })

  it('tells what is shared, in words, and never a restricted report, a silence that another asked for, or who called about her', async () => {
    const text = await textOf(false)
    for (const said of ['KEMPF', '12/03/1941', 'PARTAGEE Elle marche mieux.', 'SONVOEU', 'Accompagnements', 'non-opposition']) expect(text).toContain(said)
    for (const secret of ['RESTREINTE', 'DUNTIERS', 'SECRETE', '0199000042', '01 99 00 00 42', 'PRIVEE']) expect(text).not.toContain(secret)
    // Codes are for machines, and nothing is unreadable.
    expect(text).not.toMatch(/non_opposition|org_private|to_qualify|undefined|\[object/)
  })

  it('tells its hours as those of the region, overseas as well', async () => {
    expect(await textOf(false)).toContain('Arrêté au 15/10/2026 à 9\u00a0h\u00a042'.replace(/\s/g, ' '))
    const there = await textOf(false, 'Indian/Reunion')
    expect(there).toContain('Arrêté au 15/10/2026 à 11 h 42')
    expect(there).toContain('02/09/2026 à 12 h')
  })

  it('tells the answers to a form of the region in the words of that form, never in its codes', async () => {
    const text = await textOf(false)
    for (const said of ['Habitat de la région', 'Logement froid', 'Poêle à bois']) expect(text).toContain(said)
    expect(text).not.toMatch(/opt_wood|habitat_region|heat\u00a0:/)
  })

  it('gives the words of conversations about her, and the names and dates of the files that went with them', async () => {
    const text = await textOf(false)
    for (const said of ['ECRITE Voici le devis.', 'devis-lit.pdf', '02/09/2026 à 10 h 00']) expect(text).toContain(said)
    expect(text).not.toMatch(/NONENVOYE|CONTENU/)
    const file = await world.as(world.julie, personData, { personId, format: 'json' })
    const { sections } = JSON.parse(Buffer.from(file.base64, 'base64').toString()) as { sections: { table: string; records: unknown[] }[] }
    expect(sections.find(({ table }) => table === 'conversations.file')?.records).toEqual([
      { added_at: expect.stringContaining('2026-09-02'), added_by: 'Julie Marchal', name: 'devis-lit.pdf' },
    ])
  })

  it('says what it leaves out, how many private notes wait to be read, and gives them on demand', async () => {
    const text = await textOf(false)
    expect(text).toContain('1 note ou élément gardé pour l’équipe du DAC')
    expect(text).toContain('Signalements et informations préoccupantes')
    expect(text).toContain('art. 15.4')
    const withPrivate = await textOf(true)
    expect(withPrivate).toContain('PRIVEE')
    expect(withPrivate).not.toContain('RESTREINTE')
  })

  it('is JSON for a machine, with the French name of each column and the same reserve', async () => {
    const file = await world.as(world.julie, personData, { personId, format: 'json' })
    const json = JSON.parse(Buffer.from(file.base64, 'base64').toString()) as {
      sections: { table: string; labels: Record<string, string>; records: Record<string, unknown>[] }[]
    }
    const person = json.sections.find((one) => one.table === 'persons.person')
    expect(person?.records[0]).toMatchObject({ birth_name: 'KEMPF', birth_date: '1941-03-12' })
    expect(person?.labels.birth_name).toBe('Nom de naissance')
    expect(JSON.stringify(json)).not.toMatch(/RESTREINTE|DUNTIERS|SECRETE|PRIVEE/)
  })

  it('counts the same as it holds', async () => {
    const summary = await world.as(world.julie, personDataSummary, { personId })
    expect(summary.privateNotes).toBe(1)
    expect(summary.sections.find((one) => one.title === 'Carnet de liaison')?.records).toBe(1)
  })

  it('is refused to the front desk and to the circle, and the other DAC does not learn that she exists', async () => {
    await expect(world.as(world.nadia, personData, { personId, format: 'pdf' })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(world.doctor, personData, { personId, format: 'pdf' })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(world.as(world.elsewhere, personData, { personId, format: 'pdf' })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(world.as(world.region, personData, { personId, format: 'pdf' })).rejects.toMatchObject({ kind: 'not_found' })
  })
})
