import type { Locator, Page } from 'playwright-core'

/** A window, a menu or a form that a gesture opens on a screen, without doing anything. */
export interface OpenedHere {
  readonly persona: string
  /** Path after the address of Mme Perrin’s file, or a whole path. */
  readonly at: string
  readonly title: string
  readonly gesture: (page: Page) => Promise<void>
  /** What shows that it is open. */
  readonly shown: (page: Page) => Locator
}

const dialog = (page: Page): Locator => page.getByRole('dialog')
const press =
  (name: string | RegExp) =>
  (page: Page): Promise<void> =>
    page.getByRole('button', { name }).first().press('Enter')
const key =
  (keys: string) =>
  (page: Page): Promise<void> =>
    page.keyboard.press(keys)

const inFile = (tab: string, title: string, gesture: OpenedHere['gesture'], shown: OpenedHere['shown'] = dialog): OpenedHere => ({
  persona: 'referent',
  at: `:file${tab}`,
  title,
  gesture,
  shown,
})

/** What opens above the screens: the windows and menus of the PPCS first, whose lines are written there. */
export const openedHere: readonly OpenedHere[] = [
  inFile('/ppcs', 'thesaurus', press('Problème')),
  inFile('/ppcs', 'problem of the thesaurus', async (page) => {
    await press('Problème')(page)
    await dialog(page).getByLabel('Chercher dans le thésaurus').fill('chute')
    await dialog(page).getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await dialog(page).getByLabel('Problème', { exact: true }).waitFor()
  }),
  inFile('/ppcs', 'new objective', press(/^\+ Objectif/)),
  inFile('/ppcs', 'new action', press(/^\+ Action/)),
  inFile('/ppcs', 'status of an action', press(/changer où en est/), (page) => page.getByRole('menu')),
  inFile('/ppcs', 'date of revision', press(/^(Changer|Fixer)$/)),
  inFile('/ppcs', 'criterion', press('+ Critère')),
  inFile('/ppcs', 'what matters', press(/^(Modifier|Écrire) ce qui compte$/)),
  inFile('/ppcs', 'if something goes wrong', press(/^(Modifier|Écrire) la conduite à tenir$/)),
  inFile('/ppcs', 'proposal', press('Proposer à la validation')),
  inFile('/ppcs', 'an agreement', press(/^(Noter un accord|Un autre accord)$/)),
  inFile('/ppcs', 'copy', press('Imprimer')),
  inFile('', 'follow-up call', press(/Noter un appel/)),
  inFile('', 'task', press('Ajouter')),
  inFile('', 'accompaniment', press('Changer')),
  inFile(
    '/cercle',
    'list of the circle',
    (page) => page.getByRole('radio', { name: 'Liste' }).check(),
    (page) => page.getByRole('heading', { name: 'Ses proches' }),
  ),
  inFile('/cercle', 'invitation', press('Ajouter ou inviter')),
  inFile('/evaluations', 'forms', press('Nouvelle évaluation')),
  inFile('/information', 'opposition', press(/^S’oppose$/)),
  { persona: 'referent', at: '/ma-journee', title: 'palette', gesture: key('Control+k'), shown: dialog },
  { persona: 'referent', at: '/ma-journee', title: 'shortcuts', gesture: key('?'), shown: dialog },
  { persona: 'referent', at: '/ma-journee', title: 'menu of the user', gesture: press(/Julie Marchal/), shown: (page) => page.getByText('Se déconnecter') },
]
