import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { properCase } from '../../../platform/contract/proper-case.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { personsErrors } from '../../contract/errors.ts'
import { askInsi, decideInsi, type InsiCallId, withdrawIns } from '../../contract/identity-actions.ts'
import { type InsiCall, type InsiStateData, insiState } from '../../contract/identity-queries.ts'
import { identityStatusLabels, insMayBeAsked, type StrictTrait, traitLabels } from '../../contract/identity-status.ts'
import { formatMatricule, nirDisagreements, parseNir } from '../../contract/ins.ts'
import { compareTraits } from '../../contract/insi.ts'
import type { IdentityStatus } from '../../contract/person.ts'
import { missingTraits, type ProvisionalTraits } from '../../contract/traits.ts'
import type { IdentityAttribute } from '../../contract/value-sets.ts'
import type { IdentityFormProps } from './IdentityDrawer.tsx'
import { InsiAnswer } from './InsiAnswer.tsx'
import { MissingTraits } from './identity-forms.tsx'
import { ScanIns } from './ScanIns.tsx'
import { takeScannedIns } from './scanned-ins.ts'

/** The teleservice INSi: asked, compared with what is kept, accepted or set aside; verified again, withdrawn. */
export function InsiPanel(props: IdentityFormProps): ReactNode {
  const { identity } = props
  const state = useJalonQuery(insiState, { personId: identity.personId as never })
  return <QueryState query={state}>{(data) => <Panel {...props} state={data} />}</QueryState>
}

type PanelProps = IdentityFormProps & { readonly state: InsiStateData }

function Panel({ identity, target, onDone, state }: PanelProps): ReactNode {
  const [read, setRead] = useState(() => takeScannedIns(identity.personId))
  const [differing, setDiffering] = useState<readonly StrictTrait[]>([])
  const ask = useAction(askInsi, target)
  const blocked = !insMayBeAsked({
    insRetrieved: identity.matricule !== null,
    identityChecked: false,
    insContested: false,
    attributes: identity.attributes as readonly IdentityAttribute[],
  })
  if (blocked)
    return (
      <Notice tone="warning">
        {typo('L’identité est signalée douteuse ou fictive : ni appel du téléservice, ni INS tant que le signalement n’est pas levé.')}
      </Notice>
    )
  if (!state.connected)
    return (
      <Notice tone="warning">{typo('Le téléservice INSi n’est pas raccordé à cette installation : aucune INS ne peut être retrouvée ni vérifiée.')}</Notice>
    )
  const { last } = state
  const incomplete = missingTraits(identity as unknown as ProvisionalTraits).length > 0
  const waiting = last?.state === 'waiting'
  const comparing = last?.state === 'found' && last.decision === null && last.compared !== null
  const has = identity.matricule !== null
  return (
    <div className="stack stack--3">
      <MissingTraits identity={identity} />
      {state.contestedAt ? (
        <Notice tone="warning" live>
          {typo(
            `Le ${formatDay(state.contestedAt)}, INSi a refusé ce matricule avec ces traits. L’INS n’accompagne plus aucun envoi. Interrogez de nouveau, corrigez les traits, ou retirez l’INS.`,
          )}
        </Notice>
      ) : null}
      {has ? (
        <dl className="kv">
          <dt>INS</dt>
          <dd>{formatMatricule(identity.matricule ?? '')}</dd>
          <dt>Vérifiée</dt>
          <dd>{state.verifiedAt ? formatWhen(state.verifiedAt) : 'jamais depuis qu’elle est là'}</dd>
        </dl>
      ) : null}
      {last !== null && !comparing ? <InsiAnswer call={last} has={has} /> : null}
      {comparing ? (
        <Comparison
          call={last}
          homonym={identity.attributes.includes('homonym')}
          version={state.version}
          target={target}
          personId={identity.personId}
          onDone={onDone}
        />
      ) : state.kept !== null ? (
        <Notice tone="warning">{personsErrors[`insi_${state.kept}`]?.({})}</Notice>
      ) : (
        <div className="row wrap">
          {incomplete || waiting ? (
            <Button icon={IconRefresh} blocked>
              {waiting ? 'Réponse attendue…' : 'Interroger INSi'}
            </Button>
          ) : (
            <ActionButton action={ask} input={() => ({ id: newId<InsiCallId>(), personId: identity.personId as never, read })} icon={IconRefresh} main={!has}>
              {read !== null
                ? 'Vérifier l’INS lue'
                : has && !state.contestedAt
                  ? 'Vérifier l’INS'
                  : last === null
                    ? 'Interroger INSi'
                    : 'Interroger de nouveau'}
            </ActionButton>
          )}
        </div>
      )}
      {comparing || waiting || state.kept !== null ? null : (
        <ScanIns
          onRead={(found) => {
            const others = compareTraits(identity as unknown as ProvisionalTraits, found).filter((one) => !one.same)
            setDiffering(others.map((one) => one.trait))
            setRead(others.length === 0 ? { matricule: found.matricule, oid: found.oid } : null)
          }}
        />
      )}
      {differing.length > 0 ? (
        <Notice tone="warning" live>
          {typo(`Le document lu dit autre chose : ${differing.map((trait) => traitLabels[trait]).join(', ')}. Est-ce bien elle ? Corrigez d’abord les traits.`)}
        </Notice>
      ) : null}
      {has && !comparing ? <Withdraw identity={identity} target={target} onDone={onDone} /> : null}
    </div>
  )
}

