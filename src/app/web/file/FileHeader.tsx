import { IconKey, IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { fileSynthesis } from '../../../episodes/contract/queries.ts'
import { fileNews } from '../../../liaison/contract/queries.ts'
import { identityStatusLabels } from '../../../persons/contract/identity-status.ts'
import type { FamilyDoctor, IdentityStatus, SharingState } from '../../../persons/contract/person.ts'
import { type PersonHeaderData, personHeader } from '../../../persons/contract/queries.ts'
import { silenceTitle } from '../../../persons/contract/silences.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { lowerFirst } from '../../../platform/contract/typography.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { ErrorState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import type { PillTone } from '../../../platform/web/display/StatusPill.tsx'
import { type HeaderFact, PersonHeader, type PersonHeaderProps } from '../../../platform/web/layout/PersonHeader.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { capital, nbsp } from '../../../platform/web/text/typography.ts'
import { FileActions } from './FileActions.tsx'

/** Gathers what the header says from the capabilities that know it. A part that is closed to the reader is said to be, never left blank. */
export function FileHeader(props: { readonly personId: PersonId; readonly slim: boolean; readonly tabs: ReactNode }): ReactNode {
  const { personId, slim, tabs } = props
  const header = useJalonQuery(personHeader, { personId })
  const synthesis = useJalonQuery(fileSynthesis, { personId })
  const news = useJalonQuery(fileNews, { personId })
  const label = useValueLabels()
  if (!header.data)
    return (
      <div style={{ padding: 16 }}>
        {header.error ? <ErrorState error={header.error} onRetry={() => void header.refetch()} /> : <Waiting label="Ouverture du dossier" />}
      </div>
    )
  const { person, protections, familyDoctor, sharing, attributes } = header.data
  const open = news.data?.alerts ?? []
  const alerts = open.filter((one) => one.state === 'to_take')
  const episode = synthesis.data?.episode
  return (
    <PersonHeader
      person={person}
      identity={identityOf(
        person.identityStatus,
        attributes.map((one) => label('persons.identity_attribute', one)),
      )}
      referent={
        episode && episode.state !== 'closed'
          ? { value: episode.referent.name, detail: episode.binome ? `binôme ${episode.binome.name}` : 'sans binôme' }
          : { value: 'aucun', detail: episode ? `accompagnement clos le ${formatDay(episode.closedOn ?? episode.openedOn)}` : 'pas d’accompagnement' }
      }
      doctor={doctorOf(familyDoctor)}
      protection={protectionOf(protections, (code) => label('persons.protection_measure', code))}
      sharing={sharingOf(sharing)}
      alerts={{
        count: alerts.length,
        taken: open.length - alerts.length,
        detail: (alerts.length > 0 ? alerts : open)
          .slice(0, 2)
          .map((one) => one.title)
          .join(' · '),
      }}
      silence={silenceOf(sharing, personId)}
      actions={<FileActions personId={personId} phone={header.data.phone} />}
      slim={slim}
      tabs={tabs}
    />
  )
}

const identityTones: Readonly<Record<IdentityStatus, PillTone>> = { QUAL: 'success', RECUP: 'info', VALI: 'info', PROV: 'warning' }

function identityOf(status: IdentityStatus, attributes: readonly string[]): PersonHeaderProps['identity'] {
  const word = [identityStatusLabels[status], ...attributes.map((one) => one.toLocaleLowerCase('fr-FR'))].join(', ')
  return { word, tone: attributes.length > 0 ? 'warning' : identityTones[status], icon: status === 'QUAL' ? IconShieldCheck : IconShieldQuestion }
}

function doctorOf(doctor: FamilyDoctor | null): HeaderFact {
  if (!doctor || doctor.state === 'unknown') return { value: 'inconnu', detail: 'à demander' }
  if (doctor.state === 'none') return { value: 'aucun', detail: `depuis le ${formatDay(doctor.startsOn)}` }
  const how = doctor.state === 'declared' ? 'déclaré' : doctor.state === 'military' ? 'médecin des armées' : 'de fait, non déclaré'
  if (doctor.vanishedAt) return { value: doctor.name ?? 'nom inconnu', detail: `disparu du répertoire depuis le ${formatDay(doctor.vanishedAt)}` }
  return { value: doctor.name ?? 'nom inconnu', detail: [how, doctor.phone ? formatPhone(doctor.phone) : null].filter(Boolean).join(' · ') }
}

function protectionOf(protections: PersonHeaderData['protections'], measureLabel: (code: string) => string): PersonHeaderProps['protection'] {
  const first = protections[0]
  if (!first) return { value: 'aucune', isNone: true }
  const until = first.endsOn ? `jusqu’au ${formatDay(first.endsOn)}` : null
  const others = protections.length > 1 ? `et ${protections.length - 1} autre` : null
  return { value: measureLabel(first.measure), detail: [first.representativeName, until, others].filter(Boolean).join(', ') || 'représentant non noté' }
}

function sharingOf(sharing: SharingState): PersonHeaderProps['sharing'] {
  const studies = sharing.nonOppositions[3].state
  const tail = `études${nbsp}: ${studies === 'not_collected' ? 'non recueillie' : studies === 'opposition' ? 'opposition' : 'non-opposition'}`
  const limited = sharing.silences.find((one) => one.kind === 'no_sharing')
  if (sharing.opposed) return { value: 'Opposition', detail: `rien ne sort du DAC · ${tail}`, limited: true }
  if (sharing.uncollected) return { value: 'Non recueillie', detail: `le cercle n’est pas ouvert · ${tail}` }
  if (limited) return { value: `Opposée au partage avec ${limited.towards}`, detail: `sinon, non-opposition · ${tail}`, limited: true }
  return { value: 'Non-opposition', detail: [sharing.informedOn ? `informée le ${formatDay(sharing.informedOn)}` : null, tail].filter(Boolean).join(' · ') }
}

/** Every silence but the closed shares, which stand in their own fact: whom not to tell, whom not to call, who must not learn the address. */
function silenceOf(sharing: SharingState, personId: PersonId): PersonHeaderProps['silence'] {
  const shown = sharing.silences
    .filter((one) => one.kind !== 'no_sharing')
    .sort((a, b) => Number(b.kind === 'tell_nothing') - Number(a.kind === 'tell_nothing'))
  const first = shown[0]
  if (!first) return null
  const whom = first.relation ? `${silenceTitle(first)}, ${first.relation}` : silenceTitle(first)
  const others = shown
    .slice(1)
    .map((one) => `${silenceTitle(one)}.`)
    .join(' ')
  return {
    to: `${whom}.`,
    detail: others,
    since: `Depuis le ${formatDay(first.since)}${first.reason ? `, ${lowerFirst(first.reason.replace(/\.$/, ''))}` : ', à sa demande'}.`,
    short: shown.length > 1 ? `${whom}, et ${shown.length - 1} ${shown.length > 2 ? 'autres' : 'autre'}` : whom,
    how: (
      <Link to="/personnes/$personId/information" params={{ personId } as never}>
        Ce que cela bloque
      </Link>
    ),
  }
}

/** On what one sees this file, for the top bar: « Vous suivez cette personne », « Votre DAC l’accompagne »… */
export function FileBasis(props: { readonly personId: PersonId }): ReactNode {
  const header = useJalonQuery(personHeader, { personId: props.personId })
  const synthesis = useJalonQuery(fileSynthesis, { personId: props.personId })
  const actor = useActor()
  const first = header.data?.bases[0]
  if (!first) return null
  const episode = synthesis.data?.episode
  const mine = episode?.state !== 'closed' && episode?.referentId === actor.userId
  const words = {
    dac_in_charge: 'votre DAC l’accompagne',
    request: 'vu par une demande',
    care_team: 'vous êtes dans son cercle',
    consent: 'avec son accord',
    break_glass: 'accès exceptionnel',
    self: 'votre dossier',
  } as const
  return (
    <>
      <Ic of={IconKey} size="s" />
      <span>{mine ? 'Vous suivez cette personne' : capital(words[first])}</span>
    </>
  )
}
