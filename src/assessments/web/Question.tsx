import { IconEraser, IconMessagePlus } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../platform/web/display/Button.tsx'
import { Keys } from '../../platform/web/display/Keys.tsx'
import { TokenChoice } from '../../platform/web/display/StatusPill.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { isGiven } from '../contract/answers.ts'
import { type Adverb, adverbs, type Observation } from '../contract/assessment.ts'
import type { Answer, FormItem } from '../contract/form-definition.ts'
import { answerWords, inMonth } from './words.ts'

export interface QuestionProps {
  readonly item: Exclude<FormItem, { type: 'grid' }>
  readonly answer: Answer | undefined
  readonly observation: Observation | null | undefined
  readonly onAnswer: (answer: Answer) => void
  readonly onObserve: (observation: Observation | null) => void
  /** What was answered the time before. */
  readonly former?: { readonly answer: Answer | undefined; readonly performedOn: string } | undefined
  /** Asks for the adverbs of AGGIR beside A, B, C. */
  readonly withAdverbs?: boolean | undefined
  /** In a form where almost everything may be left out, what is asked for says so instead. */
  readonly mostlyOptional?: boolean | undefined
  readonly missing?: boolean | undefined
  readonly error?: string | undefined
}

/** One question of a form, with its former answer and a place for a remark. Options are chosen by their letter or their number. */
export function Question(props: QuestionProps): ReactNode {
  const { item, observation, onObserve } = props
  const [open, setOpen] = useState(false)
  const remark = observation?.remark ?? ''
  const wide = item.type === 'text'
  const former = props.former && isGiven(props.former.answer) ? props.former : undefined
  const ask = (
    <>
      <b>{item.label}</b> <Asked {...props} />
      {former ? (
        <span className="former">
          {lowerFirst(answerWords(item, former.answer))} {inMonth(former.performedOn)}
        </span>
      ) : null}
      {item.hint ? <small>{item.hint}</small> : null}
    </>
  )
  const className = `question${wide ? ' question--wide' : ''}${props.withAdverbs ? ' question--dense' : ''}${props.missing ? ' is-missing' : ''}`
  const rest = (
    <>
      {open || remark !== '' ? (
        <div className="remark form">
          <TextField
            label={`Remarque sur « ${item.label} »`}
            bare
            span={12}
            value={remark}
            autoFocus={open && remark === ''}
            maxLength={500}
            placeholder="Remarque, en quelques mots"
            onChange={(text) => onObserve({ ...observation, remark: text })}
          />
        </div>
      ) : null}
    </>
  )
  const addRemark =
    open || remark !== '' || item.type === 'text' ? null : (
      <Button small quiet iconOnly icon={IconMessagePlus} label={`Ajouter une remarque sur ${item.label}`} onClick={() => setOpen(true)} />
    )
  if (item.type === 'text' || item.type === 'number') {
    return (
      <div className={className} data-item={item.code}>
        {item.type === 'number' ? <div className="ask">{ask}</div> : null}
        <Typed {...props} item={item} />
        {item.type === 'number' ? rest : null}
      </div>
    )
  }
  return (
    <fieldset className={className} data-item={item.code}>
      <legend className="vh">{item.label}</legend>
      <div className="ask">{ask}</div>
      <div>
        <div className="row row--top">
          <div className="grow">{item.type === 'multiple' ? <Several {...props} item={item} /> : <OneOf {...props} item={item} />}</div>
          {isGiven(props.answer) && !item.required ? (
            <Button small quiet iconOnly icon={IconEraser} label={`Effacer la réponse à ${item.label}`} onClick={() => props.onAnswer(null)} />
          ) : null}
          {addRemark}
        </div>
        {props.withAdverbs ? <Adverbs {...props} /> : null}
        {props.error ? (
          <p className="small t-alert" role="alert">
            {props.error}
          </p>
        ) : null}
      </div>
      {rest}
    </fieldset>
  )
}

/** « facultatif », or « attendu » where that is the exception. */
function Asked(props: QuestionProps): ReactNode {
  const said = props.mostlyOptional ? (props.item.required ? 'attendu' : null) : props.item.required ? null : 'facultatif'
  return said === null ? null : <span className="dim small">{said}</span>
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('fr-FR') + text.slice(1)
}

type Of<Type extends FormItem['type']> = Omit<QuestionProps, 'item'> & { readonly item: Extract<FormItem, { type: Type }> }

