import { type ReactNode, useState } from 'react'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'

const communes = ['Le Thillot (88)', 'Le Ménil (88)', 'Remiremont (88)', 'Rupt-sur-Moselle (88)', 'La Bresse (88)', 'Cornimont (88)']

/** Fields, out of any form: state is the page's. */
export function GalleryFields(): ReactNode {
  const [birth, setBirth] = useState<string>('31/02/1941')
  const [seen, setSeen] = useState<string>('04111938')
  const [phone, setPhone] = useState('0353012764')
  const [delay, setDelay] = useState<'h24' | 'h72' | 'w2' | null>('h72')
  const [channel, setChannel] = useState('')
  const [told, setTold] = useState(false)
  const [commune, setCommune] = useState('')
  const combo = useCombo<string>({
    search: async (text) => communes.filter((one) => one.toLowerCase().includes(text.toLowerCase())),
    keyOf: (one) => one,
    onPick: setCommune,
  })
  return (
    <Section title="Champs">
      <div className="form">
        <DayField span={12} label="Date de naissance" value={birth} onChange={setBirth} error="Le 31 février n’existe pas. Votre saisie est gardée." />
        <PhoneField span={12} label="Téléphone" optional value={phone} onChange={setPhone} help="Les espaces se mettent seuls." />
        <DayField span={12} label="Né le" value={seen} onChange={setSeen} />
        <ComboField span={12} label="Commune" combo={combo} value={commune} onChange={setCommune} option={(one) => one} />
        <SegmentedChoice
          span={12}
          label="À traiter sous"
          value={delay}
          onChange={setDelay}
          options={[
            { value: 'h24', label: '24 h' },
            { value: 'h72', label: '72 h' },
            { value: 'w2', label: '2 semaines' },
          ]}
        />
        <SelectField
          span={12}
          label="Canal"
          value={channel}
          onChange={setChannel}
          options={[
            { value: 'phone', label: 'Téléphone' },
            { value: 'mail', label: 'Courriel' },
          ]}
        />
        <CheckField label="La personne est informée" value={told} onChange={setTold} detail="Jamais coché d’avance." />
      </div>
    </Section>
  )
}
