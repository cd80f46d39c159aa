import type { ReactNode } from 'react'
import { identityStatusLabels } from '../../persons/contract/identity-status.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { type Choices, type ChosenTrait, chosenTraits, type Side } from '../contract/merged-identity.ts'
import type { PairSide } from '../contract/pair.ts'

const labels: Readonly<Record<ChosenTrait, string>> = {
  identity: 'État de l’identité, INS',
  birthName: 'Nom de naissance',
  birthGivenNames: 'Prénoms de naissance',
  birthDate: 'Date de naissance',
  sex: 'Sexe',
  birthPlace: 'Lieu de naissance',
  usedName: 'Nom utilisé',
  usedGivenName: 'Prénom utilisé',
  address: 'Adresse',
  callerInstruction: 'Consigne à l’appel',
  language: 'Langue',
}

/** Before (both, trait by trait) and after (what will be kept). */
export function CompareTable(props: {
  readonly kept: PairSide
  readonly absorbed: PairSide
  readonly choices: Choices
  /** Absent once it is proposed: read only. */
  readonly onChoose?: ((trait: ChosenTrait, side: Side) => void) | undefined
  readonly onStay?: (() => void) | undefined
}): ReactNode {
  const { kept, absorbed, choices, onChoose, onStay } = props
  const label = useValueLabels()
  const say = (side: PairSide, trait: ChosenTrait): string => {
    const { traits } = side
    if (trait === 'identity') return identityStatusLabels[traits.identityStatus]
    if (trait === 'birthGivenNames') return traits.birthGivenNames.join(', ') || 'non dit'
    if (trait === 'birthDate') return traits.birthDate ? formatDay(traits.birthDate) : 'non dite'
    if (trait === 'sex') return traits.sex ? label('persons.sex', traits.sex) : 'non dit'
    if (trait === 'address')
      return side.inScope
        ? [traits.address, traits.commune].filter(Boolean).join(', ') || 'non dite'
        : `${traits.commune ?? 'commune non dite'} (traits partiels)`
    if (trait === 'language') return traits.language ? label('persons.language', traits.language) : 'non dite'
    if (!side.inScope && trait === 'callerInstruction') return 'traits partiels'
    return traits[trait] || 'non dit'
  }
  return (
    <table className="compare">
      <caption className="vh">Deux identités, trait par trait, et ce qui sera gardé</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">Trait</span>
          </th>
          <th scope="col">
            <Head side={kept} words="Reste" />
            {onStay ? (
              <Button small quiet onClick={onStay}>
                Garder l’autre dossier
              </Button>
            ) : null}
          </th>
          <th scope="col">
            <Head side={absorbed} words="Rejoint" />
          </th>
          <th scope="col" className="compare__result">
            Après
          </th>
        </tr>
      </thead>
      <tbody>
        {chosenTraits.map((trait) => {
          const differs = say(kept, trait) !== say(absorbed, trait)
          const cell = (side: Side, whose: PairSide, head: string): ReactNode => (
            <td data-head={head} className={differs ? 'differs' : undefined}>
              {differs && onChoose ? (
                <label>
                  <input type="radio" name={trait} checked={choices[trait] === side} onChange={() => onChoose(trait, side)} />
                  <span>{say(whose, trait)}</span>
                </label>
              ) : (
                say(whose, trait)
              )}
            </td>
          )
          return (
            <tr key={trait}>
              <th scope="row">{labels[trait]}</th>
              {cell('kept', kept, 'Reste')}
              {cell('absorbed', absorbed, 'Rejoint')}
              <td data-head="Après" className="compare__result">
                <b>{say(choices[trait] === 'kept' ? kept : absorbed, trait)}</b>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Head({ side, words }: { readonly side: PairSide; readonly words: string }): ReactNode {
  return (
    <>
      <span className="small mut">{words}</span>
      <br />
      {formatPersonName(side.person)}
      <br />
      <span className="small mut">
        {[side.organisations.join(', '), side.items === null ? 'dossier non ouvert' : plural(side.items, 'ligne au Fil', 'lignes au Fil')]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
}
