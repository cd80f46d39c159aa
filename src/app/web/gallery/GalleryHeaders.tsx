import { IconCalendarEvent, IconNote, IconPhone, IconShieldCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { PersonHeader, type PersonHeaderProps } from '../../../platform/web/layout/PersonHeader.tsx'

export const odile: PersonHeaderProps = {
  person: { birthName: 'KEMPF', usedName: 'PERRIN', firstName: 'ODILE', sex: 'F', birthDay: '1941-03-12', commune: 'Rupt-sur-Moselle' },
  identity: { word: 'INS qualifiée', tone: 'success', icon: IconShieldCheck },
  referent: { label: 'Référente', value: 'Julie Marchal', detail: 'binôme Karim Belkacem, absent' },
  doctor: { value: 'Dr Anne-Laure Fritsch', detail: 'déclarée · 03 53 01 20 11' },
  protection: { value: 'Curatelle renforcée', detail: 'M. Alain Colin, jusqu’au 30/06/2029' },
  sharing: { value: 'Opposée au partage avec la pharmacie', detail: 'sinon, non-opposition · études : non recueillie', limited: true },
  alerts: { count: 2, detail: 'chute d’hier · aidante épuisée' },
  silence: {
    to: 'Ne rien dire à Marc Perrin, son fils.',
    detail: 'Adresse cachée depuis le 02/09/2026, à sa demande.',
    short: 'Ne rien dire à Marc Perrin, fils',
    how: <a href="#bloque">Ce que cela bloque</a>,
  },
  actions: (
    <>
      <Button small icon={IconPhone}>
        Appeler
      </Button>
      <Button small icon={IconCalendarEvent}>
        Planifier
      </Button>
      <Button small main icon={IconNote}>
        Écrire une note
      </Button>
    </>
  ),
}

/** The header of a person, full and slim. */
export function GalleryHeaders(): ReactNode {
  return (
    <Section title="En-tête de la personne">
      <div className="stack stack--4">
        <PersonHeader {...odile} />
        <PersonHeader {...odile} slim />
        <PersonHeader
          person={{ birthName: 'MARTIN', firstName: 'LÉO', commune: null }}
          identity={{ word: 'Identité provisoire', tone: 'warning' }}
          referent={{ value: 'aucun', detail: 'à désigner en commission' }}
          doctor={{ value: 'aucun', detail: 'CPTS saisie le 02/10/2026' }}
          protection={{ value: 'aucune', isNone: true }}
          sharing={{ value: 'non recueillie' }}
          alerts={{ count: 0 }}
        />
      </div>
    </Section>
  )
}
