import './tour.css'
import { IconCloudOff, IconPhone } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Member } from '../../../care-team/contract/member.ts'
import { careRoles } from '../../../care-team/contract/value-sets.ts'
import type { CarriedFile } from '../../../offline/contract/queries.ts'
import { bornWord } from '../../../persons/contract/born-word.ts'
import { ageOn, formatDay } from '../../../platform/contract/dates.ts'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { VoletChip } from '../../../platform/web/display/Volet.tsx'
import { Card, CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { usePathId } from '../../../platform/web/router/use-path-id.ts'
import { formatHour, formatWhen, today } from '../../../platform/web/text/dates.ts'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import { BedsideAlerts } from './BedsideAlerts.tsx'
import { BedsideAssessments } from './BedsideAssessments.tsx'
import { BedsideNote } from './BedsideNote.tsx'
import { Standing } from './Standing.tsx'
import { useOffline } from './use-offline.ts'

/** One person at her bedside: what to know, whom to call, what was said last, and where one writes. The same with a network and without. */
export function BedsidePage(): ReactNode {
  const personId = usePathId('personId')
  const { carrying } = useOffline()
  const file = carrying?.tour?.files.find((one) => one.personId === personId)
  if (file === undefined) {
    return (
      <Page title="Ma tournée" hiddenHeading>
        <div className="tour">
          <Standing />
          <EmptyState
            icon={IconCloudOff}
            title="Ce dossier n’est pas sur cet appareil"
            action={
              <ButtonLink small to="/tournee">
                Voir ma tournée
              </ButtonLink>
            }
          >
            Il s’emporte avec la tournée du jour, avant de partir.
          </EmptyState>
        </div>
      </Page>
    )
  }
  const { person, callerInstruction, needsInterpreter, language, sharing } = file.header
  return (
    <Page title={formatCivilName(person)}>
      <Columns kind="one">
        <CenterColumn label="Au chevet">
          <div className="tour">
            <Standing />
            <header className="tour__head">
              <h1>{formatCivilName(person)}</h1>
              <p className="mut">
                {[
                  person.birthDay === null ? null : `${ageOn(person.birthDay, today())} ans, ${bornWord(person.sex)} le ${formatDay(person.birthDay)}`,
                  person.commune,
                  carrying?.tour == null ? null : `emporté à ${formatHour(carrying.tour.takenAt)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </header>
            {sharing.silences.map((one) => (
              <Notice key={one.id} tone="alert">
                <b>{silenceWords(one.kind)}</b> {[one.relation === null ? null : `Concerne\u00a0: ${one.relation}.`, one.reason].filter(Boolean).join(' ')}
              </Notice>
            ))}
            {callerInstruction === null ? null : <Notice tone="warning">{callerInstruction}</Notice>}
            {needsInterpreter ? <Notice tone="info">Interprète nécessaire{language === null ? '' : ` (${language})`}.</Notice> : null}
            <BedsideAlerts file={file} />
            <BedsideNote file={file} />
            <Door file={file} />
            <WhomToCall file={file} />
            <BedsideAssessments file={file} />
            <Plan file={file} />
            <LastNotes file={file} />
          </div>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

const silences: Readonly<Record<string, string>> = {
  tell_nothing: 'Ne rien dire.',
  no_call: 'Ne pas appeler.',
  no_sharing: 'Ne rien partager.',
  hidden_address: 'Adresse à ne pas dire.',
  at_risk: 'Personne en danger.',
}
const silenceWords = (kind: string): string => silences[kind] ?? 'À taire.'

function Door({ file }: { readonly file: CarriedFile }): ReactNode {
  const label = useValueLabels()
  const notes = [file.safety?.note ?? null, ...(file.safety?.setAside ?? [])].filter((note) => note !== null)
  if (notes.length === 0) return null
  return (
    <Card title="À la porte">
      {notes.map((note) => (
        <dl className="kv" key={note.id}>
          {[
            ['Code', note.doorCode],
            ['Accès', note.accessWords],
            ['Animaux', note.animals],
            ['Danger', [...note.dangers.map((code) => label('agenda.visit_danger', code)), note.dangerWords].filter(Boolean).join(', ') || null],
            ['Jamais seul', note.neverAlone ? (note.comesAlong ?? 'oui') : null],
          ].map(([name, value]) =>
            value === null ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
      ))}
    </Card>
  )
}

function WhomToCall({ file }: { readonly file: CarriedFile }): ReactNode {
  const doctor = file.header.familyDoctor
  const members = (file.circle?.members ?? []).filter(({ current, phone }) => current && phone !== null).toSorted(byOrder)
  const services = (file.circle?.services ?? []).filter(({ phone }) => phone !== null)
  return (
    <Card title="Qui appeler">
      <ul className="lines tour__calls">
        {file.header.phone === null ? null : <Call name="La personne" what={null} phone={file.header.phone} />}
        {doctor?.phone ? <Call name={doctor.name ?? 'Médecin traitant'} what="Médecin traitant" phone={doctor.phone} /> : null}
        {members
          .filter(({ phone }) => phone !== doctor?.phone)
          .map((member) => (
            <Call key={member.id} name={member.name} what={rolesOf(member)} phone={String(member.phone)} />
          ))}
        {services.map((one) => (
          <Call key={one.id} name={one.name} what={one.opening} phone={String(one.phone)} />
        ))}
        <Call name="Urgence vitale" what="SAMU, ou 114 par SMS" phone="15" />
      </ul>
    </Card>
  )
}

const byOrder = (one: Member, other: Member): number => (one.callOrder ?? 99) - (other.callOrder ?? 99)
const rolesOf = (member: Member): string | null =>
  [...member.roles.filter(({ endsOn }) => endsOn === null).map(({ role }) => labelOf(careRoles, role)), member.callFor].filter(Boolean).join(' · ') ||
  member.relation

function Call(props: { readonly name: string; readonly what: string | null; readonly phone: string }): ReactNode {
  return (
    <li className="row sp">
      <span>
        <b>{props.name}</b>
        {props.what === null ? null : <span className="small mut"> {props.what}</span>}
      </span>
      <a className="tour__dial" href={dial(props.phone)}>
        <Ic of={IconPhone} size="s" /> {formatPhone(props.phone)}
      </a>
    </li>
  )
}

function Plan({ file }: { readonly file: CarriedFile }): ReactNode {
  const plan = file.plan?.plan
  if (plan === null || plan === undefined) return null
  const wishes = plan.content.statements.filter(({ kind }) => kind === 'wishes')
  const alerts = plan.content.statements.filter(({ kind }) => kind === 'alert_plan')
  return (
    <Card title="PPCS">
      {wishes.map((one) => (
        <p key={one.id}>« {one.words} »</p>
      ))}
      {alerts.map((one) => (
        <Notice key={one.id} tone="warning">
          <b>Si cela ne va pas{'\u00a0'}:</b> {one.words}
        </Notice>
      ))}
      <ul className="lines">
        {plan.content.problems.map((problem) => (
          <li key={problem.id}>
            <b>{problem.title}</b> <VoletChip volet={problem.volet} />
            <ul>
              {problem.objectives.flatMap(({ actions }) =>
                actions.map((action) => (
                  <li key={action.id} className="small">
                    {[action.title, action.actor.name, action.dueOn === null ? action.dueWords : formatDay(action.dueOn)].filter(Boolean).join(' · ')}
                  </li>
                )),
              )}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function LastNotes({ file }: { readonly file: CarriedFile }): ReactNode {
  const rows = file.notes?.rows ?? []
  return (
    <Card title="Dernières notes">
      {rows.length === 0 ? <p className="mut">Rien encore dans le fil.</p> : null}
      <ul className="lines">
        {rows.map((row) => (
          <li key={row.id}>
            <div className="row sp">
              <b>{row.title}</b>
              <VoletChip volet={row.isPrivate ? 'private' : row.volet} />
            </div>
            {row.summary === null ? null : <p className="tour__words">{row.summary}</p>}
            <div className="small mut">
              {row.authorName}, {formatWhen(row.at)}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
