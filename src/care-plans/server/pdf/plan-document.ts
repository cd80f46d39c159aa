import { formatMatricule } from '../../../persons/contract/ins.ts'
import { writeInsDatamatrix } from '../../../persons/contract/ins-datamatrix.ts'
import type { InsIdentity } from '../../../persons/contract/insi.ts'
import { officialSpelling } from '../../../persons/contract/names.ts'
import type { Volet } from '../../../platform/contract/actor.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { french } from '../../../platform/contract/typography.ts'
import { datamatrixOf } from '../../../platform/server/datamatrix.ts'
import { openSheet } from '../../../platform/server/sheet.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import { setAside, statementOf } from '../../contract/compare.ts'
import type { PlanAgreement, PlanContent } from '../../contract/plan.ts'
import { agreementModes, agreementParties, agreementStates, notPursuedReasons } from '../../contract/value-sets.ts'
import { actionStatusWords, objectiveStatusWords, termWords, whoWords } from '../../contract/words.ts'

export interface PlanDocument {
  /** « PERRIN Odile, née Kempf » */
  readonly person: string
  readonly birthDay: string | null
  /** Null: the copy being written. */
  readonly number: number | null
  readonly validatedOn: string | null
  readonly validatedBy: string | null
  readonly reviewOn: string | null
  readonly service: { readonly name: string; readonly phone: string | null }
  readonly referent: string
  readonly givenTo: string
  readonly givenOn: string
  readonly volets: readonly Volet[]
  readonly content: PlanContent
  readonly agreements: readonly PlanAgreement[]
  /** Her qualified INS, for copies that hold the health volet; null when none may leave. */
  readonly ins: InsIdentity | null
  readonly at: Date
}

export const voletNames: Readonly<Record<Volet, string>> = { administrative: 'Administratif', social: 'Social', health: 'Santé' }

/** Writes the PPCS as it is handed over. Takes only what the recipient may read: see `contentForCopy`. */
export async function writePlanDocument(plan: PlanDocument, { compress = true } = {}): Promise<Buffer> {
  const state = plan.number === null ? 'Projet, non validé' : `Version ${plan.number}, validée le ${formatDay(plan.validatedOn ?? '')}`
  const born = plan.birthDay === null ? '' : `, ${formatDay(plan.birthDay)}`
  const sheet = openSheet({
    title: `PPCS, ${plan.person}`,
    author: plan.service.name,
    at: plan.at,
    compress,
    foot: `${plan.service.name} · PPCS établi avec la personne et ceux qui l’accompagnent`,
    header: [
      [`${plan.person}${born}`, 'Plan personnalisé de coordination en santé'],
      [state, `remis à ${plan.givenTo} le ${formatDay(plan.givenOn)}`],
    ],
  })
  const { content } = plan
  sheet.h1(plan.number === null ? 'PPCS en projet' : `PPCS, version ${plan.number}`)
  sheet.p(french(`Référent : ${plan.referent}, ${plan.service.name}${plan.service.phone === null ? '' : `, ${phone(plan.service.phone)}`}.`))
  sheet.p(
    french(
      `Cette copie contient ${plan.volets.length === 1 ? 'le volet' : 'les volets'} : ${plan.volets.map((volet) => voletNames[volet].toLowerCase()).join(', ')}.`,
    ),
    { quiet: true },
  )
  if (plan.ins !== null) {
    const { matricule, birthName, birthGivenNames, birthDate, sex } = plan.ins
    sheet.symbol(
      await datamatrixOf(writeInsDatamatrix(plan.ins)),
      [
        french(`INS : ${formatMatricule(matricule)}`),
        french(`Nom de naissance : ${officialSpelling(birthName)}`),
        french(`Prénoms de naissance : ${birthGivenNames.map(officialSpelling).join(' ')}`),
        french(`${sex === 'M' ? 'Né' : 'Née'} le ${formatDay(birthDate)}, sexe ${sex === 'M' ? 'masculin' : 'féminin'}`),
      ],
      'DataMatrix de l’identité nationale de santé',
    )
  }

  const wishes = statementOf(content, 'wishes')
  if (wishes !== undefined) {
    sheet.h2('Ce qui compte pour la personne')
    sheet.p(wishes.words, { quote: true })
    if (wishes.saidOn !== null) sheet.p(`dit le ${formatDay(wishes.saidOn)}`, { quiet: true })
  }
  for (const problem of content.problems) {
    const pursued = problem.objectives.filter((objective) => objective.status !== 'not_pursued')
    if (pursued.length === 0 && problem.objectives.length > 0) continue
    sheet.h2(problem.title, voletNames[problem.volet])
    if (problem.details !== null) sheet.p(problem.details)
    for (const objective of pursued) {
      sheet.h3(`Objectif\u00a0: ${objective.title}`, objective.status === 'in_progress' ? undefined : objectiveStatusWords(objective))
      if (objective.details !== null) sheet.p(objective.details, { quiet: true })
      if (objective.actions.length > 0)
        sheet.table(
          ['Action', 'Qui', 'Quand', 'Où on en est'],
          objective.actions.map((action) => [
            action.details === null ? action.title : `${action.title}\n${action.details}`,
            whoWords(action),
            termWords(action),
            actionStatusWords(action.status),
          ]),
          ['*', 128, 96, 92],
        )
    }
  }
  const aside = setAside(content)
  if (aside.length > 0) {
    sheet.h2('Objectifs écartés')
    sheet.list(
      aside.map(({ objective }) => {
        const reason = objective.statusReason === null ? '' : ` – ${labelOf(notPursuedReasons, objective.statusReason)}`
        return `${objective.title}${reason}${objective.statusWords === null ? '' : `. ${objective.statusWords}`}`
      }),
    )
  }
  const alert = statementOf(content, 'alert_plan')
  if (alert !== undefined) {
    sheet.h2('En cas de problème')
    sheet.p(alert.words)
  }
  sheet.h2('À réviser')
  sheet.p(
    plan.reviewOn === null
      ? 'Date à fixer.'
      : `Le ${formatDay(plan.reviewOn)}${content.criteria.length === 0 ? '.' : ', ou dès que l’un de ces événements se produit\u00a0:'}`,
  )
  if (content.criteria.length > 0) sheet.list(content.criteria.map((criterion) => criterion.words))
  if (plan.agreements.length > 0) {
    sheet.h2('Accords')
    sheet.table(
      ['Qui', 'Réponse', 'Le', 'Comment'],
      plan.agreements.map((one) => [
        `${one.partyName} (${labelOf(agreementParties, one.party).toLowerCase()})`,
        labelOf(agreementStates, one.state),
        formatDay(one.answeredOn),
        one.mode === null
          ? `noté par ${one.notedByName}`
          : one.mode === 'online'
            ? labelOf(agreementModes, one.mode)
            : `${labelOf(agreementModes, one.mode)}, noté par ${one.notedByName}`,
      ]),
      ['*', 120, 66, 160],
    )
  }
  return sheet.end()
}

function phone(digits: string): string {
  return digits.replace(/(\d{2})(?=\d)/g, '$1\u00a0')
}
