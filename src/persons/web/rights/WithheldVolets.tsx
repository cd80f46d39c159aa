import { Modal } from '@mantine/core'
import { IconEyeOff, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { VoletChip } from '../../../platform/web/display/Volet.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels, useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { plural, typo } from '../../../platform/web/text/typography.ts'
import { colleagues } from '../../../territory/contract/queries.ts'
import { keptByHerDac } from '../../contract/access.ts'
import { stopWithholdingVolet, withholdVolet } from '../../contract/access-actions.ts'
import type { WithheldVolet } from '../../contract/access-queries.ts'
import type { PersonTarget, WithheldVoletId } from '../../contract/person.ts'
import type { PersonAccessData } from '../../contract/queries.ts'

const fromWords: Readonly<Record<Exclude<WithheldVolet['from'], 'party'>, string>> = {
  social: 'les professionnels du social et du médico-social',
  legal_protection: 'les mandataires judiciaires',
  health: 'les professionnels de santé',
  coordination: 'les équipes de coordination, DAC compris',
}

/** « Ce que je ne souhaite pas partager »: the volets that she keeps from a category or from one professional, since when, in whose words. */
export function WithheldVolets(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly withheld: readonly WithheldVolet[]
  /** Who sees her today, to choose one by name; empty for those who do not keep the list. */
  readonly sights: PersonAccessData['sights']
}): ReactNode {
  const { personId, target, withheld } = props
  const [asked, setAsked] = useState<'new' | WithheldVolet | null>(null)
  const label = useValueLabels()
  const actor = useActor()
  const keeps = target !== null && keptByHerDac(actor, target, undefined).allowed
  const live = withheld.filter((one) => one.endedAt === null)
  const former = withheld.filter((one) => one.endedAt !== null)
  return (
    <Card
      title="Ce qu’elle ne souhaite pas partager"
      end={
        keeps ? (
          <Button small quiet icon={IconPlus} onClick={() => setAsked('new')}>
            Fermer un volet
          </Button>
        ) : null
      }
      flush
    >
      {live.length === 0 ? (
        <p className="in-card small mut">Rien : chacun voit les volets que la loi ouvre à sa catégorie. Elle peut en fermer un à tout moment.</p>
      ) : (
        <ul className="rights">
          {live.map((one) => (
            <li key={one.id} className="right">
              <div className="row wrap">
                <IconEyeOff className="ic ic--s" stroke={1.75} />
                <VoletChip volet={one.volet} />
                <h3>fermé pour {towards(one)}</h3>
                {keeps ? (
                  <span className="end small">
                    <button type="button" className="linklike" onClick={() => setAsked(one)}>
                      Rouvrir
                    </button>
                  </span>
                ) : null}
              </div>
              <p className="small mut">
                {[
                  `Depuis le ${formatDay(one.since)}`,
                  `dit par ${label('persons.right_exercised_by', one.givenBy).toLocaleLowerCase('fr-FR')}`,
                  label('persons.information_mode', one.mode).toLocaleLowerCase('fr-FR'),
                  `noté par ${one.byName}`,
                ].join(' · ')}
              </p>
              {one.reason ? <p className="small">{one.reason}</p> : null}
            </li>
          ))}
        </ul>
      )}
      {former.length > 0 ? (
        <details className="in-card small">
          <summary>{plural(former.length, 'volet rouvert', 'volets rouverts')}</summary>
          <ul className="lines">
            {former.map((one) => (
              <li key={one.id} className="mut">
                {formatDay(one.since)} – {formatDay(one.endedAt ?? one.since)}, {towards(one)}
                {one.endReason ? ` : ${one.endReason}` : ''}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {asked === 'new' ? <WithholdDialog personId={personId} target={target} sights={props.sights} onClose={() => setAsked(null)} /> : null}
      {asked !== null && asked !== 'new' ? <ReopenDialog personId={personId} target={target} withheld={asked} onClose={() => setAsked(null)} /> : null}
    </Card>
  )
}

function towards(one: WithheldVolet): string {
  return one.from === 'party' ? (one.partyName ?? 'un professionnel') : fromWords[one.from]
}

interface Values {
  readonly id: WithheldVoletId
  readonly volet: 'health' | 'social' | ''
  readonly from: WithheldVolet['from'] | ''
  readonly partyId: string
  readonly since: string
  readonly mode: string
  readonly givenBy: string
  readonly reason: string
}

function WithholdDialog(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly sights: PersonAccessData['sights']
  readonly onClose: () => void
}): ReactNode {
  const modes = useValueList('persons.information_mode')
  const givenBy = useValueList('persons.right_exercised_by')
  const form = useActionForm<typeof withholdVolet, Values>(withholdVolet, {
    target: props.target,
    initialValues: () => ({ id: newId(), volet: '', from: '', partyId: '', since: today(), mode: '', givenBy: 'person', reason: '' }),
    toInput: (values) => ({
      ...values,
      personId: props.personId,
      volet: values.volet as 'health',
      from: values.from as 'social',
      partyId: values.from === 'party' ? values.partyId : null,
    }),
    done: ({ narrowed }, { from }) => `Volet fermé. ${changed(narrowed, from === 'party')}`,
    invalidates: ['liaison', 'careTeam'],
    onDone: props.onClose,
  })
  // Around her, then in the service: a colleague reads through the service, and may be named all the same.
  const team = useJalonQuery(colleagues, {}, { enabled: form.values.from === 'party' }).data?.rows ?? []
  const people = [
    ...new Map([
      ...props.sights.filter((one) => one.live && one.kind !== 'service').map((one): [string, string] => [one.partyId, one.name]),
      ...team.map((one): [string, string] => [one.userId, typo(`${one.name}, de votre service`)]),
    ]).entries(),
  ]
  const whom = [
    ...(['social', 'legal_protection', 'health', 'coordination'] as const).map((from) => ({ value: from as string, label: fromWords[from] })),
    { value: 'party', label: 'un seul professionnel…' },
  ]
  return (
    <Modal opened onClose={props.onClose} title="Ce qu’elle ne souhaite pas partager" size="lg">
      <Form form={form}>
        <SegmentedChoice
          value={form.values.volet || null}
          onChange={(volet) => form.set('volet', volet)}
          error={form.errors['volet']}
          label="Volet qu’elle ferme"
          span={12}
          options={[
            { value: 'health', label: 'Santé' },
            { value: 'social', label: 'Social' },
          ]}
        />
        <SelectField {...form.field('from' as string)} label="Pour" options={whom} span={form.values.from === 'party' ? 6 : 12} />
        {form.values.from === 'party' ? (
          <SelectField {...form.field('partyId')} label="Lequel" options={people.map(([value, label]) => ({ value, label }))} span={6} />
        ) : null}
        <DayField {...form.field('since')} label="Depuis le" span={4} />
        <SelectField {...form.field('mode')} label="Dit comment" options={modes.options} span={4} />
        <SelectField {...form.field('givenBy')} label="Par qui" options={givenBy.options} span={4} />
        <TextField {...form.field('reason')} label="Ses mots, sa raison" optional span={12} />
        <p className="small mut" style={{ gridColumn: '1 / -1' }}>
          Agit tout de suite, pages ouvertes comprises. Ceux qui le perdent lisent combien d’éléments leur sont fermés, jamais lesquels.
        </p>
        {form.values.from === 'coordination' ? (
          <div style={{ gridColumn: '1 / -1' }}>
            <Notice tone="warning">
              <b>Votre équipe le perd aussi.</b> Le DAC qui accompagne ne lira plus ce volet, ni évaluations ni PPCS qui en relèvent. Dites-le-lui avant de
              fermer.
            </Notice>
          </div>
        ) : null}
        <FormFoot form={form} submit="Fermer ce volet" />
      </Form>
    </Modal>
  )
}

/** What the gesture changed: a named colleague holds no right of her own, and no longer reads it through the service. */
function changed(narrowed: number, named: boolean): string {
  if (narrowed > 0) return `${plural(narrowed, 'accès', 'accès')} ${narrowed > 1 ? 'ont' : 'a'} changé à l’instant.`
  return named ? 'Son service ne le lui ouvre plus.' : 'Personne ne le lisait à ce titre.'
}

function ReopenDialog(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly withheld: WithheldVolet
  readonly onClose: () => void
}): ReactNode {
  const form = useActionForm(stopWithholdingVolet, {
    target: props.target,
    initialValues: { id: props.withheld.id as string, personId: props.personId as string, reason: '' },
    done: ({ widened }) => `Volet rouvert. ${plural(widened, 'accès', 'accès')} ${widened > 1 ? 'ont' : 'a'} changé à l’instant.`,
    invalidates: ['liaison', 'careTeam'],
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title={`Rouvrir pour ${towards(props.withheld)}`}>
      <Form form={form}>
        <TextField {...form.field('reason')} label="Pourquoi" hint="gardé dans l’historique" autoFocus span={12} />
        <FormFoot form={form} submit="Rouvrir ce volet" />
      </Form>
    </Modal>
  )
}
