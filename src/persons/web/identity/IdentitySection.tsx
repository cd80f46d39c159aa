import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { ageOn, formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { properCase } from '../../../platform/contract/proper-case.ts'
import { errorDetail } from '../../../platform/web/api/api-error.ts'
import { callQuery, saveFile } from '../../../platform/web/api/client.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { keptByHerDac } from '../../contract/access.ts'
import { identitySheet } from '../../contract/identity-queries.ts'
import { attributeWarnings, identityStatusHints, identityStatusLabels } from '../../contract/identity-status.ts'
import { formatMatricule } from '../../contract/ins.ts'
import type { PersonTarget } from '../../contract/person.ts'
import type { PersonIdentityData } from '../../contract/queries.ts'
import { shownTrait, traitsAreOfficial } from '../../contract/shown-names.ts'
import type { IdentityAttribute } from '../../contract/value-sets.ts'
import { IdentityDrawer, type IdentityPart } from './IdentityDrawer.tsx'
import { QualificationSteps } from './QualificationSteps.tsx'

/** The five traits as they are written, what they are worth, and how to reach her. A trait that nobody said is written so. */
export function IdentitySection({ identity, target }: { readonly identity: PersonIdentityData; readonly target: PersonTarget | null }): ReactNode {
  const label = useValueLabels()
  const actor = useActor()
  const [open, setOpen] = useState<IdentityPart | null>(null)
  const keeps = target !== null && keptByHerDac(actor, target, undefined).allowed
  const unknown = <span className="t-warning">à demander</span>
  const qualified = identity.identityStatus === 'QUAL'
  return (
    <Section
      title="Identité"
      end={
        keeps ? (
          <Button small quiet onClick={() => setOpen('traits')}>
            Modifier
          </Button>
        ) : null
      }
    >
      <div className="row wrap" style={{ gap: 5, marginBottom: 6 }}>
        <StatusPill
          tone={qualified ? 'success' : identity.identityStatus === 'PROV' ? 'warning' : 'info'}
          icon={qualified ? IconShieldCheck : IconShieldQuestion}
        >
          {identityStatusLabels[identity.identityStatus]}
        </StatusPill>
      </div>
      {attributeWarnings(identity.attributes as readonly IdentityAttribute[]).map((text) => (
        <Notice key={text} tone="warning">
          {text}
        </Notice>
      ))}
      <p className="small mut" style={{ marginBottom: 6 }}>
        {identityStatusHints[identity.identityStatus]}
      </p>
      {keeps ? <QualificationSteps identity={identity} onOpen={setOpen} /> : null}
      <dl className="kv">
        <dt>Nom de naissance</dt>
        <dd>{identity.birthName ? shownTrait(identity.birthName, identity.identityStatus) : unknown}</dd>
        {identity.usedName ? (
          <>
            <dt>Nom utilisé</dt>
            <dd>{traitsAreOfficial(identity.identityStatus) ? identity.usedName.toLocaleUpperCase('fr-FR') : identity.usedName}</dd>
          </>
        ) : null}
        <dt>Prénoms</dt>
        <dd>{identity.birthGivenNames.length > 0 ? identity.birthGivenNames.map((name) => shownTrait(name, identity.identityStatus)).join(', ') : unknown}</dd>
        {identity.usedGivenName ? (
          <>
            <dt>Prénom utilisé</dt>
            <dd>{properCase(identity.usedGivenName)}</dd>
          </>
        ) : null}
        <dt>{identity.sex === 'M' ? 'Né le' : 'Née le'}</dt>
        <dd>
          {identity.birthDate
            ? `${formatDay(identity.birthDate)}, ${ageOn(identity.birthDate, today())} ans${identity.birthDateApproximate ? ', date approchée' : ''}`
            : unknown}
        </dd>
        <dt>Lieu de naissance</dt>
        <dd>{identity.birthPlaceCode ? (identity.birthPlaceName ?? identity.birthPlaceCode) : unknown}</dd>
        <dt>Sexe</dt>
        <dd>{identity.sex ? label('persons.sex', identity.sex) : unknown}</dd>
        {identity.matricule ? (
          <>
            <dt>INS</dt>
            <dd>
              {formatMatricule(identity.matricule)}{' '}
              {keeps ? (
                <button type="button" className="linklike small" onClick={() => setOpen('ins')}>
                  vérifier
                </button>
              ) : null}
            </dd>
          </>
        ) : null}
        {identity.identityDocument ? (
          <>
            <dt>Pièce</dt>
            <dd>
              {label('persons.identity_document', identity.identityDocument)}
              {identity.identityCheckedAt
                ? ` · vérifiée le ${formatDay(identity.identityCheckedAt)} par ${identity.identityCheckedBy ?? 'un collègue parti'}`
                : ' · sans valeur de preuve'}
            </dd>
          </>
        ) : null}
        <dt>Adresse</dt>
        <dd>{[identity.address, identity.commune].filter(Boolean).join(', ') || unknown}</dd>
        {identity.contacts.map((contact) => (
          <ContactLine
            key={contact.id}
            kind={label('persons.contact_kind', contact.kind)}
            value={contact.kind === 'email' ? contact.value : formatPhone(contact.value)}
            detail={contact.label}
            preferred={contact.preferred}
          />
        ))}
        {identity.language || identity.needsInterpreter ? (
          <>
            <dt>Langue</dt>
            <dd>
              {[identity.language ? label('persons.language', identity.language) : null, identity.needsInterpreter ? 'interprète nécessaire' : null]
                .filter(Boolean)
                .join(', ')}
            </dd>
          </>
        ) : null}
        {identity.callerInstruction ? (
          <>
            <dt>Consigne</dt>
            <dd className="semi">{identity.callerInstruction}</dd>
          </>
        ) : null}
      </dl>
      {keeps ? (
        <div className="row wrap small" style={{ gap: '9px 14px', marginTop: 8 }}>
          <button type="button" className="linklike" onClick={() => setOpen('contacts')}>
            Téléphones et courriels
          </button>
          <PrintSheet personId={identity.personId as PersonId} />
          <button type="button" className="linklike" onClick={() => setOpen('history')}>
            Historique
          </button>
          <button type="button" className="linklike" onClick={() => setOpen('death')}>
            {identity.deceasedOn ? 'Décès enregistré' : 'Enregistrer un décès'}
          </button>
        </div>
      ) : null}
      {open ? <IdentityDrawer identity={identity} target={target} part={open} onPart={setOpen} onClose={() => setOpen(null)} /> : null}
    </Section>
  )
}

/** The sheet on paper, with the DataMatrix of a qualified identity. */
function PrintSheet({ personId }: { readonly personId: PersonId }): ReactNode {
  const [making, setMaking] = useState(false)
  const print = async (): Promise<void> => {
    setMaking(true)
    try {
      const { base64, contentType, fileName } = await callQuery(identitySheet, { personId })
      saveFile(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: contentType }), fileName)
    } catch (error) {
      toast({ text: errorDetail(error), tone: 'warning' })
    } finally {
      setMaking(false)
    }
  }
  return (
    <button type="button" className="linklike" disabled={making} onClick={() => void print()}>
      {making ? 'Fiche en préparation…' : 'Fiche d’identité (PDF)'}
    </button>
  )
}

function ContactLine(props: { readonly kind: string; readonly value: string; readonly detail: string | null; readonly preferred: boolean }): ReactNode {
  return (
    <>
      <dt>{props.kind}</dt>
      <dd>
        <span className={props.preferred ? 'semi' : undefined}>{props.value}</span>{' '}
        <span className="mut">{[props.detail, props.preferred ? 'à préférer' : null].filter(Boolean).join(', ')}</span>
      </dd>
    </>
  )
}