const labels: Readonly<Record<StrictTrait, string>> = {
  birthName: 'Nom de naissance',
  birthGivenNames: 'Prénoms',
  birthDate: 'Date de naissance',
  sex: 'Sexe',
  birthPlaceCode: 'Lieu de naissance',
}

function readable(trait: StrictTrait, value: string | null): string {
  if (value === null) return 'non connu'
  if (trait === 'birthDate') return formatDay(value)
  if (trait === 'sex') return value === 'F' ? 'Féminin' : value === 'M' ? 'Masculin' : 'Indéterminé'
  if (trait === 'birthGivenNames') return value.split(' ').map(properCase).join(', ')
  return trait === 'birthName' ? value.toLocaleUpperCase('fr-FR') : value
}

function Comparison(props: {
  readonly call: InsiCall
  readonly homonym: boolean
  readonly version: number
  readonly personId: string
  readonly target: PanelProps['target']
  readonly onDone: () => void
}): ReactNode {
  const { call, version, personId } = props
  const decide = useAction(decideInsi, props.target, {
    onDone: ({ identityStatus, checkLost }, input) => {
      if (input.decision === 'set_aside') return
      toast({ text: `${identityStatusLabels[identityStatus as IdentityStatus]}.${checkLost ? ' Des traits ont changé : la pièce est à revoir.' : ''}` })
      if (identityStatus === 'QUAL') props.onDone()
    },
  })
  const compared = call.compared ?? []
  const differing = compared.filter((one) => !one.same).length
  const nir = parseNir(call.matricule ?? '')
  const there = new Map(compared.map((one) => [one.trait, one.there]))
  // Said, not refused: a change of sex or a corrected birth date keep the number.
  const doubts = [
    ...(nir.ok ? nirDisagreements(nir.nir, { sex: (there.get('sex') ?? null) as 'F' | 'M' | null, birthDate: there.get('birthDate') ?? null }) : []),
    ...(props.homonym ? [typo('Homonyme signalé : comparez aussi l’adresse et la pièce avant de reprendre.')] : []),
  ]
  const input = (decision: 'accepted' | 'set_aside') => () => ({ id: call.id as InsiCallId, personId: personId as never, decision, seenVersion: version })
  return (
    <div className="stack stack--3">
      <table className="compare">
        <caption className="semi">
          {typo(
            differing === 0
              ? 'INSi a retrouvé cette personne, avec les mêmes traits'
              : `INSi a retrouvé une personne : ${differing} trait${differing > 1 ? 's' : ''} diffère${differing > 1 ? 'nt' : ''}`,
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">Trait</th>
            <th scope="col">Ici</th>
            <th scope="col">INSi</th>
            <th scope="col">
              <span className="vh">Identique</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {compared.map(({ trait, here, there, same }) => (
            <tr key={trait} data-same={same}>
              <th scope="row">{labels[trait]}</th>
              <td>{readable(trait, here)}</td>
              <td className={same ? undefined : 'semi'}>{readable(trait, there)}</td>
              <td>
                <Ic of={same ? IconCheck : IconX} />
                <span className="vh">{same ? 'identique' : 'différent'}</span>
              </td>
            </tr>
          ))}
          <tr data-same>
            <th scope="row">INS</th>
            <td colSpan={3}>{call.matricule ? formatMatricule(call.matricule) : ''}</td>
          </tr>
        </tbody>
      </table>
      {doubts.map((text) => (
        <Notice key={text} tone="warning">
          {text}
        </Notice>
      ))}
      {differing > 0 ? (
        <p className="small mut">
          {typo('Reprendre remplace ces traits par ceux d’INSi. Si une pièce avait été vérifiée sur les anciens, elle sera à revoir.')}
        </p>
      ) : null}
      <div className="row wrap">
        <ActionButton action={decide} input={input('accepted')} main icon={IconCheck}>
          Reprendre cette identité
        </ActionButton>
        <ActionButton action={decide} input={input('set_aside')} quiet>
          Ce n’est pas cette personne
        </ActionButton>
      </div>
    </div>
  )
}

function Withdraw({ identity, target, onDone }: IdentityFormProps): ReactNode {
  const [open, setOpen] = useState(false)
  const form = useActionForm(withdrawIns, {
    target,
    initialValues: { personId: identity.personId, reason: '' },
    done: 'INS retirée. La trace reste dans l’historique.',
    onDone,
  })
  if (!open)
    return (
      <p className="small">
        <button type="button" className="linklike" onClick={() => setOpen(true)}>
          Retirer l’INS
        </button>
      </p>
    )
  return (
    <Form form={form}>
      <TextField {...form.field('reason')} label="Pourquoi la retirer" hint="se lit dans le Fil" autoFocus span={12} />
      <FormFoot form={form} submit="Retirer l’INS" />
    </Form>
  )
}
