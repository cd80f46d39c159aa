import { IconEyeOff, IconHandStop, IconLockOpen } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { recordSilence } from '../../../persons/contract/actions.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels, useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { closeAccess, openAccess } from '../../contract/actions.ts'
import type { AccessId, MemberAccess } from '../../contract/member.ts'
import { AccessChoice, noAccess, wishOf } from './AccessChoice.tsx'
import type { MemberSheetProps } from './MemberDrawer.tsx'
import { type LabelOf, rolesHeld, silenceTowards } from './member-words.ts'
import { mayJoinTeam, whyClosed } from './opening.ts'
import { SeesWhat } from './SeesWhat.tsx'

/** What she sees today and on what ground; opened, closed, or refused by the person to this professional alone. */
export function AccessSection(props: MemberSheetProps & { readonly composes: boolean }): ReactNode {
  const { circle, member, composes } = props
  const [asked, setAsked] = useState<'open' | 'close' | 'refuse' | null>(null)
  const label = useValueLabels()
  const silence = silenceTowards(member, circle.silences)
  const closed = whyClosed(member, circle.sharing, silence)
  const close = (): void => setAsked(null)
  return (
    <Section title="Accès au dossier">
      <div className="stack">
        <SeesWhat member={member} opposed={circle.sharing === 'opposed'} />
        {member.access ? <p className="small mut">{ground(member.access, label)}</p> : null}
        {member.current && member.access === null && !member.sees && closed !== null ? <p className="small mut">{closed}</p> : null}
        {asked === 'open' ? <OpenAccessForm {...props} onDone={close} /> : null}
        {asked === 'close' ? <CloseAccessForm {...props} onDone={close} /> : null}
        {asked === 'refuse' ? <RefuseForm {...props} onDone={close} /> : null}
        {composes && asked === null ? (
          <div className="row wrap">
            {member.current && member.access === null && !member.sees && closed === null ? (
              <Button small icon={IconLockOpen} onClick={() => setAsked('open')}>
                Ouvrir le dossier…
              </Button>
            ) : null}
            {member.access ? (
              <Button small icon={IconEyeOff} onClick={() => setAsked('close')}>
                Fermer le dossier…
              </Button>
            ) : null}
            {member.kind === 'professional' && member.partyId !== null && silence === undefined ? (
              <Button small quiet icon={IconHandStop} onClick={() => setAsked('refuse')}>
                La personne refuse le partage avec ce professionnel…
              </Button>
            ) : null}
          </div>
        ) : null}
        {member.formerAccess.length > 0 ? (
          <details className="small">
            <summary>{member.formerAccess.length === 1 ? 'Un accès terminé' : `${member.formerAccess.length} accès terminés`}</summary>
            <ul className="lines">
              {member.formerAccess.map((one) => (
                <li key={one.id}>
                  {ground(one, label)}, du {formatDay(one.startsAt.slice(0, 10))} au {formatDay((one.endsAt ?? one.consentUntil ?? '').slice(0, 10))}
                  {one.endReason ? ` · ${label('care_team.end_reason', one.endReason)}` : ''}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </Section>
  )
}

function ground(access: MemberAccess, label: LabelOf): string {
  if (access.basis === 'care_team')
    return `Équipe de soins (${label('care_team.ground', access.ground).toLocaleLowerCase('fr-FR')}), personne informée le ${formatDay(access.informedOn ?? access.startsAt.slice(0, 10))} par ${access.informedByName ?? 'le DAC'}`
  const scope = `${access.consentFor === null ? '' : `, pour ${access.consentFor}`}${access.consentUntil === null ? '' : `, jusqu’au ${formatDay(access.consentUntil)}`}`
  return `Accord de la personne le ${formatDay(access.consentOn ?? access.startsAt.slice(0, 10))}, ${label('persons.information_mode', access.consentMode).toLocaleLowerCase('fr-FR')}${scope}`
}

const cancel = (onDone: () => void): ReactNode => (
  <Button quiet onClick={onDone}>
    Annuler
  </Button>
)

function OpenAccessForm(props: MemberSheetProps & { readonly onDone: () => void }): ReactNode {
  const { personId, circle, member, target, onDone } = props
  const roles = rolesHeld(member)
  const form = useActionForm(openAccess, {
    target,
    initialValues: () => ({ ...noAccess(), basis: mayJoinTeam(roles) ? ('care_team' as const) : ('consent' as const), id: newId<AccessId>() as string }),
    toInput: (values) => ({
      id: values.id as AccessId,
      personId,
      memberId: member.id,
      access: wishOf(values) ?? { basis: 'consent', consentOn: '', consentMode: '' },
    }),
    fieldOf: (path) => path.replace(/^access\./, ''),
    done: ({ suspended }) => (suspended ? 'Noté. Le dossier reste fermé à sa demande.' : `Le dossier est ouvert à ${member.name}.`),
    onDone,
    invalidates: ['persons', 'liaison'],
  })
  return (
    <Form form={form}>
      <AccessChoice
        opensOnly
        values={form.values}
        field={(name) => form.field(name)}
        roles={roles}
        closed={whyClosed(member, circle.sharing, silenceTowards(member, circle.silences))}
      />
      <FormFoot form={form} submit="Ouvrir le dossier" secondary={cancel(onDone)} />
    </Form>
  )
}

function CloseAccessForm(props: MemberSheetProps & { readonly onDone: () => void }): ReactNode {
  const { personId, member, target, onDone } = props
  const reasons = useValueList('care_team.end_reason')
  const form = useActionForm(closeAccess, {
    target,
    initialValues: { personId: personId as string, memberId: member.id as string, reason: '' },
    done: `Dossier fermé à ${member.name}.`,
    onDone,
    invalidates: ['persons', 'liaison'],
  })
  return (
    <Form form={form}>
      <div style={{ gridColumn: 'span 12' }}>
        <Notice tone="warning">Plus rien dès son prochain clic. {member.name} reste au cercle avec ses rôles, et ses écrits restent.</Notice>
      </div>
      <SelectField {...form.field('reason')} label="Pourquoi" options={reasons.options} span={12} />
      <FormFoot form={form} submit="Fermer le dossier" secondary={cancel(onDone)} />
    </Form>
  )
}

/** The wish of the person, towards this professional alone: her right, kept apart from his roles. */
function RefuseForm(props: MemberSheetProps & { readonly onDone: () => void }): ReactNode {
  const { personId, member, target, onDone } = props
  const form = useActionForm(recordSilence, {
    target,
    initialValues: () => ({
      id: newId() as string,
      personId: personId as string,
      kind: 'no_sharing' as const,
      towards: member.name,
      partyId: member.partyId,
      since: today(),
      reason: '',
    }),
    done: `Noté. ${member.name} ne voit plus rien.`,
    onDone,
    invalidates: ['careTeam', 'liaison'],
  })
  return (
    <Form form={form}>
      <div style={{ gridColumn: 'span 12' }}>
        <Notice tone="warning" icon={IconHandStop}>
          Ce professionnel ne voit plus rien dès son prochain clic, et reste au cercle. Les autres continuent de voir. La personne peut changer d’avis.
        </Notice>
      </div>
      <DayField {...form.field('since')} label="Dit le" span={4} />
      <TextField {...form.field('reason')} label="Ce qu’elle en dit" optional span={8} />
      <FormFoot form={form} submit="Noter son refus" secondary={cancel(onDone)} />
    </Form>
  )
}
