import { Modal } from '@mantine/core'
import { IconFileCertificate, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useInfiniteJalonQuery, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { ScrollRegion } from '../../../platform/web/layout/ScrollRegion.tsx'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { formatNumber } from '../../../platform/web/text/numbers.ts'
import { fixesDurations } from '../../contract/access.ts'
import { decideRule, executions, retentionRules, type ShownRule, stepWords } from '../../contract/treatment.ts'
import { Treatment } from './Treatment.tsx'

/** « 24 mois » as people say it: « 2 ans ». */
export function monthsWords(months: number): string {
  if (months === 0) return '–'
  if (months % 12 === 0) return `${months / 12}\u00a0an${months > 12 ? 's' : ''}`
  return `${months}\u00a0mois`
}

/** How long each class of data is kept, decided or to decide; and the proofs of what was done, each night. */
export function DurationsPage(): ReactNode {
  const actor = useActor()
  const rules = useJalonQuery(retentionRules, {})
  const proofs = useInfiniteJalonQuery(executions, {})
  const [editing, setEditing] = useState<ShownRule | null>(null)
  const fixes = fixesDurations(actor, null, undefined).allowed
  return (
    <Treatment title="Durées et preuves">
      <QueryState query={rules}>
        {(data) => (
          <ScrollRegion label="Durées de conservation" className="tablescroll">
            <p className="small mut">Une durée proposée mais pas encore fixée n’archive et ne détruit rien.</p>
            <table className="tbl stacks">
              <caption className="vh">Durées de conservation par classe de données</caption>
              <thead>
                <tr>
                  <th scope="col">Données</th>
                  <th scope="col">Compté depuis</th>
                  <th scope="col">Base active</th>
                  <th scope="col">Archive</th>
                  <th scope="col">Après un décès</th>
                  <th scope="col">À la fin</th>
                  <th scope="col">Source</th>
                  {fixes ? (
                    <th scope="col">
                      <span className="vh">Modifier</span>
                    </th>
                  ) : null}
                </tr>
              </thead>
              <tbody>
                {data.rules.map((rule) => (
                  <tr key={rule.dataClass}>
                    <th scope="row">
                      {rule.title}
                      <div>
                        <StatusPill tone={rule.decided ? 'success' : 'warning'}>
                          {rule.decided ? `Fixée le ${formatDay(rule.decidedAt)}` : 'À fixer par le responsable de traitement'}
                        </StatusPill>
                      </div>
                    </th>
                    <td data-head="Compté depuis">{rule.countedFrom}</td>
                    <td className="nw" data-head="Base active">
                      {monthsWords(rule.activeMonths)}
                    </td>
                    <td className="nw" data-head="Archive">
                      {monthsWords(rule.archiveMonths)}
                    </td>
                    <td className="nw" data-head="Après un décès">
                      {rule.afterDeathMonths === null ? '–' : `${monthsWords(rule.afterDeathMonths)} au plus`}
                    </td>
                    <td data-head="À la fin">{rule.fate === 'destroy' ? 'Détruit' : 'Rendu anonyme'}</td>
                    <td className="small" data-head="Source">
                      {rule.source}
                    </td>
                    {fixes ? (
                      <td>
                        <Button small quiet iconOnly icon={IconPencil} label={`Fixer la durée\u00a0: ${rule.title}`} onClick={() => setEditing(rule)} />
                      </td>
                    ) : null}
                  </tr>
                ))}
                {data.auditMonths === null ? null : (
                  <tr>
                    <th scope="row">Traces des accès</th>
                    <td data-head="Compté depuis">jour de l’accès</td>
                    <td className="nw" data-head="Base active">
                      {monthsWords(data.auditMonths)}
                    </td>
                    <td data-head="Archive">–</td>
                    <td data-head="Après un décès">–</td>
                    <td data-head="À la fin">Détruit</td>
                    <td className="small" data-head="Source">
                      Décision motivée de la région (CNIL, délibération 2021-122), dans « Traçabilité ».
                    </td>
                    {fixes ? <td /> : null}
                  </tr>
                )}
              </tbody>
            </table>
            {editing ? <RuleDialog rule={editing} onClose={() => setEditing(null)} /> : null}
          </ScrollRegion>
        )}
      </QueryState>
      <h2>Preuves d’exécution</h2>
      <DataTable
        list={proofs}
        caption="Preuves d’exécution"
        csv
        unit={['preuve', 'preuves']}
        rowKey={(row) => row.id}
        empty={
          <EmptyState icon={IconFileCertificate} title="Rien n’est encore arrivé à son terme">
            Chaque nuit, ce qui est dû est archivé, rendu anonyme ou détruit ; la preuve paraît ici, et ne se modifie pas.
          </EmptyState>
        }
        columns={[
          { key: 'at', head: 'Le', cell: (row) => formatInstant(row.at), width: 170 },
          { key: 'cause', head: 'Cause', cell: (row) => (row.cause === 'retention' ? 'Durée atteinte' : 'Demande d’effacement') },
          { key: 'class', head: 'Données', cell: (row) => row.title },
          { key: 'step', head: 'Ce qui a été fait', cell: (row) => stepWords[row.step] },
          { key: 'rule', head: 'Règle', cell: (row) => (row.ruleVersion === null ? '–' : `version ${row.ruleVersion}`) },
          { key: 'units', head: 'Dossiers', cell: (row) => formatNumber(row.units), num: true },
          { key: 'rows', head: 'Enregistrements', cell: (row) => formatNumber(row.rows), num: true },
        ]}
      />
    </Treatment>
  )
}

function RuleDialog({ rule, onClose }: { readonly rule: ShownRule; readonly onClose: () => void }): ReactNode {
  const form = useActionForm(decideRule, {
    record: rule.dataClass,
    initialValues: {
      dataClass: rule.dataClass,
      baseVersion: rule.version,
      activeMonths: String(rule.activeMonths),
      archiveMonths: String(rule.archiveMonths),
      afterDeathMonths: rule.afterDeathMonths === null ? '' : String(rule.afterDeathMonths),
      fate: rule.fate,
      source: rule.source,
      reason: '',
    },
    toInput: (values) => ({
      ...values,
      activeMonths: Number(values.activeMonths || Number.NaN),
      archiveMonths: Number(values.archiveMonths || Number.NaN),
      afterDeathMonths: values.afterDeathMonths === '' ? null : Number(values.afterDeathMonths),
    }),
    done: 'Durée fixée. Elle vaut dès cette nuit.',
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={rule.title} size="lg">
      <Form form={form}>
        <TextField {...form.field('activeMonths')} label="Base active" hint="en mois" span={4} />
        <TextField {...form.field('archiveMonths')} label="Archive" hint="en mois, 0 sans archive" span={4} />
        <TextField {...form.field('afterDeathMonths')} label="Après un décès, au plus" hint="en mois" optional span={4} />
        <SegmentedChoice
          value={form.values.fate}
          onChange={(fate) => form.set('fate', fate)}
          label="À la fin"
          span={12}
          options={[
            { value: 'destroy', label: 'Détruit' },
            { value: 'anonymise', label: 'Rendu anonyme' },
          ]}
        />
        <AreaField {...form.field('source')} label="Texte ou décision qui fonde cette durée" rows={2} span={12} />
        <AreaField {...form.field('reason')} label="Pourquoi" hint="gardé avec la version" rows={2} span={12} />
        <FormFoot form={form} submit="Fixer la durée" />
      </Form>
    </Modal>
  )
}
