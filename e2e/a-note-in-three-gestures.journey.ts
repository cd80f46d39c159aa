import { expect, test } from 'vitest'
import { personas } from '../src/app/seed/personas.ts'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import type { EpisodeId } from '../src/episodes/contract/episode.ts'
import { anEpisode } from '../src/episodes/testing/builders.ts'
import { aPerson, aSight, nonOpposed } from '../src/persons/testing/builders.ts'
import { newId, type PersonId, type UserId } from '../src/platform/contract/ids.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { aService, aUser } from '../src/territory/testing/builders.ts'
import { openSite, type SiteWorld } from './site.ts'

const personId = '01999999-0000-7000-8000-00000000beef' as PersonId
const nationalIdOf = (id: string): string => personas.find((one) => one.id === id)?.nationalId ?? ''

/** Mme Perrin, accompanied by Julie Marchal and Karim Belkacem, with a nurse in her circle who reads the notebook. */
const world: SiteWorld = {
  kind: 'liaison',
  load: async ({ ownerUrl, appUrl }) => {
    await loadReferenceData({ ownerUrl })
    const db = openDatabase(appUrl)
    const service = await aService(db, { name: 'DAC Hautes-Vallées' })
    const julie = await aUser(db, { service, nationalId: nationalIdOf('referent') })
    const karim = await aUser(db, { service, nationalId: nationalIdOf('co-referent'), givenName: 'Karim', familyName: 'Belkacem' })
    const nurse = await aUser(db, {
      givenName: 'Thomas',
      familyName: 'Noël',
      functions: ['outside_professional'],
      professionalId: newId(),
      service: await aService(db, { kind: 'practice', name: 'Cabinet infirmier' }),
    })
    const episodeId = newId<EpisodeId>()
    await aPerson(db, { personId, dac: service.id, episodeId })
    await nonOpposed(db, personId, service.id)
    await anEpisode(db, { id: episodeId, personId, dac: service.id, referentId: julie.id as UserId, binomeId: karim.id as UserId })
    await aSight(db, personId, String(nurse.professionalId), { basis: 'care_team' })
    await db.close()
  },
}
const site = await openSite(world)
const file = `/personnes/${personId}`

test('a note is shared in three gestures; the binôme finds it in her day, marked new until she opens it, and answers', async () => {
  const julie = await site.signIn('referent', { at: file })
  await julie.getByPlaceholder(/^Écrire une note, lue par 1\smembre du cercle$/).click()
  await julie.keyboard.type('Jambe gauche moins rouge. Pas de fièvre, elle marche seule.')
  await julie.keyboard.press('Control+Enter')
  await julie.getByText('Note partagée avec 1 membre du cercle.').waitFor()
  await julie.getByRole('heading', { name: 'Jambe gauche moins rouge' }).waitFor()
  await site.accessible(julie)

  const karim = await site.signIn('co-referent', { at: '/ma-journee' })
  await karim.getByText('1 nouveauté dans 1 dossier').waitFor()
  await site.accessible(karim)
  await karim.getByRole('link', { name: /Notifications.*1 non lue/ }).click()
  await karim.getByText('1 nouveauté dans vos dossiers').waitFor()
  await site.accessible(karim)
  await karim.goto(`${site.url}${file}/fil`)
  await karim.getByRole('button', { name: 'Jambe gauche moins rouge (nouveau)' }).click()
  await karim.getByRole('button', { name: 'Répondre' }).click()
  await karim.keyboard.type('Vu. Je préviens l’infirmier.')
  await karim.keyboard.press('Control+Enter')
  await karim.getByText('Réponse enregistrée.').waitFor()
  await site.accessible(karim)
  // Live: Julie is told that something came, and her page does not jump.
  await julie.getByRole('button', { name: '1 nouveauté, afficher' }).click()
  await julie.getByRole('heading', { name: /Réponse · Jambe gauche moins rouge/ }).waitFor()
  const { rows } = await site.owner.query("select name, outcome from audit.entry where name like 'liaison.note.%' order by seq")
  expect(rows.filter((row) => row.outcome === 'done').map((row) => row.name)).toEqual(['liaison.note.write', 'liaison.note.reply'])
})

test('a private note says so in words and matter, and stays in the DAC', async () => {
  const julie = await site.signIn('referent', { at: file })
  await julie.getByText('Privé DAC', { exact: true }).first().click()
  await julie.getByPlaceholder('Écrire une note, lue par l’équipe du DAC seulement').click()
  await julie.keyboard.type('À vérifier avant la concertation. Le curateur n’a pas répondu.')
  await site.picture(julie, 'note-privee')
  await julie.keyboard.press('Control+Enter')
  await julie.getByText('Note gardée pour le DAC.').waitFor()
  await site.accessible(julie)
})

test('a flagged note written on a telephone is taken by the référent in one gesture, then settled with what was done', async () => {
  const karim = await site.signIn('co-referent', { at: file, viewport: 'phone' })
  await karim.getByRole('button', { name: 'Note', exact: true }).click()
  await karim.getByLabel('Texte de la note').fill('Chute hier soir. Relevée seule, pas de plaie.')
  await karim.getByText('Demande une réponse rapide').click()
  await site.accessible(karim)
  await site.picture(karim, 'note-telephone')
  await karim.getByRole('button', { name: 'Garder et partager' }).click()
  await karim.getByText('Note partagée avec 1 membre du cercle.').waitFor()

  const julie = await site.signIn('referent', { at: '/ma-journee' })
  await julie.getByRole('button', { name: 'Je m’en charge' }).click()
  await julie.getByRole('button', { name: 'Traité…' }).click()
  await julie.getByLabel('Ce qui a été fait').fill('Appelée : elle va bien, infirmier prévenu.')
  await julie.keyboard.press('Control+Enter')
  await julie.getByText('Alerte traitée.').waitFor()
  await julie.getByText('Aucune alerte').waitFor()
})

test('a follow-up call is recorded in four gestures and dates the last contact', async () => {
  const julie = await site.signIn('referent', { at: file })
  await julie.getByRole('button', { name: /Noter un appel/ }).click()
  await julie.keyboard.type('Elle mange mieux. La téléassistance est posée.')
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await julie.getByText('Noté dans le fil.').waitFor()
  await julie.goto(`${site.url}/mes-situations`)
  await julie.getByRole('cell', { name: /aujourd’hui/ }).waitFor()
  await site.accessible(julie)
})
