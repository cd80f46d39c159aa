import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('a référente of another DAC opens the file of Mme Perrin exceptionally; the direction hears of it, reviews it, and the person’s list tells it', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const director = await site.signIn('director', { at: '/equipe' })
  await director.getByRole('heading', { level: 1, name: 'Équipe' }).waitFor()
  await director.getByText(words('\\d+ personnes')).first().waitFor()
  await director.waitForLoadState('networkidle')
  const toReview = director.getByText(/\d+\s*accès exceptionnels? à relire/)
  const before = (await toReview.count()) === 0 ? 0 : Number.parseInt((await toReview.first().textContent()) ?? '', 10)

  // By her address, the file answers as if it did not exist.
  const camille = await site.signIn('referent-other-dac', { at: perrin.file, refusals: [403, 404] })
  await camille.getByText(words('Ce dossier n’existe pas, ou il ne vous est pas ouvert')).waitFor()
  await site.accessible(camille)
  await site.picture(camille, 'journey-exceptional-refused')

  // She finds her by name and day of birth among those whom others know, and says why.
  await camille.goto(`${site.url}/personnes`)
  await camille.getByRole('textbox', { name: /Chercher une personne/ }).fill('perrin odile 12/03/1941')
  await camille
    .getByRole('button', { name: words('Accès exceptionnel…') })
    .first()
    .click()
  const dialog = camille.getByRole('dialog', { name: 'Accès exceptionnel' })
  await dialog.getByText('PERRIN Odile').waitFor()
  await dialog.getByText(words('Vos responsables le savent dans la minute')).waitFor()
  await dialog.getByLabel('En quelques mots').fill('Chute')
  await dialog.getByRole('button', { name: /Ouvrir cet accès/ }).click()
  await dialog.getByText(words('Expliquez en quelques mots : 10 caractères au moins.')).waitFor()
  await dialog.getByText('Continuité des soins', { exact: true }).click()
  await dialog.getByLabel('En quelques mots').fill('Sa fille appelle : chute cette nuit, le DAC qui l’accompagne ne répond pas.')
  await dialog.getByRole('radio', { name: /^4\s*h/ }).check()
  await site.accessible(camille)
  await site.picture(camille, 'journey-exceptional-reason')
  await dialog.getByRole('button', { name: /Ouvrir cet accès/ }).click()
  await camille.getByRole('heading', { level: 1, name: words('PERRIN Odile') }).waitFor()
  await camille.getByText(words('Accès exceptionnel jusqu’à')).waitFor()
  await openTab(camille, 'Fil')
  await camille.getByText(words('Pansement refait')).first().waitFor()
  expect(await camille.getByLabel('Fil du dossier').getByText('Privé DAC').count(), 'the private notes of the DAC stay private').toBe(0)
  await site.accessible(camille)
  await site.picture(camille, 'journey-exceptional-open')

  // The direction of the DAC in charge learns it without a click.
  await director.getByText(new RegExp(`^${before + 1}\\s*accès exceptionnels? à relire`)).waitFor()
  await director.getByRole('link', { name: new RegExp(`Équipe\\s*${before + 1}`) }).waitFor()
  await site.accessible(director)

  // Done before the hour: she closes it, and nothing of the person is left on her screen.
  await camille.getByRole('button', { name: 'Fermer maintenant' }).click()
  await camille.getByRole('dialog').getByRole('button', { name: 'Fermer maintenant' }).click()
  await camille.getByRole('heading', { level: 1, name: words('Votre accès à ce dossier a pris fin') }).waitFor()
  await camille.getByText(words('Votre accès exceptionnel est terminé.')).waitFor()
  await camille.getByText('PERRIN').first().waitFor({ state: 'detached' })
  await site.accessible(camille)
  await site.picture(camille, 'journey-exceptional-over')

  // The review: justified or not, in words. A director sees no name.
  await director.getByRole('link', { name: 'Relire', exact: true }).click()
  await director.getByRole('heading', { level: 1, name: words('Accès exceptionnels') }).waitFor()
  const line = director.getByRole('listitem').filter({ hasText: 'Sa fille appelle' })
  await line.waitFor()
  // The notice to the person: no relay stands here, so the DAC that accompanies her hands it over; the direction reads so much and no more.
  await line.getByText(words('Avis à remettre à la personne par le DAC qui l’accompagne')).waitFor()
  expect(await director.getByText('PERRIN').count(), 'the direction reviews without a file').toBe(0)
  await line.getByRole('button', { name: 'Relire', exact: true }).click()
  await director.getByText('Justifié', { exact: true }).click()
  await director.getByLabel('Commentaire').fill('Fille jointe, passage de l’infirmier avancé. Le numéro d’astreinte est rappelé aux DAC voisins.')
  await site.accessible(director)
  await site.picture(director, 'journey-exceptional-review')
  await director.getByRole('button', { name: /Enregistrer la relecture/ }).click()
  await line.waitFor({ state: 'detached' })
  await director.getByRole('radio', { name: 'Relus' }).check()
  await director.getByText(words('passage de l’infirmier avancé')).waitFor()
  await site.accessible(director)

  // In the list that the person may read: who, on what ground, until when.
  const julie = await site.signIn('referent', { at: `${perrin.file}/information` })
  await julie
    .getByText(/accès terminé/)
    .first()
    .click()
  const told = julie
    .getByRole('listitem')
    .filter({ hasText: 'Camille Durupt' })
    .filter({ hasText: words('Accès exceptionnel') })
    .first()
  await told.waitFor()
  await site.accessible(julie)

  // She is told by hand: the letter, which names nobody, then « remis le, par ».
  await julie.goto(`${site.url}/avis-a-remettre`)
  const notice = julie.getByRole('listitem').filter({ hasText: 'PERRIN Odile' }).filter({ hasText: 'continuité des soins' })
  await notice.waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'journey-exceptional-notice')
  await notice.getByRole('link', { name: 'La lettre' }).click()
  await julie.getByText(words('Vous pouvez demander la liste des accès à votre dossier')).waitFor()
  expect(await julie.locator('.paper').getByText('Durupt').count(), 'the letter does not say who').toBe(0)
  await site.accessible(julie)
  await site.picture(julie, 'journey-exceptional-letter')
  await julie.goBack()
  await notice.getByRole('button', { name: 'Remis…' }).click()
  await notice.getByRole('button', { name: 'Noter la remise' }).click()
  await notice.waitFor({ state: 'detached' })
  await director.reload()
  const reviewed = director.getByRole('listitem').filter({ hasText: 'passage de l’infirmier avancé' })
  await reviewed.getByText(words('Avis remis à la personne par')).waitFor()
})
