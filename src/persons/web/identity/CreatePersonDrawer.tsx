import { Drawer } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { ageOn } from '../../../platform/contract/dates.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { properCase } from '../../../platform/contract/proper-case.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { CommuneField } from '../../../platform/web/form/CommuneField.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { createPersonAction } from '../../contract/actions.ts'
import type { InsIdentity } from '../../contract/insi.ts'
import { parsePersonQuery } from '../../contract/query.ts'
import { BirthPlaceField } from './BirthPlaceField.tsx'
import { LookAlikes } from './LookAlikes.tsx'
import { ScanIns } from './ScanIns.tsx'
import { keepScannedIns } from './scanned-ins.ts'

interface Values {
  readonly id: string
  readonly birthName: string
  readonly usedName: string
  readonly birthGivenNames: string
  readonly birthDate: string
  readonly sex: string
  readonly birthPlaceCode: string
  readonly communeCode: string
  readonly address: string
  readonly phone: string
  readonly callerInstruction: string
  readonly lookAlikesSeen: boolean
}

const traitsRead = (read: InsIdentity): Pick<Values, 'birthName' | 'birthGivenNames' | 'birthDate' | 'sex' | 'birthPlaceCode'> => ({
  birthName: read.birthName,
  birthGivenNames: read.birthGivenNames.join(', '),
  birthDate: read.birthDate,
  sex: read.sex,
  birthPlaceCode: read.birthPlaceCode,
})

/** A provisional identity from what was said; what was typed to search is not typed again. Look-alikes show beside. */
export function CreatePersonDrawer(props: {
  readonly typed: string
  /** Read from a DataMatrix before coming here: its traits are not typed again. */
  readonly scanned?: InsIdentity | null
  readonly onClose: () => void
}): ReactNode {
  const { typed, onClose } = props
  const navigate = useNavigate()
  const [same, setSame] = useState(0)
  const [read, setRead] = useState<InsIdentity | null>(props.scanned ?? null)
  const form = useActionForm<typeof createPersonAction, Values>(createPersonAction, {
    initialValues: () => {
      const query = parsePersonQuery(typed)
      const [name = '', ...given] = read === null ? query.words.map(properCase) : []
      return {
        id: newId(),
        usedName: name,
        birthGivenNames: given.join(' '),
        birthDate: query.birthDate ?? '',
        sex: '',
        birthPlaceCode: '',
        birthName: '',
        ...(read === null ? {} : traitsRead(read)),
        communeCode: '',
        address: '',
        phone: query.phone ?? '',
        callerInstruction: '',
        lookAlikesSeen: false,
      }
    },
    toInput: (values) =>
      ({
        ...values,
        birthGivenNames: values.birthGivenNames
          .split(/[,;]\s*/)
          .map((one) => one.trim())
          .filter(Boolean),
        sex: (values.sex || null) as 'F' | null,
      }) as never,
    done: 'Identité provisoire créée.',
    onDone: ({ id }) => {
      if (read !== null) keepScannedIns(id, read)
      onClose()
      void navigate({ to: '/personnes/$personId/information', params: { personId: id } } as never)
    },
  })
  const { values } = form
  return (
    <Drawer opened onClose={onClose} position="right" size={540} title="Créer une identité">
      <div className="stack stack--3">
        <ScanIns
          onRead={(identity) => {
            setRead(identity)
            form.setAll(traitsRead(identity))
          }}
        />
        {read === null ? null : (
          <Notice live>{typo('DataMatrix lu : vérifiez les traits. L’INS sera vérifiée auprès d’INSi une fois l’identité créée.')}</Notice>
        )}
        <Form form={form}>
          <p className="small mut" style={{ gridColumn: 'span 12' }}>
            Un nom suffit, ce que personne n’a dit reste vide.
          </p>
          <TextField {...form.field('usedName')} label="Nom utilisé" hint="celui que l’appelant donne" autoFocus span={6} />
          <TextField {...form.field('birthName')} label="Nom de naissance" span={6} />
          <TextField {...form.field('birthGivenNames')} label="Prénoms" hint="séparés par une virgule" span={7} />
          <DayField {...form.field('birthDate')} label="Date de naissance" understood={(day) => `${ageOn(day, today())} ans`} span={5} />
          <SegmentedChoice
            {...form.field('sex')}
            label="Sexe"
            span={7}
            options={[
              { value: 'F', label: 'Féminin' },
              { value: 'M', label: 'Masculin' },
            ]}
          />
          <BirthPlaceField {...form.field('birthPlaceCode')} label="Lieu de naissance" day={values.birthDate} span={5} />
          <PhoneField {...form.field('phone')} label="Téléphone" span={5} />
          <TextField {...form.field('address')} label="Adresse" span={7} />
          <CommuneField {...form.field('communeCode')} label="Commune" span={5} />
          <TextField {...form.field('callerInstruction')} label="Consigne pour qui appelle" span={12} />
          {same > 0 || form.action.error?.code === 'person_already_known' ? (
            <CheckField {...form.field('lookAlikesSeen')} label={typo('J’ai regardé les identités proches : c’est quelqu’un d’autre')} span={12} />
          ) : null}
          <FormFoot form={form} submit="Créer" />
        </Form>
        <LookAlikes
          onCount={setSame}
          traits={{
            birthName: values.birthName,
            usedName: values.usedName,
            firstNames: values.birthGivenNames,
            birthDate: values.birthDate || null,
            phone: values.phone || null,
            sex: (values.sex || null) as 'F' | null,
          }}
        />
      </div>
    </Drawer>
  )
}
