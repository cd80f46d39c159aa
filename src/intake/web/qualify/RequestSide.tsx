import { IconUserOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Candidate, personCandidates } from '../../../persons/contract/queries.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Hit } from '../../../platform/web/display/Hit.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { linkPerson, mergeRequests, separateRequests, transferRequest, unlinkPerson } from '../../contract/actions.ts'
import { similarRequests } from '../../contract/queries.ts'
import { type RequestDetail } from '../../contract/request-line.ts'
import type { SollicitationId } from '../../contract/sollicitation.ts'
import { SimilarCard } from '../desk/Recognised.tsx'
import { KnownPerson } from '../KnownPerson.tsx'
import { whoIs } from '../words.ts'
import { NewPersonForm } from './NewPersonForm.tsx'
import { isOver, targetOf } from './target.ts'

/** The person of the request, her médecin traitant, the DAC of her commune, the requests that may be the same. */
export function RequestSide({ detail }: { readonly detail: RequestDetail }): ReactNode {
  return (
    <SideColumn side="right" label="La personne">
      <h2>La personne</h2>
      <Person detail={detail} />
      <OtherDac detail={detail} />
      <Similar detail={detail} />
      <Merged detail={detail} />
    </SideColumn>
  )
}

function Person({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const { request } = detail
  const unlink = useAction(unlinkPerson, targetOf(detail), { invalidates: ['persons'], onDone: () => toast({ text: 'Personne détachée de la demande.' }) })
  if (request.person)
    return (
      <KnownPerson
        personId={request.person.personId}
        actions={
          isOver(detail) ? null : (
            <div>
              <ActionButton
                action={unlink}
                input={{ id: request.id as SollicitationId }}
                small
                quiet
                icon={IconUserOff}
                ask={() =>
                  confirm({
                    title: 'Détacher cette personne ?',
                    text: 'La demande garde le nom tel qu’il a été dit. Ce que la demande ouvrait de son dossier se referme aussitôt.',
                    action: 'Détacher',
                  })
                }
              >
                Ce n’est pas elle
              </ActionButton>
            </div>
          )
        }
      />
    )
  if (request.concerns !== 'person')
    return (
      <Hit dashed label="Sans personne reliée">
        <span className="small mut">
          {request.concerns === 'nobody' ? 'La demande ne concerne personne en particulier.' : 'La personne n’a pas été nommée.'}
        </span>
        {isOver(detail) ? null : <Unnamed detail={detail} />}
      </Hit>
    )
  return <Candidates detail={detail} />
}

function Unnamed({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const [naming, setNaming] = useState(false)
  if (naming) return <NewPersonForm detail={detail} onCancel={() => setNaming(false)} />
  return (
    <div>
      <Button small onClick={() => setNaming(true)}>
        Créer une identité provisoire
      </Button>
    </div>
  )
}

/** Who it may be: those whom Jalon knows by that name and that day, then the identity to create. */
function Candidates({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const { request } = detail
  const over = isOver(detail)
  const [creating, setCreating] = useState(false)
  const text = [request.personName, request.personBirthDate ? formatDay(request.personBirthDate) : null].filter(Boolean).join(' ')
  const found = useJalonQuery(personCandidates, { text }, { enabled: !over && text.length >= 3 })
  const rows = found.data?.rows.slice(0, 4) ?? []
  return (
    <>
      <Hit dashed label="Personne telle qu’elle a été dite">
        <h3>{whoIs(request)}</h3>
        <span className="small mut">
          {request.personBirthDate ? `Né(e) le ${formatDay(request.personBirthDate)}, tel que dit` : 'Date de naissance à demander'}
        </span>
      </Hit>
      {over ? null : (
        <>
          {rows.map((hit) => (
            <CandidateCard key={hit.person.personId} hit={hit} detail={detail} />
          ))}
          {found.data && rows.length === 0 ? (
            <EmptyState icon={IconUserOff} title="Personne de connu à ce nom">
              Vérifiez l’orthographe et la date de naissance avant de créer son identité.
            </EmptyState>
          ) : null}
          {creating ? (
            <NewPersonForm detail={detail} onCancel={() => setCreating(false)} />
          ) : (
            <div>
              <Button small onClick={() => setCreating(true)}>
                Créer une identité provisoire
              </Button>
            </div>
          )}
        </>
      )}
    </>
  )
}

function CandidateCard({ hit, detail }: { readonly hit: Candidate; readonly detail: RequestDetail }): ReactNode {
  const unlink = useAction(unlinkPerson, targetOf(detail), { invalidates: ['persons'] })
  const link = useAction(linkPerson, targetOf(detail), {
    invalidates: ['persons'],
    onDone: () => toast({ text: 'Personne reliée à la demande.', undo: () => void unlink.run({ id: detail.request.id as SollicitationId }) }),
  })
  const { person } = hit
  return (
    <Hit dashed={!hit.inScope} label="Personne possible">
      <div className="row sp">
        <h3>{formatPersonName(person)}</h3>
        <ActionButton action={link} input={{ id: detail.request.id as SollicitationId, person: { kind: 'known', personId: person.personId } }} small>
          Relier
        </ActionButton>
      </div>
      <div className="small mut">
        {[
          person.birthDay ? formatDay(person.birthDay) : null,
          hit.inScope ? hit.address : null,
          person.commune,
          hit.inScope ? null : [...hit.organisations, 'traits partiels'].join(', '),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {hit.reasons.length > 0 ? <div className="small dim">{hit.reasons.join(', ')}</div> : null}
    </Hit>
  )
}

/** Her commune has another DAC: the request goes there, with its trace here. */
function OtherDac({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const { request } = detail
  const actor = useActor()
  const navigate = useNavigate()
  const transfer = useAction(transferRequest, targetOf(detail), {
    onDone: () => {
      toast({ text: `Demande transmise à ${request.communeDac?.name ?? 'l’autre DAC'}.` })
      void navigate({ to: '/demandes' })
    },
  })
  const dac = request.communeDac
  if (dac === null || dac.id === actor.serviceId || isOver(detail)) return null
  return (
    <Hit label="DAC de la commune">
      <span className="micro semi dim">Pour {request.communeName}</span>
      <b>{dac.name}</b>
      <div>
        <ActionButton
          action={transfer}
          input={{ id: request.id as SollicitationId, dacId: dac.id as never, reason: `Habite ${request.communeName ?? 'un autre territoire'}` }}
          small
          ask={() =>
            confirm({
              title: `Transmettre à ${dac.name} ?`,
              text: 'La demande et la personne reliée passent à ce DAC. Ici ne reste que la trace de l’envoi.',
              action: 'Transmettre',
            })
          }
        >
          Transmettre la demande
        </ActionButton>
      </div>
    </Hit>
  )
}

function Similar({ detail }: { readonly detail: RequestDetail }): ReactNode {
  const { request } = detail
  const separate = useAction(separateRequests, targetOf(detail))
  const merge = useAction(
    mergeRequests,
    { request: targetOf(detail), kept: targetOf(detail) },
    { onDone: () => toast({ text: 'Demandes réunies : comptées une fois.', undo: () => void separate.run({ id: request.id as SollicitationId }) }) },
  )
  const phone = request.callerPhone && /^\+?\d+$/.test(request.callerPhone) ? request.callerPhone : null
  const { data } = useJalonQuery(
    similarRequests,
    {
      exceptId: request.id as SollicitationId,
      personId: request.person?.personId ?? null,
      name: request.person ? null : request.personName,
      birthDate: request.person ? null : request.personBirthDate,
      communeCode: request.communeCode,
      phone,
    },
    { enabled: !isOver(detail) },
  )
  const navigate = useNavigate()
  if (isOver(detail)) return null
  const close = (data?.rows ?? []).filter(({ because }) => because !== 'phone')
  return (close.length > 0 ? close.slice(0, 3) : (data?.rows ?? []).slice(0, 1)).map((row) => (
    <SimilarCard
      key={row.id}
      row={row}
      because={row.because}
      action={
        <>
          <button type="button" className="linklike" onClick={() => void navigate({ to: '/demandes/$requestId', params: { requestId: row.id } as never })}>
            Comparer
          </button>{' '}
          <button
            type="button"
            className="linklike"
            onClick={async () => {
              if (
                !(await confirm({
                  title: 'Réunir ces deux demandes ?',
                  text: 'Celle-ci rejoint l’autre et n’est plus comptée. On peut les séparer à tout moment.',
                  action: 'Réunir',
                }))
              )
                return
              const output = await merge.run({ id: request.id as SollicitationId, keptId: row.id as SollicitationId })
              if (output) void navigate({ to: '/demandes/$requestId', params: { requestId: row.id } as never })
            }}
          >
            Réunir à celle-là
          </button>
          {merge.error ? <span className="t-alert"> {merge.error.detail}</span> : null}
        </>
      }
    />
  ))
}

function Merged({ detail }: { readonly detail: RequestDetail }): ReactNode {
  if (detail.merged.length === 0) return null
  return (
    <Section title="Réunies à celle-ci">
      <ul className="lines small">
        {detail.merged.map((one) => (
          <li key={one.id}>
            <b>n° {one.number}</b> <span className="dim">{formatWhen(one.receivedAt)}</span> {one.requesterName}
            {one.text ? <p className="mut">{one.text}</p> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}