/** The options of a single answer, each with the key that chooses it. */
function OneOf(props: Of<'choice' | 'boolean'>): ReactNode {
  const { item, answer, onAnswer } = props
  const name = useId()
  const options =
    item.type === 'boolean'
      ? [
          { key: 'O', value: true as const, label: 'Oui', hint: undefined },
          { key: 'N', value: false as const, label: 'Non', hint: undefined },
        ]
      : item.options.map((option, index) => ({
          key: /^[A-Z]$/.test(option.code) ? option.code : String(index + 1),
          value: option.code,
          label: option.label,
          hint: option.hint,
        }))
  const long = options.some((option) => option.label.length > 40) || options.reduce((sum, option) => sum + option.label.length, 0) > 150
  return (
    <div className={long ? 'options options--long' : 'options'} data-choice={options.map((option) => option.key).join(',')}>
      {options.map((option) => (
        <label key={option.key} className={option.value === answer ? 'option on' : 'option'} title={option.hint}>
          <input type="radio" name={name} checked={option.value === answer} onChange={() => onAnswer(option.value)} />
          {options.length <= 9 ? <Keys k={option.key} /> : null}
          {option.label}
        </label>
      ))}
    </div>
  )
}

function Several(props: Of<'multiple'>): ReactNode {
  const chosen = Array.isArray(props.answer) ? props.answer : []
  return (
    <div className="options">
      {props.item.options.map((option) => (
        <TokenChoice
          key={option.code}
          on={chosen.includes(option.code)}
          onChange={(on) => props.onAnswer(on ? [...chosen, option.code] : chosen.filter((one) => one !== option.code))}
        >
          {option.label}
        </TokenChoice>
      ))}
    </div>
  )
}

const adverbWords: Readonly<Record<Adverb, string>> = {
  spontaneously: 'spontanément',
  totally: 'totalement',
  correctly: 'correctement',
  habitually: 'habituellement',
}

/** An adverb that is not met makes the activity B; 1 to 4 strike them. */
function Adverbs(props: QuestionProps): ReactNode {
  const unmet = props.observation?.unmet ?? []
  const toggle = (adverb: Adverb): void => {
    const next = unmet.includes(adverb) ? unmet.filter((one) => one !== adverb) : [...unmet, adverb]
    props.onObserve({ ...props.observation, unmet: next })
    if (next.length > 0 && props.answer !== 'C') props.onAnswer('B')
    if (next.length === 0 && props.answer === 'B') props.onAnswer('A')
  }
  return (
    <div className="adverbs">
      <span>Seul, et</span>
      {adverbs.map((adverb, index) => (
        <button
          key={adverb}
          type="button"
          tabIndex={-1}
          data-adverb={index + 1}
          className={unmet.includes(adverb) ? 'tok is-unmet' : 'tok'}
          aria-pressed={unmet.includes(adverb)}
          aria-label={`${unmet.includes(adverb) ? 'Pas' : 'Barrer'} ${adverbWords[adverb]}`}
          onClick={() => toggle(adverb)}
        >
          {adverbWords[adverb]}
        </button>
      ))}
    </div>
  )
}

/** Words, or a figure typed with a comma. */
function Typed(props: Of<'text' | 'number'>): ReactNode {
  const { item, answer, onAnswer } = props
  const [text, setText] = useState(() => (item.type === 'number' && typeof answer === 'number' ? String(answer).replace('.', ',') : ''))
  if (item.type === 'text') {
    const common = {
      label: item.label,
      optional: !item.required && !props.mostlyOptional,
      hint: props.mostlyOptional && item.required ? 'attendu' : undefined,
      value: typeof answer === 'string' ? answer : '',
      onChange: (words: string) => onAnswer(words === '' ? null : words),
      span: 12,
      help: item.hint,
      error: props.error,
    } as const
    const former =
      props.former && isGiven(props.former.answer) ? (
        <span className="former">
          {inMonth(props.former.performedOn)}&nbsp;: {answerWords(item, props.former.answer)}
        </span>
      ) : null
    return (
      <div className="form">{item.lines === 'one' ? <TextField {...common} maxLength={item.max} /> : <AreaField {...common} rows={2} below={former} />}</div>
    )
  }
  const value = Number(text.replace(',', '.'))
  const fault =
    text.trim() !== '' && (!Number.isFinite(value) || value < item.min || value > item.max)
      ? `Entre ${item.min.toLocaleString('fr-FR')} et ${item.max.toLocaleString('fr-FR')}.`
      : undefined
  return (
    <div className="form" style={{ maxWidth: 220 }}>
      <TextField
        label={item.label}
        bare
        span={12}
        value={text}
        inputMode="decimal"
        error={fault ?? props.error}
        inside={item.unit ? <span className="small dim">{item.unit}</span> : null}
        onChange={(next) => {
          setText(next)
          const figure = Number(next.replace(',', '.'))
          if (next.trim() === '') onAnswer(null)
          else if (Number.isFinite(figure) && figure >= item.min && figure <= item.max) onAnswer(figure)
        }}
      />
    </div>
  )
}
