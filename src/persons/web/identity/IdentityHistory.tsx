import type { ReactNode } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { nbsp } from '../../../platform/web/text/typography.ts'
import { identityStatusLabels } from '../../contract/identity-status.ts'
import type { IdentityStatus } from '../../contract/person.ts'
import type { PersonIdentityData } from '../../contract/queries.ts'
import { personHistory } from '../../contract/queries.ts'

const fieldNames: Readonly<Record<string, string>> = {
  birthName: 'Nom de naissance',
  usedName: 'Nom utilisé',
  birthGivenNames: 'Prénoms',
  usedGivenName: 'Prénom utilisé',
  birthDate: 'Date de naissance',
  birthDateApproximate: 'Date approchée',
  sex: 'Sexe',
  birthPlaceCode: 'Lieu de naissance (code)',
  birthPlaceName: 'Lieu de naissance',
  communeCode: 'Commune (code INSEE)',
  address: 'Adresse',
  callerInstruction: 'Consigne à l’appel',
  language: 'Langue',
  needsInterpreter: 'Interprète',
  isMilitary: 'Militaire',
  insMatricule: 'Matricule INS',
  insOid: 'Nature de l’INS',
  insRetrievedAt: 'INS retrouvée',
  insVerifiedAt: 'INS vérifiée',
  insContestedAt: 'INS refusée par INSi',
  identityDocument: 'Pièce',
  identityCheckedAt: 'Identité vérifiée',
  identityCheckedBy: 'Vérifiée par',
  identityStatus: 'État de l’identité',
  identityAttributes: 'Signalements',
  deceasedOn: 'Décès',
  kind: 'Moyen',
  value: 'Numéro ou adresse',
  label: 'Précision',
  preferred: 'À préférer',
  ended: 'Retiré',
  measure: 'Mesure',
  scope: 'Étendue',
  holderKind: 'Exercée par',
  representativeName: 'Représentant',
  representativePhone: 'Téléphone du représentant',
  documentSeen: 'Document vu',
  startsOn: 'Début',
  endsOn: 'Fin',
  state: 'État',
  remindOn: 'Relance',
  outcome: 'Issue',
}
const lists: Readonly<Record<string, string>> = {
  sex: 'persons.sex',
  language: 'persons.language',
  identityDocument: 'persons.identity_document',
  kind: 'persons.contact_kind',
  measure: 'persons.protection_measure',
  scope: 'persons.protection_scope',
  holderKind: 'persons.protection_holder',
  deathSource: 'persons.death_source',
  state: 'persons.gp_referral_state',
}
/** Identifiers of machines: they say nothing to a reader. */
const hidden = new Set(['identityCheckedBy', 'deathRecordedBy', 'deathRecordedAt', 'representativePartyId', 'insOid'])

/** Who changed what, when: the trace of every correction, of what was withdrawn too. */
export function IdentityHistory({ identity }: { readonly identity: PersonIdentityData }): ReactNode {
  const history = useJalonQuery(personHistory, { personId: identity.personId as never })
  const label = useValueLabels()
  const say = (field: string, value: unknown): string => {
    if (value === null || value === '' || value === undefined) return 'rien'
    if (typeof value === 'boolean') return value ? 'oui' : 'non'
    if (Array.isArray(value))
      return value.length === 0
        ? 'rien'
        : value.map((one) => (field === 'identityAttributes' ? label('persons.identity_attribute', String(one)) : String(one))).join(', ')
    if (field === 'identityStatus') return identityStatusLabels[value as IdentityStatus]
    const list = lists[field]
    if (list) return label(list, String(value))
    if (/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return formatDay(String(value))
    if (/^\d{4}-\d{2}-\d{2}T/.test(String(value))) return formatInstant(String(value))
    return String(value)
  }
  return (
    <QueryState query={history} isEmpty={(data) => data.rows.length === 0} empty={<p className="small mut">Rien n’a été corrigé depuis la création.</p>}>
      {(data) => (
        <ul className="lines">
          {data.rows.map((row) => (
            <li key={`${row.recordId}${row.version}`}>
              <p className="small mut">
                {formatInstant(row.at)} · {row.byName ?? 'automatique'}
              </p>
              {row.changes
                .filter((change) => !hidden.has(change.field))
                .map((change) => (
                  <p key={change.field}>
                    {fieldNames[change.field] ?? 'Autre'}
                    {nbsp}: <s className="mut">{say(change.field, change.from)}</s> → <b>{say(change.field, change.to)}</b>
                  </p>
                ))}
            </li>
          ))}
        </ul>
      )}
    </QueryState>
  )
}
