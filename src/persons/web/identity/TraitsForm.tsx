import type { ReactNode } from 'react'
import { ageOn } from '../../../platform/contract/dates.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { CommuneField } from '../../../platform/web/form/CommuneField.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { editPerson } from '../../contract/actions.ts'
import type { PersonIdentityData } from '../../contract/queries.ts'
import { changedStrictTraits, type ProvisionalTraits } from '../../contract/traits.ts'
import { BirthPlaceField } from './BirthPlaceField.tsx'
import type { IdentityFormProps } from './IdentityDrawer.tsx'
import { LookAlikes } from './LookAlikes.tsx'

interface Values {
  readonly baseVersion: number
  readonly changes: {
    readonly birthName: string
    readonly usedName: string
    /** As typed: « Odile, Marie ». */
    readonly birthGivenNames: string
    readonly usedGivenName: string
    readonly birthDate: string
    readonly birthDateApproximate: boolean
    readonly sex: string
    readonly birthPlaceCode: string
    readonly birthPlaceName: string
    readonly communeCode: string
    readonly address: string
    readonly callerInstruction: string
    readonly language: string
    readonly needsInterpreter: boolean
    readonly isMilitary: boolean
  }
}

const labels = {
  birthName: 'Nom de naissance',
  usedName: 'Nom utilisé',
  birthGivenNames: 'Prénoms',
  usedGivenName: 'Prénom utilisé',
  birthDate: 'Date de naissance',
  sex: 'Sexe',
  birthPlaceCode: 'Lieu de naissance',
  communeCode: 'Commune',
  address: 'Adresse',
  callerInstruction: 'Consigne à l’appel',
  language: 'Langue',
}

const text = (value: string | null): string => value ?? ''
const given = (typed: string): string[] =>
  typed
    .split(/[,;]\s*|\s{2,}/)
    .map((name) => name.trim())
    .filter(Boolean)

function valuesOf(identity: PersonIdentityData): Values {
  return {
    baseVersion: identity.version,
    changes: {
      birthName: text(identity.birthName),
      usedName: text(identity.usedName),
      birthGivenNames: identity.birthGivenNames.join(', '),
      usedGivenName: text(identity.usedGivenName),
      birthDate: text(identity.birthDate),
      birthDateApproximate: identity.birthDateApproximate,
      sex: text(identity.sex),
      birthPlaceCode: text(identity.birthPlaceCode),
      birthPlaceName: text(identity.birthPlaceName),
      communeCode: text(identity.communeCode),
      address: text(identity.address),
      callerInstruction: text(identity.callerInstruction),
      language: text(identity.language),
      needsInterpreter: identity.needsInterpreter,
      isMilitary: identity.isMilitary,
    },
  }
}

/** The typed fields as traits.ts compares them: what is empty is absent. */
function traitsOf(typed: Values['changes']): ProvisionalTraits {
  const present = Object.fromEntries(Object.entries(typed).map(([field, value]) => [field, value === '' ? null : value]))
  return { ...present, birthGivenNames: given(typed.birthGivenNames) } as unknown as ProvisionalTraits
}

/** The traits and what goes with them. Only what changed is sent, so that two people on two fields do not meet. */
export function TraitsForm({ identity, target, onDone }: IdentityFormProps): ReactNode {
  const languages = useValueList('persons.language')
  const before = valuesOf(identity).changes
  const form = useActionForm<typeof editPerson, Values>(editPerson, {
    target,
    draftKey: `persons.edit:${identity.personId}`,
    initialValues: () => valuesOf(identity),
    toInput: ({ baseVersion, changes }) => ({
      id: identity.personId,
      baseVersion,
      changes: Object.fromEntries(
        Object.entries(changes)
          .filter(([field, value]) => value !== before[field as keyof Values['changes']])
          .map(([field, value]) => [field, field === 'birthGivenNames' ? given(String(value)) : value]),
      ) as never,
    }),
    fieldOf: (path) => path.replace(/^(changes\.birthGivenNames)\.\d+$/, '$1'),
    labels,
    resolve: (values, kept, version) => ({
      baseVersion: version ?? values.baseVersion,
      changes: {
        ...values.changes,
        ...Object.fromEntries(Object.entries(kept).map(([field, value]) => [field, Array.isArray(value) ? value.join(', ') : (value ?? '')])),
      } as Values['changes'],
    }),
    done: ({ identityLost }) => (identityLost ? 'Identité corrigée. La vérification et l’INS sont à refaire.' : 'Identité corrigée.'),
    onDone,
  })
  const { changes } = form.values
  const losing = identity.identityStatus !== 'PROV' && changedStrictTraits(traitsOf(before), traitsOf(changes)).length > 0
  return (
    <>
      <Form form={form} id={`traits-${identity.personId}`}>
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          Ce que personne n’a dit reste vide.
        </p>
        <TextField {...form.field('changes.birthName')} label="Nom de naissance" span={6} />
        <TextField {...form.field('changes.usedName')} label="Nom utilisé" span={6} />
        <TextField {...form.field('changes.birthGivenNames')} label="Prénoms de naissance" hint="dans l’ordre, séparés par une virgule" span={8} />
        <TextField {...form.field('changes.usedGivenName')} label="Prénom utilisé" span={4} />
        <DayField {...form.field('changes.birthDate')} label="Date de naissance" understood={(day) => `${ageOn(day, today())} ans`} span={5} />
        <SegmentedChoice
          {...form.field('changes.sex')}
          label="Sexe"
          span={7}
          options={[
            { value: 'F', label: 'Féminin' },
            { value: 'M', label: 'Masculin' },
            { value: 'I', label: 'Indéterminé' },
          ]}
        />
        <CheckField {...form.field('changes.birthDateApproximate')} label="Date approchée" span={5} />
        <BirthPlaceField
          {...form.field('changes.birthPlaceCode')}
          label="Lieu de naissance"
          hint="commune ou pays, tel qu’il était ce jour-là"
          shown={identity.birthPlaceName}
          day={changes.birthDateApproximate ? null : changes.birthDate}
          onPick={(place) => form.field('changes.birthPlaceName').onChange(place.name)}
          span={7}
        />
        <TextField {...form.field('changes.address')} label="Adresse" span={7} />
        <CommuneField {...form.field('changes.communeCode')} label="Commune" shown={identity.commune} span={5} />
        <TextField
          {...form.field('changes.callerInstruction')}
          label="Consigne pour qui appelle"
          hint={typo('lue à l’accueil : « Parler fort, appeler avant 11 h »')}
          span={12}
        />
        <SelectField {...form.field('changes.language')} label="Langue" options={languages.options} span={5} />
        <CheckField {...form.field('changes.needsInterpreter')} label="Interprète nécessaire" span={7} />
        <CheckField {...form.field('changes.isMilitary')} label={typo('Militaire : un médecin des armées peut la suivre')} span={12} />
        {losing ? (
          <div style={{ gridColumn: 'span 12' }}>
            <Notice tone="warning" live>
              {typo('Un trait strict change : l’identité redeviendra provisoire et le matricule sera retiré. La trace reste dans l’historique.')}
            </Notice>
          </div>
        ) : null}
        <FormFoot form={form} submit="Enregistrer" />
      </Form>
      <LookAlikes
        traits={{
          birthName: changes.birthName,
          usedName: changes.usedName,
          firstNames: changes.birthGivenNames,
          birthDate: changes.birthDate || null,
          except: identity.personId,
        }}
      />
    </>
  )
}
