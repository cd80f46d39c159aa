import '../../../platform/web/table/table.css'
import './access-table.css'
import { Modal } from '@mantine/core'
import { IconCheck, IconHistory, IconLock } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { type ProfessionalCategory, professionalCategories, type Volet, volets } from '../../../platform/contract/actor.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { VoletChip, voletWord } from '../../../platform/web/display/Volet.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { administrationPlacesFor } from '../../../territory/contract/administration-places.ts'
import { changeCategoryVolet } from '../../contract/access-actions.ts'
import { categoryVolets } from '../../contract/access-queries.ts'
import { SensitiveStructures } from './SensitiveStructures.tsx'

type Table = OutputOf<typeof categoryVolets>
type Cell = Table['rows'][number]

const categoryWords: Readonly<Record<ProfessionalCategory, { readonly name: string; readonly who: string }>> = {
  health: { name: 'Santé', who: 'médecins, infirmiers, pharmaciens, psychologues…' },
  coordination: { name: 'Coordination', who: 'équipes des DAC et dispositifs régionaux' },
  social: { name: 'Social et médico-social', who: 'assistants de service social, aide à domicile, équipes APA, ESMS' },
  legal_protection: { name: 'Protection juridique', who: 'mandataires judiciaires' },
  administrative: { name: 'Administratif', who: 'accueil, secrétariat, direction' },
}

/** Which volet each category of professionals may see, with its legal reference: the rule of the region, changed with a reason, kept with its history. */
export function CategoryVoletsPage(): ReactNode {
  const query = useJalonQuery(categoryVolets, {})
  const [changed, setChanged] = useState<Cell | null>(null)
  useEvents(['persons.categoryVolets.changed'])
  return (
    <Page title="Accès par catégorie">
      <Bar title="Administration" />
      <div className="admintabs">
        <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
      </div>
      <Columns kind="two" drawerLabel="Historique">
        <CenterColumn label="Accès par catégorie">
          <div>
            <h2>Ce que chaque catégorie voit</h2>
            <p className="small mut">
              La plus large limite, quelle que soit la raison d’accès : ce que l’équipe de soins, un accord ou un accès exceptionnel ouvre ne dépasse jamais
              cette table. La personne peut fermer davantage. Une modification agit à la requête suivante, pages ouvertes comprises.
            </p>
          </div>
          <QueryState query={query}>{(data) => <Matrix table={data} onChange={setChanged} />}</QueryState>
          <SensitiveStructures />
        </CenterColumn>
        <SideColumn side="right" label="Historique">
          {query.data ? <History table={query.data} /> : null}
        </SideColumn>
      </Columns>
      {changed ? <ChangeDialog cell={changed} onClose={() => setChanged(null)} /> : null}
    </Page>
  )
}

function Matrix({ table, onChange }: { readonly table: Table; readonly onChange: (cell: Cell) => void }): ReactNode {
  const cellOf = (category: ProfessionalCategory, volet: Volet): Cell | undefined => table.rows.find((row) => row.category === category && row.volet === volet)
  return (
    <table className="tbl accesstable stacks">
      <caption className="vh">Catégories de professionnels et volets</caption>
      <thead>
        <tr>
          <th scope="col">Catégorie</th>
          {volets.map((volet) => (
            <th key={volet} scope="col">
              <VoletChip volet={volet} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {professionalCategories.map((category) => (
          <tr key={category}>
            <th scope="row">
              {categoryWords[category].name}
              <span className="small mut">{categoryWords[category].who}</span>
            </th>
            {volets.map((volet) => {
              const cell = cellOf(category, volet)
              return (
                <td key={volet} data-head={voletWord(volet)}>
                  {cell?.allowed ? (
                    <StatusPill tone="success" icon={IconCheck}>
                      Ouvert
                    </StatusPill>
                  ) : (
                    <StatusPill icon={IconLock}>Fermé</StatusPill>
                  )}
                  {cell ? <p className="small mut">{cell.legalReference}</p> : null}
                  {cell && table.canChange ? (
                    <span className="small">
                      <button
                        type="button"
                        className="linklike"
                        aria-label={`Changer : ${categoryWords[category].name}, volet ${voletWord(volet).toLocaleLowerCase('fr-FR')}`}
                        onClick={() => onChange(cell)}
                      >
                        Changer
                      </button>
                    </span>
                  ) : null}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function History({ table }: { readonly table: Table }): ReactNode {
  // The first version of each cell is the rule as Jalon brings it: no decision of the region.
  const changes = table.history.filter(({ version }) => version > 1)
  return (
    <Section title="Historique" count={changes.length === 0 ? undefined : String(changes.length)}>
      {changes.length === 0 ? (
        <p className="small mut row">
          <IconHistory className="ic ic--s" stroke={1.75} />
          Table d’origine : R. 1110-1 et R. 1110-2 du code de la santé publique.
        </p>
      ) : (
        <ul className="lines">
          {changes.map((one) => (
            <li key={`${one.category}${one.volet}${one.version}`}>
              <p>
                <b>
                  {categoryWords[one.category].name}, {voletWord(one.volet).toLocaleLowerCase('fr-FR')}
                </b>
                {'\u00a0'}: {one.allowed ? 'ouvert' : 'fermé'}
              </p>
              <p className="small">{one.reason}</p>
              <p className="small mut">
                le {formatDay(one.at)}
                {one.byName ? `, ${one.byName}` : ''} · {one.legalReference}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

interface Values {
  readonly baseVersion: number
  readonly allowed: 'yes' | 'no'
  readonly legalReference: string
  readonly reason: string
}

function ChangeDialog({ cell, onClose }: { readonly cell: Cell; readonly onClose: () => void }): ReactNode {
  const form = useActionForm<typeof changeCategoryVolet, Values>(changeCategoryVolet, {
    target: undefined as never,
    record: `${cell.category}:${cell.volet}`,
    initialValues: { baseVersion: cell.version, allowed: cell.allowed ? 'yes' : 'no', legalReference: cell.legalReference, reason: '' },
    toInput: (values) => ({ ...values, category: cell.category, volet: cell.volet, allowed: values.allowed === 'yes' }),
    done: 'Table changée. Elle s’applique dès maintenant.',
    onDone: onClose,
  })
  const closes = cell.allowed && form.values.allowed === 'no'
  const opens = !cell.allowed && form.values.allowed === 'yes'
  return (
    <Modal opened onClose={onClose} title={`${categoryWords[cell.category].name}, volet ${voletWord(cell.volet).toLocaleLowerCase('fr-FR')}`} size="lg">
      <Form form={form}>
        <SegmentedChoice
          value={form.values.allowed}
          onChange={(allowed) => form.set('allowed', allowed)}
          label="Ce volet est"
          span={12}
          options={[
            { value: 'yes', label: 'Ouvert' },
            { value: 'no', label: 'Fermé' },
          ]}
        />
        {opens || closes ? (
          <div style={{ gridColumn: '1 / -1' }}>
            <Notice tone={opens ? 'warning' : 'info'}>
              {opens
                ? 'Tous les professionnels de cette catégorie liront ce volet dans les dossiers qui leur sont ouverts, sauf refus de la personne.'
                : 'Tous les professionnels de cette catégorie perdent ce volet à l’instant, pages ouvertes comprises.'}
            </Notice>
          </div>
        ) : null}
        <TextField {...form.field('legalReference')} label="Référence légale" span={12} />
        <AreaField {...form.field('reason')} label="Pourquoi" hint="décision, date, instance" rows={2} />
        <FormFoot form={form} submit="Changer la table" />
      </Form>
    </Modal>
  )
}
