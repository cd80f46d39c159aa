import type { ReactNode } from 'react'
import { ageOn, formatDay } from '../../platform/contract/dates.ts'
import { type PillTone, StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { formatBirthName, formatPersonName } from '../../platform/web/text/names.ts'
import { capital } from '../../platform/web/text/typography.ts'
import type { ReportData, ReportLine } from '../contract/queries.ts'
import type { Endangered } from '../contract/report.ts'

export const endangeredWords: Readonly<Record<Endangered, string>> = {
  person: 'La personne accompagnée',
  child: 'Un enfant près d’elle',
  other_adult: 'Un autre adulte',
}

const dangerTones: Readonly<Record<string, PillTone>> = { immediate: 'solid', established: 'alert', risk: 'warning' }

/** The level of danger in its own words; the list is the region's, so an unknown level stays neutral. */
export function DangerPill({ level }: { readonly level: string }): ReactNode {
  const label = useValueLabels()
  return <StatusPill tone={dangerTones[level] ?? 'neutral'}>{label('safeguarding.danger_level', level)}</StatusPill>
}

/** « PERRIN Odile, née Kempf » */
export function nameOf({ person }: Pick<ReportLine, 'person'>): string {
  return [formatPersonName(person), formatBirthName(person)].filter(Boolean).join(', ')
}

/** « 12/03/1941, 85 ans · Rupt-sur-Moselle » */
export function traitsOf({ person }: Pick<ReportLine, 'person'>): string {
  const age = person.birthDay ? `${formatDay(person.birthDay)}, ${ageOn(person.birthDay, person.deathDay ?? today())} ans` : 'date de naissance inconnue'
  return [age, person.commune].filter(Boolean).join(' · ')
}

/** Whom the facts put in danger, in one line. */
export function endangeredLine(report: Pick<ReportData, 'endangered' | 'endangeredName'>): string {
  return report.endangeredName === null ? endangeredWords[report.endangered] : `${endangeredWords[report.endangered]} : ${report.endangeredName}`
}

/** « Négligence, abandon, privation, psychologique »: the forms in one line. */
export function useKindWords(): (kinds: readonly string[]) => string {
  const label = useValueLabels()
  return (kinds) => capital(kinds.map((kind) => label('safeguarding.maltreatment', kind).toLocaleLowerCase('fr-FR')).join(', '))
}
