import type { ReactNode } from 'react'
import { CircleGraph } from '../../../platform/web/chart/CircleGraph.tsx'
import { BarList, ColumnChart, DotGrid, Sparkline, TableTwin } from '../../../platform/web/chart/charts.tsx'
import { KpiCard } from '../../../platform/web/chart/KpiCard.tsx'
import { Card, Section } from '../../../platform/web/layout/Columns.tsx'
import { formatNumber, formatShare, formatSigned } from '../../../platform/web/text/numbers.ts'

const months = [64, 60, 68, 62, 58, 66, 51, 48, 76]
const before = [55, 53, 60, 57, 54, 60, 49, 45, 72]
const askers = [
  { label: 'Hôpitaux', value: 0.339, reference: 0.35 },
  { label: 'Usagers, aidants', value: 0.18, reference: 0.17 },
  { label: 'Soignants libéraux', value: 0.16, reference: 0.145 },
  { label: 'Secteur social', value: 0.143, reference: 0.142 },
]

/** Charts and their table twins. */
export function GalleryCharts(): ReactNode {
  const list = (figure: ReactNode): ReactNode => <a href="#liste">{figure}</a>
  return (
    <>
      <div className="kpis">
        <KpiCard
          title="1. Sollicitations"
          figure={formatNumber(1043)}
          unit="demandes reçues"
          change={`${formatSigned(8.9)}\u00a0%`}
          open={list}
          onTable={() => undefined}
        >
          <ColumnChart points={months.map((value, index) => ({ label: 'JFMAMJJAS'.charAt(index), value, reference: before[index] }))} />
        </KpiCard>
        <KpiCard
          title="2. Qui nous sollicite"
          figure="354"
          unit={`des hôpitaux, ${formatShare(0.339)}`}
          change={`${formatSigned(-1)}\u00a0pt`}
          open={list}
          onTable={() => undefined}
          selected
        >
          <BarList rows={askers.map((row) => ({ ...row, shown: formatShare(row.value) }))} />
        </KpiCard>
        <KpiCard
          title="6. Généralistes qui sollicitent"
          figure="62"
          unit="sur 104, 59,6 %"
          change={`${formatSigned(8.7)}\u00a0pts`}
          good
          open={list}
          onTable={() => undefined}
        >
          <DotGrid count={62} total={104} note="un point, un généraliste du territoire" />
        </KpiCard>
        <KpiCard title="Poids" figure="52,4" unit="kg" change={`${formatSigned(-1.8)}\u00a0kg`}>
          <Sparkline values={[54.2, 53.9, 53.1, 52.4]} label={'Poids de juillet à octobre\u00a0: 54,2\u202f; 53,9\u202f; 53,1\u202f; 52,4 kg'} />
        </KpiCard>
      </div>
      <div className="g2">
        <Card title="Qui nous sollicite, en chiffres" count="mêmes données que le graphique" flush>
          <TableTwin
            caption="Qui nous sollicite"
            columns={[{ head: 'Demandeur' }, { head: 'Part 2026', num: true }, { head: 'Part 2025', num: true, dim: true }]}
            rows={askers.map((row) => [row.label, formatShare(row.value), formatShare(row.reference)])}
          />
        </Card>
        <Section title="Autour d’elle">
          <div style={{ height: 428, display: 'flex' }}>
            <CircleGraph
              person={{ name: 'Mme Perrin', initials: 'OP' }}
              label="Cercle de Mme Perrin : 3 proches, dont un à qui ne rien dire, et 6 professionnels de l’équipe de soins."
              inner={[
                { key: 's', name: 'Sylvie Perrin', role: 'fille, aidante', tone: 'social' },
                { key: 'a', name: 'Agnès Kempf', role: 'personne de confiance', tone: 'social' },
                { key: 'm', name: 'Marc Perrin', role: 'ne rien dire', tone: 'alert', noAccess: true },
              ]}
              ring={[
                { key: '1', name: 'Dr Fritsch', role: 'médecin traitant', tone: 'health' },
                { key: '2', name: 'Thomas Noël', role: 'infirmier', tone: 'health' },
                { key: '3', name: 'Hugo Arnould', role: 'kiné', tone: 'health' },
                { key: '4', name: 'Julie Marchal', role: 'référente', tone: 'accent' },
                { key: '5', name: 'SAD Les Genêts', role: 'aide à domicile', tone: 'social' },
                { key: '6', name: 'Alain Colin', role: 'curateur', tone: 'administrative' },
              ]}
            />
          </div>
        </Section>
      </div>
    </>
  )
}
