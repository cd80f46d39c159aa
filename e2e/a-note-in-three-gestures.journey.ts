import { beforeAll, expect, test } from 'vitest'
import { openSite } from './site.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf, type StoryPerson } from './support/story.ts'

const site = await openSite()

/** Mme Claudel, accompanied by Julie Marchal and Karim Belkacem, with her circle who reads the notebook. */
let claudel: StoryPerson
beforeAll(async () => {
  claudel = await personOf(site.owner, 'CLAUDEL', 'JEANNE')
})

test('a note is shared in three gestures; the binôme finds it in her day, marked new until he opens it, and answers', async () => {
  const startedAt = new Date()
  const julie = await site.signIn('referent', { at: claudel.file })
  await julie.getByPlaceholder(/^Écrire une note, lue par \d+\smembres? du cercle$/).click()
  await julie.keyboard.type('Jambe gauche moins rouge. Pas de fièvre, elle marche seule.')
  await julie.keyboard.press('Control+Enter')
  await julie.getByText(/^Note partagée avec \d+\smembres? du cercle\.$/).waitFor()
  await openTab(julie, 'Fil')
  await julie.getByRole('heading', { name: 'Jambe gauche moins rouge' }).waitFor()
  await site.accessible(julie)

  const karim = await site.signIn('co-referent', { at: '/ma-journee' })
  await karim.getByText(words('\\d+ nouveautés? dans \\d+ dossiers?')).first().waitFor()
  await site.accessible(karim)
  await karim.getByRole('link', { name: /Notifications.*non lues/ }).press('Enter')
  await karim.waitForURL('**/nouveautes')
  await karim.getByRole('heading', { level: 1 }).first().waitFor()
  await site.accessible(karim)
  await karim.goto(`${site.url}${claudel.file}/fil`)
  await karim.getByRole('button', { name: 'Jambe gauche moins rouge (nouveau)' }).press('Enter')
  await karim.getByRole('button', { name: 'Répondre' }).press('Enter')
  await karim.keyboard.type('Vu. Je préviens l’infirmière.')
  await karim.keyboard.press('Control+Enter')
  await karim.getByText('Réponse enregistrée.').waitFor()
  await site.accessible(karim)
  // Live: Julie is told that something came, and her page does not jump.
  await julie.getByRole('button', { name: '1 nouveauté, afficher' }).press('Enter')
  await julie.getByRole('heading', { name: /Réponse · Jambe gauche moins rouge/ }).waitFor()
  const { rows } = await site.owner.query("select name, outcome from audit.entry where name like 'liaison.note.%' and at >= $1 order by seq", [startedAt])
  expect(rows.filter((row) => row.outcome === 'done').map((row) => row.name)).toEqual(['liaison.note.write', 'liaison.note.reply'])
})

test('a private note says so in words and matter, and stays in the DAC', async () => {
  const julie = await site.signIn('referent', { at: claudel.file })
  await julie.getByRole('radio', { name: 'Privé DAC' }).check()
  await julie.getByPlaceholder('Écrire une note, lue par l’équipe du DAC seulement').click()
  await julie.keyboard.type('À vérifier avant la concertation. Le curateur n’a pas répondu.')
  await site.picture(julie, 'note-privee')
  await julie.keyboard.press('Control+Enter')
  await julie.getByText('Note gardée pour le DAC.').waitFor()
  await site.accessible(julie)
  const doctor = await site.signIn('gp', { at: '/patients' })
  await doctor.keyboard.press('Tab')
  await doctor.keyboard.press('Enter')
  await doctor
    .getByRole('link', { name: words('CLAUDEL Jeanne') })
    .first()
    .press('Enter')
  await openTab(doctor, 'Fil')
  await doctor.getByRole('heading', { name: 'Jambe gauche moins rouge' }).first().waitFor()
  expect(await doctor.getByText('À vérifier avant la concertation').count(), 'her médecin traitant reads the shared note only').toBe(0)
})

test('a flagged note written on a telephone is taken by the référent in one gesture, then settled with what was done', async () => {
  const karim = await site.signIn('co-referent', { at: claudel.file, viewport: 'phone' })
  await karim.getByRole('button', { name: 'Note', exact: true }).click()
  await karim.getByLabel('Texte de la note').fill('Chute hier soir. Relevée seule, pas de plaie.')
  await karim.getByText('Demande une réponse rapide').click()
  await site.accessible(karim)
  await site.picture(karim, 'note-telephone')
  await karim.getByRole('button', { name: 'Garder et partager' }).click()
  await karim.getByText(/^Note partagée avec \d+\smembres? du cercle\.$/).waitFor()

  const julie = await site.signIn('referent', { at: '/ma-journee' })
  const alert = julie.getByRole('list', { name: 'Alertes' }).getByRole('listitem').filter({ hasText: 'Chute hier soir' })
  await alert.getByRole('button', { name: 'Je m’en charge' }).press('Enter')
  await alert.getByRole('button', { name: 'Traité…' }).press('Enter')
  await julie.getByLabel('Ce qui a été fait').fill('Appelée : elle va bien, infirmière prévenue.')
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await julie.getByText('Alerte traitée.').waitFor()
  await alert.getByRole('button', { name: 'Traité…' }).waitFor({ state: 'detached' })
})

test('a follow-up call is recorded in four gestures and dates the last contact', async () => {
  const julie = await site.signIn('referent', { at: claudel.file })
  await julie.getByRole('button', { name: /Noter un appel/ }).press('Enter')
  await julie.keyboard.type('Elle mange mieux. La téléassistance est posée.')
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await julie.getByText('Noté dans le fil.').waitFor()
  await julie.goto(`${site.url}/mes-situations`)
  await julie
    .getByRole('row', { name: words('CLAUDEL Jeanne') })
    .getByRole('cell', { name: /aujourd’hui/ })
    .waitFor()
  await site.accessible(julie)
})
