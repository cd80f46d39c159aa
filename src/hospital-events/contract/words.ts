import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { french } from '../../platform/contract/typography.ts'
import type { Course } from './course.ts'

const where = (course: Pick<Course, 'kind'>, sender: string): string => (course.kind === 'emergency' ? `aux urgences, ${sender}` : sender)

const at = (instant: string | null, timeZone: string): string => {
  if (instant === null) return ''
  const hour = new Intl.DateTimeFormat('fr-FR', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant)).replace(':', ' h ')
  return ` le ${formatDay(dayOf(instant, timeZone))} à ${hour}`
}

/** What the file says of an entry: title and sentence, without any ward nor reason, which the hospital is not asked for. */
export function admissionWords(course: Course, sender: string, timeZone: string): { readonly title: string; readonly summary: string } {
  return {
    title: course.kind === 'emergency' ? 'Passage aux urgences' : 'Hospitalisation',
    summary: french(
      `Entrée${at(course.admittedAt, timeZone)} : ${where(course, sender)}.${course.expectedOn === null ? '' : ` Sortie prévue le ${formatDay(course.expectedOn)}.`}`,
    ),
  }
}

export function dischargeWords(course: Course, sender: string, timeZone: string): { readonly title: string; readonly summary: string } {
  if (course.deceased)
    return {
      title: 'Décès annoncé par l’hôpital',
      summary: french(`${sender} annonce le décès${at(course.dischargedAt, timeZone)} : à vérifier avant tout appel. Rien n’a été noté au dossier.`),
    }
  return {
    title: course.kind === 'emergency' ? 'Sortie des urgences' : 'Sortie d’hôpital',
    summary: french(`Sortie${at(course.dischargedAt, timeZone)} : ${sender}.${course.admittedAt === null ? '' : ` Entrée${at(course.admittedAt, timeZone)}.`}`),
  }
}
